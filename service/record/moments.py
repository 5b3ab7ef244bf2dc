"""A moment becomes the text that the record keeps: ISO 8601, UTC, microseconds, so that it sorts as it happened."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """The same width for every moment. Raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def text_in(seconds: float) -> str:
    """The text of the moment that many seconds from now."""
    return to_text(now() + timedelta(seconds=seconds))
