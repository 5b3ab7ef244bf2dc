"""What commands share: options, and the desk that the settings describe."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from service.errors import BadSettings

if TYPE_CHECKING:
    from service.desk import Desk
    from service.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to judge by, YYYY-MM-DD; later articles do not count.")
]


def read_settings() -> "Settings":
    """The settings of the environment and .env. Raises BadSettings."""
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        raise BadSettings(f"A setting is wrong: {wrong}. See .env.example.") from error


@contextmanager
def desk_of_settings() -> "Iterator[Desk]":
    """The desk that the settings describe, closed at the end. Raises BadSettings."""
    from service.desk import open_desk

    with open_desk(read_settings()) as desk:
        yield desk
