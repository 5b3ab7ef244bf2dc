"""A desk's id becomes the place of its data: each desk has a record and an index of its own.

Queries need no filter by desk, so none can forget it: another desk's articles are in another database file or
another schema, and in another index.
"""

from pathlib import Path

from service.domain.base import Frozen
from service.domain.key import MAIN_DESK, require_desk_id
from service.ledgers import Keys
from service.settings import Settings


class Place(Frozen):
    """Where a desk's data are. `schema_name` is None on SQLite, and for the main desk, whose address says it."""

    folder: Path
    record_url: str
    schema_name: str | None
    collection: str

    @property
    def uploads(self) -> Path:
        """Where archives wait for the worker that takes them in."""
        return self.folder / "uploads"

    @property
    def originals(self) -> Path:
        """Where what articles were made from is kept."""
        return self.folder / "originals"


def place_of(settings: Settings, desk_id: str) -> Place:
    """Where that desk's data are; the main desk's are where they were before there were others."""
    if require_desk_id(desk_id) == MAIN_DESK:
        return Place(folder=settings.data_dir, record_url=settings.record_url, schema_name=None, collection="sentences")
    folder = settings.data_dir / "desks" / desk_id
    return Place(
        folder=folder,
        record_url=settings.record_url if settings.database_url else f"sqlite:///{folder / 'record.sqlite3'}",
        # An id holds no underscore, so two ids never meet in one schema.
        schema_name=f"desk_{desk_id.replace('-', '_')}" if settings.database_url else None,
        collection=f"sentences-{desk_id}",
    )


def known_desks(keys: Keys) -> tuple[str, ...]:
    """The ids of the desks that there are: the main one, and each that a key was ever made for."""
    return tuple({MAIN_DESK: None} | dict.fromkeys(key.desk for key in keys.all_keys()))
