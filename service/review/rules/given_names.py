"""The full names of an article become findings where one has another's surname or its order (NAM002, NAM003)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from service.compare.known_names import (
    COMMON_SURNAMES,
    COMMON_WORDS,
    DEMONYMS,
    ORGANISATION_WORDS,
    are_one_given_name,
    is_given_name,
    is_place,
)
from service.compare.mentions import Name, find_names
from service.compare.spelling import Spelling, compare_spelling, fold
from service.compare.titles import is_honorific
from service.domain.article import Article, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

NAM002 = RuleSpec(
    code="NAM002",
    name="wrong given name",
    kind=FindingKind.NAME,
    severity=Severity.ERROR,
    explanation=(
        "A person whom the article introduces has another given name once, and nothing presents a second person: no "
        "title of their own, no age, no calling. Where the surname is one of the most frequent, the article must also "
        "go on to name someone by it alone. Relatives, short forms, initials and other spellings of one given name "
        "stay silent."
    ),
    wrong="Tony Blair spoke first. Blair was cheered. At noon Peter Blair left. Blair made no comment.",
    right="Tony Blair spoke first. Blair was cheered. At noon Tony Blair left. Blair made no comment.",
)
NAM003 = RuleSpec(
    code="NAM003",
    name="given name and surname swapped",
    kind=FindingKind.NAME,
    severity=Severity.ERROR,
    explanation=(
        "A full name stands in the article in both orders. The rarer order is marked; of two that are as frequent, "
        "the later. Two people who are both presented by a title stay silent."
    ),
    wrong="Fumio Kishida spoke. Then Kishida Fumio left.",
    right="Fumio Kishida spoke. Then Fumio Kishida left.",
)

# What presents another bearer of a surname, or says that there are several.
_KIN = re.compile(
    r"\b(?:brothers?|sisters?|wife|husband|widow|sons?|daughters?|father|mother|parents?|family|cousins?|twins?|uncle|aunt"
    r"|nephew|niece|grand(?:sons?|daughters?|m\w+|fa\w+|parents?|child\w*)|siblings?|relation|namesake|couple(?!\sof)|married|née|in-law|junior|senior|half-brother|step-?(?:sons?|daughters?|mother|father|brothers?|sisters?))\b",
    re.IGNORECASE,
)
_PRESENTED = re.compile(r",\s(?:\d{1,3}\b|an?\s|the\s|of\s|from\s|whose\s|[a-z-]+\s(?:of|at|for)\s)|\s\(|\sof\s")
_TOLD_OF = re.compile(r",\swho\s")
_PRESENTING = re.compile(  # a calling, an apposition or an owner right before the name
    r"(?:\b(?!(?:for|nor|or|after|over|under|her|other|whether|rather|however|n?ever|together|per|want|went|sent|spent|meant)\s)"
    r"[a-z]+(?:er|or|ist|man|woman|ian|ant|ent|chief|boss|star|judge|head|late),?|\b[A-Z]{2,},|\w['’]s)\s$"
)
_LISTED_BEFORE = re.compile(r"[A-Z]\w+,?\sand\s$")
_LISTED_AFTER = re.compile(r",?\sand\s[A-Z]|,\s[A-Z]")
_SPEAKS = re.compile(
    r"\s(?:also\s)?(?:said|says|added|told|admitted|warned|explained|insisted|argued|thinks|believes)\b"
)
_BORN = re.compile(r"-[a-z]")  # "New York-born" is no given name
_DESCRIBES = re.compile(r"(?:ing|less|ful|winner)$")  # Matchwinner Keane, Faultless Federer
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)


class _Full(Frozen):
    """A full name where it stands in the article."""

    sentence: Sentence
    name: Name

    @property
    def given(self) -> str:
        return (self.name.given or "").split()[0]

    @property
    def key(self) -> str:
        return fold(self.name.surname)

    @property
    def title(self) -> str | None:
        title = self.name.title
        return title.casefold() if title and not is_honorific(title) else None

    @property
    def start(self) -> int:
        return self.sentence.start + self.name.start

    @property
    def is_described(self) -> bool:
        """True where the word before the surname describes its bearer, or belongs to the name of something else."""
        return bool(_DESCRIBES.search(self.given) or _THE.search(self.sentence.text[: self.name.start]))

    def passage(self) -> FindingPassage:
        return passage(self.sentence, self.name.start, self.name.end)

    def of_given(self) -> FindingPassage:
        return passage(self.sentence, self.name.start, self.name.start + len(self.given))


def find_wrong_given_names(article: Article) -> list[Finding]:
    """NAM002 and NAM003 among the full names of the evidence sentences."""
    full: list[_Full] = []
    alone: set[str] = set()  # surnames that stand without a given name
    people: set[str] = set()  # surnames that stand with a title
    for sentence in article.evidence:
        for name in find_names(sentence.text):
            if name.title is not None:
                people.add(fold(name.surname))
            if name.given is None:
                alone.add(fold(name.surname))
            elif not any(fold(word) in ORGANISATION_WORDS or _BORN.search(word) for word in name.text.split()):
                full.append(_Full(sentence=sentence, name=name))
    swapped = list(_swapped(full))
    taken = {finding.passages[0].start for finding in swapped}
    kin = [sentence.text for sentence in article.evidence if _KIN.search(sentence.text)]
    return swapped + [f for f in _wrong(full, alone, people, kin) if f.passages[0].start not in taken]


def _swapped(full: Sequence[_Full]) -> Iterator[Finding]:
    """Names of two words that the article also has the other way round."""
    orders: defaultdict[tuple[str, str], list[_Full]] = defaultdict(list)
    for one in full:
        if " " not in (one.name.given or "") and fold(one.given) != one.key:
            orders[fold(one.given), one.key].append(one)
    for (given, surname), found in orders.items():
        other = orders.get((surname, given), [])
        is_rarer = (len(found), -found[0].start) < (len(other), -other[0].start) if other else False
        if not is_rarer or (any(one.title for one in found) and any(one.title for one in other)):
            continue
        for one in found:
            yield NAM003.finding(
                f"“{one.name.text}” here, “{other[0].name.text}” elsewhere. Check the order.",
                one.passage(),
                other[0].passage(),
                confidence=0.9,
                suggestion=other[0].name.text,
            )


def _wrong(full: Sequence[_Full], alone: set[str], people: set[str], kin: Sequence[str]) -> Iterator[Finding]:
    """Full names whose surname the article introduced with another given name."""
    by_surname: defaultdict[str, list[_Full]] = defaultdict(list)
    for one in full:
        if is_given_name(one.given) or not one.is_described:
            by_surname[one.key].append(one)
    for surname, found in by_surname.items():
        first = found[0]
        others = [one for one in found if not _are_one(first.name, one.name)]
        is_person = surname in people or surname in COMMON_SURNAMES or any(is_given_name(one.given) for one in found)
        if len(others) != 1 or not is_person:
            continue
        suspect = others[0]
        if any(re.search(rf"\b{re.escape(suspect.given)}\b", text) for text in kin) or _stand_together(found):
            continue
        is_unique = surname in alone or len(found) > 2 or _acts(suspect) or surname not in COMMON_SURNAMES
        is_same_post = suspect.title is not None and suspect.title == first.title
        if is_same_post or (
            is_unique
            and not _is_presented(suspect, surname in alone)
            and (surname in people or _may_be_given(suspect.given))
        ):
            yield NAM002.finding(
                f"“{suspect.name.text}” here, “{first.name.text}” elsewhere. Check whether they are one person.",
                suspect.of_given(),
                first.passage(),
                confidence=0.8 if is_same_post else 0.6,
                suggestion=first.given if is_same_post else None,
                severity=Severity.ERROR if is_same_post else Severity.WARNING,
            )


def _are_one(first: Name, other: Name) -> bool:
    """Whether two full names can be one person's: a given name of both, a short form, an initial, or a slip."""
    words = [{fold(word) for word in (name.given or "").split()} for name in (first, other)]
    a, b = ((name.given or "").split()[0] for name in (first, other))
    left, right = fold(a), fold(b)
    if words[0] & words[1]:
        return True
    if left.startswith(right) or right.startswith(left) or are_one_given_name(left, right):
        return True
    is_initials = min(len(left), len(right)) <= 2 or a.isupper() or b.isupper()
    return is_initials or compare_spelling(a, b) is not Spelling.DIFFERENT


