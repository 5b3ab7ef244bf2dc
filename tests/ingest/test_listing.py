"""A list that the article introduces belongs to it; a row of headlines below a heading does not."""

import pytest

from service.domain.article import Page, Section
from service.ingest.blocks import read_dump

PROSE = """The council voted on Monday to close the old bridge after engineers found cracks in two of its piers.

Traffic will be sent over the northern ring road until a new bridge opens, the mayor told reporters at the town hall.

“We had no choice,” she said. “The risk was too great, and the cost of repair was more than that of a new bridge.”

Shopkeepers on the eastern bank fear that they will lose half of their customers while the work goes on."""
FOOT = """Related stories

Mayor Peeters Opens New Market Hall

Ghent Football Club Signs Young Striker"""


def section_of(page: Page, words: str) -> Section:
    (block,) = [block for block in page.blocks if words in page.text[block.start : block.end]]
    return block.section


@pytest.mark.parametrize(
    "items",
    [
        ["June 9 -- Coral Sky Amphitheatre, West Palm Beach", "June 10 -- Bridgestone Arena, Nashville Tennessee"],
        ["9 June: the Northern Ring Road", "10 June: the Southern Ring Road", "11 June: the Harbour Tunnel"],
        ["1. Northern Ring Road to the Harbour", "2. Southern Ring Road to the Station"],
        ["• Northern Ring Road to the Harbour", "• Southern Ring Road to the Station"],
        ["Monday to Friday, Northern Ring Road", "Saturday and Sunday, Southern Ring Road"],
    ],
)
@pytest.mark.parametrize(
    "closing", ["", "The work will take two years, the mayor said, and cost thirty million euros."]
)
def test_the_items_below_a_colon_are_body(items: list[str], closing: str) -> None:
    page = read_dump(
        "\n\n".join(["Menu", "Old Bridge To Close Next Week", PROSE, "The roads that close:", *items, closing, FOOT])
    )
    for words in ("The roads that close:", *items):
        assert section_of(page, words) is Section.BODY, words
    assert section_of(page, "Young Striker") is Section.RELATED
    if closing:
        assert section_of(page, closing) is Section.BODY


@pytest.mark.parametrize("heading", ["Trending:", "From our partners", "More:"])
def test_headlines_below_a_heading_are_not(heading: str) -> None:
    rows = ["Mayor Peeters Opens New Market Hall", "Ghent Football Club Signs Young Striker"]
    page = read_dump("\n\n".join(["Menu", "Old Bridge To Close Next Week", PROSE, heading, *rows]))
    for row in rows:
        assert section_of(page, row) is not Section.BODY


def test_one_line_below_a_colon_is_no_list() -> None:
    page = read_dump(
        "\n\n".join(
            [
                "Menu",
                "Sign in",
                "Old Bridge To Close",
                PROSE,
                "Also on this page:",
                "1 Market Hall Opens In Ghent",
                FOOT,
            ]
        )
    )
    assert section_of(page, "Market Hall Opens In Ghent") is not Section.BODY
