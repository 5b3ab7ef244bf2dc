"""What a person typed becomes a text that can be worked on, or a clear error."""

from datetime import date

from service.errors import BadDate, EmptyText, InputTooLarge


def require_text(text: str, what: str, longest: int) -> str:
    """The text without white space at its ends. Raises EmptyText when nothing is left, InputTooLarge when
    it has more than `longest` characters."""
    text = text.strip()
    if not any(character.isalnum() for character in text):
        raise EmptyText(f"The {what} is empty. Write it as a full sentence.")
    if len(text) > longest:
        raise InputTooLarge(
            f"The {what} has {len(text):,} characters, more than {longest:,}. "
            "Shorten it, or give a whole article to `claimdesk review`."
        )
    return text


def parse_day(text: str) -> date:
    """A day written as YYYY-MM-DD. Raises BadDate."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDate(f"{text!r} is not a date. Write it as YYYY-MM-DD, for example 2014-03-04.") from error
