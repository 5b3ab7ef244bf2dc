"""The people whom the stored articles name are evidence for a name in the article under review."""

import pytest

from service.domain.finding import Severity
from service.review.archive import Archive
from service.review.pipeline import review
from tests.articles import make_article
from tests.review.test_archive import Checker, Figures, named, stored

THROUGHOUT = "Foreign Minister Fumio Kushida arrived in Moscow on Monday.\nMr Kushida said the talks went well."


def _archive(*stories: str) -> Archive:
    record = stored(*(named(story, f"stored-{number}") for number, story in enumerate(stories)))
    return Archive(record, Figures(), Checker(record))


def _names(text: str, archive: Archive | None) -> list[tuple[str, Severity, float]]:
    findings = review(make_article(text), archive=archive).findings
    return [(f.code, f.severity, f.confidence) for f in findings if f.code.startswith("NAM")]


def test_a_name_misspelt_throughout_is_a_note_where_the_archive_has_its_bearer() -> None:
    archive = _archive("Foreign Minister Fumio Kishida spoke in Tokyo about the islands.")
    (finding,) = [f for f in review(make_article(THROUGHOUT), archive=archive).findings if f.code == "NAM007"]
    assert finding.severity is Severity.NOTE
    assert finding.suggestion == "Kishida"
    assert finding.citations[0].article_id == "stored-0"


@pytest.mark.parametrize(
    "story",
    [
        "The weather in Tokyo was fine on Monday.",
        "Finance Minister Fumio Kishida spoke in Tokyo about the islands.",
        "Foreign Minister Hideo Kishida spoke in Tokyo about the islands.",
    ],
)
def test_another_office_or_given_name_says_nothing(story: str) -> None:
    assert not _names(THROUGHOUT, _archive(story))


def test_a_person_whom_the_archive_knows_by_that_name_is_none() -> None:
    stories = ("Foreign Minister Fumio Kishida spoke in Tokyo.", "Fumio Kushida, a farmer, spoke in Osaka.")
    assert not _names(THROUGHOUT, _archive(*stories))


def test_a_surname_that_the_archive_knows_is_weaker_evidence_of_a_slip() -> None:
    text = "Foreign Minister Fumio Kishida spoke. Reporters asked about Kushida's comments."
    ((_, severity, sure),) = _names(text, None)
    ((_, doubted, less),) = _names(text, _archive("Tetsuo Kushida is the member for Chiba."))
    assert (severity, doubted) == (Severity.ERROR, Severity.WARNING)
    assert less < sure


def test_an_empty_archive_changes_nothing() -> None:
    assert _names(THROUGHOUT, _archive()) == _names(THROUGHOUT, None) == []
