"""An uploaded file becomes documents: one, or one a line of JSONL."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from service.ingest.document import Document
from service.ingest.read import Unread, attempt, read_lines, sniff, too_large

LONGEST_NAME = 200  # characters of a file's name that are kept


def read_upload(name: str, stream: BinaryIO, max_bytes: int) -> Iterator[Document | Unread]:
    """The documents of a file with that name; what cannot be read is an Unread in its place.

    The sender's name for a file says nothing about which article it is ("article.pdf"), so an article is known
    by its content, and a line of JSONL by its url or id.
    """
    name = clean_name(name)
    if name.lower().endswith(".jsonl"):
        yield from read_lines(stream, f"upload:{name}", max_bytes)
    else:
        yield from attempt(name, lambda _: _read_one(name, stream, max_bytes))


def _read_one(name: str, stream: BinaryIO, max_bytes: int) -> Document:
    content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise too_large(name, max_bytes)
    media_type = sniff(content, name, PurePath(name).suffix.lower())
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Document(source=f"upload:{digest}/{name}", media_type=media_type, content=content)


def clean_name(name: str) -> str:
    """The last part of the name, printable: it is stored, shown and logged."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(character for character in last if character.isprintable()).strip()
    return kept[-LONGEST_NAME:] or "unnamed"
