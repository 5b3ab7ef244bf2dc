"""A stored sentence that was found for a query, and the citation that points back to it."""

from datetime import date
from enum import StrEnum

from service.domain.article import Section
from service.domain.base import Frozen


class Passage(Frozen):
    """A stored sentence with what judging and citing it need.

    `window` is the sentence with its neighbours in the same section, cut out of the article's text;
    `window_start` is its offset there, so `window[start - window_start : end - window_start] == text`.
    """

    sentence_id: str
    article_id: str
    version: int
    index: int
    start: int
    end: int
    text: str
    section: Section
    window: str
    window_start: int
    title: str | None
    url: str | None
    published: date | None
    published_inferred: bool = False
    score: float = 0.0  # fused rank score, comparable within one search only
    similarity: float | None = None  # cosine to the query; None when only the lexical search found it
    introduced: tuple[str, ...] = ()  # full names that the article gives for short ones in the sentence
    duplicates: tuple[str, ...] = ()  # ids of sentences that say the same and were merged into this one

    @property
    def place(self) -> tuple[int, int]:
        """Where the sentence begins and ends in `window`."""
        return self.start - self.window_start, self.end - self.window_start


class CitationState(StrEnum):
    """What is known of a citation: see decision 8 in docs/architecture.md."""

    VERIFIED = "verified"  # the quote equals the stored text and supports what cites it
    REPAIRED = "repaired"  # moved to the passage that does support it
    MISATTRIBUTED = "misattributed"  # the quote is real, but does not support what cites it
    UNVERIFIED = "unverified"  # could not be checked


class Citation(Frozen):
    """A numbered pointer to a stored sentence; `quote` is cut from the stored text, never a model's words."""

    number: int
    article_id: str
    version: int
    sentence_id: str
    quote: str
    start: int
    end: int
    section: Section
    title: str | None
    url: str | None
    published: date | None
    state: CitationState
