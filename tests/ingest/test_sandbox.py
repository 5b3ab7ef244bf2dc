"""A document that breaks its reader, or a limit, costs itself and nothing else."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.errors import EmptyPage, UnreadableFile
from service.ingest.document import Document
from service.ingest.extract import extract
from service.ingest.parser import CPU_S, MEMORY_BYTES
from service.ingest.read import sniff
from service.ingest.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
PAGE = b"<html><body><h1>Bridge opens</h1><p>Mayor Ann Peeters opened the bridge of Ghent on Monday.</p></body></html>"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def html(content: bytes = PAGE, **stated: str) -> Document:
    return Document(source="/a.html", media_type="text/html", content=content, **stated)


def test_a_page_comes_back_as_it_is_read_here(sandbox: Sandbox) -> None:
    document = html(title="Stated", url="https://news.example/1")
    assert sandbox.extract(document) == extract(document)


def test_an_error_of_the_reader_is_the_same_error(sandbox: Sandbox) -> None:
    with pytest.raises(EmptyPage, match="No article was found"):
        sandbox.extract(html(b"<p> </p>"))


def test_half_characters_in_a_name_and_a_title_do_no_harm(sandbox: Sandbox) -> None:
    document = html(title="Half \ud800").model_copy(update={"source": "/\udce9.html"})
    assert sandbox.extract(document).title == "Half \ud800"


def test_a_reader_that_is_killed_is_replaced(sandbox: Sandbox) -> None:
    sandbox.extract(html())
    (child,) = sandbox._free
    child._process.kill()
    with pytest.raises(UnreadableFile, match="seconds or"):
        sandbox.extract(html())
    assert sandbox.extract(html()) == extract(html())


def test_a_document_that_takes_too_long_is_given_up() -> None:
    sandbox = Sandbox(wall_s=0.01)
    with pytest.raises(UnreadableFile, match="seconds or"):
        sandbox.extract(html())
    sandbox.close()


def test_a_child_has_its_limits_before_it_reads(sandbox: Sandbox) -> None:
    sandbox.extract(html())
    limits = Path(f"/proc/{sandbox._free[0]._process.pid}/limits").read_text()
    (memory,) = re.findall(r"Max address space +(\d+)", limits)
    (seconds,) = re.findall(r"Max cpu time +(\d+)", limits)
    assert int(memory) == MEMORY_BYTES
    assert CPU_S <= int(seconds) < 2 * CPU_S


def test_documents_of_many_threads_do_not_mix(sandbox: Sandbox) -> None:
    documents = [html(PAGE.replace(b"Peeters", b"Peeters%d" % number)) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(sandbox.extract, documents))
    assert all(f"Peeters{number} " in page.text for number, page in enumerate(pages))
    assert len(sandbox._free) <= 2


def test_a_child_ends_with_its_parent() -> None:
    script = (
        "from service.ingest.sandbox import _Child; import os, time;"
        "child = _Child(); print(child._process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":  # ended; whoever adopted it has not looked yet
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def test_a_child_has_none_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_LLM_API_KEY", "secret")
    sandbox = Sandbox()
    sandbox.extract(html())
    (child,) = sandbox._free
    assert b"secret" not in Path(f"/proc/{child._process.pid}/environ").read_bytes()
    sandbox.close()


def test_only_a_long_text_is_read_in_a_child() -> None:
    sandbox = Sandbox()
    long = b"It rained. " * 100_000
    sandbox.extract(Document(source="/long.txt", media_type="text/plain", content=long))
    assert len(sandbox._free) == 1
    sandbox.close()
    sandbox.extract(
        Document(source="/a.txt", media_type=sniff(b"One.", "a.txt", ".txt"), content=b"One.\n\nIt rained.")
    )
    assert sandbox._free == []
