"""Results as a person reads them: marked where they differ, and harmless whatever an article holds."""

from datetime import date

import pytest

from service.domain.article import ArticleSummary, Section
from service.domain.passage import Citation, CitationState
from service.domain.report import Answer, Failure, Ingested, IngestedArticle, Part, Status, Withheld
from service.domain.usage import Problem
from service.domain.verdict import Label
from service.terminal import mark_letters, print_answer, print_articles, print_ingested, print_report
from tests.reports import make_report

ESCAPE = "\x1b[2J\x1b]0;owned\x07"
CITATION = Citation(
    number=1,
    article_id="a",
    version=1,
    sentence_id="a:1:0",
    quote=f"It opened{ESCAPE}.",
    start=0,
    end=9,
    section=Section.BODY,
    title="[bold]Bridge[/bold]",
    url=None,
    published=date(2023, 3, 21),
    state=CitationState.VERIFIED,
)


@pytest.mark.parametrize(
    ("ours", "theirs", "marked", "their_mark"),
    [
        ("Kushida", "Kishida", ["u"], ["i"]),
        ("seven", "seven", [], []),
        ("70,000", "17,000", ["0"], ["1"]),
        ("Peeters", "", [], []),
    ],
)
def test_the_letters_that_differ_are_reversed(ours: str, theirs: str, marked: list[str], their_mark: list[str]) -> None:
    for text, expected in zip(mark_letters(ours, theirs), (marked, their_mark), strict=True):
        assert [text.plain[span.start : span.end] for span in text.spans] == expected


def test_an_answer_shows_its_citations_what_was_left_out_and_that_it_is_degraded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_answer(
        Answer(
            question="What opened?",
            answer="It opened [1]",
            abstained=False,
            citations=(CITATION,),
            unsupported=("It closed.",),
            withheld=(Withheld(text="It closed.", state=CitationState.MISATTRIBUTED, reason="no sentence says so"),),
            degraded=True,
            problems=(Problem(code="index_unavailable", message=f"The index does not answer{ESCAPE}."),),
            backend="test",
            timings_ms={"find": 3.0},
        )
    )
    shown = capsys.readouterr().out
    for words in (
        "It opened [1]",
        "[bold]Bridge[/bold], 2023-03-21, body",
        "It closed.",
        "no sentence says so",
        "degraded",
        "[index_unavailable]",
        "find 3 ms",
    ):
        assert words in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_what_was_taken_in_and_what_failed_are_both_shown(capsys: pytest.CaptureFixture[str]) -> None:
    taken = IngestedArticle(
        id="abc",
        version=2,
        title=f"Port {ESCAPE}",
        url=None,
        published=date(2023, 3, 21),
        published_inferred=True,
        sentences=3,
        sections={"body": 3},
        hidden_chars=12,
        status=Status.UPDATED,
    )
    failure = Failure(source="b.pdf", code="unreadable_file", message=f"b.pdf {ESCAPE}is no PDF.")
    print_ingested(Ingested(articles=(taken,), failed=(failure,), indexed=False))
    shown = " ".join(capsys.readouterr().out.split())
    for words in ("updated abc v2", "2023-03-21 (inferred)", "3 body", "12 hidden", "[unreadable_file]", "not answer"):
        assert words in shown
    assert "\x1b" not in shown


def test_an_empty_archive_says_how_to_fill_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_articles([])
    assert "claimdesk ingest" in capsys.readouterr().out
    summary = ArticleSummary(id="abc", version=1, source="a.txt", title=None, url=None, published=None, sentences=3)
    print_articles([summary])
    assert "a.txt" in capsys.readouterr().out


def test_where_no_side_is_taken_the_nearest_is_shown_and_no_confidence(capsys: pytest.CaptureFixture[str]) -> None:
    claim = "The mayor resigned."
    part = Part(text=claim, start=0, end=19, label=Label.NOT_ENOUGH, confidence=0.1, citations=(), nearest=(CITATION,))
    print_report(make_report(claim, Label.NOT_ENOUGH).model_copy(update={"parts": (part,)}))
    shown = capsys.readouterr().out
    assert "NOT ENOUGH EVIDENCE" in shown
    assert "confidence" not in shown
    assert "came nearest, decides nothing: “It opened" in shown