def _may_be_given(word: str) -> bool:
    """Whether a word can be a given name as far as the lists know."""
    return word.casefold() not in COMMON_WORDS and word.casefold() not in DEMONYMS and not is_place(word)


def _stand_together(found: Sequence[_Full]) -> bool:
    """Whether two bearers of the surname stand in one sentence: the article tells them apart."""
    named = {(one.sentence.id, fold(one.given)) for one in found}
    return len({sentence for sentence, _ in named}) < len(named)


def _acts(one: _Full) -> bool:
    """Whether the name opens its sentence, or says what the sentence quotes, as only someone known does."""
    before, after = one.sentence.text[: one.name.start], one.sentence.text[one.name.end :]
    return one.name.start <= 1 or before.endswith(("said ", "says ", "added ")) or _SPEAKS.match(after) is not None


def _is_presented(one: _Full, is_known: bool) -> bool:
    """Whether the sentence presents the bearer: by a title, an age, a calling, a place, an owner, or in a list.

    A clause with "who" presents nobody whose surname the article knows already (`is_known`).
    """
    text = one.sentence.text
    before, after = text[: one.name.start], text[one.name.end :]
    if one.name.title is not None or _PRESENTED.match(after) or _PRESENTING.search(before):
        return True
    if _TOLD_OF.match(after) and not is_known:
        return True
    return bool(_LISTED_BEFORE.search(before) or _LISTED_AFTER.match(after)) and not _is_among_known(one)


def _is_among_known(one: _Full) -> bool:
    """Whether a name beside it in a list is a bare surname: only whom the reader knows is listed so."""
    names = find_names(one.sentence.text)
    at = next(i for i, name in enumerate(names) if name.start == one.name.start)
    return any(
        name.given is None and (name.title is None or is_honorific(name.title)) and not is_place(name.text)
        for name in (*names[max(0, at - 1) : at], *names[at + 1 : at + 2])
    )


GIVEN_NAMES = RuleFamily(find=in_english(find_wrong_given_names), specs=(NAM002, NAM003))
