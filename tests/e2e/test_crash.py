"""An ingest that is killed at any moment leaves every acknowledged article whole and findable, and no half one."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from service.desk import Desk, open_desk
from service.index.server import ChromaServer
from service.retrieve.indexing import Health, probe
from service.settings import Settings
from tests.e2e.command import environment, run

pytestmark = pytest.mark.enable_socket  # loopback only

KILLS = 30  # of the ingest alone, beside a Chroma server that lives on
FEW = 18  # articles in each: one push to the index on the way
LONGEST_PAUSE_S = 0.1  # from an acknowledgement to the kill: time for a few more articles, or for a push
KILLS_WITH_SERVER = 2  # of an ingest with the Chroma server that it started: each takes seconds to start
ARTICLES = 40  # in one ingest: the index is pushed to twice on the way, and at the end
LONGEST_S = 1.5  # from the first article to the kill; an ingest that is left alone takes about as long

# What `claimdesk ingest` does, which tells of each article only by its progress bar.
INGEST = """
import sys
from service.desk import open_desk
from service.settings import Settings
with open_desk(Settings(_env_file=None)) as desk:
    desk.ingest(sys.argv[1:], progress=lambda source: print(source, flush=True))
"""


# One process imports everything, and a child of it does each ingest: thirty kills take 40 s of processor time.
NURSERY = """
import os, sys
import service.backends.local.embedder, service.index.chroma, service.record.books
from service.desk import open_desk
from service.settings import Settings
for folder in sys.stdin:
    child = os.fork()
    if child == 0:
        print(f"child {os.getpid()}", flush=True)
        with open_desk(Settings(_env_file=None)) as desk:
            desk.ingest([folder.strip()], progress=lambda source: print(source, flush=True))
        os._exit(0)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Nursery:
    """Ingests a folder in a child process, and can kill it a while after it acknowledged so many articles."""

    def __init__(self, data: Path, chroma_url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env=environment(data, CHROMA_URL=chroma_url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ingest(self, folder: Path, kill_behind: int, pause_s: float) -> list[str]:
        """The sources that were acknowledged."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(folder, file=self._process.stdin, flush=True)
        child = int(self._process.stdout.readline().removeprefix("child "))
        acknowledged: list[str] = []
        while len(acknowledged) < kill_behind:
            acknowledged.append(self._process.stdout.readline().strip())
        time.sleep(pause_s)
        with suppress(ProcessLookupError):  # it was done before
            os.kill(child, signal.SIGKILL)
        while (line := self._process.stdout.readline().strip()) != "ended":
            assert line, "the nursery ended"
            acknowledged.append(line)
        return acknowledged

    def close(self) -> None:
        self._process.communicate()


def write(folder: Path, batch: int, articles: int = ARTICLES) -> list[str]:
    folder.mkdir(exist_ok=True)
    paths = []
    for number in range(articles):
        path = folder / f"{batch}-{number}.txt"
        path.write_text(f"Story {batch} {number}\n\nMayor Zed{batch}x{number} opened the bridge of town {number}.")
        paths.append(str(path.resolve()))
    return paths


def ingest_and_kill(data: Path, paths: list[str], delay_s: float) -> list[str]:
    """The sources that were acknowledged before the kill."""
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, *paths], env=environment(data), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(delay_s)
    process.kill()
    lines = (first + process.stdout.read()).splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    return [line.strip() for line in lines if line.endswith("\n")]


def assert_whole(desk: Desk, acknowledged: set[str]) -> None:
    assert desk.guard.ready()
    stored = {desk.record.article(summary.id).source: summary for summary in desk.articles()}
    assert acknowledged <= stored.keys()
    for source, summary in stored.items():
        article = desk.record.article(summary.id)
        evidence = [sentence.id for sentence in article.evidence]
        assert len(article.sentences) == summary.sentences
        (name,) = {word for word in article.text.split() if word.startswith("Zed")}
        assert set(desk.record.search([name], 5)) & set(evidence), source
        for sentence_id, vector in zip(evidence, desk.record.vectors(evidence), strict=True):
            assert sentence_id in {hit.sentence_id for hit in desk.index.query(vector, 10)}
    assert probe(desk.record, desk.index).health is Health.HEALTHY


def test_thirty_kills_at_random_moments_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    generator = random.Random(20140304)
    data, server = tmp_path / "data", ChromaServer(tmp_path / "chroma")
    url = server.url()
    nursery = Nursery(data, url)
    try:
        acknowledged: set[str] = set()
        for kill in range(KILLS):
            write(tmp_path / str(kill), kill, FEW)
            behind, pause_s = generator.randrange(FEW), generator.uniform(0, LONGEST_PAUSE_S)
            acknowledged.update(nursery.ingest(tmp_path / str(kill), behind, pause_s))
        with open_desk(Settings(data_dir=data, chroma_url=url, threads=1, _env_file=None)) as desk:
            assert_whole(desk, acknowledged)
    finally:
        nursery.close()
        server.stop()


def test_a_killed_ingest_whose_server_ends_with_it_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    generator = random.Random(20140304)
    data = tmp_path / "data"
    acknowledged: set[str] = set()
    for kill in range(KILLS_WITH_SERVER):
        acknowledged.update(ingest_and_kill(data, write(tmp_path, kill), generator.uniform(0, LONGEST_S)))
    assert len(acknowledged) >= KILLS_WITH_SERVER
    with open_desk(Settings(data_dir=data, threads=1, _env_file=None)) as desk:
        assert_whole(desk, acknowledged)
    again = run("ingest", *write(tmp_path, 0), folder=data)
    assert again.returncode == 0
    with open_desk(Settings(data_dir=data, threads=1, _env_file=None)) as desk:
        assert_whole(desk, acknowledged | set(write(tmp_path, 0)))
