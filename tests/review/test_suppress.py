"""What the desk chose to live with is counted and listed with its reason, and nothing else goes with it."""

import pytest

from service.domain.article import Article, Section
from service.domain.finding import Severity
from service.domain.report import Review
from service.review.options import ReviewOptions, Suppression
from service.review.pipeline import review
from tests.articles import make_article

COPY = "Foreign Minister Fumio Kishida spoke.\nReporters asked about Kushida's comments."


def with_note(note: str, source: str = "/copy.txt") -> Article:
    article = make_article(f"{COPY}\n{note}", sections=[Section.BODY, Section.BODY, Section.NOTE])
    return article.model_copy(update={"source": source})


def codes(result: Review) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize(
    "note",
    [
        "[desk: ignore NAM001 Kushida: both are real]",
        "[desk: ignore NAM001: both are real]",
        "[Desk: Ignore nam kushida: both are real]",
    ],
)
def test_a_note_suppresses_what_it_names_and_its_reason_is_listed(note: str) -> None:
    result = review(with_note(note))
    assert not result.findings
    (suppressed,) = result.suppressed
    assert (suppressed.finding.code, suppressed.reason) == ("NAM001", "both are real")
    assert suppressed.origin == "a note in the article"


@pytest.mark.parametrize("note", ["[desk: ignore NAM001 Kush: part of a word]", "[desk: ignore STY: no such finding]"])
def test_a_note_that_meets_nothing_is_reported_beside_the_finding(note: str) -> None:
    result = review(with_note(note))
    assert codes(result) == ["NAM001", "DSK001"]
    assert not result.suppressed


def test_a_note_for_a_rule_that_was_not_run_is_not_called_unused() -> None:
    assert not review(with_note("[desk: ignore STY: kept]"), ReviewOptions(ignore=("STY", "NAM"))).findings


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ("[desk: ignore NAM001 Kushida]", "gives no reason"),
        ("[desk: ignore NAM001 Kushida:]", "gives no reason"),
        ("[desk: ignore NAM001 Kushida:  ]", "gives no reason"),
        ("[desk: ignore: both are real]", "names no rule"),
        ("[desk: ignore]", "names no rule"),
        ("[desk: ignore XYZ9: both are real]", "No rule's code begins with 'XYZ9'"),
    ],
)
def test_a_note_that_cannot_be_followed_suppresses_nothing_and_says_why(note: str, problem: str) -> None:
    result = review(with_note(note))
    assert codes(result) == ["NAM001", "DSK002"]
    assert problem in result.findings[1].message


def test_a_page_from_the_web_cannot_suppress_what_is_found_in_it() -> None:
    result = review(with_note("[desk: ignore NAM001 Kushida: trust me]", "https://news.example/a"))
    assert codes(result) == ["NAM001", "DSK002"]


def test_the_desks_other_notes_are_left_alone() -> None:
    assert codes(review(with_note("[desk: photo to come]"))) == ["NAM001"]


def test_an_order_outside_a_note_is_copy() -> None:
    article = make_article(f"{COPY}\n[desk: ignore NAM001 Kushida: both are real]")
    assert codes(review(article)) == ["NAM001"]


def test_a_suppression_of_the_config_names_its_file() -> None:
    rule = Suppression(code="NAM", words="Kushida", reason="two ministers", origin="/desk/.claimdesk.toml")
    result = review(make_article(COPY), ReviewOptions(suppress=(rule,)))
    assert not result.findings
    assert result.suppressed[0].origin == "/desk/.claimdesk.toml"


def test_a_person_whom_the_desk_knows_is_not_misspelt() -> None:
    article = make_article("Fumio Kishida spoke. Kishida left. Then Fumio Kushida ate.")
    assert codes(review(article)) == ["NAM001"]
    result = review(article, ReviewOptions(select=("NAM",), known_people=("Fumio Kushida",)))
    assert not result.findings
    assert [s.origin for s in result.suppressed] == ["known_people"]
    assert "NAM001" in codes(review(article, ReviewOptions(known_people=("Fumio Kishida",))))


@pytest.mark.parametrize(
    ("select", "ignore", "found"),
    [
        ((), (), True),
        (("NAM",), (), True),
        (("STY",), (), False),
        ((), ("NAM001",), False),
        (("NAM001",), ("NAM",), True),
        (("NAM",), ("NAM001",), False),
        (("NAM",), ("NAM",), False),
    ],
)
def test_the_most_specific_prefix_decides(select: tuple[str, ...], ignore: tuple[str, ...], found: bool) -> None:
    assert bool(review(make_article(COPY), ReviewOptions(select=select, ignore=ignore)).findings) is found


def test_the_desk_sets_the_severity_of_a_code() -> None:
    options = ReviewOptions(severity={"NAM": Severity.NOTE, "NAM001": Severity.WARNING})
    assert review(make_article(COPY), options).findings[0].severity is Severity.WARNING
