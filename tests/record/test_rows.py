"""A record that is dumped while it is written to becomes an equal record, on the same kind of database or the other."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL

from service.domain.cost import Cost
from service.domain.desk_claim import ClaimOrigin, Decide, NewClaim, RecordCheck
from service.domain.idempotency import KeptResponse
from service.domain.job import ReindexWork
from service.domain.key import KeyScope
from service.domain.verdict import Label
from service.domain.webhook import Event
from service.errors import BadBackup, RecordNotEmpty, RecordUnavailable
from service.ledgers import Books
from service.record.articles import SqlRecord
from service.record.books import open_books
from service.record.connect import Database
from service.record.rows import Line, dump, load
from tests.postgres import create_schema
from tests.record.samples import add, make_article, numbers
from tests.reports import make_report

pytest_plugins = ["tests.record.databases"]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    address = f"sqlite:///{tmp_path}/restored.sqlite3"
    if request.param == "postgresql":
        server: URL = request.getfixturevalue("postgres")
        address = create_schema(server, f"restored_{next(numbers)}")
    database = Database(address)
    yield database
    database.close()


def database_of(books: Books) -> Database:
    assert isinstance(books.record, SqlRecord)
    return books.record.database


def fill(books: Books) -> str:
    """Something in every ledger; returns the secret of a key."""
    add(books.record, make_article("Mr. Erdoğan spoke of missiles. 🇹🇷", "Ende."))
    add(books.record, make_article("Kishida spoke.", version=2))
    claim = books.claims.receive(NewClaim(text="Crimea has people.", origin=ClaimOrigin.API), "k")
    books.claims.take_step(claim.id, RecordCheck(report=make_report(claim.text)), "machine")
    books.claims.take_step(claim.id, Decide(label=Label.REFUTED, note="No."), "anna")
    books.jobs.submit(ReindexWork(), "k")
    books.webhooks.subscribe("https://example.org/hook", [Event.CLAIM_RECEIVED], "k")
    books.costs.book(
        Cost(
            day=date(2026, 11, 24),
            key_id="k",
            task="ask",
            model="m",
            prompt_hash="p",
            tokens_in=1,
            tokens_out=1,
            microusd=3_000_000_000,
        )
    )
    books.answers.put("a", "m", "v")
    books.idempotency.begin("k", "1", "r", "h")
    books.idempotency.keep("k", "1", KeptResponse(status=200, media_type="x", body=b"\x00\xff"))
    return books.keys.create("bot", [KeyScope.READ]).secret


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    """A dump of a record that holds something in every ledger."""
    books = open_books(f"sqlite:///{tmp_path_factory.mktemp('dumped')}/record.sqlite3")
    fill(books)
    dumped = list(dump(database_of(books)))
    books.record.close()
    return dumped


def test_everything_comes_back_as_it_was_and_goes_on(books: Books, empty: Database) -> None:
    secret = fill(books)
    assert load(empty, dump(database_of(books))) > 20
    restored = open_books(empty._engine.url.render_as_string(hide_password=False))
    assert restored.record.article("a") == books.record.article("a")
    assert restored.record.article("a", 1) == books.record.article("a", 1)
    ids = [sentence.id for sentence in books.record.article("a").evidence]
    assert (restored.record.vectors(ids) == books.record.vectors(ids)).all()
    assert restored.record.search(["Kishida"], 5) == books.record.search(["Kishida"], 5) != []
    assert restored.record.search(["missile"], 5) == []  # of a version that was replaced
    assert restored.record.similar_terms("Kushida", 5) == ["Kishida"]
    assert restored.record.pending(10) == books.record.pending(10)
    key = restored.keys.find(secret)
    assert key == books.keys.find(secret) != None  # noqa: E711
    assert restored.claims.claims() == books.claims.claims()
    assert restored.jobs.jobs() == books.jobs.jobs()
    assert restored.webhooks.webhooks() == books.webhooks.webhooks()
    assert restored.costs.spent(date(2026, 11, 24)) == 3_000_000_000
    assert restored.answers.get("a", datetime(2020, 1, 1, tzinfo=UTC)) == "v"
    assert restored.idempotency.begin("k", "1", "r", "h") == books.idempotency.begin("k", "1", "r", "h")
    # New rows are numbered after the old ones, and the chain goes on.
    fill(restored)
    assert restored.audit.faults() == []
    restored.record.close()


def test_a_dump_taken_while_others_write_is_one_moment(books: Books, empty: Database) -> None:
    ended = threading.Event()

    def write() -> None:
        for number in range(400):
            if ended.is_set():
                return
            add(books.record, make_article(f"Zed{number} spoke.", "Ende.", article_id=f"w{number}"))

    for number in range(20):
        add(books.record, make_article("Before.", article_id=f"b{number}"))
    writer = threading.Thread(target=write)
    writer.start()
    lines: list[Line] = []
    for line in dump(database_of(books)):
        lines.append(line)
        if len(lines) == 5:
            count = len(books.record.articles())
            while len(books.record.articles()) < count + 3:  # others do write while we read
                pass
    ended.set()
    writer.join()
    load(empty, lines)
    restored = open_books(empty._engine.url.render_as_string(hide_password=False))
    articles = restored.record.articles()
    assert 20 <= len(articles) < len(books.record.articles())
    for summary in articles:
        assert len(restored.record.article(summary.id).sentences) == summary.sentences
    assert restored.record.count() == sum(summary.sentences for summary in articles)
    head = restored.audit.head()
    assert head is not None
    assert head.seq == len(articles)
    assert restored.audit.faults() == []
    restored.record.close()


def test_a_record_that_holds_something_is_left_alone(books: Books, lines: list[Line]) -> None:
    fill(books)
    with pytest.raises(RecordNotEmpty, match="must not mix"):
        load(database_of(books), lines)


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda lines: [], BadBackup),
        (lambda lines: lines[1:], BadBackup),
        (lambda lines: [*lines, ("unknown", "{}")], BadBackup),
        (lambda lines: [*lines, ("audit", "{}")], BadBackup),
        (lambda lines: [*lines, lines[-1]], BadBackup),
        (lambda lines: [*lines, ("audit", '{"seq":')], BadBackup),
        (lambda lines: [("", json.dumps({"revision": "9999"})), *lines[1:]], RecordUnavailable),
    ],
)
def test_a_dump_that_does_not_fit_leaves_the_record_empty(
    empty: Database, lines: list[Line], damage: Callable[[list[Line]], list[Line]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        load(empty, damage(lines))
    assert load(empty, lines) == len(lines) - 1
