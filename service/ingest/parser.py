"""The child process that reads documents for `sandbox`: requests on standard input become pages on standard output.

`python -P -B -m service.ingest.parser`. A request is a line, the document as JSON without its content, and then
the content in bytes; a reply is a line, the page or an error as JSON. The child ends with its input.
"""

import json
import resource
import sys
from typing import BinaryIO

from pydantic import BaseModel

from service.domain.article import Page
from service.domain.base import Frozen
from service.errors import InputError
from service.ingest.document import Document
from service.ingest.extract import extract

CPU_S = 20
"""Processor seconds for one document. The slowest of 90 real pages takes 0.5 s (python -m eval.bench_sandbox),
a PDF of 500 pages about 10."""

MEMORY_BYTES = 1 << 30
"""Address space of the child; a PDF of 50 MB takes about 300 MB."""


class Request(Frozen):
    """What comes before the content: the document without it, and its length in bytes."""

    document: Document
    length: int


class Reply(Frozen):
    """The page, or the code and the message of the InputError that took its place."""

    page: Page | None = None
    code: str = ""
    message: str = ""


def to_line(message: BaseModel) -> bytes:
    """JSON in one line of ASCII: a file's name and a PDF's title may hold halves of characters."""
    return json.dumps(message.model_dump(mode="json")).encode() + b"\n"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no reply
    while line := requests.readline():
        _limit_time()
        replies.write(to_line(_answer(line, requests)))
        replies.flush()


def _limit_time() -> None:
    """The kernel counts the seconds of the whole process: CPU_S more than it has had."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_S, most))


def _answer(line: bytes, requests: BinaryIO) -> Reply:
    request = Request.model_validate(json.loads(line))
    content = requests.read(request.length)
    try:
        return Reply(page=extract(request.document.model_copy(update={"content": content})))
    except InputError as error:
        return Reply(code=error.code, message=str(error))


if __name__ == "__main__":
    main()
