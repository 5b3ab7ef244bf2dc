"""A feed or a folder becomes articles, reviewed as they arrive, and what is found is told to the desk's webhooks."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from service.desk import Desk
from service.domain.article import Article
from service.domain.base import Frozen
from service.domain.report import Failure, Review, Status
from service.domain.webhook import Event
from service.errors import InputError, UnreadableFile
from service.ingest.document import Document
from service.ingest.feed import FEED_TYPES, read_feed
from service.ingest.pipeline import article_id_of, require
from service.ingest.read import files_below, is_url
from service.run import Run
from service.webhooks.send import deliver_due

MOST_LOOKS_OFF = 256  # looks between two tries of an address that keeps failing: a day at 300 s a look


class Arrived(Frozen):
    """An article that is new or changed, and what its review found."""

    article_id: str
    title: str | None
    source: str
    status: Status
    review: Review


class Watch:
    """One feed or folder, looked at again and again. It remembers which files it saw, and the record the rest."""

    def __init__(self, desk: Desk, target: str, run: Run | None = None) -> None:
        """`run` is on whose account articles are embedded; the local user's when None."""
        self._desk = desk
        self._target = target
        self._run = run
        self.failures: dict[str, Failure] = {}  # by source: what could not be taken in so far
        self._seen: dict[Path, tuple[int, int]] = {}
        self._looks = 0
        self._failed: dict[str, tuple[int, int]] = {}  # by address: how often, and the look to try it at again

    def look(self) -> Iterator[Arrived | Failure]:
        """What arrived since the last look, each article taken in and its findings queued for the webhooks.

        A message is queued before its article is taken in: a kill in between sends it twice, never not at all.
        Raises an InputError when the target itself cannot be read.
        """
        self._looks += 1
        for document in self._desk.reader.read(list(self._new_sources())):
            try:
                arrived = self._take(require(document))
            except InputError as error:
                self._put_off(document.source)
                failure = Failure(source=document.source, code=error.code, message=str(error))
                self.failures[document.source] = failure
                yield failure
                continue
            self.failures.pop(document.source, None)
            if arrived is not None:
                yield arrived
        self._desk.push()

    def _take(self, document: Document) -> Arrived | None:
        desk = self._desk
        article = desk.reader.article(document)
        latest = desk.record.latest(article.id)
        if latest is not None and latest.content_hash == article.content_hash:
            return None
        review = desk.review(article)
        if review.findings:
            desk.books.webhooks.publish(Event.ARTICLE_REVIEWED, _message(article, review))
        taken = desk.take([document], run=self._run)
        if taken.failed:
            raise UnreadableFile(taken.failed[0].message)
        (stored,) = taken.articles
        return Arrived(
            article_id=stored.id, title=stored.title, source=article.source, status=stored.status, review=review
        )

    def _put_off(self, source: str) -> None:
        """Tries an address that failed again after 1, 2, 4, ... looks: a page that is gone is not asked for for ever."""
        times = self._failed.get(source, (0, 0))[0] + 1
        self._failed[source] = (times, self._looks + min(2 ** (times - 1), MOST_LOOKS_OFF))

    def _new_sources(self) -> Iterator[str]:
        if is_url(self._target):
            yield from self._new_entries()
            return
        if not Path(self._target).exists():
            raise UnreadableFile(f"There is no file or folder {self._target}. Check the name.")
        for path in files_below(Path(self._target)):
            stamp = _stamp(path)
            if stamp is not None and self._seen.get(path) != stamp:
                self._seen[path] = stamp
                yield str(path)

    def _new_entries(self) -> Iterator[str]:
        """Entries of the feed that the record does not hold; a page that is no feed is watched itself."""
        entries = read_feed(self._desk.reader.fetch(self._target, FEED_TYPES).content)
        if entries is None:
            yield self._target
            return
        for entry in entries:
            is_due = self._failed.get(entry.url, (0, 0))[1] <= self._looks
            if is_due and self._desk.record.latest(article_id_of(entry.url)) is None:
                yield entry.url


def watch(
    desk: Desk, target: str, every_s: float, stop: threading.Event, *, once: bool = False
) -> Iterator[Arrived | Failure]:
    """Looks at the target every `every_s` seconds until `stop`, sending messages after each look.

    A feed that does not answer is told as a Failure and looked at again; a target that was never there raises.
    """
    looking = Watch(desk, target)
    first = True
    while not stop.is_set():
        try:
            yield from looking.look()
        except InputError as error:
            if first:
                raise
            yield Failure(source=target, code=error.code, message=str(error))
        deliver_due(desk.books.webhooks, private=desk.settings.fetch_private, stop=stop)
        first = False
        if once:
            return
        stop.wait(every_s)


def _message(article: Article, review: Review) -> str:
    found = Arrived(
        article_id=article.id,
        title=article.title,
        source=article.source,
        status=Status.ADDED if article.version == 1 else Status.UPDATED,
        review=review,
    )
    return found.model_dump_json()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None  # it was taken away between two looks
    return status.st_mtime_ns, status.st_size
