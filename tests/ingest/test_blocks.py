"""A copied page is read into a headline, a body, and what is neither."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.article import Page, Section
from service.errors import EmptyPage
from service.ingest.blocks import read_dump

REPO = Path(__file__).parents[2]
SHARED = REPO / ".." / "shared"
SAMPLE = REPO / "service" / "sample" / "voa-japan-russia-ukraine.txt"

BODY = """The council voted on Monday to close the old bridge after engineers found cracks in two of its piers.

Traffic will be sent over the northern ring road until a new bridge opens, the mayor told reporters at the town hall.

“We had no choice,” she said. “The risk was too great, and the cost of repair was more than that of a new bridge.”

Shopkeepers on the eastern bank fear that they will lose half of their customers while the work goes on."""


def texts(page: Page, section: Section) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.section is section]


@pytest.fixture(scope="module")
def sample() -> Page:
    return read_dump(SAMPLE.read_text(encoding="utf-8"))


def test_sample_body_runs_from_first_to_last_paragraph(sample: Page) -> None:
    body = texts(sample, Section.BODY)
    assert len(body) == 24
    assert body[0].startswith("Russia's incursion into Ukraine")
    assert body[-1].endswith("closure of all of its nuclear power plants.”")


def test_sample_headline_caption_and_subheads(sample: Page) -> None:
    assert sample.title == "Japan's Embrace of Russia Under Threat with Ukraine Crisis"
    assert texts(sample, Section.HEADLINE) == [sample.title]
    assert texts(sample, Section.SUBHEAD) == ["Diplomatic push", "Eastern transformation"]
    assert len(texts(sample, Section.CAPTION)) == 1, "the caption is printed twice and kept once"
    assert sample.language == "en"


def test_sample_teasers_and_the_readers_comment_are_not_the_article(sample: Page) -> None:
    comments = " ".join(texts(sample, Section.COMMENT))
    assert "Yoshi" in comments
    assert "would western countries impose economical sanction" in comments
    related = " ".join(texts(sample, Section.RELATED))
    assert "Brutal killing of military officer" in related
    assert "Rabbi Michel Serfaty" in related
    assert "Reuters" in texts(sample, Section.NAVIGATION), "a photo's credit"


def test_sample_states_no_date_of_its_own(sample: Page) -> None:
    assert sample.published is None, "the dates on the page are a caption's, a comment's and a teaser's"


def test_plain_article_is_headline_and_body() -> None:
    page = read_dump(f"Council closes cracked bridge\n\n{BODY}\n\nIt opened in 1911.")
    assert page.title == "Council closes cracked bridge"
    assert texts(page, Section.BODY) == [*BODY.split("\n\n"), "It opened in 1911."]


@pytest.mark.parametrize("text", [BODY.split("\n\n")[0], "Putin visited Tokyo in May", "Нет"])
def test_a_single_paragraph_or_claim_is_body(text: str) -> None:
    page = read_dump(text)
    assert texts(page, Section.BODY) == [text]
    assert page.title is None


def test_markdown_markers_stand_apart_from_the_words() -> None:
    page = read_dump(
        f"# Council closes cracked bridge\n\n![The old bridge at dawn](bridge.jpg)\n\n{BODY}\n\n"
        "## What comes next\n\n> The risk was too great, and the cost of repair was more.\n\n"
        "The [new bridge](https://example.org/plan) will be open to traffic in three years."
    )
    assert page.title == "Council closes cracked bridge"
    assert texts(page, Section.CAPTION) == ["The old bridge at dawn"]
    assert texts(page, Section.SUBHEAD) == ["What comes next"]
    assert texts(page, Section.BODY)[-1].startswith("The [new bridge](https://")


def test_a_repeated_part_of_the_body_is_a_pull_quote() -> None:
    first, rest = BODY.split("\n\n", 1)
    page = read_dump(f"Council closes cracked bridge\n\n{first}\n\n“The risk was too great”\n\n{rest}")
    assert texts(page, Section.QUOTE) == ["“The risk was too great”"]
    assert len(texts(page, Section.BODY)) == 4


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The council voted on Monday to close the old bridge after engineers\n"
        "found cracks in two of its piers, and traffic will be sent over the\n"
        "northern ring road until a new one opens, the mayor said."
    )
    assert texts(read_dump(wrapped), Section.BODY) == [wrapped]


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("March 4, 2014 8:11 PM", date(2014, 3, 4)),
        ("Published 11:11 PM EST Nov 19, 2019", date(2019, 11, 19)),
        ("By Ana Swanson | 4 March 2014", date(2014, 3, 4)),
        ("Posted: Fri 6:45 PM, Feb 16, 2018 | Updated: Sat 8:31 PM, Feb 17, 2018", date(2018, 2, 16)),
        ("21/06/2014 Tony Carter", date(2014, 6, 21)),
        ("05/06/2014 Tony Carter", None),  # May or June: nobody can tell
    ],
)
def test_the_date_under_the_headline_is_the_articles(stamp: str, day: date | None) -> None:
    assert read_dump(f"Council closes cracked bridge\n\n{stamp}\n\n{BODY}").published == day


def test_the_day_of_an_update_is_an_inferred_date_and_another_day_is_none() -> None:
    updated, accessed = (
        read_dump(f"Council closes cracked bridge\n\n{stamp}\n\n{BODY}")
        for stamp in ("Updated 14:52 GMT, 3 March 2024", "Accessed 3 March 2024")
    )
    assert (updated.published, updated.published_inferred) == (date(2024, 3, 3), True)
    assert accessed.published is None


def test_the_headline_is_the_line_above_the_byline_not_the_link_nearest_to_the_body() -> None:
    page = read_dump(
        f"Home\nNews\nSport\nSign in\nSearch\n\nCouncil closes cracked bridge in Varnell\n\nBy Ana Swanson\n\nShare this with Twitter\n\n"
        f"Bridge engineers told the council of cracks in March\n\n{BODY}\n\n© 2019 Gazette"
    )
    assert page.title == "Council closes cracked bridge in Varnell"


def test_dates_in_the_body_in_comments_and_in_teasers_are_not_the_articles() -> None:
    page = read_dump(
        f"Council closes cracked bridge\n\n{BODY}\n\nThe bridge had opened on May 3, 1911, to a great crowd.\n\n"
        "Comments\n\nby: Jo from: Leeds\nMarch 04, 2014 8:11 PM\nI always said that it would fall down one day.\n\n"
        "More stories\n\nRing road to be widened\nPublished March 9, 2014"
    )
    assert page.published is None
    assert "I always said that it would fall down one day." in texts(page, Section.COMMENT)


def test_byline_is_the_name_alone() -> None:
    assert read_dump(f"Council closes cracked bridge\n\nBy Ana Swanson\n\n{BODY}").byline == "Ana Swanson"


def test_site_is_read_from_a_title_printed_with_it() -> None:
    page = read_dump(f"Council closes cracked bridge - The Gazette\n\nCouncil closes cracked bridge\n\n{BODY}")
    assert (page.title, page.site) == ("Council closes cracked bridge", "The Gazette")


TEASERS = [
    ("Storm floods three villages on the coast", "Hundreds left their homes overnight as rivers rose to a record."),
    ("Minister resigns over lost papers", "The opposition says that he should have gone a month ago."),
    ("Team wins the cup after long drought", "It was their first trophy since the club was founded."),
    ("New trains will run every ten minutes", "The operator hopes to win back the passengers it has lost."),
]


@pytest.mark.parametrize(
    "mark", ["You May Like", "Most Popular", "Related stories", "More from The Gazette", "Trending", ""]
)
def test_teasers_below_the_article_are_never_body(mark: str) -> None:
    listed = "\n\n".join(f"{title}\n\n{summary}" for title, summary in TEASERS)
    page = read_dump(
        f"Home\nNews\nSport\n\nCouncil closes cracked bridge\n\n{BODY}\n\n{mark}\n\n{listed}\n\n© 2019 Gazette"
    )
    assert texts(page, Section.BODY) == BODY.split("\n\n")
    assert {summary for _, summary in TEASERS} <= set(texts(page, Section.RELATED))


def test_a_related_box_within_the_article_does_not_end_it() -> None:
    first, rest = BODY.split("\n\n", 1)
    page = read_dump(
        f"Home\nSign in\n\nCouncil closes cracked bridge\n\n{first}\n\nRead more: Ring road to be widened\n\n"
        f"Related news\nTeam wins the cup after long drought\n\n{rest}\n\nShare\nTweet\n\nPrivacy policy"
    )
    assert texts(page, Section.BODY) == BODY.split("\n\n")
    assert "Team wins the cup after long drought" in texts(page, Section.RELATED)


def test_menus_buttons_and_notices_are_navigation() -> None:
    notices = [
        "Skip to content",
        "Sign in",
        "Share",
        "We use cookies to give you the best experience on this site.",
        "Sign up for our daily newsletter and get the news in your inbox.",
        "Get the latest Flash player.",
        "Copyright © 2019 The Gazette. All rights reserved.",
    ]
    page = read_dump("\n\n".join([*notices[:4], "Council closes cracked bridge", BODY, *notices[4:]]))
    assert texts(page, Section.BODY) == BODY.split("\n\n")
    assert set(notices) - {notices[5]} <= set(texts(page, Section.NAVIGATION))


def test_a_page_without_prose_has_no_body() -> None:
    page = read_dump("Home\nNews\nSport\nSign in\nStorm floods three villages on the coast\n© 2019 Gazette")
    assert texts(page, Section.BODY) == []


@pytest.mark.parametrize("text", ["", " \r\n\t\u00a0\n"])
def test_no_characters_is_an_error(text: str) -> None:
    with pytest.raises(EmptyPage):
        read_dump(text)


def test_what_no_database_takes_is_removed_and_line_ends_are_kept() -> None:
    page = read_dump("One \x00two\ud800 three.\r\nFour.")
    assert page.text == "One two three.\r\nFour."


LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
    st.sampled_from(
        [
            *BODY.split("\n"),
            *SAMPLE.read_text(encoding="utf-8").split("\n"),
            "Comments",
            "Reply",
            "# A",
            "![a](b)",
            "> q",
        ]
    ),
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=40).map("\n".join).filter(str.strip))
def test_blocks_are_in_order_and_leave_out_only_space_and_repeated_captions(text: str) -> None:
    page = read_dump(text)
    captions = set(texts(page, Section.CAPTION))
    end = 0
    for block in page.blocks:
        assert end <= block.start < block.end
        between = page.text[end : block.start].strip()
        assert not between or any(between.startswith(caption) for caption in captions)
        assert page.text[block.start : block.end] == page.text[block.start : block.end].strip()
        end = block.end
    rest = page.text[end:].strip()
    assert not rest or any(rest.startswith(caption) for caption in captions)


def test_plain_news_keeps_its_words_and_headlines() -> None:
    path = SHARED / "data" / "news" / "bbc_dev.jsonl.gz"
    if not path.exists():
        pytest.skip("shared/data/news is absent")
    kept = words = headlines = 0
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        articles = [json.loads(row) for row in rows][::10]
    for article in articles:
        page = read_dump(article["text"])
        headlines += page.title == article["title"]
        words += sum(len(page.text[b.start : b.end].split()) for b in page.blocks[1:])
        kept += sum(len(text.split()) for text in texts(page, Section.BODY))
    assert kept / words > 0.99
    assert headlines / len(articles) > 0.97
