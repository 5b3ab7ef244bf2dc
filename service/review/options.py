"""What a desk asks of its reviews: which rules, how severe, its house style, and what it chose to live with."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from service.domain.base import Frozen
from service.domain.finding import Severity
from service.errors import UnknownRule
from service.review.catalogue import require_prefixes

MOST_ENTRIES = 2_000  # of a list: each is looked for in every sentence
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _known(prefix: str) -> str:
    try:
        require_prefixes([prefix])
    except UnknownRule as error:
        raise ValueError(str(error)) from error
    return prefix


Prefix = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1), AfterValidator(_known)]
"""The beginning of one or more codes: "NAM", "NAM001"."""


class Spelling(Frozen):
    """A spelling of the house: `write` stands for each of `instead_of`, except within the phrases of `allow`."""

    write: Words
    instead_of: tuple[Words, ...] = Field(min_length=1, max_length=20)
    allow: tuple[Words, ...] = Field((), max_length=20)

    @model_validator(mode="after")
    def _differs(self) -> Self:
        if self.write in self.instead_of:
            raise ValueError(f"{self.write!r} cannot stand instead of itself")
        return self


class Suppression(Frozen):
    """Findings that the desk lives with, and why. `words` stand in the finding's marked words; None: any do."""

    code: Prefix
    words: Words | None = None
    reason: Words
    origin: str = ""  # where it is written; set by whoever reads it


class ReviewOptions(Frozen):
    """How to review. The most specific prefix decides; of two that are alike, `ignore` does."""

    select: tuple[Prefix, ...] = Field((), max_length=100)  # none: every rule
    ignore: tuple[Prefix, ...] = Field((), max_length=100)
    severity: dict[Prefix, Severity] = Field(default_factory=dict)
    known_people: tuple[Words, ...] = Field((), max_length=MOST_ENTRIES)
    style: tuple[Spelling, ...] = Field((), max_length=MOST_ENTRIES)
    suppress: tuple[Suppression, ...] = Field((), max_length=MOST_ENTRIES)

    def written_in(self, origin: str) -> "ReviewOptions":
        """The same, whose suppressions tell where they are written."""
        rules = tuple(rule.model_copy(update={"origin": origin}) for rule in self.suppress)
        return self.model_copy(update={"suppress": rules})

    def is_selected(self, code: str) -> bool:
        chosen = _longest(self.select, code) if self.select else 0
        return chosen is not None and chosen > (_longest(self.ignore, code) or -1)

    def severity_of(self, code: str) -> Severity | None:
        """The desk's severity for a code, or None where it leaves the rule's own."""
        fitting = [prefix for prefix in self.severity if code.startswith(prefix)]
        return self.severity[max(fitting, key=len)] if fitting else None


def _longest(prefixes: tuple[str, ...], code: str) -> int | None:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=None)
