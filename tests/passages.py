"""Passages made by hand, for tests that need no record."""

from service.domain.article import Section
from service.domain.passage import Passage


def make_passage(text: str, *, number: int = 0, article: str = "a", before: str = "", after: str = "") -> Passage:
    """A body sentence with its window; `before` and `after` are the neighbouring sentences."""
    lead = f"{before} " if before else ""
    start = 1_000 * number
    return Passage(
        sentence_id=f"{article}.1.{number}",
        article_id=article,
        version=1,
        index=number,
        start=start,
        end=start + len(text),
        text=text,
        section=Section.BODY,
        window=f"{lead}{text}{' ' + after if after else ''}",
        window_start=start - len(lead),
        title=None,
        url=None,
        published=None,
    )
