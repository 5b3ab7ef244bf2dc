"""A document: the bytes at an address, with what its carrier states about them."""

from datetime import date

from service.domain.base import Frozen


class Document(Frozen):
    """Bytes that have been read but not yet understood."""

    source: str  # a URL, an absolute path, "path#id" for a JSONL line, or a name for standard input
    media_type: str
    content: bytes
    charset: str | None = None  # as the server that sent it says
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    site: str | None = None
    language: str | None = None
