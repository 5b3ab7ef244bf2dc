"""Every desk's record and files become one file, and such a file becomes desks again, on SQLite or PostgreSQL alike.

A backup is taken while people work: each record is written as one moment saw it, and then the documents that its
articles were made from. The file is a zip of JSON lines and of those documents, so it can be read without Claimdesk.
It holds no API key's secret, but the secrets of webhooks: keep it as you keep those.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from service import __version__
from service.books import make_folder
from service.domain.base import Frozen
from service.domain.key import MAIN_DESK
from service.errors import BadBackup, InputError, RecordUnavailable
from service.record.connect import Database
from service.record.keys import SqlKeys
from service.record.migrate import migrate
from service.record.rows import Line, dump, load
from service.settings import Settings
from service.tenancy import Place, known_desks, place_of

FORMAT = 1
_MANIFEST = "manifest.json"

Progress = Callable[[str, int], None]


class Manifest(Frozen):
    """What a backup holds: the rows of each desk, the main desk first, and the documents of all."""

    format: int
    version: str  # of the Claimdesk that wrote it
    taken: datetime
    desks: dict[str, int]
    documents: int


def back_up(settings: Settings, file: Path, progress: Progress | None = None) -> Manifest:
    """Writes every desk to the file, which is there only when it is whole; only its owner may read it.

    `progress` is told of each desk and its rows. Raises InputError when the file cannot be written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            manifest = _write(settings, stream, progress)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"The backup {file} cannot be written: {error.strerror}. Name another place.") from error
    return manifest


def restore(settings: Settings, file: Path, progress: Progress | None = None) -> Manifest:
    """Fills the empty records of the settings from a backup; a desk is filled whole or not at all.

    Raises BadBackup, RecordNotEmpty and RecordUnavailable. What was restored before an error stays; the rest can be
    restored once the cause is mended, into a new folder or database.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(archive)
            for desk_id, expected in manifest.desks.items():
                read = _read_desk(archive, desk_id, place_of(settings, desk_id))
                with _open(settings, desk_id) as database, closing(read) as lines:
                    written = load(database, lines)
                if written != expected:
                    raise BadBackup(f"The backup says that desk {desk_id} has {expected} rows, and holds {written}.")
                if progress:
                    progress(desk_id, written)
    except OSError as error:
        raise BadBackup(f"The backup {file} cannot be read: {error.strerror or error}. Check the name.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise BadBackup(f"The backup {file} is damaged or no backup: {error}. Take another one.") from error
    return manifest


def _write(settings: Settings, stream: IO[bytes], progress: Progress | None) -> Manifest:
    desks: dict[str, int] = {}
    documents = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with _open(settings, MAIN_DESK) as database:
            migrate(database)
            desk_ids = known_desks(SqlKeys(database))
        for desk_id in desk_ids:
            with _open(settings, desk_id) as database, archive.open(_member(desk_id), "w", force_zip64=True) as lines:
                migrate(database)
                desks[desk_id] = _write_lines(lines, dump(database))
            documents += _write_documents(archive, place_of(settings, desk_id), desk_id)
            if progress:
                progress(desk_id, desks[desk_id])
        manifest = Manifest(
            format=FORMAT, version=__version__, taken=datetime.now(UTC), desks=desks, documents=documents
        )
        archive.writestr(_MANIFEST, manifest.model_dump_json(indent=2))
    return manifest


def _write_lines(stream: IO[bytes], lines: Iterator[Line]) -> int:
    """One row a line: its table's name, a tab, and its JSON. Returns the number of rows; the first line is none."""
    written = -1
    for name, row in lines:
        stream.write(f"{name}\t{row}\n".encode())
        written += 1
    return written


def _write_documents(archive: zipfile.ZipFile, place: Place, desk_id: str) -> int:
    """Each document as its own file of the archive; returns how many. One whose article is withdrawn meanwhile is gone."""
    written = 0
    for path in sorted(place.originals.glob("*.zip")):
        with suppress(FileNotFoundError):
            archive.writestr(f"{_documents_of(desk_id)}{path.name}", path.read_bytes(), zipfile.ZIP_STORED)
            written += 1
    return written


def _read_desk(archive: zipfile.ZipFile, desk_id: str, place: Place) -> Generator[Line, None, None]:
    """The desk's rows; its documents are there once the last row is read, and so before the rows are committed."""
    with archive.open(_member(desk_id)) as lines:
        for line in lines:
            name, _, row = line.decode().rstrip("\n").partition("\t")
            yield name, row
    for member in archive.namelist():
        if member.startswith(_documents_of(desk_id)):
            _write_document(place.originals / Path(member).name, archive.read(member))


def _write_document(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise RecordUnavailable(f"{path} cannot be written: {error.strerror}. Make room there.") from error


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
    except ValidationError as error:
        raise BadBackup(f"The backup's {_MANIFEST} is not as Claimdesk writes it. Take another backup.") from error
    if manifest.format != FORMAT:
        raise BadBackup(f"The backup was written by Claimdesk {manifest.version}. Install that version or a later one.")
    return manifest


def _member(desk_id: str) -> str:
    return f"desks/{desk_id}.jsonl"


def _documents_of(desk_id: str) -> str:
    return f"originals/{desk_id}/"


@contextmanager
def _open(settings: Settings, desk_id: str) -> Iterator[Database]:
    place = place_of(settings, desk_id)
    make_folder(place)
    database = Database(place.record_url, schema=place.schema_name)
    try:
        yield database
    finally:
        database.close()
