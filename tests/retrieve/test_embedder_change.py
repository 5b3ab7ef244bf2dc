"""A desk whose embedder is not the record's refuses to search rather than compare what cannot be compared."""

import pytest

from service.errors import OtherEmbedder
from service.retrieve.guard import IndexGuard
from service.retrieve.search import Searcher
from tests.articles import make_article
from tests.fakes import HashEmbedder
from tests.index.fake import MemoryIndex
from tests.record_fake import MemoryRecord


class NextEmbedder(HashEmbedder):
    id = "hashed-stems-2"


def test_a_search_with_another_embedder_is_refused_until_the_record_is_embedded_again() -> None:
    record, index, embedder = MemoryRecord(), MemoryIndex(), HashEmbedder()
    article = make_article("Mayor Ann Peeters opened the bridge.")
    record.add(article, embedder.embed([s.text for s in article.evidence]), embedder.id)
    searcher = Searcher(record, index, NextEmbedder(), IndexGuard(record, index))
    with pytest.raises(OtherEmbedder, match="reindex --embed"):
        searcher.find("Who opened the bridge?")
    record.reembed(NextEmbedder())
    assert searcher.find("Who opened the bridge?").passages
