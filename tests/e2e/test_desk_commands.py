"""The commands that run a desk, as a person types them: keys, jobs, the audit log, claims, fact-checks and backups."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.books import open_books_of
from service.cli import app
from service.domain.desk_claim import ClaimOrigin, Decide, NewClaim, Publish
from service.domain.key import MAIN_DESK
from service.domain.verdict import Label
from service.errors import ClaimdeskError
from service.ledgers import Books
from service.settings import Settings
from service.tenancy import place_of


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's own
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLAIMDESK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def books(data_dir: Path) -> Iterator[Books]:
    settings = Settings(data_dir=data_dir, _env_file=None)
    opened = open_books_of(settings, place_of(settings, MAIN_DESK))
    yield opened
    opened.record.close()


def run(*arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == status, (result.output, result.exception)
    return result


def fail(*arguments: str) -> ClaimdeskError:
    """The error that `main` prints."""
    error = CliRunner().invoke(app, list(arguments)).exception
    assert isinstance(error, ClaimdeskError)
    return error


def test_a_key_s_secret_is_printed_once_and_opens_it_until_it_is_revoked(books: Books) -> None:
    made = run("keys", "create", "bot", "--scope", "read", "--desk", "sports", "--budget-usd", "2.5")
    secret = made.stdout.strip()
    key = books.keys.find(secret)
    assert key is not None
    assert (key.desk, key.scopes, key.daily_budget_microusd) == ("sports", ("read",), 2_500_000)
    listed = run("keys", "list").stdout
    assert key.id in listed
    assert secret not in listed
    run("keys", "revoke", key.id)
    assert books.keys.find(secret) is None
    assert "revoked" in run("keys", "list").stdout
    assert fail("keys", "revoke", "key_0").code == "key_not_found"


def test_the_audit_log_is_proved_and_a_cut_shows_by_an_earlier_head(books: Books) -> None:
    books.audit.note("desk.tested", "one", {})
    head = run("audit", "head").stdout.strip()
    assert re.fullmatch(r"1:[0-9a-f]{64}", head)
    assert "whole: 1 rows" in run("audit", "verify", "--head", head).stdout
    assert "cut" in run("audit", "verify", "--head", f"2:{head[2:]}", status=1).stdout
    run("audit", "verify", "--head", "nonsense", status=2)
    assert "desk.tested" in run("audit", "list").stdout


def test_a_job_is_queued_shown_and_cancelled(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("A story. It has two sentences.")
    job_id = run("jobs", "add", "story.txt").stdout.strip()
    job = json.loads(run("jobs", "show", job_id, "--items").stdout)
    assert job["work"]["sources"] == [str(tmp_path / "story.txt")]
    assert "cancelled" in run("jobs", "cancel", job_id).stdout
    assert "cancelled" in run("jobs", "list").stdout
    assert fail("jobs", "cancel", job_id).code == "job_finished"


def test_claims_are_exported_and_only_published_ones_as_claim_review(books: Books) -> None:
    for text in ("The first claim.", "=SUM(A1)"):
        claim = books.claims.receive(NewClaim(text=text, origin=ClaimOrigin.API), "k")
    books.claims.take_step(claim.id, Decide(label=Label.REFUTED, note="No."), "anna")
    assert run("claims", "export", "--format", "claimreview").stdout == ""
    books.claims.take_step(claim.id, Publish(), "anna")
    (review,) = run("claims", "export", "--format", "claimreview").stdout.splitlines()
    assert json.loads(review)["claimReviewed"] == "=SUM(A1)"
    sheet = run("claims", "export", "--format", "csv").stdout
    assert '"The first claim."' in sheet
    assert '"\'=SUM(A1)"' in sheet


def test_a_backup_is_restored_elsewhere_and_proves_itself(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.claims.receive(NewClaim(text="A claim.", origin=ClaimOrigin.API), "k")
    run("backup", "desk.zip")
    assert fail("restore", "desk.zip").code == "record_not_empty"
    monkeypatch.setenv("CLAIMDESK_DATA_DIR", str(tmp_path / "elsewhere"))
    run("restore", "desk.zip")
    assert "A claim." in run("claims", "export", "--format", "csv").stdout
    assert "whole: 1 rows" in run("audit", "verify").stdout
