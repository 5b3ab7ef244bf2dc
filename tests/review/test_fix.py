"""Only sure and safe suggestions are written, and everything else stays as it was."""

import pytest

from service.domain.article import Section
from service.errors import NotFixable
from service.review.fix import SURE, diff, fix, write_back
from service.review.options import ReviewOptions, Spelling
from service.review.pipeline import review
from tests.articles import make_article

COPY = "Tony Blair flew to Kiev.\r\nBlair spoke.\r\nThen Balir left Kiev.\r\n"
HOUSE = ReviewOptions(style=(Spelling(write="Kyiv", instead_of=("Kiev",)),))


def test_every_safe_suggestion_is_written_and_nothing_else_changes() -> None:
    article = make_article(COPY)
    fixed = fix(review(article, HOUSE), article)
    assert fixed.text == COPY.replace("Kiev", "Kyiv").replace("Balir", "Blair")
    assert not fixed.left
    assert not review(make_article(fixed.text), HOUSE).findings


def test_an_unsure_finding_is_left_to_the_editor() -> None:
    article = make_article(COPY)
    result = review(article)
    doubtful = result.findings[0].model_copy(update={"confidence": SURE - 0.01})
    fixed = fix(result.model_copy(update={"findings": (doubtful,)}), article)
    assert fixed.text == COPY
    assert fixed.left == (doubtful,)


def test_two_findings_that_disagree_change_nothing() -> None:
    article = make_article(COPY)
    result = review(article)
    other = result.findings[0].model_copy(update={"suggestion": "Blaire"})
    fixed = fix(result.model_copy(update={"findings": (*result.findings, other)}), article)
    assert fixed.text == COPY
    assert len(fixed.left) == 2


def test_two_findings_that_agree_are_one_edit() -> None:
    article = make_article(COPY)
    result = review(article)
    again = result.findings[0].model_copy(update={"confidence": 1.0})
    fixed = fix(result.model_copy(update={"findings": (*result.findings, again)}), article)
    assert len(fixed.edits) == 1
    assert not fixed.left


def test_a_note_of_the_desk_is_no_place_to_fix() -> None:
    text = "Tony Blair spoke in Kiev.\n[desk: ignore STY001 Kiev: quoted]"
    article = make_article(text, sections=[Section.BODY, Section.NOTE])
    assert fix(review(article, HOUSE), article).text == text


def test_a_diff_shows_the_changed_line_and_cannot_drive_the_terminal() -> None:
    lines = diff("a.txt", "one\nKiev \x1b[2J\n", "one\nKyiv \x1b[2J\n")
    assert "-Kiev \ufffd[2J" in lines
    assert "+Kyiv \ufffd[2J" in lines
    assert not diff("a.txt", "one", "one")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_file_keeps_its_bytes_around_the_edit(encoding: str) -> None:
    before, after = "Žižek in Kiev\r\n", "Žižek in Kyiv\r\n"
    assert write_back(before.encode(encoding), before, after, "a.txt") == after.encode(encoding)


@pytest.mark.parametrize("content", ["Kiev\u200b".encode(), "Žižek".encode("cp1250"), b"<p>Kiev</p>"])
def test_a_file_that_would_lose_something_is_not_written(content: bytes) -> None:
    with pytest.raises(NotFixable, match="--output"):
        write_back(content, "Kiev", "Kyiv", "a.txt")
