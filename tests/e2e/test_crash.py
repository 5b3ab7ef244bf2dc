"""An ingest that is killed at any moment leaves every acknowledged article whole and findable, and no half one.

`CLAIMDESK_KILLS=30 pytest tests/e2e/test_crash.py` kills more often.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.desk import Desk, open_desk
from service.retrieve.indexing import Health, probe
from service.settings import Settings
from tests.e2e.command import environment, run

pytestmark = pytest.mark.enable_socket  # loopback only

KILLS = int(os.environ.get("CLAIMDESK_KILLS", "4"))
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


def write(folder: Path, batch: int) -> list[str]:
    paths = []
    for number in range(ARTICLES):
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


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    generator = random.Random(20140304)
    data = tmp_path / "data"
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        acknowledged.update(ingest_and_kill(data, write(tmp_path, kill), generator.uniform(0, LONGEST_S)))
    assert len(acknowledged) >= KILLS
    with open_desk(Settings(data_dir=data, threads=1, _env_file=None)) as desk:
        assert_whole(desk, acknowledged)
    again = run("ingest", *write(tmp_path, 0), folder=data)
    assert again.returncode == 0
    with open_desk(Settings(data_dir=data, threads=1, _env_file=None)) as desk:
        assert_whole(desk, acknowledged | set(write(tmp_path, 0)))
