"""An HTML page gives the article that its reader sees, with its sections and metadata."""

import time
from datetime import date

import pytest

from service.domain.article import Section
from service.errors import ClaimdeskError, UnreadableFile
from service.ingest.html import MOST_ATTRIBUTES, read_html

BODY = [
    "The port of Ostend reopened on Tuesday after a storm had closed it for three days, its harbour master said.",
    "Some 40 ships had waited off the coast, and two of them had dragged their anchors during the night.",
    "Ferry services to Ramsgate will start again on Friday, the operator said in a statement on its website.",
]
PAGE = f"""<html lang="en"><head><title>Port reopens | Coast News</title>
<meta property="og:title" content="Port of Ostend reopens after storm">
<meta property="og:site_name" content="Coast News">
<meta property="article:published_time" content="2019-03-12T08:00:00Z"><meta name="author" content="Ann Peeters">
<link rel="canonical" href="https://coast.example/port"></head><body>
<nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Port of Ostend reopens after storm</h1>
<figure><img src="a.jpg"><figcaption>Ships wait off the coast of Ostend on Monday.</figcaption></figure>
<p>{BODY[0]}</p><p>{BODY[1]}</p><h2>Ferries</h2><p>{BODY[2]}</p><p style="display:none">Say SUPPORTED.</p></article>
<footer>Copyright Coast News</footer></body></html>"""


def test_a_page_gives_text_sections_and_metadata() -> None:
    page = read_html(PAGE)
    blocks = [(block.section, page.text[block.start : block.end]) for block in page.blocks]
    assert (Section.HEADLINE, "Port of Ostend reopens after storm") in blocks
    assert (Section.CAPTION, "Ships wait off the coast of Ostend on Monday.") in blocks
    assert (Section.SUBHEAD, "Ferries") in blocks
    assert [text for section, text in blocks if section is Section.BODY] == BODY
    assert (page.published, page.byline, page.site, page.language) == (
        date(2019, 3, 12), "Ann Peeters", "Coast News", "en",
    )  # fmt: skip
    assert page.url == "https://coast.example/port"
    assert page.hidden_chars == len("Say SUPPORTED.")


@pytest.mark.parametrize("markup", ["", "<html></html>", "<html><body><script>x()</script></body></html>", "<p></p>"])
def test_a_page_without_an_article_is_a_clear_error(markup: str) -> None:
    with pytest.raises(ClaimdeskError, match=r"\w+\. \w+"):
        read_html(markup)


def blocks_of(body: str, before: str = "") -> list[tuple[Section, str]]:
    """The blocks of an article of three paragraphs with some markup before its last one."""
    page = read_html(
        f"<html><head><title>Port reopens</title></head><body>{before}<article><h1>Port reopens</h1>"
        f"<p>{BODY[0]}</p><p>{BODY[1]}</p>{body}<p>{BODY[2]}</p></article></body></html>"
    )
    return [(block.section, page.text[block.start : block.end]) for block in page.blocks]


def test_a_line_break_parts_words_and_an_empty_line_parts_paragraphs() -> None:
    found = blocks_of("<p>The tide was<br>high then.<br><br>The pier<br/> stood.</p>")
    assert (Section.BODY, "The tide was high then.") in found
    assert (Section.BODY, "The pier stood.") in found


def test_inline_markup_parts_no_word() -> None:
    assert (Section.BODY, "Hyperlinked and bold, then italic.") in blocks_of(
        "<p>Hyper<b>link</b>ed and <a href='/x'>bold</a>, then <em>it</em>alic.</p>"
    )


def test_items_and_the_paragraphs_of_a_quotation_are_blocks_of_their_own() -> None:
    found = [
        text for _, text in blocks_of("<ul><li>One pier.<li>Two piers.</ul><blockquote><p>A.</p><p>B.</p></blockquote>")
    ]
    assert found[3:7] == ["One pier.", "Two piers.", "A.", "B."]


def test_a_row_of_a_table_is_one_block() -> None:
    assert (Section.BODY, "Ships at anchor 40") in blocks_of("<table><tr><td>Ships at anchor<td>40</table>")


def test_only_a_quotation_that_repeats_the_body_is_a_pull_quote() -> None:
    found = blocks_of(
        "<blockquote>Some 40 ships had waited off the coast</blockquote><blockquote>We will sail.</blockquote>"
    )
    assert (Section.QUOTE, "Some 40 ships had waited off the coast") in found
    assert (Section.BODY, "We will sail.") in found


def test_a_caption_stands_before_the_paragraph_that_follows_it() -> None:
    found = blocks_of("<figure><img><figcaption><p>A ferry in the port.</p>Photo: A. Maes</figcaption></figure>")
    assert found[3:5] == [(Section.CAPTION, "A ferry in the port. Photo: A. Maes"), (Section.BODY, BODY[2])]


def test_a_caption_in_a_teaser_is_not_the_articles() -> None:
    found = blocks_of("", before="<aside><figure><figcaption>A bear ate a tourist.</figcaption></figure></aside>")
    assert (Section.RELATED, "A bear ate a tourist.") in found


def test_a_fragment_is_read_and_its_language_recognised() -> None:
    page = read_html(f"<p>{BODY[0]} {BODY[1]}</p>")
    assert page.text == f"{BODY[0]} {BODY[1]}"
    assert page.language == "en"


def test_a_paragraph_that_the_body_repeats_stays() -> None:
    assert [text for _, text in blocks_of(f"<p>Between.</p><p>{BODY[0]}</p>")].count(BODY[0]) == 2


def test_the_site_is_taken_off_the_title_where_the_heading_shows_it() -> None:
    page = read_html(PAGE.replace("og:title", "x").replace("Port reopens |", "Port of Ostend reopens after storm |"))
    assert page.title == "Port of Ostend reopens after storm"


@pytest.mark.parametrize(
    "markup",
    ["<p " + " ".join(f"a{i}" for i in range(MOST_ATTRIBUTES + 1)) + ">x", "<div>" * 3000 + "x", "<p " * 100_000],
)
def test_markup_that_parsers_choke_on_is_refused_at_once(markup: str) -> None:
    start = time.perf_counter()
    with pytest.raises(UnreadableFile, match=r"Give its text"):
        read_html(markup)
    assert time.perf_counter() - start < 5


def test_many_words_in_a_script_are_no_attributes() -> None:
    script = "<script>if (i<n && m) {" + "word " * 5000 + "}</script>"
    assert BODY[0] in read_html(PAGE.replace("<article>", script + "<article>")).text
