"""A quantity of a sentence becomes one that can be laid beside another: its words, surroundings, scope and times."""

import re
from functools import cached_property

from service.compare.quantities import Quantity, QuantityKind
from service.compare.surroundings import Surroundings, nearby
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
_RACE = re.compile(r"\d+m")
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
    def surroundings(self) -> Surroundings:
        return nearby(self.sentence.text, self.quantity.start, self.quantity.end)

    @cached_property
    def scope(self) -> frozenset[str]:
        """The words near the number that say of which part of the whole it is."""
        start, end = max(0, self.quantity.start - _NEAR), self.quantity.end + _NEAR
        return frozenset(word.lower() for word in _SCOPE.findall(self.sentence.text[start:end]))

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
        is_kind = quantity.kind is QuantityKind.MEASURE and "-" in self.words  # a 10-year bond
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
