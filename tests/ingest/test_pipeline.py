"""Documents are taken in one after the other; the index is pushed to now and then, and at the end."""

from collections.abc import Iterator

import pytest

from service.domain.report import Status
from service.errors import UnreadableFile
from service.ingest.document import Document
from service.ingest.extract import extract
from service.ingest.pipeline import PUSH_EVERY, take
from service.ingest.read import Unread
from tests.fakes import HashEmbedder
from tests.record_fake import MemoryRecord


class Push:
    """Counts how often the index was pushed to, and after how many articles."""

    def __init__(self, record: MemoryRecord, works: bool = True) -> None:
        self.after: list[int] = []
        self._record = record
        self._works = works

    def __call__(self) -> bool:
        self.after.append(len(self._record.articles()))
        return self._works


def document(number: int) -> Document:
    text = f"Story {number}\n\nMayor Zed{number} opened bridge {number} on Monday, the town says. It was cold that day."
    return Document(source=f"{number}.txt", media_type="text/plain", content=text.encode())


def bad(number: int) -> Unread:
    return Unread(f"bad-{number}.txt", UnreadableFile("It cannot be read."))


def mixed() -> Iterator[Document | Unread]:
    """One article short of a push, then many failures, then enough for the push."""
    yield from (document(n) for n in range(PUSH_EVERY - 1))
    yield from (bad(n) for n in range(10))
    yield from (document(n) for n in range(PUSH_EVERY, PUSH_EVERY + 2))


def test_failures_between_two_articles_push_nothing() -> None:
    record = MemoryRecord()
    push = Push(record)
    told: list[str] = []
    result = take(mixed(), extract, record, HashEmbedder(), push, told.append)
    assert push.after == [PUSH_EVERY, PUSH_EVERY + 1]
    assert (len(result.articles), len(result.failed), len(told)) == (PUSH_EVERY + 1, 10, PUSH_EVERY + 11)
    assert result.indexed


@pytest.mark.parametrize("works", [True, False])
def test_an_index_that_did_not_follow_is_told(works: bool) -> None:
    record = MemoryRecord()
    assert take([document(1)], extract, record, HashEmbedder(), Push(record, works)).indexed is works
    push = Push(record, works)
    assert take([bad(1)], extract, record, HashEmbedder(), push).indexed
    assert push.after == []


def test_the_same_again_is_unchanged_and_other_words_are_a_new_version() -> None:
    record, embedder = MemoryRecord(), HashEmbedder()
    other = document(1).model_copy(update={"content": document(1).content + b" It rained too."})
    result = take([document(1), document(1), other], extract, record, embedder, Push(record))
    assert [article.status for article in result.articles] == [Status.ADDED, Status.UNCHANGED, Status.UPDATED]
    assert [article.version for article in result.articles] == [1, 1, 2]
