"""A fact-check that somebody published, and how near a claim comes to it."""

from datetime import date, datetime
from enum import StrEnum

from service.domain.base import Frozen
from service.domain.claim import Difference


class FactCheck(Frozen):
    """One ClaimReview: `rating` is the publisher's own words ("Pants on Fire"), never translated into a label."""

    id: str  # made from url and claim: importing the same one again changes nothing
    claim: str
    rating: str
    publisher: str | None
    url: str
    claimant: str | None = None
    said: date | None = None
    reviewed: date | None = None
    language: str | None = None


class StoredFactCheck(FactCheck):
    seq: int
    source: str  # the file or feed that it came from
    imported: datetime


class MatchTier(StrEnum):
    CONFIRMED = "confirmed"  # the same claim: same names, numbers, dates and polarity, and near in meaning
    SUGGESTED = "suggested"  # worth a look


class FactCheckMatch(Frozen):
    """An earlier fact-check for a claim; `differences` are why it is not confirmed, if exact ones were found."""

    fact_check: StoredFactCheck
    tier: MatchTier
    similarity: float  # cosine
    differences: tuple[Difference, ...] = ()


class Imported(Frozen):
    """What a run of import took in: new ones, ones that were known, and entries that could not be used."""

    added: int
    known: int
    failed: tuple[str, ...] = ()
