"""A claim on the desk gets the machine's verdict, out of every article but the one that it was found in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.claims.check import MACHINE, check_claim
from service.desk import Desk
from service.domain.desk_claim import ClaimOrigin, ClaimState, Decide, NewClaim
from service.domain.verdict import Label
from service.errors import WrongStep
from service.settings import Settings
from tests.desks import make_desk

STORY = "Ministers meet\n\nJapan's Fumio Kishida came to Moscow. Kishida and Putin have met five times."
CLAIM = "Kishida and Putin have met seven times."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    story = tmp_path / "story.txt"
    story.write_text(STORY)
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        opened.ingest([str(story)])
        yield opened


def receive(desk: Desk, article_id: str | None = None) -> str:
    claim = NewClaim(text=CLAIM, origin=ClaimOrigin.REVIEW, article_id=article_id)
    return desk.books.claims.receive(claim, "k").id


def test_the_verdict_is_kept_with_its_evidence(desk: Desk) -> None:
    claim = check_claim(desk, receive(desk))
    assert (claim.state, claim.machine_label) == (ClaimState.CHECKED, Label.REFUTED)
    (verdict,) = desk.books.claims.verdicts(claim.id)
    assert "five times" in verdict.report.citations[0].quote
    assert f'"by":"{MACHINE}"' in desk.books.claims.history(claim.id)[-1].payload


def test_the_article_that_made_the_claim_is_no_evidence_for_it(desk: Desk) -> None:
    (article,) = desk.articles()
    claim = check_claim(desk, receive(desk, article.id))
    assert claim.machine_label is Label.NOT_ENOUGH


def test_a_decided_claim_is_not_checked_again_behind_people_s_backs(desk: Desk) -> None:
    claim_id = receive(desk)
    desk.books.claims.take_step(claim_id, Decide(label=Label.SUPPORTED, note="Yes."), "anna")
    with pytest.raises(WrongStep):
        check_claim(desk, claim_id)
    assert desk.books.claims.verdicts(claim_id) == []
