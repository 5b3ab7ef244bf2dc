"""A file, a page or a feed of fact-checks becomes rows of the desk's fact-checks, with their vectors."""

from collections.abc import Iterator
from pathlib import Path

from service.claims.importing import Unusable, read_fact_checks
from service.desk import Desk
from service.domain.fact_check import FactCheck, Imported
from service.errors import InputError, InputTooLarge, UnreadableFile
from service.ingest.feed import FEED_TYPES, read_feed
from service.ingest.read import is_url
from service.run import Run


def import_fact_checks(desk: Desk, source: str, run: Run | None = None) -> Imported:
    """Takes in every ClaimReview that the source holds, or that the pages of a feed hold; known ones stay as they are.

    What cannot be used is in `failed`. Raises an InputError when the source itself cannot be read.
    """
    content = (
        desk.reader.fetch(source, FEED_TYPES).content
        if is_url(source)
        else _read_file(source, desk.settings.max_input_bytes)
    )
    return take_fact_checks(desk, content, source, run)


def take_fact_checks(desk: Desk, content: bytes, source: str, run: Run | None = None) -> Imported:
    """Takes in what a file, a page or a feed holds, like `import_fact_checks`."""
    found: list[FactCheck] = []
    failed: list[str] = []
    for item in _read(desk, content, source):
        if isinstance(item, Unusable):
            failed.append(str(item))
        else:
            found.append(item)
    if not found:
        return Imported(added=0, known=0, failed=tuple(failed))
    embedder = desk.embedder_of(run or Run())
    vectors = embedder.embed([check.claim for check in found])
    imported = desk.books.fact_checks.add(found, vectors, embedder.id, source)
    return imported.model_copy(update={"failed": tuple(failed)})


def _read(desk: Desk, content: bytes, source: str) -> Iterator[FactCheck | Unusable]:
    entries = read_feed(content)
    if entries is None:
        yield from read_fact_checks(content, source)
        return
    for entry in entries:
        try:
            yield from read_fact_checks(desk.reader.fetch(entry.url).content, entry.url)
        except InputError as error:
            yield Unusable(str(error))


def _read_file(source: str, max_bytes: int) -> bytes:
    try:
        with Path(source).open("rb") as file:
            content = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{source!r} cannot be opened: {error}. Check the name.") from error
    if len(content) > max_bytes:
        raise InputTooLarge(
            f"{source} has more than {max_bytes:,} bytes. Split it, or raise CLAIMDESK_MAX_INPUT_BYTES."
        )
    return content
