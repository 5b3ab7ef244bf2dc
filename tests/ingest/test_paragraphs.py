"""Broken paragraphs are put together again, and what stands for itself is left alone."""

import pytest

from service.ingest.lines import cut_lines


def words(text: str) -> list[str]:
    return [" ".join(line.text.split()) for line in cut_lines(text)]


def test_a_sentence_that_tags_broke_is_one() -> None:
    stripped = (
        "The harbour authority in\nVarnell\nsuspended all crossings after a fire on the\nOstrava\n, its largest ship.\n"
        "Nobody was hurt, said harbour master\nLena Quist\n."
    )
    assert words(stripped) == [
        "The harbour authority in Varnell suspended all crossings after a fire on the Ostrava , its largest ship.",
        "Nobody was hurt, said harbour master Lena Quist .",
    ]


def test_menus_headlines_and_bylines_keep_their_lines() -> None:
    page = (
        "home\nnews\nsport\nFerry fire halts crossings in Varnell\nby Tom Reed\nThe port is closed.\n- one\n- two more."
    )
    assert words(page) == page.split("\n")


def test_lines_of_a_wrapped_text_are_joined_though_they_open_with_names() -> None:
    """Two lines alone could be a headline and its summary: the other paragraphs say how wide the text is."""
    first = (
        "The council voted on Monday to close the old bridge after engineers\n"
        "found cracks in two of its piers, and traffic will be sent over the\n"
        "northern ring road until a new one opens, the mayor said."
    )
    second = "The bridge was named after the founder of the town, shipping tycoon\nFrederick Varnell, whose family still owns half of it, in 1911."
    assert len(cut_lines(f"{first}\n\n{second}")) == 2
    assert len(cut_lines(second)) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_indented_lines_are_joined_whatever_ends_them(end: str) -> None:
    lines = [
        "   The council voted on Monday to close the old bridge after engineers",
        "   found cracks in two of its piers, and traffic will be sent over the",
        "   northern ring road until a new one opens, the mayor said.",
    ]
    assert len(cut_lines(end.join(lines))) == 1
