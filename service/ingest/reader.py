"""Files, folders, addresses and standard input become documents, and documents pages and articles, under set limits."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import BinaryIO

from service.domain.article import Article, Page
from service.ingest.dateline import infer_published
from service.ingest.document import Document
from service.ingest.fetch import PAGES, fetch
from service.ingest.pipeline import build_article
from service.ingest.read import Unread, read
from service.ingest.sandbox import Sandbox
from service.settings import Settings


class Reader:
    """Reads what a desk is given; stores nothing. Close it: it starts a process to read in."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _sandbox(self) -> Sandbox:
        return Sandbox()

    def read(self, sources: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Document | Unread]:
        """Every document in the sources, in order; what cannot be read is an Unread in its place."""
        return read(sources, stdin=stdin, max_bytes=self._settings.max_input_bytes, fetch=self.fetch)

    def fetch(self, url: str, types: Mapping[str, str] = PAGES) -> Document:
        """The document at an address, under the settings' limits. Raises FetchRefused, FetchFailed, InputTooLarge."""
        return fetch(
            url,
            timeout_s=self._settings.fetch_timeout_s,
            max_bytes=self._settings.max_input_bytes,
            private=self._settings.fetch_private,
            types=types,
        )

    def extract(self, document: Document) -> Page:
        """The page in a document, read where it can do no harm. Raises an InputError when it cannot be read."""
        return self._sandbox.extract(document)

    def article(self, document: Document) -> Article:
        """The article of a document, not stored. Raises an InputError when it cannot be read."""
        return build_article(infer_published(self.extract(document)), document.source)

    def close(self) -> None:
        if "_sandbox" in self.__dict__:
            self._sandbox.close()
