"""An ingest that is killed at any moment leaves every acknowledged article whole and findable, and no half one."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from service.record.articles import open_record

KILLS = 30
ARTICLES = 6

INGEST = """
import sys
from service.backends.local.embedder import LocalEmbedder
from service.ingest.pipeline import ingest
from service.ingest.read import read
from service.record.articles import open_record
record, embedder = open_record(sys.argv[1]), LocalEmbedder(1)
for document in read(sys.argv[2:], stdin=None, max_bytes=1000, fetch=None):
    article = ingest(document, record, embedder)
    print(article.id, article.sentences, flush=True)
"""


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    generator = random.Random(20140304)
    address = f"sqlite:///{tmp_path / 'record.sqlite3'}"
    acknowledged: dict[str, int] = {}
    for kill in range(KILLS):
        paths = []
        for number in range(ARTICLES):
            path = tmp_path / f"{kill}-{number}.txt"
            path.write_text(f"Story {kill} {number}\n\nMayor Zed{kill}x{number} opened bridge {number}. It was cold.")
            paths.append(str(path))
        process = subprocess.Popen([sys.executable, "-c", INGEST, address, *paths], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(generator.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        for line in (first + process.stdout.read()).splitlines():
            if len(line.split()) == 2:
                article_id, sentences = line.split()
                acknowledged[article_id] = int(sentences)
        process.wait()
        process.stdout.close()
    record = open_record(address)
    stored = {summary.id: summary.sentences for summary in record.articles()}
    assert acknowledged.items() <= stored.items()
    for article_id in stored:
        article = record.article(article_id)
        assert len(article.sentences) == stored[article_id]
        assert len(record.vectors([s.id for s in article.evidence])) == len(article.evidence)
        (name,) = {word for word in article.text.split() if word.startswith("Zed")}
        assert any(found.startswith(article_id) for found in record.search([name], 5))
    record.close()
    assert len(acknowledged) >= KILLS
