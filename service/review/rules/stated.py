"""A quantity of a sentence becomes one that can be laid beside another: its words, surroundings, scope and times."""

import re
from functools import cached_property

from service.compare.mentions import CALENDAR
from service.compare.number_finders import find_quantities
from service.compare.quantities import Quantity, QuantityKind
from service.compare.surroundings import Surroundings, nearby
from service.compare.words import content_words, stem
from service.domain.article import Sentence
from service.domain.base import Frozen
from service.domain.finding import FindingPassage
from service.review.rules.spec import passage

# What sets two numbers apart though the words around them agree: another time, another part, another source.
_SCOPE = re.compile(
    r"\b(?:exclud\w+|includ\w+|except|without|others?|another|further|additional|extra|more|remaining|rest|each|every"
    r"|average|per|previous|previously|originally|initially|original|initial|revised|estimate\w*|forecasts?|predict\w*"
    r"|target\w*|currently|so far|maximum|minimum|rival|core|combined|annual|annuali[sz]ed|annually|monthly|weekly|daily|quarterly"
    r"|correct\w*|disput\w*|wrongly|mistaken\w*|instead|rather|next|last|first|second|third|fourth|half|men|women|male"
    r"|female|northern|southern|eastern|western)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tomorrow|ago)\b"
)
_CALENDAR_STEMS = frozenset(map(stem, CALENDAR))  # a month beside a number is no one's name
_ANOTHER = frozenset(
    {
        "another",
        "rival",
        "further",
        "additional",
        "other",
        "others",
        "extra",
        "previous",
        "remaining",
        "initially",
        "originally",
        "previously",
        "wrongly",
        "correct",
        "corrected",
        "revised",
        "disputed",
    }
)
_SAYS = "said|says|say|put|puts|claimed|claim|claims|estimated?|reported|counted|according"
_SOURCE = re.compile(
    rf"(?:^|[,;]\s)(?P<before>(?:[\w'’-]+\s){{1,4}})(?:has\s|have\s|had\s)?(?:{_SAYS})\b"
    r"|\baccording\sto\s(?P<to>(?:[\w'’-]+\s?){1,3})"
)
_RACE = re.compile(r"\d+m")
_TERM = re.compile(r"\s(?:\w+\s)?(?:sentence|term|ban|contract|reign|career|marriage|war|strike|siege)\b")
# What was told before: "the 540 workers", "all six people", "the loss of 540 jobs".
_DEFINITE = re.compile(
    r"\b(?:the|all|those|these)\s(?:of\sthe\s)?$|\b(?:the|its|their|his|her)\s(?:[\w-]+\s){1,3}of\s$", re.IGNORECASE
)
_GROUP = re.compile(
    r"\b(?!(?:total|number|rate|average|record|half|one|out|some|all|many)\s)([a-z]+)\sof\s$", re.IGNORECASE
)
_ENDS = re.compile(r"\b(from|to)\s$", re.IGNORECASE)
_NEAR = 45  # characters on either side of a number in which such a word is taken to be about it


class Stated(Frozen):
    """A quantity where it stands in the article."""

    sentence: Sentence
    quantity: Quantity

    @property
    def words(self) -> str:
        return self.sentence.text[self.quantity.start : self.quantity.end]

    @cached_property
    def digits(self) -> str:
        match = re.search(r"\d[\d,.]*\d|\d", self.words)
        return match.group() if match else ""

    @cached_property
    def significant(self) -> str:
        """The digits without separators and the zeros at both ends: "45" of 450, "34" of 3.4."""
        return re.sub(r"\D", "", self.digits).strip("0")

    @cached_property
    def value(self) -> float:
        """The number itself, whatever bounds it: 12m of "some 12m"."""
        return bare(self.sentence.text, self.quantity).low

    @cached_property
    def surroundings(self) -> Surroundings:
        weights, names = nearby(self.sentence.text, self.quantity.start, self.quantity.end)
        return Surroundings(weights, names - _CALENDAR_STEMS)

    @property
    def is_definite(self) -> bool:
        """True where the sentence takes the number as told before: "the 540 workers"."""
        return _DEFINITE.search(self.sentence.text, 0, self.quantity.start) is not None

    @cached_property
    def group(self) -> str:
        """The stem of what there are so many of in one: "crowd" of "a crowd of 5,000"; "" where nothing is."""
        match = _GROUP.search(self.sentence.text, 0, self.quantity.start)
        return stem(match[1].lower()) if match else ""

    @cached_property
    def scope(self) -> frozenset[str]:
        """The words near the number that say of which part of the whole it is."""
        start, end = max(0, self.quantity.start - _NEAR), self.quantity.end + _NEAR
        return frozenset(word.lower() for word in _SCOPE.findall(self.sentence.text[start:end]))

    @property
    def is_another(self) -> bool:
        """Whether the words near the number say that it is one of several, or was put right."""
        return bool(self.scope & _ANOTHER)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The stems of the words for who gives the number."""
        told = (match["before"] or match["to"] for match in _SOURCE.finditer(self.sentence.text))
        return frozenset(word.stem for words in told for word in content_words(words))

    @cached_property
    def times(self) -> frozenset[str]:
        return frozenset(_TIME.findall(self.sentence.text))

    @property
    def is_name(self) -> bool:
        """True for an age, a race ("60m") and a bare "3" or "7.37": they tell who or what is meant, not how much."""
        quantity = self.quantity
        is_bare = (
            quantity.kind is QuantityKind.COUNT and not quantity.nouns and (quantity.step < 1 or quantity.low < 10)
        )
        is_term = _TERM.match(self.sentence.text, quantity.end) is not None
        is_kind = quantity.kind is QuantityKind.MEASURE and "-" in self.words and not is_term  # a 10-year bond
        return is_bare or is_kind or quantity.unit == "age" or _RACE.fullmatch(self.words) is not None

    @property
    def is_conversion(self) -> bool:
        """True in brackets: what can be said of it is said of the number before."""
        return self.sentence.text[: self.quantity.start].endswith("(")

    @property
    def end_of_change(self) -> str:
        """ "from" or "to" before the number, if it is one end of a change."""
        match = _ENDS.search(self.sentence.text, 0, self.quantity.start)
        return match.group(1).lower() if match else ""

    def passage(self) -> FindingPassage:
        return passage(self.sentence, self.quantity.start, self.quantity.end)


def bare(text: str, quantity: Quantity) -> Quantity:
    """The quantity without "nearly" or "more than" before it."""
    if quantity.low == quantity.high or not (digits := re.search(r"[$£€¥]?\d", text[quantity.start : quantity.end])):
        return quantity
    start = quantity.start + digits.start()
    inner = find_quantities(text[start : quantity.end])
    return inner[0].model_copy(update={"start": start, "end": quantity.end}) if len(inner) == 1 else quantity
