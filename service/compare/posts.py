"""A sentence becomes the posts that it gives to people: who holds which office of which place."""

import re
from collections.abc import Iterator

from service.compare.known_names import COMMON_WORDS, place_key
from service.compare.mentions import Name, find_names
from service.compare.spelling import fold
from service.compare.titles import is_honorific
from service.compare.words import STOP_WORDS
from service.domain.base import Frozen

# Offices that one person at a time holds, and that leave no room for another of them.
_HEADS = (
    "minister|premier|president|chancellor|secretary|governor|mayor|king|queen|pope|emperor|senator"
    "|chief executive|chairman|chairwoman|finance director|manager"
)
_RANKS = frozenset("deputy vice shadow chief assistant acting junior".split())  # noqa: SIM905
_DEPARTMENTS = frozenset(
    """prime foreign finance defence defense home interior treasury trade health education culture economy energy justice
    transport environment agriculture labour labor welfare industry commerce work pensions employment tourism
    development planning science technology sports information communications oil petroleum water housing immigration
    security police first general""".split()  # noqa: SIM905 - words read best as words
)
_ALIKE = {"defense": "defence", "treasury": "finance", "interior": "home", "labor": "labour"}
# Several people hold these at once: ministers of state, and the secretaries of whatever there is.
_MANY = frozenset({"minister", "secretary", "senator"})
# What one person may be at once: many a firm's chairman is its chief executive, and its president.
_JOINED = frozenset({"chief executive", "chairman", "president"})
_POST = rf"(?P<post>(?i:(?:(?:{'|'.join(sorted(_RANKS | _DEPARTMENTS))})[\s-])*(?:{_HEADS})))\b"
_PLACE = r"(?P<place>(?:the\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})"
_BEFORE = re.compile(rf"\b{_POST},?\s$")
_OF_BEFORE = re.compile(rf"\b{_POST}\sof\s{_PLACE},\s$")
_AFTER = re.compile(
    rf"(?:,|\sis)\s(?:(?:the|its|their)\s(?:[a-z]+['’]s?\s)?|(?:the\s)?(?P<owner>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s?)?\s)?{_POST}"
    rf"(?:\sof\s{_PLACE})?(?=[,.;:)”\"]|$)"
)
_OF_AFTER = re.compile(rf"\sof\s{_PLACE}")
_OWNER = re.compile(r"(?P<owner>[A-Z][\w-]+)(?:['’]s?)?\s(?:the\s)?$")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|\w+ber"
)


class Post(Frozen):
    """An office: its head word, its departments, and its ranks ("deputy")."""

    head: str
    departments: frozenset[str]
    ranks: frozenset[str]

    @property
    def is_single(self) -> bool:
        """True for an office that one person at a time holds in a place."""
        return not self.ranks and (self.head not in _MANY or bool(self.departments))

    def excludes(self, other: "Post") -> bool:
        """Whether no one holds both at once: neither is the other, named more closely."""
        closer = self.departments <= other.departments or other.departments <= self.departments
        if self.head != other.head and {self.head, other.head} <= _JOINED:
            return False
        return self.head != other.head or self.ranks != other.ranks or not closer


class Holding(Frozen):
    """A post of a place (None where the sentence names none) and its holder; `text[start:end]` names the post."""

    name: Name
    post: Post
    place: str | None
    start: int
    end: int


def find_holdings(text: str) -> tuple[Holding, ...]:
    """The posts that a sentence gives to people: "Norway's justice minister, Ruth Tanner", "Ruth Tanner, mayor of Cork"."""
    if not re.search(_HEADS, text, re.IGNORECASE):
        return ()
    return tuple(holding for name in find_names(text) for holding in _holdings(text, _person(name)))


def _person(name: Name) -> Name:
    """The name without the place after it: a titled "Marsh of Porto" is Marsh."""
    words, _, place = name.text.partition(" of ")
    if not place or name.title is None:
        return name
    given, _, surname = words.rpartition(" ")
    return name.model_copy(
        update={"text": words, "end": name.start + len(words), "given": given or None, "surname": surname}
    )


def _holdings(text: str, name: Name) -> Iterator[Holding]:
    head = text[: name.start]
    if (before := _OF_BEFORE.search(head)) is not None:
        yield _holding(name, before, before["place"])
    elif (before := _BEFORE.search(head)) is not None:
        owner, of = _OWNER.search(head, 0, before.start("post")), _OF_AFTER.match(text, name.end)
        yield _holding(name, before, of["place"] if of else owner["owner"] if owner else None)
    if (name.given is not None or is_honorific(name.title or "")) and (
        after := _AFTER.match(text, name.end)
    ) is not None:
        yield _holding(name, after, after["place"] or after["owner"])


def _holding(name: Name, match: re.Match[str], place: str | None) -> Holding:
    written = match["post"].lower()
    head = next(head for head in _HEADS.split("|") if written.endswith(head))
    modifiers = re.split(r"[\s-]+", written.removesuffix(head).strip())
    head = "chairman" if head == "chairwoman" else head
    if head == "premier":
        modifiers, head = [*modifiers, "prime"], "minister"
    alike = frozenset(_ALIKE.get(word, word) for word in modifiers if word)
    return Holding(
        name=name,
        post=Post(head=head, departments=alike - _RANKS, ranks=alike & _RANKS),
        place=_key(place),
        start=match.start("post"),
        end=match.end("post"),
    )


def _key(place: str | None) -> str | None:
    """One key for all names of a place and of its people; None for a word that names none."""
    if place is None:
        return None
    bare = re.sub(r"^the\s", "", place)
    key = bare.casefold()
    if key in STOP_WORDS or _CALENDAR.fullmatch(bare):
        return None
    return place_key(bare) or (None if key in COMMON_WORDS else fold(bare))
