"""An article that was pasted alone keeps every sentence of its body, and what was copied with it is told apart."""

import gzip
import json
from pathlib import Path

import pytest

from service.domain.article import Page, Section
from service.ingest.blocks import read_dump

WIRE = Path(__file__).parents[2] / ".." / "shared" / "data" / "news" / "reuters21578.jsonl.gz"
TITLE = "Ferry fire halts crossings in Varnell"
FIRST = (
    "The harbour authority in Varnell suspended all crossings on Tuesday after a fire broke out on its largest ship."
)
SHORT = "Nobody was hurt."
LAST = "Crossings will resume on Thursday with a replacement ship from the mainland, the authority said."


def texts(page: Page, *sections: Section) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.section in sections]


def paste(*lines: str) -> Page:
    return read_dump("\n\n".join(lines))


@pytest.mark.parametrize("title", [TITLE, TITLE.upper(), "Was it arson?", "5 things to know about the ferry fire"])
def test_the_first_line_is_the_headline(title: str) -> None:
    page = paste(title, SHORT, FIRST)
    assert (page.title, texts(page, Section.BODY)) == (title, [SHORT, FIRST])


def test_short_paragraphs_without_a_headline_are_body() -> None:
    lines = ["She quit on Monday.", "No reason was given.", "A vote follows in May."]
    assert texts(paste(*lines), Section.BODY) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Q: Was anybody hurt by the fire?",
        "The report says:",
        "No comment.",
        "2. The ship is old",
        "Net 509,144 vs 277,834",
        "8,200",
        "The notes are due March 30, 1990.",
        "Omar Said was a reporter at the paper until 2019.",
        "Guidant is a key producer of equipment that combats heart problems, and is based in Indianapolis.",
        "The company told its subscribers by e-mail that our mail had gone to you.",
        "Copyright education has always been important, she said.",
    ],
)
@pytest.mark.parametrize("is_last", [False, True])
def test_what_a_page_could_be_furnished_with_is_body_in_copy(line: str, is_last: bool) -> None:
    lines = [FIRST, SHORT, line] if is_last else [FIRST, line, SHORT]
    body = texts(paste(TITLE, *lines), Section.BODY)
    assert {FIRST, SHORT} <= set(body)
    assert line in body or line.endswith("?")


def test_advertisements_and_teasers_within_are_told_apart_and_cost_no_sentence() -> None:
    page = paste(
        TITLE, "By Tom Reed", "Published 3 March 2024", FIRST, "ADVERTISEMENT", SHORT, "Read more: Old ferries",
        "Related stories", "Old ferries of the north worry the islanders", LAST,
    )  # fmt: skip
    assert texts(page, Section.BODY) == [FIRST, SHORT, LAST]
    assert "Old ferries of the north worry the islanders" in texts(page, Section.RELATED)


def test_a_list_of_stories_below_is_told_apart_with_its_summaries() -> None:
    summary = "Hundreds left their homes overnight as rivers rose to a record."
    page = paste(
        TITLE, FIRST, SHORT, "You may also like", "Storm floods three villages on the coast", summary,
        "Minister resigns over lost papers at last", "The opposition says that he should have gone a month ago.",
    )  # fmt: skip
    assert texts(page, Section.BODY) == [FIRST, SHORT]
    assert summary in texts(page, Section.RELATED)


def test_readers_comments_below_are_told_apart() -> None:
    page = paste(TITLE, FIRST, SHORT, "Comments (2)", "seadog77", "They should have scrapped that ship years ago.")
    assert texts(page, Section.BODY) == [FIRST, SHORT]
    assert "They should have scrapped that ship years ago." in texts(page, Section.COMMENT)


def test_the_writer_s_biography_below_is_not_body() -> None:
    page = paste(TITLE, "By Tom Reed", FIRST, SHORT, "Tom Reed is a staff writer for the Varnell Gazette.")
    assert texts(page, Section.BODY) == [FIRST, SHORT]


def test_a_press_release_has_its_headline_below_the_kicker() -> None:
    page = paste("FOR IMMEDIATE RELEASE", TITLE, FIRST, SHORT)
    assert (page.title, texts(page, Section.BODY)) == (TITLE, [FIRST, SHORT])


def test_wire_copy_keeps_its_words() -> None:
    """Earnings tables, one-line alerts, commodity reports: 88.9% were kept while they were read as pages."""
    if not WIRE.exists():
        pytest.skip("shared/data/news is absent")
    with gzip.open(WIRE, "rt", encoding="utf-8") as rows:
        articles = [json.loads(row) for row in rows][::200]
    kept = words = 0
    for article in filter(lambda article: article["text"].strip(), articles):
        page = paste(article["title"], article["text"])
        words += len(article["text"].split())
        kept += sum(len(text.split()) for text in texts(page, Section.BODY))
    assert kept / words > 0.995
