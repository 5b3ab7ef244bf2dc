"""The contract of the port `Keys`."""

import pytest
from sqlalchemy import text

from service.domain.key import KeyScope
from service.errors import InputError, KeyNotFound
from service.ledgers import Books
from service.record.articles import SqlRecord

pytest_plugins = ["tests.record.databases"]


def test_a_secret_opens_its_key_until_it_is_revoked(books: Books) -> None:
    assert not books.keys.any()
    made = books.keys.create("bot", [KeyScope.CHECK, KeyScope.READ], desk="sports", daily_budget_microusd=5_000_000)
    other = books.keys.create("anna", [KeyScope.ADMIN])
    assert made.secret.startswith(made.key.prefix)
    assert books.keys.find(made.secret) == made.key
    assert (made.key.desk, made.key.daily_budget_microusd) == ("sports", 5_000_000)
    assert made.key.allows(KeyScope.CHECK)
    assert not made.key.allows(KeyScope.INGEST)
    assert other.key.allows(KeyScope.INGEST)
    assert books.keys.find(made.secret + "x") is books.keys.find("") is None
    assert books.keys.all_keys() == [other.key, made.key]

    revoked = books.keys.revoke(made.key.id)
    assert revoked.revoked is not None
    assert not revoked.allows(KeyScope.CHECK)
    assert books.keys.revoke(made.key.id) == revoked
    assert books.keys.find(made.secret) is None
    assert books.keys.any()
    with pytest.raises(KeyNotFound, match="keys list"):
        books.keys.revoke("key_0")


def test_no_secret_is_in_the_database_or_the_log(books: Books) -> None:
    secret = books.keys.create("bot", [KeyScope.READ]).secret
    assert isinstance(books.record, SqlRecord)
    with books.record.database.reading() as connection:
        for table in ("keys", "audit"):
            kept = repr(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            assert secret[12:] not in kept


@pytest.mark.parametrize("desk", ["", "Sports", "a_b", "../x", "x" * 33, "-a"])
def test_a_desk_id_that_could_name_no_folder_and_schema_is_refused(books: Books, desk: str) -> None:
    with pytest.raises(InputError):
        books.keys.create("bot", [KeyScope.READ], desk=desk)


def test_a_key_without_name_scope_or_rate_is_refused(books: Books) -> None:
    for name, scopes, rate in [(" ", [KeyScope.READ], 1), ("x", [], 1), ("x", [KeyScope.READ], 0)]:
        with pytest.raises(InputError):
            books.keys.create(name, scopes, rate_per_minute=rate)
