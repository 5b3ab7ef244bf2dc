"""A date is inferred from captions, datelines and comments, and from nothing less."""

from datetime import date
from pathlib import Path

import pytest

from service.domain.article import Block, Page, Section
from service.ingest.blocks import read_dump
from service.ingest.dateline import infer_published, skip_dateline

SAMPLE = Path(__file__).parents[2] / "service" / "sample" / "voa-japan-russia-ukraine.txt"
CAPTION = "Soldiers fire warning shots at the air base, outside Sevastopol, Ukraine, March 4, 2014."


def page(**parts: str | list[str]) -> Page:
    """A page whose blocks are the given texts, by section."""
    text, blocks = "", []
    for section, values in parts.items():
        for value in [values] if isinstance(values, str) else values:
            blocks.append(Block(start=len(text), end=len(text) + len(value), section=Section(section)))
            text += value + "\n"
    return Page(text=text, blocks=tuple(blocks))


def inferred(**parts: str | list[str]) -> date | None:
    result = infer_published(page(**parts))
    assert result.published_inferred == (result.published is not None)
    return result.published


def test_sample_is_dated_by_its_caption() -> None:
    result = infer_published(read_dump(SAMPLE.read_text(encoding="utf-8")))
    assert (result.published, result.published_inferred) == (date(2014, 3, 4), True)


@pytest.mark.parametrize(
    "caption", [CAPTION, CAPTION + " (Reuters)", CAPTION + " REUTERS/Baz Ratner", CAPTION[:-1] + " [AP]"]
)
def test_a_caption_that_ends_in_a_date_gives_it(caption: str) -> None:
    assert inferred(caption=caption) == date(2014, 3, 4)


def test_the_latest_of_several_captions_counts() -> None:
    older = "Officials met in Geneva, Switzerland, March 1, 2014."
    assert inferred(caption=[CAPTION, older]) == date(2014, 3, 4)


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - Soldiers at the air base, outside Sevastopol, Ukraine, March 4, 2010.",
        "In this March 4, 2010 file photo, soldiers leave the base.",
        "On March 4, 2010 the same soldiers had left the base.",
        "Soldiers in Sevastopol, March 4.",
        "Soldiers in Sevastopol in 2014.",
    ],
)
def test_an_old_or_partial_date_in_a_caption_is_no_clue(caption: str) -> None:
    assert inferred(caption=caption) is None


@pytest.mark.parametrize(
    "body",
    [
        "Following his return to power in December 2012, Abe has travelled extensively.",
        "The bridge had opened on May 3, 1911.",
        "Published on March 4, 2014, the report names nobody.",
        "Tokyo said on March 4, 2014 - a Tuesday - that it would wait.",
    ],
)
def test_a_date_in_a_sentence_of_the_body_is_no_clue(body: str) -> None:
    assert inferred(body=body) is None


@pytest.mark.parametrize(
    "body",
    [
        "TOKYO, March 4, 2014 (Reuters) - Japan will wait.",
        "SEVASTOPOL, Ukraine, March 4, 2014 — Japan will wait.",
        "LONDON, 4 March 2014 (AFP) – Japan will wait.",
    ],
)
def test_a_dateline_with_its_year_gives_the_date(body: str) -> None:
    assert inferred(body=body) == date(2014, 3, 4)


def test_a_dateline_takes_its_year_from_a_caption_or_a_comment() -> None:
    body = "TOKYO, March 4 (Reuters) - Japan will wait."
    assert inferred(body=body) is None
    assert inferred(caption="Ministers meet in Tokyo, Japan, March 3, 2014.", body=body) == date(2014, 3, 4)
    assert inferred(body=body, comment=["by: Jo", "March 06, 2014 8:11 PM"]) == date(2014, 3, 4)


def test_a_dateline_of_december_read_in_january_is_of_the_year_before() -> None:
    body = "TOKYO, Dec. 30 (Reuters) - Japan will wait."
    assert inferred(body=body, comment="January 02, 2014 8:11 PM") == date(2013, 12, 30)


def test_nothing_is_published_after_its_first_comment() -> None:
    assert inferred(caption=CAPTION, comment="March 02, 2014 8:11 PM") is None


def test_a_caption_much_older_than_the_first_comment_is_of_an_old_picture() -> None:
    assert inferred(caption=CAPTION, comment="March 02, 2015 8:11 PM") is None


def test_a_comment_alone_or_a_date_in_its_words_is_no_date() -> None:
    assert inferred(comment=["by: Jo", "March 04, 2014 8:11 PM"]) is None
    assert inferred(caption=CAPTION, comment="I was there on May 3, 1911, they say, and saw it.") == date(2014, 3, 4)


def test_a_teasers_date_is_no_clue() -> None:
    assert inferred(related="Storm floods villages, Ukraine, March 4, 2014.", navigation="March 4, 2014") is None


def test_a_stated_date_stays() -> None:
    stated = page(caption=CAPTION).model_copy(update={"published": date(2014, 3, 6)})
    assert infer_published(stated) == stated


def test_a_dateline_below_a_contact_still_tells() -> None:
    body = ["Contact: Ann Peeters", "VARNELL, 3 March 2024 – The port ordered two ferries."]
    assert inferred(body=body) == date(2024, 3, 3)


@pytest.mark.parametrize(
    "opening",
    [
        "TOKYO, March 20, 2014 - ",
        "SEVASTOPOL, Ukraine, March 4 (Reuters) — ",
        "PARIS, Tuesday, 4 March 2014 – ",
        "BRUSSELS (AP) — ",
        "ST. PETERSBURG, Russia (AP) -- ",
        "WASHINGTON – ",
        "",
    ],
)
def test_a_sentence_begins_behind_its_dateline(opening: str) -> None:
    assert skip_dateline(f"{opening}The minister spoke - at last.") == len(opening)
    assert skip_dateline(f"{opening}“We are late,” he said.") == len(opening)


@pytest.mark.parametrize(
    "text",
    [
        "IBM - which sells them - said so.",
        "I - The minister - spoke.",
        "MPs - The ones who voted - left.",
        "March 20, 2014 - The minister spoke.",
        "TOKYO, March 20, 2014 -",
        "US-China talks failed.",
    ],
)
def test_what_is_no_dateline_is_part_of_the_sentence(text: str) -> None:
    assert skip_dateline(text) == 0
