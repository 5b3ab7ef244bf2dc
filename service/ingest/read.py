"""Sources become documents: files, folders, JSONL lines, standard input and addresses, one at a time."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from service.errors import EmptyPage, InputError, InputTooLarge, UnreadableFile, UnsupportedType
from service.ingest.document import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSONL = "application/jsonl"
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": DOCX,
    ".jsonl": JSONL,
}
_TAG = re.compile(rb"<[a-z!?/]")
_READABLE = "Give text, HTML, Markdown, PDF, Word (.docx) or JSONL."

Fetch = Callable[[str], Document]


class _Line(BaseModel):
    """One article of a JSONL file; other fields are the writer's own business."""

    model_config = ConfigDict(extra="ignore")

    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | datetime | None = None
    site: str | None = None
    language: str | None = None


class Unread(NamedTuple):
    """A source that could not be read, and why."""

    source: str
    error: InputError


def is_address(target: str) -> bool:
    """True for what `read` can read: standard input, a web address or a path that exists."""
    if target == "-" or is_url(target):
        return True
    try:
        return Path(target).exists()
    except (OSError, ValueError):  # too long for a name, or with a character that no name holds
        return False


def read(
    sources: Sequence[str], *, stdin: BinaryIO | None, max_bytes: int, fetch: Fetch
) -> Iterator[Document | Unread]:
    """Every document in the sources, in order; what cannot be read is an Unread in its place."""
    for source in sources:
        if source == "-":
            yield from attempt("standard input", lambda name: _read_stdin(name, stdin, max_bytes))
        elif is_url(source):
            yield from attempt(source, fetch)
        else:
            yield from _read_tree(source, max_bytes)


def _read_tree(source: str, max_bytes: int) -> Iterator[Document | Unread]:
    found = False
    try:
        for path in files_below(Path(source)):
            found = True
            yield from _read_path(path, max_bytes)
    except (OSError, ValueError) as error:
        yield Unread(source, UnreadableFile(f"{source!r} cannot be opened: {error}. Check the name."))
        return
    if not found:
        yield Unread(source, UnreadableFile(f"The folder {source} holds no file. Check the name."))


def _read_path(path: Path, max_bytes: int) -> Iterator[Document | Unread]:
    if path.suffix.lower() == ".jsonl":
        yield from _read_archive(path, max_bytes)
    else:
        yield from attempt(str(path), lambda _: _read_file(path, max_bytes))


def attempt(source: str, step: Callable[[str], Document]) -> Iterator[Document | Unread]:
    """What the step makes of the source, or an Unread with the InputError that it raised."""
    try:
        yield step(source)
    except InputError as error:
        yield Unread(source, error)


def is_url(target: str) -> bool:
    """True for what `fetch` is asked for."""
    return target.lower().startswith(("http://", "https://"))


def files_below(path: Path) -> Iterator[Path]:
    """The file itself, or every file below a folder in a fixed order; hidden ones and links to folders are not.

    A folder below it that cannot be listed stands for what it holds. Raises OSError for `path` itself.
    """
    if not path.is_dir():
        yield Path(os.path.realpath(path))  # a link that leads to itself fails when it is opened, as a file
        return
    for child in sorted(path.iterdir()):
        if not child.name.startswith(".") and not (child.is_dir() and child.is_symlink()):
            yield from _below(child)


def _below(child: Path) -> Iterator[Path]:
    try:
        yield from files_below(child)
    except OSError:
        yield child


def _read_file(path: Path, max_bytes: int) -> Document:
    try:
        if path.is_dir():
            raise UnreadableFile(f"The folder {path} cannot be listed. Check who may read it.")
        if path.exists() and not path.is_file():
            raise UnsupportedType(f"{path} is no file but a device or a pipe. Use - to read standard input.")
        if path.stat().st_size > max_bytes:
            raise too_large(str(path), max_bytes)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"There is no file {path}. Check the name.") from error
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be opened: {error.strerror}. Check who may read it.") from error
    return Document(source=str(path), media_type=sniff(content, str(path), path.suffix.lower()), content=content)


def _read_stdin(name: str, stdin: BinaryIO | None, max_bytes: int) -> Document:
    content = stdin.read(max_bytes + 1) if stdin else b""
    if len(content) > max_bytes:
        raise too_large(name, max_bytes)
    # Without an address, the same text must find its earlier version by what it says.
    source = f"stdin:{hashlib.sha256(content).hexdigest()[:16]}"
    return Document(source=source, media_type=sniff(content, name, ".txt"), content=content)


def _read_archive(path: Path, max_bytes: int) -> Iterator[Document | Unread]:
    try:
        with path.open("rb") as lines:
            yield from read_lines(lines, str(path), max_bytes)
    except OSError as error:
        wrong = UnreadableFile(f"{path} cannot be opened: {error.strerror}. Check the name and who may read it.")
        yield Unread(str(path), wrong)


def read_lines(lines: BinaryIO, name: str, max_bytes: int) -> Iterator[Document | Unread]:
    """One article a line, so that an archive of any size is never held whole. Raises OSError."""
    number = 0
    while line := lines.readline(max_bytes + 1):
        number += 1
        place = f"{name}#{number}"
        if len(line) > max_bytes:
            yield Unread(place, too_large(place, max_bytes))
            while line and not line.endswith(b"\n"):
                line = lines.readline(max_bytes)
        elif line.strip():
            yield from attempt(place, lambda _, line=line, place=place: _read_line(line, name, place))  # type: ignore[misc]


def _read_line(line: bytes, name: str, place: str) -> Document:
    try:
        stated = _Line.model_validate_json(line)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise UnreadableFile(
            f"{place} is no article: {field + ': ' if field else ''}{problem['msg']}. "
            'Each line must be a JSON object with "text" or "html".'
        ) from error
    content = stated.html if stated.html is not None else stated.text
    if not content or not content.strip():
        raise EmptyPage(f'{place} has neither "text" nor "html".')
    published = stated.published.date() if isinstance(stated.published, datetime) else stated.published
    return Document(
        published=published,
        source=stated.url or (f"{name}#{stated.id}" if stated.id is not None else place),
        media_type="text/html" if stated.html is not None else "text/plain",
        content=content.encode("utf-8", "replace"),
        **stated.model_dump(include={"url", "title", "byline", "site", "language"}),
    )


def sniff(content: bytes, name: str, suffix: str) -> str:
    """The media type by what the bytes are, and by the name where bytes do not tell. Raises UnsupportedType."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return DOCX
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if suffix not in MEDIA_TYPES:
        raise UnsupportedType(f"{name} is no kind of file that can be read. {_READABLE}")
    if suffix in (".pdf", ".docx"):
        raise UnreadableFile(f"{name} is named {suffix} but is something else. {_READABLE}")
    if MEDIA_TYPES[suffix] == "text/html" and _TAG.search(start):
        return "text/html"  # NULs in markup are left out, as browsers do
    if b"\x00" in content[:8192] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnsupportedType(f"{name} holds no text but binary data. {_READABLE}")
    return MEDIA_TYPES[suffix]


def too_large(source: str, max_bytes: int) -> InputTooLarge:
    return InputTooLarge(f"{source} has more than {max_bytes:,} bytes. Split it, or raise CLAIMDESK_MAX_INPUT_BYTES.")
