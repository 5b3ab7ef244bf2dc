"""A page with no stated date becomes one with the date that its captions and dateline give away."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from service.domain.article import Block, Page, Section
from service.ingest.datespan import DAY, MONTH, MONTHS, find_dates, make_date
from service.ingest.furniture import is_stamp

_CITY = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’ -]){1,30}"
_PLACE = rf"{_CITY}(?:, [^\W\d_][\w.'’ -]{{1,30}})?"
_END = r"\s*(?:\([\w. /&-]{2,30}\)\s*)?[-–—]"  # an agency, where it is named, and a dash
# "TOKYO, March 4 (Reuters) -", "SEVASTOPOL, Ukraine, March 4, 2014 -": a place in capitals, and a dash behind.
_DATELINE = re.compile(
    rf"{_PLACE},? (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?i:{MONTH} {DAY}|(?P<day_first>\d{{1,2}}) (?P<month_second>{'|'.join(MONTHS)})\b\.?)"
    rf"(?:,? (?P<year>(?:19|20)\d\d))?{_END}"
)
# "BRUSSELS (AP) —": no word in capitals that the sentence goes on about, as "IBM - which sells them - said" does.
_UNDATED = re.compile(rf"(?=(?:[^\W\d_a-z]+\. )?[^\W\d_a-z]{{3}}){_PLACE}{_END}+(?=\s+[\"'“‘]?[^\W\d_a-z])")
_REST = re.compile(r"[-–—\s]*(?=\S)")
_OPENING = 3  # blocks of the body: a kicker or a contact may stand above the dateline
_FILE_PHOTO = re.compile(r"\b(?:file|archive|undated|library)\b", re.IGNORECASE)
# A picture of the day runs in the day's story; readers comment within days. Wider apart, the picture is old.
_LATEST_COMMENT = timedelta(days=31)


def infer_published(page: Page) -> Page:
    """The page with `published` inferred where it states none and a safe clue does; else the page as it is.

    Clues, surest first: a dateline with its year; a dateline whose year a caption or a reader's comment
    settles; the latest date that ends a caption. The first reader's comment is an upper bound. A date
    inside a sentence of the body is no clue: history has dates too.
    """
    if page.published is not None:
        return page
    captions = sorted(_caption_dates(page))
    bound = min(_dates_in(page, Section.COMMENT), default=None)
    day = _dateline_date(page, captions, bound) or _latest(captions, bound)
    return page if day is None else page.model_copy(update={"published": day, "published_inferred": True})


def skip_dateline(text: str) -> int:
    """Where a sentence begins behind the place, day and agency that open a story; 0 where none does."""
    match = _DATELINE.match(text) or _UNDATED.match(text)
    rest = match and _REST.match(text, match.end())
    return rest.end() if rest else 0


def _caption_dates(page: Page) -> Iterator[date]:
    """The date that each caption ends in; one of a file photo says nothing of the story."""
    for block in _blocks(page, Section.CAPTION):
        text = page.text[block.start : block.end]
        last = max(find_dates(text), default=None)
        if last and not _FILE_PHOTO.search(text) and not re.search(r"\w{2}", _without_credit(text[last.end :])):
            yield last.day


def _without_credit(text: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]|(?:photo|image|credit|reuters|ap|afp)\b.*", "", text, flags=re.IGNORECASE)


def _dateline_date(page: Page, captions: list[date], bound: date | None) -> date | None:
    opening = islice(_blocks(page, Section.BODY), _OPENING)
    matches = (_DATELINE.match(page.text, block.start, block.end) for block in opening)
    match = next(filter(None, matches), None)
    if not match:
        return None
    month = MONTHS[(match["month"] or match["month_second"]).lower()]
    day = int(match["day"] or match["day_first"])
    if match["year"]:
        return _not_after(make_date(int(match["year"]), month, day), bound)
    # The year stands elsewhere: take the one that puts the dateline on or just before the anchor.
    anchor = bound or (captions[-1] if captions else None)
    if anchor is None:
        return None
    reach = anchor if bound else anchor + _LATEST_COMMENT
    candidates = (make_date(year, month, day) for year in (reach.year, reach.year - 1))
    found = next((candidate for candidate in candidates if candidate and candidate <= reach), None)
    return found if found and abs(anchor - found) <= _LATEST_COMMENT else None


def _latest(captions: list[date], bound: date | None) -> date | None:
    if not captions:
        return None
    day = _not_after(captions[-1], bound)
    is_fresh = day is not None and (bound is None or bound - day <= _LATEST_COMMENT)
    return day if is_fresh else None


def _not_after(day: date | None, bound: date | None) -> date | None:
    return None if day is None or (bound is not None and day > bound) else day


def _dates_in(page: Page, section: Section) -> list[date]:
    """The dates of lines that are a time stamp: a commenter's own words may speak of any day."""
    texts = (page.text[block.start : block.end] for block in _blocks(page, section))
    return [span.day for text in texts if is_stamp(text) for span in find_dates(text)]


def _blocks(page: Page, section: Section) -> Iterator[Block]:
    return (block for block in page.blocks if block.section is section)
