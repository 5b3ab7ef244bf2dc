"""The contracts of the smaller ports of a desk's books: idempotency, costs, answers and fact-checks."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np
import pytest
from sqlalchemy import text

from service.domain.cost import Cost
from service.domain.fact_check import FactCheck
from service.domain.idempotency import KeptResponse
from service.errors import BadSettings, RequestInProgress, RequestMismatch
from service.ledgers import Books
from service.ports import Vectors
from service.record.articles import SqlRecord
from tests.record.samples import in_parallel

pytest_plugins = ["tests.record.databases"]

DAY = date(2026, 11, 24)
RESPONSE = KeptResponse(status=201, media_type="application/json", body=b"{}")


def test_the_same_request_gets_the_same_answer_and_another_is_refused(books: Books) -> None:
    ask = books.idempotency.begin
    assert ask("key_1", "a", "POST /v1/ask", "hash") is None
    with pytest.raises(RequestInProgress):
        ask("key_1", "a", "POST /v1/ask", "hash")
    books.idempotency.keep("key_1", "a", RESPONSE)
    assert ask("key_1", "a", "POST /v1/ask", "hash") == RESPONSE
    for route, body in [("POST /v1/ask", "other"), ("POST /v1/check", "hash")]:
        with pytest.raises(RequestMismatch):
            ask("key_1", "a", route, body)
    assert ask("key_2", "a", "POST /v1/ask", "other") is None
    books.idempotency.forget("key_2", "a")
    assert ask("key_2", "a", "POST /v1/ask", "hash") is None


def test_an_answer_is_forgotten_after_a_day_and_a_request_that_died_sooner(books: Books) -> None:
    for key, status, age in [("answered", 201, 25), ("dead", None, 1), ("young", 201, 23)]:
        books.idempotency.begin("k", key, "r", "h")
        if status:
            books.idempotency.keep("k", key, RESPONSE)
        _backdate(books, key, timedelta(hours=age))
    assert books.idempotency.begin("k", "answered", "r", "h") is None
    assert books.idempotency.begin("k", "dead", "r", "h") is None
    assert books.idempotency.begin("k", "young", "r", "h") == RESPONSE


def _backdate(books: Books, key: str, age: timedelta) -> None:
    assert isinstance(books.record, SqlRecord)
    begun = (datetime.now(UTC) - age).isoformat(timespec="microseconds")
    with books.record.database.writing() as connection:
        connection.execute(text("UPDATE idempotency SET begun = :begun WHERE key = :key"), {"begun": begun, "key": key})


def cost(microusd: int | None, *, key_id: str = "key_1", day: date = DAY, tokens: int = 10) -> Cost:
    return Cost(
        day=day,
        key_id=key_id,
        task="ask",
        model="m",
        prompt_hash="p",
        tokens_in=tokens,
        tokens_out=tokens,
        microusd=microusd,
    )


def test_a_budget_holds_when_many_reserve_at_once(books: Books) -> None:
    got: list[bool] = []
    reserve = partial(books.costs.reserve, cost(30), 100)
    assert in_parallel([lambda: got.append(reserve())] * 6) == []
    assert sorted(got) == [False] * 3 + [True] * 3
    books.costs.book(cost(-25, tokens=-5))
    assert books.costs.spent(DAY, "key_1") == 65
    assert books.costs.reserve(cost(30), 100)


def test_costs_are_summed_by_day_key_task_and_model(books: Books) -> None:
    books.costs.book(cost(3_000_000_000))
    books.costs.book(cost(3_000_000_000))
    books.costs.book(cost(None, key_id="key_2"))
    books.costs.book(cost(7, day=DAY - timedelta(days=1)))
    first, second, third = books.costs.lines(DAY - timedelta(days=1), DAY)
    assert (first.key_id, first.calls, first.tokens_in, first.microusd, first.unpriced) == (
        "key_1",
        2,
        20,
        6_000_000_000,
        0,
    )
    assert (second.key_id, second.microusd, second.unpriced) == ("key_2", 0, 1)
    assert third.day == DAY - timedelta(days=1)
    assert books.costs.lines(DAY + timedelta(days=1), DAY + timedelta(days=2)) == []
    assert (books.costs.spent(DAY), books.costs.spent(DAY, "key_2")) == (6_000_000_000, 0)


def test_an_answer_is_kept_under_its_digest_until_it_is_too_old(books: Books) -> None:
    long_ago, soon = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(hours=1)
    books.answers.put("a", "model", "first")
    books.answers.put("a", "model", "second")
    assert books.answers.get("a", long_ago) == "second"
    assert books.answers.get("a", soon) is None
    assert books.answers.get("b", long_ago) is None
    assert (books.answers.forget(long_ago), books.answers.forget(soon)) == (0, 1)
    assert books.answers.get("a", long_ago) is None


def unit(*numbers: float) -> Vectors:
    vectors = np.array([numbers], np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors), np.float32)


def check(claim: str) -> FactCheck:
    return FactCheck(id=claim, claim=claim, rating="False", publisher="P", url=f"https://example.org/{claim}")


def test_fact_checks_are_stored_once_and_found_by_their_vectors(books: Books) -> None:
    vectors = np.concatenate([unit(1, 0), unit(0, 1), unit(1, 1)])
    added = books.fact_checks.add([check("a"), check("b"), check("c")], vectors, "e", "feed")
    assert (added.added, added.known) == (3, 0)
    again = books.fact_checks.add([check("c"), check("d"), check("d")], vectors, "e", "feed")
    assert (again.added, again.known) == (1, 2)
    near = books.fact_checks.near(unit(1, 0), "e", 2, 0.5)
    assert [found.id for found, _ in near] == ["a", "c"]
    assert [round(cosine, 2) for _, cosine in near] == [1.0, 0.71]
    books.fact_checks.add([check("e")], unit(1, 0.01), "e", "feed")
    assert [found.id for found, _ in books.fact_checks.near(unit(1, 0), "e", 2, 0.5)] == ["a", "e"]
    first, *_ = books.fact_checks.fact_checks(limit=1)
    assert (first.id, first.source, first.rating) == ("e", "feed", "False")
    with pytest.raises(BadSettings):
        books.fact_checks.near(unit(1, 0), "other", 2, 0.5)
