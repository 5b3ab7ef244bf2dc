"""The words before a name become its title: "Japanese Foreign Minister Fumio Kishida" has a Foreign Minister."""

import re

from service.compare.known_names import DEMONYMS, is_place

HONORIFICS = frozenset("mr mrs ms miss mx dr sir lord lady dame prof professor madam".split())  # noqa: SIM905
_OFFICES = frozenset(
    """president minister premier chancellor secretary governor senator congressman congresswoman mayor king queen
    prince princess emperor pope archbishop bishop cardinal rabbi imam ayatollah sheikh sultan general gen admiral
    colonel col lieutenant lt captain capt major maj sergeant sgt commander commissioner ambassador envoy judge justice
    attorney chairman chairwoman chair chief director executive manager coach spokesman spokeswoman spokesperson
    speaker leader head gov sen rep representative councillor mp mep inspector constable detective officer
    marshal baroness baron duke duchess earl count""".split()  # noqa: SIM905 - words read best as words
)
# Callings say what a person does, and any number of people in a story may share them.
CALLINGS = frozenset(
    """actor actress singer author writer novelist poet director producer analyst economist lawyer professor doctor
    striker defender midfielder winger goalkeeper captain forward hooker prop lock flanker scrum-half fly-half
    centre full-back coach manager boss champion runner sprinter athlete player star comedian presenter broadcaster
    journalist reporter editor founder co-founder owner boxer golfer cyclist driver swimmer musician guitarist
    drummer rapper composer architect artist scientist researcher candidate colleague wife husband son daughter
    brother sister father mother""".split()  # noqa: SIM905
)
MODIFIERS = frozenset(
    """prime foreign finance defence defense home trade health education interior culture economy energy justice
    transport environment deputy vice chief shadow cabinet general assistant attorney party opposition labour
    conservative lib dem democrat republican managing executive""".split()  # noqa: SIM905
)
# These begin names of things as well ("General Motors", "King Kong"), so a common word after them is no person.
AMBIGUOUS = frozenset("general king queen prince major count justice chief head chair speaker leader".split())  # noqa: SIM905

_LOWER_TITLE = re.compile(r"((?:[^\W\d_]+[ -]){0,3}?)([^\W\d_]+(?:-[^\W\d_]+)?),? \Z")


def is_title_word(word: str) -> bool:
    """True for the word that a title ends in when it is written with a capital: Minister, President, Mr."""
    key = word.casefold()
    return key in HONORIFICS or key in _OFFICES


def is_honorific(title: str) -> bool:
    """True for "Mr" and "Dr", which a second mention may carry; False for an office such as "President"."""
    return title.casefold().rstrip(".") in HONORIFICS


def is_office(title: str) -> bool:
    """True for a title that one person at a time holds: its last word names an office."""
    return title.casefold().rstrip(".").split()[-1] in _OFFICES


def trim_title(words: list[str]) -> str:
    """The title without the country before it: "Russian President" is the title "President"."""
    first = 0
    while first < len(words) - 1 and (words[first].casefold() in DEMONYMS or is_place(words[first])):
        first += 1
    return " ".join(words[first:])


def title_before(text: str, start: int) -> str | None:
    """The title in small letters that ends right before `text[start]`: "economy minister, Roberto Lavagna"."""
    match = _LOWER_TITLE.search(text, max(0, start - 60), start)
    if match is None or match.group(2) not in _OFFICES | CALLINGS:
        return None
    kept: list[str] = [match.group(2)]
    for word in reversed(match.group(1).replace("-", " ").split()):
        if word not in MODIFIERS:
            break
        kept.insert(0, word)
    return " ".join(kept)
