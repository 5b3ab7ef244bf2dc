"""The terminal's view shows both passages, where they stand, and what was suppressed and why."""

import io

from rich.console import Console

from service.domain.article import Section
from service.review.catalogue import SPECS
from service.review.formats.letters import odd_letters
from service.review.formats.places import Reviewed
from service.review.formats.text import print_reviews, print_rule
from service.review.pipeline import review
from tests.articles import make_article
from tests.review.formats.hostile import TEXT, hostile


def shown(*reviewed: Reviewed) -> str:
    out = io.StringIO()
    print_reviews(reviewed, Console(file=out, width=300))
    return out.getvalue()


def test_a_finding_shows_its_passages_and_its_place() -> None:
    view = shown(hostile())
    assert "NAM001 error" in view
    assert "  │ Then Peetars' " in view
    assert "  │ Mayor Ann Peeters opened it" in view
    assert "NAM001 error, 90% sure" in view
    assert "  at /desk/copy one.txt:3:6" in view
    assert "  at /desk/copy one.txt:2:11" in view
    assert "suggestion: Peeters" in view
    assert "\x1b" not in view


def test_what_has_no_lines_is_placed_by_its_characters() -> None:
    start = TEXT.index("Peetars")
    assert f"  at /desk/copy.pdf, characters {start} to {start + 7}\n" in shown(hostile("/desk/copy.pdf"))


def test_a_passage_that_is_broken_keeps_its_bar() -> None:
    out = io.StringIO()
    print_reviews([hostile()], Console(file=out, width=40))
    passage = out.getvalue().split("sure")[1].split("  at ")[0].splitlines()[-2:]
    assert all(line.startswith("  │ ") for line in passage)


def test_what_is_suppressed_is_listed_and_counted() -> None:
    view = shown(hostile())
    assert view.count("suppressed: STY001") == 3
    assert "because: <i>old</i> (/desk/.claimdesk.toml)" in view
    assert view.endswith("1 finding, 3 suppressed.\n")


def test_letters_that_differ_are_marked_where_colours_are() -> None:
    out = io.StringIO()
    print_reviews([hostile()], Console(file=out, width=300, force_terminal=True, color_system="standard"))
    assert "\x1b[1;4;7;31ma\x1b[0m" in out.getvalue().replace("1;7;4;31", "1;4;7;31")


def test_two_passages_of_one_sentence_are_shown_once() -> None:
    text = "Of the 560 members, 308 (50%) voted against the plan."
    article = make_article(text, sections=[Section.BODY]).model_copy(update={"source": "/desk/a.txt"})
    view = shown(Reviewed(review(article), article))
    assert view.count("voted against the plan") == 1
    assert "  at /desk/a.txt:1:26 and 1:21\n" in view


def test_a_weekday_within_its_own_date_marks_no_letters() -> None:
    article = make_article("The trial will begin on Sunday, 16 April 2004.", sections=[Section.BODY])
    (finding,) = review(article).findings
    assert [odd_letters(finding, passage, article.text) for passage in finding.passages] == [[], []]


def test_clean_copy_is_said_to_be_clean() -> None:
    article = make_article("The port reopened.", sections=[Section.BODY])
    assert shown(Reviewed(review(article), article)).endswith("No finding.\n")


def test_what_was_not_read_as_copy_is_counted() -> None:
    article = make_article("Copy.\nA teaser.\nMore of it.", sections=[Section.BODY, Section.RELATED, Section.RELATED])
    assert shown(Reviewed(review(article), article)).endswith("Not read as copy, in sentences: 2 related.\n")


def test_a_rule_is_explained_with_both_examples() -> None:
    for spec in SPECS.values():
        out = io.StringIO()
        print_rule(spec, Console(file=out, width=1000))
        assert spec.explanation in out.getvalue()
        assert all(line in out.getvalue() for line in (*spec.wrong.splitlines(), *spec.right.splitlines()))
