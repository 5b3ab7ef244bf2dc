"""A place in a list becomes an opaque word that a client hands back to get the next page."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Protocol, TypeVar

from fastapi import Query

from service.errors import BadCursor

PAGE = 50
LONGEST_PAGE = 500
_LARGEST = 2**31 - 1  # an integer column of PostgreSQL

Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="How many to return at most.")]
Cursor = Annotated[str | None, Query(max_length=100, description="`next` of the page before.")]


class Numbered(Protocol):
    """A line of a list that is kept in the order of its numbers."""

    @property
    def seq(self) -> int: ...


Line = TypeVar("Line", bound=Numbered)


def cut_page(found: Sequence[Line], limit: int) -> tuple[tuple[Line, ...], str | None]:
    """The page out of up to `limit` + 1 lines that were found, and the cursor of the next one, if there is more."""
    page = tuple(found[:limit])
    return page, encode_cursor(page[-1].seq) if len(found) > limit else None


def encode_cursor(place: int | None) -> str | None:
    return None if place is None else base64.urlsafe_b64encode(f"v1:{place}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> int | None:
    """The place that was encoded. Raises BadCursor for anything that this API did not hand out."""
    if cursor is None:
        return None
    try:
        decoded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        version, _, place = decoded.partition(":")
        if version != "v1" or not place.isdecimal() or int(place) > _LARGEST:
            raise ValueError(decoded)
    except (ValueError, binascii.Error) as error:
        raise BadCursor("The cursor is not one of this API. Leave it out to start from the first page.") from error
    return int(place)
