"""The sample article, end to end: what the desk must say of it, in the words of the design and in other words."""

import pytest

from service.desk import Desk
from service.domain.claim import DifferenceKind
from service.domain.passage import Citation
from service.domain.verdict import Label
from tests.e2e.conftest import SAMPLE


def assert_cites(desk: Desk, citations: tuple[Citation, ...], words: str) -> None:
    assert any(words in citation.quote for citation in citations)
    for citation in citations:
        article = desk.record.article(citation.article_id, citation.version)
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.section in ("headline", "caption", "body")


@pytest.mark.parametrize(
    "claim",
    [
        "Abe has met Putin five times.",
        "Shinzo Abe has met with Vladimir Putin on five occasions.",
        "Putin and Abe have met 5 times.",
        "Oil imports from Russia rose almost 45 percent in 2013.",
        "Russia seized the islands east of Hokkaido, evicting 17,000 Japanese.",
    ],
)
def test_what_the_article_says_is_supported(sample_desk: Desk, claim: str) -> None:
    report = sample_desk.check(claim)
    assert report.label is Label.SUPPORTED, report
    assert not report.differences
    assert_cites(sample_desk, report.citations, "")
    assert not report.degraded


@pytest.mark.parametrize(
    "claim, ours, theirs",
    [
        ("Abe has met Putin seven times.", "seven", "five"),
        ("Putin and Abe have met seven times.", "seven", "five"),
        ("Russia evicted 70,000 Japanese from the islands east of Hokkaido.", "70,000", "17,000"),
        ("70,000 Japanese were evicted from the islands east of Hokkaido.", "70,000", "17,000"),
        ("Oil imports from Russia rose almost 54 percent in 2013.", "54", "45"),
    ],
)
def test_another_number_is_refuted_and_shown(sample_desk: Desk, claim: str, ours: str, theirs: str) -> None:
    report = sample_desk.check(claim)
    assert report.label is Label.REFUTED, report
    assert [difference.kind for difference in report.differences] == [DifferenceKind.NUMBER]
    assert ours in report.differences[0].claim_text
    assert theirs in report.differences[0].evidence_text
    assert report.corrected_label is Label.SUPPORTED
    assert_cites(sample_desk, report.citations, theirs)


@pytest.mark.parametrize(
    "claim",
    [
        "Foreign Minister Kushida plans to visit Russia this spring.",
        "Japanese Foreign Minister Fumio Kushida still plans to visit Russia this spring.",
    ],
)
def test_a_misspelt_name_is_shown_and_corrected(sample_desk: Desk, claim: str) -> None:
    report = sample_desk.check(claim)
    assert [(d.kind, d.claim_text) for d in report.differences] == [(DifferenceKind.NAME, "Kushida")]
    assert report.corrected_claim == claim.replace("Kushida", "Kishida")
    assert report.corrected_label is Label.SUPPORTED
    assert_cites(sample_desk, report.citations, "Fumio Kishida")


@pytest.mark.parametrize(
    "claim",
    [
        "Russia announced it would not help Crimea separate from Ukraine.",
        "Russia said it would not help Crimea to break away from Ukraine.",
        "Filmmaker Hajooj Kuka made a documentary among refugees in Sudan.",
        "Putin announced a visit to Japan by Abe.",
        "Angela Merkel has met Putin five times.",
    ],
)
def test_what_no_evidence_says_is_left_undecided(sample_desk: Desk, claim: str) -> None:
    report = sample_desk.check(claim)
    assert report.label is Label.NOT_ENOUGH, report
    assert report.abstained


@pytest.mark.parametrize(
    "question, words",
    [
        ("Who is Japan's foreign minister?", "Fumio Kishida"),
        ("Who is the foreign minister of Japan?", "Fumio Kishida"),
        ("How many times has Abe met Putin?", "five times"),
        ("When did Abe return to power?", "December 2012"),
    ],
)
def test_a_question_is_answered_with_a_citation(sample_desk: Desk, question: str, words: str) -> None:
    answer = sample_desk.ask(question)
    assert not answer.abstained
    assert words in answer.answer
    assert_cites(sample_desk, answer.citations, words)
    for citation in answer.citations:
        assert f"[{citation.number}]" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "What did filmmaker Hajooj Kuka document?",
        "Who won the 2014 World Cup?",
        "Which country won the World Cup in 2014?",
        "Who is China's foreign minister?",
    ],
)
def test_a_question_that_the_evidence_does_not_answer_is_left_open(sample_desk: Desk, question: str) -> None:
    answer = sample_desk.ask(question)
    assert answer.abstained, answer
    assert not answer.citations


def test_the_review_finds_the_name_that_changed_and_nothing_else(sample_desk: Desk) -> None:
    article = sample_desk.open_article(str(SAMPLE))
    review = sample_desk.review(article)
    (finding,) = review.findings
    assert finding.code == "NAM001"
    assert finding.suggestion == "Kishida"
    wrong, right = finding.passages
    assert article.text[wrong.start : wrong.end] == "Kushida"
    assert "Kushida's comments" in wrong.quote
    assert "Fumio Kishida" in right.quote


def test_the_sample_s_date_is_inferred_from_its_caption(sample_desk: Desk) -> None:
    (stored,) = sample_desk.articles()
    article = sample_desk.record.article(stored.id)
    assert (str(article.published), article.published_inferred) == ("2014-03-04", True)


def test_the_same_article_again_is_unchanged(sample_desk: Desk) -> None:
    (article,) = sample_desk.ingest([str(SAMPLE)]).articles
    assert article.status == "unchanged"
