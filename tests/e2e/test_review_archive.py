"""A review against the real archive: claims and quotations of a draft, on the models that travel with the package."""

from pathlib import Path

from service.desk import Desk
from service.domain.verdict import Label
from tests.e2e.conftest import SAMPLE

DRAFT = (
    "Abe flies to Moscow\n\n"
    "TOKYO, March 20, 2014 - Prime Minister Shinzo Abe has met Russian President Vladimir Putin seven times. He has travelled to Russia in "
    "spring, the ministry confirmed on Monday after a long wait for news.\n\n"
    "Tom O'Sullivan, a founder, said: “A worsening relationship between the US and EU with Russia will damage Japan’s "
    "ongoing improved dialogue with its closest neighbor.”\n"
)


def test_a_draft_that_the_archive_contradicts(sample_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    draft = sample_desk.open_article(str(tmp_path / "draft.txt"))
    assert not sample_desk.review(draft).findings
    result = sample_desk.review(draft, against_archive=True)
    assert [f.code for f in result.findings] == ["CLM001", "QUO004"]
    claim = result.findings[0]
    assert draft.text[claim.passages[0].start : claim.passages[0].end] == "seven"
    assert claim.suggestion == "five"
    assert "five times" in claim.citations[0].quote


def test_a_changed_copy_of_a_stored_article_is_not_checked_against_it(sample_desk: Desk, tmp_path: Path) -> None:
    copy = SAMPLE.read_text(encoding="utf-8").replace("five times", "seven times")
    (tmp_path / "copy.txt").write_text(copy, encoding="utf-8")
    result = sample_desk.review(sample_desk.open_article(str(tmp_path / "copy.txt")), against_archive=True)
    assert [f.code for f in result.findings] == ["NAM001"]
    assert result.reports
    assert {report.label for report in result.reports} == {Label.NOT_ENOUGH}
    assert not any(report.citations for report in result.reports)
