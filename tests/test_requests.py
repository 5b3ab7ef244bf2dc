"""Empty, endless and malformed requests are clear errors."""

from datetime import date

import pytest

from service.errors import BadDate, EmptyText, InputTooLarge
from service.requests import parse_day, require_text


@pytest.mark.parametrize("text", ["", "  \n", "?!", "…"])
def test_a_text_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(EmptyText, match="full sentence"):
        require_text(text, "claim", 100)


def test_a_text_that_is_too_long_says_where_to_go() -> None:
    with pytest.raises(InputTooLarge, match="claimdesk review"):
        require_text("a" * 101, "claim", 100)


def test_white_space_around_a_text_does_not_count() -> None:
    assert require_text("  Abe met Putin. ", "claim", 15) == "Abe met Putin."


def test_a_day_is_written_as_in_iso_8601() -> None:
    assert parse_day("2014-03-04") == date(2014, 3, 4)


@pytest.mark.parametrize("text", ["", "March 4", "2014-13-01", "2014-02-30", "04/03/2014"])
def test_another_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadDate, match="YYYY-MM-DD"):
        parse_day(text)
