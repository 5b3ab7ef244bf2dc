"""The doctor finds every part well on a healthy desk, and names the part that is not, with what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service import doctor
from service.desk import Desk
from service.doctor import Verdict, examine
from service.domain.desk_claim import ClaimOrigin, NewClaim
from service.errors import MissingWeights
from service.record.articles import SqlRecord
from service.settings import Settings
from tests.desks import make_desk
from tests.index.fake import MemoryIndex


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    story = tmp_path / "story.txt"
    story.write_text("Ministers meet\n\nKishida met Putin in Moscow. They spoke of islands.")
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        opened.ingest([str(story)])
        yield opened


def verdicts(desk: Desk) -> dict[str, Verdict]:
    return {finding.what: finding.verdict for finding in examine(desk)}


def messages(desk: Desk) -> dict[str, str]:
    return {finding.what: finding.message for finding in examine(desk)}


def test_all_is_well_on_a_healthy_desk(desk: Desk) -> None:
    assert set(verdicts(desk).values()) == {Verdict.WELL}
    assert messages(desk)["record"].startswith("1 articles, 2 sentences")


def test_a_broken_index_a_changed_claim_and_a_full_disk_are_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(desk.index, MemoryIndex)
    desk.index.rows.clear()
    desk.books.claims.receive(NewClaim(text="A claim.", origin=ClaimOrigin.API), "k")
    assert isinstance(desk.record, SqlRecord)
    with desk.record.database.writing() as connection:
        connection.execute(text("UPDATE claims SET value = replace(value, 'claim', 'lie')"))
    monkeypatch.setattr(doctor, "LEAST_FREE", 1e18)
    found = verdicts(desk)
    assert {what for what, verdict in found.items() if verdict is Verdict.ILL} == {"index", "audit", "disk"}
    assert "claimdesk reindex" in messages(desk)["index"]


def test_a_part_that_fails_is_a_finding_and_the_others_are_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise MissingWeights("model.onnx differs: reinstall claimdesk")

    monkeypatch.setattr("service.backends.local.weights.verify", fail)
    found = messages(desk)
    assert found["weights"] == "model.onnx differs: reinstall claimdesk [missing_weights]"
    assert verdicts(desk)["audit"] is Verdict.WELL
