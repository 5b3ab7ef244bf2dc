"""The page shows the article whole and safe, stands alone, and links each finding with its place."""

import re
from typing import Any

import pytest
from lxml import html

from service.domain.article import Section
from service.domain.finding import FindingPassage, Severity
from service.review.formats.html import build_page
from service.review.formats.places import Reviewed
from service.review.pipeline import review
from tests.articles import make_article
from tests.review.formats.hostile import TEXT, hostile


def parse(*reviewed: Reviewed) -> html.HtmlElement:
    return html.fromstring(build_page(reviewed))


def all_of(tree: html.HtmlElement, query: str) -> list[Any]:
    found = tree.xpath(query)
    assert isinstance(found, list)
    return found


def text_of(tree: html.HtmlElement, query: str) -> str:
    return str(tree.xpath(f"string({query})"))


def test_what_an_article_holds_stays_text() -> None:
    page = build_page([hostile()])
    tree = html.fromstring(page)
    assert not all_of(tree, "//script | //img | //*[@onerror] | //main//b[text()='Port']")
    assert "<script>alert(1)</script> & Kiev" in text_of(tree, "//article")
    assert "\x1b" not in page
    assert "<i>old</i>" in text_of(tree, "//aside")


def test_every_sentence_of_the_article_is_there_in_order() -> None:
    shown = " ".join(text_of(parse(hostile()), "//article").split())
    for line in TEXT.replace("\x1b", "\ufffd").splitlines()[:4]:
        assert " ".join(line.split()) in shown


def test_the_page_needs_nothing_else() -> None:
    page = build_page([hostile(), hostile("https://news.example/a")])
    tree = html.fromstring(page)
    assert not all_of(tree, "//@src | //link | //@style")
    assert all(target.startswith("#") for target in all_of(tree, "//@href"))
    assert "url(" not in page
    assert "@import" not in page
    policy = all_of(tree, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_each_finding_and_its_marks_lead_to_one_another() -> None:
    tree = parse(hostile(), hostile("/desk/b.txt"))
    ids = all_of(tree, "//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in all_of(tree, "//@href")} <= set(ids)
    assert text_of(tree, "//li[@id='r1-1']/p[1]") == "NAM001 error: misspelt name 90% sure"
    assert text_of(tree, "//mark[@id='r1-1-1']") == "Peetars"
    assert text_of(tree, "//mark[@id='r1-1-2']") == "Peeters"
    assert all_of(tree, "//li[@id='r1-1']//mark/b/text()") == ["a", "e"]


@pytest.mark.parametrize("spans", [[(0, 4), (2, 8)], [(2, 4), (0, 8)], [(0, 8), (0, 8)], [(0, 3), (3, 8)]])
def test_marks_that_overlap_lose_no_letter(spans: list[tuple[int, int]]) -> None:
    article = make_article("Peetars wept.")
    template = hostile().review.findings[0]
    sentence = article.sentences[0]
    findings = tuple(
        template.model_copy(
            update={
                "severity": severity,
                "passages": (FindingPassage(sentence_id=sentence.id, quote=sentence.text, start=start, end=end),),
            }
        )
        for (start, end), severity in zip(spans, Severity, strict=False)
    )
    result = review(article).model_copy(update={"findings": findings})
    tree = parse(Reviewed(result, article))
    assert text_of(tree, "//article").strip() == "Peetars wept."
    assert {"r1-1-1", "r1-2-1"} <= set(all_of(tree, "//article//mark/@id"))


def test_what_was_not_read_as_copy_is_folded_away() -> None:
    article = make_article("Copy.\nA reader's word.", sections=[Section.BODY, Section.COMMENT])
    tree = parse(Reviewed(review(article), article))
    assert text_of(tree, "//article/details/p").strip() == "A reader's word."
    assert text_of(tree, "//aside/h2") == "No finding"


def test_nothing_to_review_is_still_a_page() -> None:
    assert re.match("<!doctype html>", build_page([]))
