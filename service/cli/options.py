"""What commands share: options, and the desk that the settings describe."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from service.domain.scope import MAIN_DESK
from service.errors import BadSettings

if TYPE_CHECKING:
    from service.desk import Desk
    from service.desks import Desks
    from service.ledgers import Books
    from service.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to judge by, YYYY-MM-DD; later articles do not count.")
]

LlmOnly = Annotated[
    bool, typer.Option("--llm-only", help="Fail where the remote model does, rather than let the local models answer.")
]

DeskId = Annotated[str, typer.Option("--desk", help="The desk whose data are meant, where there are several.")]


def read_settings() -> "Settings":
    """The settings of the environment and .env. Raises BadSettings."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from service.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        raise BadSettings(f"A setting is wrong: {wrong}. See .env.example.") from error
    except SettingsError as error:  # a value that should be JSON and is not
        raise BadSettings(f"A setting is wrong: {error}. See .env.example.") from error


@contextmanager
def desk_of_settings(desk_id: str = MAIN_DESK) -> "Iterator[Desk]":
    """That desk, as the settings describe it, closed at the end. Raises BadSettings."""
    from service.desk import open_desk

    with open_desk(read_settings(), desk_id) as desk:
        yield desk


@contextmanager
def books_of_settings(desk_id: str = MAIN_DESK) -> "Iterator[Books]":
    """What that desk keeps, without models or index. Raises BadSettings."""
    from service.books import open_books_of
    from service.tenancy import place_of

    settings = read_settings()
    books = open_books_of(settings, place_of(settings, desk_id))
    try:
        yield books
    finally:
        books.record.close()


@contextmanager
def desks_of_settings() -> "Iterator[Desks]":
    """All desks of the settings, for a process that stays. Raises BadSettings."""
    from service.desks import Desks

    desks = Desks(read_settings())
    try:
        yield desks
    finally:
        desks.close()
