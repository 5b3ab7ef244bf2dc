"""A citation's words are cut from the stored text, whatever the passage says."""

import pytest

from service.domain.passage import CitationState, Passage
from service.retrieve.cite import Citer
from tests.articles import make_article
from tests.fakes import HashEmbedder
from tests.record_fake import MemoryRecord

TEXT = "Mayor Ann Peeters opened the bridge. It cost three million euros. Nobody was hurt."


@pytest.fixture
def record() -> MemoryRecord:
    record, embedder = MemoryRecord(), HashEmbedder()
    article = make_article(TEXT)
    record.add(article, embedder.embed([s.text for s in article.evidence]), embedder.id)
    return record


@pytest.fixture
def passages(record: MemoryRecord) -> list[Passage]:
    return record.passages(["art.1.0", "art.1.1", "art.1.2"])


def test_citations_are_numbered_as_they_are_made(record: MemoryRecord, passages: list[Passage]) -> None:
    citer = Citer(record)
    citer.cite(passages[2], CitationState.VERIFIED)
    citer.cite_all(passages[:2], CitationState.VERIFIED)
    assert [(c.number, c.sentence_id) for c in citer.citations] == [(1, "art.1.2"), (2, "art.1.0"), (3, "art.1.1")]


def test_a_passage_that_is_cited_again_keeps_its_number(record: MemoryRecord, passages: list[Passage]) -> None:
    citer = Citer(record)
    first = citer.cite(passages[0], CitationState.VERIFIED)
    citer.cite(passages[1], CitationState.VERIFIED)
    assert citer.cite(passages[0], CitationState.VERIFIED) is first
    assert len(citer.citations) == 2


def test_the_quote_can_be_cut_out_of_the_stored_article_again(record: MemoryRecord, passages: list[Passage]) -> None:
    for citation in Citer(record).cite_all(passages, CitationState.VERIFIED):
        article = record.article(citation.article_id, citation.version)
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.state is CitationState.VERIFIED


@pytest.mark.parametrize("wrong", [{"text": "It cost seven million euros."}, {"start": 3}, {"start": 900, "end": 930}])
def test_a_passage_that_is_not_the_stored_text_is_unverified_and_quotes_what_is_stored(
    wrong: dict[str, object], record: MemoryRecord, passages: list[Passage]
) -> None:
    citation = Citer(record).cite(passages[1].model_copy(update=wrong), CitationState.VERIFIED)
    assert citation.state is CitationState.UNVERIFIED
    assert citation.quote == TEXT[citation.start : citation.end]


def test_an_old_version_still_opens_the_words_that_were_cited(record: MemoryRecord, passages: list[Passage]) -> None:
    embedder = HashEmbedder()
    newer = make_article("Mayor Ann Peeters opened two bridges.").model_copy(update={"version": 2})
    record.add(newer, embedder.embed([s.text for s in newer.evidence]), embedder.id)
    citation = Citer(record).cite(passages[0], CitationState.VERIFIED)
    assert (citation.version, citation.quote) == (1, "Mayor Ann Peeters opened the bridge.")
    assert citation.state is CitationState.VERIFIED
