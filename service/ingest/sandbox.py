"""Documents that can harm their reader, by their kind or size, become pages in a child process, under limits of time and memory."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

import service
from service.domain.article import Page
from service.errors import EmptyPage, InputError, InputTooLarge, UnreadableFile, UnsupportedType
from service.ingest.document import Document
from service.ingest.extract import extract
from service.ingest.parser import CPU_S, MEMORY_BYTES, Reply, Request, to_line

WALL_S = 22.0
"""For one document, its child's start included: who handed it in hears within 30 s, on a busy machine too. On a quiet
one the limit of processor time comes first."""

CHILDREN = 2
"""Documents read at once, whatever the number of requests: each child may take MEMORY_BYTES."""

# Our own code reads these, and no format of others; a text of 20 MB still takes 5 s and 700 MB. One of 0.5 MB in 30,000
# paragraphs takes 1.6 s, in which other threads wait: health answered after 0.6 s on a busy machine.
_HARMLESS = frozenset({"text/plain", "text/markdown"})
_SMALL_BYTES = 100_000
_ERRORS = {kind.code: kind for kind in (InputError, UnreadableFile, EmptyPage, InputTooLarge, UnsupportedType)}


class Sandbox:
    """Reads documents, each in a child that is free; children stay for the next one. Safe to use from many threads.

    A child that breaks a limit, or breaks, is ended and costs its own document only.
    """

    def __init__(self, wall_s: float = WALL_S) -> None:
        self._wall_s = wall_s
        self._free: list[_Child] = []
        self._seats = threading.BoundedSemaphore(CHILDREN)
        self._mutex = threading.Lock()

    def extract(self, document: Document) -> Page:
        """The page in a document, as `service.ingest.extract.extract`, which see for the errors."""
        if document.media_type in _HARMLESS and len(document.content) <= _SMALL_BYTES:
            return extract(document)
        with self._child() as child:
            reply = child.ask(document, self._wall_s)
        if reply.page is None:
            raise _ERRORS.get(reply.code, InputError)(reply.message)
        return reply.page

    @contextmanager
    def _child(self) -> Iterator["_Child"]:
        with self._seats:
            with self._mutex:
                child = self._free.pop() if self._free else None
            child = child or _Child()
            try:
                yield child
            except BaseException:
                child.end()  # what it would still say belongs to no request
                raise
            with self._mutex:
                self._free.append(child)

    def close(self) -> None:
        """Ends the children that are free; one that is reading ends with its document's request."""
        with self._mutex:
            free, self._free = self._free, []
        for child in free:
            child.end()


class _Child:
    """One process; it has nothing of our environment, so no key and no proxy."""

    def __init__(self) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-m", "service.ingest.parser"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={"PYTHONPATH": str(Path(service.__file__).parents[1]), "PYTHONUTF8": "1"},
        )

    def ask(self, document: Document, wall_s: float) -> Reply:
        """The reply. Raises UnreadableFile when there is none in time, or the child ended over the document."""
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        request = Request(document=document.model_copy(update={"content": b""}), length=len(document.content))
        timer = threading.Timer(wall_s, self._process.kill)
        timer.start()
        try:
            with suppress(BrokenPipeError):  # it ended: the missing reply says so
                self._process.stdin.write(to_line(request))
                self._process.stdin.write(document.content)
                self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        try:
            return Reply.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            raise UnreadableFile(
                f"{document.source} could not be read: {self._why()}. Save it anew from the program that made it, "
                "or give its text as .txt."
            ) from error

    def _why(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        self._log.seek(0)
        last = self._log.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        if (self._process.returncode or 0) < 0 or "MemoryError" in last:
            return f"it takes more than {CPU_S} seconds or {MEMORY_BYTES >> 20} MB"
        return f"its reader failed ({last[:200]})"

    def end(self) -> None:
        self._process.kill()
        with suppress(BrokenPipeError):
            self._process.communicate()
        self._log.close()
