"""With an outside Chroma, or without any: results say when they are degraded, and all is found when it is back."""

import json
from pathlib import Path

import pytest

from service.domain.report import Answer, Ingested, Report
from service.index.chroma import open_index
from service.index.server import ChromaServer
from service.record.articles import open_record
from tests.e2e.command import run
from tests.e2e.conftest import SAMPLE

pytestmark = pytest.mark.enable_socket  # loopback only

CLAIM = "Abe has met Putin five times."
LATER = "Port of Zeebrugge\n\nThe harbour master Ann Peeters said the dredging of the port would cost 3 million euros."


def test_the_desk_works_without_its_index_and_catches_up_when_it_is_back(tmp_path: Path) -> None:
    data, server = tmp_path / "data", ChromaServer(tmp_path / "chroma")
    address = server.url()
    ingested = run("ingest", str(SAMPLE), "--json", folder=data, CHROMA_URL=address)
    assert Ingested.model_validate_json(ingested.stdout).indexed
    assert not (data / "index").exists(), "the outside server holds the index"
    whole = Report.model_validate_json(run("check", CLAIM, "--json", folder=data, CHROMA_URL=address).stdout)
    server.stop()

    degraded = run("check", CLAIM, "--json", folder=data, CHROMA_URL=address)
    assert degraded.returncode == 0
    report = Report.model_validate_json(degraded.stdout)
    assert (report.degraded, report.label) == (True, whole.label)
    assert [c.quote for c in report.citations] == [c.quote for c in whole.citations]
    meanwhile = run("ingest", "-", "--json", folder=data, stdin=LATER.encode(), CHROMA_URL=address)
    assert meanwhile.returncode == 0
    assert not Ingested.model_validate_json(meanwhile.stdout).indexed
    assert b"degraded" in run("ask", "Who is Japan's foreign minister?", folder=data, CHROMA_URL=address).stdout

    address = server.url()
    asked = "How much would the dredging of the port cost?"
    answer = Answer.model_validate_json(run("ask", asked, "--json", folder=data, CHROMA_URL=address).stdout)
    assert not answer.degraded
    assert "3 million euros" in answer.answer
    record = open_record(f"sqlite:///{data / 'record.sqlite3'}")
    index = open_index(data, address)
    assert (index.count(), record.pending(1)) == (record.count(), [])
    record.close()
    index.close()
    server.stop()


def test_reindex_fills_an_index_that_was_lost_and_embeds_only_when_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("ingest", str(SAMPLE), folder=data)
    (data / "index").rename(tmp_path / "lost")
    done = run("reindex", folder=data)
    assert (done.returncode, done.stdout) == (0, b"Indexed 33 sentences.\n")
    assert b"already" in run("reindex", "--embed", folder=data).stdout
    checked = json.loads(run("check", CLAIM, "--json", folder=data).stdout)
    assert (checked["label"], checked["degraded"]) == ("supported", False)


def test_reindex_without_a_server_says_so(tmp_path: Path) -> None:
    done = run("reindex", folder=tmp_path, CHROMA_URL="http://127.0.0.1:9")
    assert done.returncode == 2
    assert b"CHROMA_URL" in done.stderr
    assert b"[index_unavailable]" in done.stderr
