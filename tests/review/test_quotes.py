"""A quotation is read as far as its marks go, with whoever is said to have said it; tests/cases holds the findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.article import Section
from service.review.quotations import find_quotations
from service.review.rules.quotes import find_quotation_errors
from service.review.wording import Wording, compare_wording
from tests.articles import make_article


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("“We will pay,” said Tom O'Sullivan, a founder.", None, "Tom O'Sullivan"),
        ("“We will pay,” Mr Blair told the BBC.", None, "Blair"),
        ("Mr Blair told the BBC: “We will pay.”", "Blair", None),
        ("Rain fell. As Ann Peeters put it, “we will pay”.", "Ann Peeters", None),
        ("Tom Claes left. “We will pay,” it said.", None, None),
        ("“We will pay.” Ann Peeters said no more.", None, None),
    ],
)
def test_who_is_said_to_have_said_it(text: str, before: str | None, after: str | None) -> None:
    (quotation,) = find_quotations(make_article(text)).quotations
    assert (quotation.before and quotation.before.text, quotation.after and quotation.after.text) == (before, after)


def test_captions_and_comments_are_not_read() -> None:
    article = make_article("“Never closed.\n“Never closed.", sections=[Section.CAPTION, Section.COMMENT])
    assert not find_quotation_errors(article)


def test_only_english_copy_is_read() -> None:
    article = make_article('Er sagte: „Wir zahlen im Mai.\nDann ging er.\n"Nie geschlossen.')
    assert find_quotation_errors(article)
    assert not find_quotation_errors(article.model_copy(update={"language": "de"}))


@given(st.text(alphabet='ab.,:"“” \n', max_size=60))
def test_a_quotation_is_cut_out_of_the_article_and_overlaps_no_other(text: str) -> None:
    article = make_article(text)
    found = find_quotations(article)
    assert all(article.text[q.start : q.end] == q.text for q in found.quotations)
    assert all(left.end <= right.start for left, right in zip(found.quotations, found.quotations[1:], strict=False))
    assert all(m.sentence.start <= m.start < m.end <= m.sentence.end for m in found.stray)


@given(st.lists(st.sampled_from("we will never close the port again for you".split()), min_size=5, max_size=20))  # noqa: SIM905
def test_a_quotation_is_worded_like_itself_and_like_a_piece_of_itself(said: list[str]) -> None:
    text = " ".join(said)
    assert compare_wording(text, text.upper() + "!") is Wording.SAME
    assert compare_wording(text, " ".join(said[:5])) is Wording.SAME
