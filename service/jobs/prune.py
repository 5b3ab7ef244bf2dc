"""What a desk has kept for long enough is deleted: ended jobs, their uploads, sent messages, and files of no article."""

from collections.abc import Iterator, Set
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.domain.base import Frozen
from service.errors import RecordUnavailable
from service.ledgers import Books
from service.tenancy import Place


class Pruned(Frozen):
    """How much was deleted."""

    jobs: int
    messages: int
    files: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.jobs:,} jobs, {self.messages:,} messages and {self.files:,} files ({self.bytes:,} bytes)"


def prune(books: Books, place: Place, keep: timedelta) -> Pruned:
    """Deletes what is older than `keep`; the audit log says how much that was.

    Articles, claims, verdicts and the log itself stay. So does an upload that a job has still to read, one that was
    sent lately, as its job may not be queued yet, and what a listed article was made from. Raises RecordUnavailable
    when a file cannot be deleted.
    """
    before = datetime.now(UTC) - keep
    jobs, messages = books.jobs.prune(before), books.webhooks.prune(before)
    sizes = [
        *_delete_old(place.uploads, before, books.jobs.sources_in_use()),
        *_delete_old(place.originals, before, {f"{place.originals / each.id}.zip" for each in books.record.articles()}),
    ]
    pruned = Pruned(jobs=jobs, messages=messages, files=len(sizes), bytes=sum(sizes))
    if any(pruned.model_dump().values()):
        books.audit.note("record.pruned", "jobs, messages and files", pruned.model_dump())
    return pruned


def _delete_old(folder: Path, before: datetime, in_use: Set[str]) -> Iterator[int]:
    """The size of each file that is deleted, and its own folder once that is empty."""
    for path in sorted(folder.rglob("*")):
        try:
            stat = path.stat()
            if not path.is_file() or stat.st_mtime >= before.timestamp() or str(path) in in_use:
                continue
            path.unlink()
        except FileNotFoundError:  # by another worker
            continue
        except OSError as error:
            raise RecordUnavailable(
                f"{path} cannot be deleted: {error.strerror}. Check who may write there."
            ) from error
        yield stat.st_size
        if path.parent != folder:
            with suppress(OSError):  # it holds another file
                path.parent.rmdir()
