"""Passages become numbered citations whose quotes are cut from the stored text."""

from collections.abc import Iterable

from service.domain.passage import Citation, CitationState, Passage
from service.ports import Record


class Citer:
    """Numbers the passages of one result: a passage cited twice in the same state keeps its number."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._citations: dict[tuple[str, CitationState], Citation] = {}

    def cite(self, passage: Passage, state: CitationState) -> Citation:
        """The citation of a passage. Its quote is read again from the record, and must be the passage's text.

        A quote that no longer equals the stored text is `unverified`, whatever the caller believed.
        """
        known = self._citations.get((passage.sentence_id, state))
        if known is not None:
            return known
        article = self._record.article(passage.article_id, passage.version)
        quote = article.text[passage.start : passage.end]
        citation = Citation(
            number=len(self._citations) + 1,
            article_id=passage.article_id,
            version=passage.version,
            sentence_id=passage.sentence_id,
            quote=quote,
            start=passage.start,
            end=passage.end,
            section=passage.section,
            title=passage.title,
            url=passage.url,
            published=passage.published,
            state=state if quote == passage.text else CitationState.UNVERIFIED,
        )
        self._citations[passage.sentence_id, state] = citation
        return citation

    def cite_all(self, passages: Iterable[Passage], state: CitationState) -> tuple[Citation, ...]:
        return tuple(self.cite(passage, state) for passage in passages)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation made so far, by number."""
        return tuple(self._citations.values())
