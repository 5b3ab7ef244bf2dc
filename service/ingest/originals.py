"""A document that came as a file or as text is kept as it came, so that its article can be read anew by better rules."""

import json
import zipfile
from pathlib import Path

from service.errors import RecordUnavailable, UnreadableFile
from service.ingest.document import Document
from service.ingest.keep import whole_file
from service.ingest.read import is_url

_STATED = "document.json"
_CONTENT = "content"


class Originals:
    """One file for each article in a folder: a ZIP of the bytes and of what their carrier stated.

    What stands at a web address is not kept: it is fetched again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, article_id: str, document: Document) -> None:
        """Keeps the document in the place of an earlier one; who reads meanwhile sees the one or the other.

        Raises RecordUnavailable when the folder takes nothing.
        """
        if is_url(document.source):
            return
        with whole_file(self._folder) as kept:
            with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_STATED, document.model_dump_json(exclude={"content"}))
                archive.writestr(_CONTENT, document.content)
            kept.flush()
            Path(kept.name).replace(self._place(article_id))

    def find(self, article_id: str) -> Document | None:
        """The document that an article was made from; None when it was not kept. Raises UnreadableFile."""
        place = self._place(article_id)
        if not place.is_file():
            return None
        try:
            with zipfile.ZipFile(place) as archive:
                return Document(**json.loads(archive.read(_STATED)), content=archive.read(_CONTENT))
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise UnreadableFile(f"{place} is damaged: {error}. Hand the article in again.") from error

    def discard(self, article_id: str) -> None:
        """Deletes what the article was made from, if it was kept. Raises RecordUnavailable where it cannot be."""
        try:
            self._place(article_id).unlink(missing_ok=True)
        except OSError as error:
            raise RecordUnavailable(
                f"{self._place(article_id)} cannot be deleted: {error.strerror}. Check who may write there."
            ) from error

    def _place(self, article_id: str) -> Path:
        return self._folder / f"{article_id}.zip"
