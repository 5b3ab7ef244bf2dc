"""Lines with next to none of a page's furniture become copy: an article that somebody pasted or wrote alone.

On a page, what stands away from the article is somebody else's. In copy there is no such place, and a line is the
article's own unless it says itself that it is not: a body sentence that is lost is worse than a teaser that is kept.
"""

from collections.abc import Sequence
from itertools import groupby

from service.ingest import phrases
from service.ingest.furniture import Kind, is_prose, is_title, word_count
from service.ingest.lines import Line
from service.ingest.listing import find_lists
from service.ingest.segment import Extent

# Of 1,400 plain articles none has a furnishing and none a menu of 3; of 90 copied pages two have no more than one
# furnishing, and menus of 14 and 26.
_MOST_FURNISHINGS = 1
_MOST_INSERTS = 2  # "Advertisement", "Read more": these are copied along with an article
_MENU, _MENU_UNFURNISHED = 5, 10  # short lines in a row
_MENU_WORDS = 4
_FEWEST_TEASERS = 2
_LONGEST_SUMMARY = 40  # words


def read_copy(lines: Sequence[Line], kinds: Sequence[Kind]) -> tuple[list[Kind], Extent] | None:
    """The kinds as they read in copy, and its extent, all but the readers' comments; None where this is a page."""
    kinds = [_kind_in_copy(line, kind) for line, kind in zip(lines, kinds, strict=True)]
    if not _is_copy(lines, kinds):
        return None
    first = next((place for place, kind in enumerate(kinds) if kind is Kind.PROSE), len(lines))
    marks = (place for place in range(first, len(lines)) if kinds[place] is Kind.COMMENT_MARK)
    comments = next(marks, len(lines))
    teasers = frozenset(_teasers(lines, kinds, range(first, comments)))
    return kinds, Extent(range(comments), comments, teasers, find_lists(lines, kinds), is_copy=True)


def _is_copy(lines: Sequence[Line], kinds: Sequence[Kind]) -> bool:
    """Whether the lines are an article alone; on a page there are buttons, menus and notices around it."""
    furnishings, inserts = set(), set()
    for line, kind in zip(lines, kinds, strict=True):
        if kind is Kind.RELATED_MARK or phrases.INSERT.fullmatch(line.text):
            inserts.add(line.text.lower())
        elif kind in (Kind.FURNITURE, Kind.COMMENT_MARK) and any(char.isalpha() for char in line.text):
            furnishings.add(line.text.lower())
    most = _MENU if furnishings or inserts else _MENU_UNFURNISHED
    return len(furnishings) <= _MOST_FURNISHINGS and len(inserts) <= _MOST_INSERTS and _longest_menu(lines) < most


def _longest_menu(lines: Sequence[Line]) -> int:
    return max((len(list(run)) for is_item, run in groupby(map(_is_menu_item, lines)) if is_item), default=0)


def _is_menu_item(line: Line) -> bool:
    is_short = word_count(line.text) <= _MENU_WORDS and not line.text.endswith((".", ",", ":"))
    return is_short and not any(char.isdigit() for char in line.text)


def _kind_in_copy(line: Line, kind: Kind) -> Kind:
    """The kind, but for what only a page around it would settle: a number, "The report says:", a word to the reader."""
    is_said = kind is Kind.COMMENT_MARK and line.text.endswith((":", "?", "."))
    if is_said or (kind is Kind.FURNITURE and _is_number(line.text)):
        return Kind.LINE
    if kind is Kind.FURNITURE and is_prose(line.text) and not phrases.NOTICE.match(line.text):
        return Kind.PROSE
    return kind


def _is_number(text: str) -> bool:
    """Whether the line is a row of a table; "1 / 23" counts pictures, and "-30-" ends the copy."""
    has_letters = any(char.isalpha() for char in text)
    return any(char.isdigit() for char in text) and not has_letters and not phrases.FURNITURE.fullmatch(text)


def _teasers(lines: Sequence[Line], kinds: Sequence[Kind], article: range) -> set[int]:
    """The headlines right below marks of other stories, and all below the last mark where it heads a list of them."""
    marks = [place for place in article if kinds[place] is Kind.RELATED_MARK]
    found = {place + 1 for place in marks if place + 1 < len(lines) and _is_headline(lines, kinds, place + 1)}
    rest = range(marks[-1] + 1, article.stop) if marks else range(0)
    headlines = [place for place in rest if _is_headline(lines, kinds, place)]
    if len(headlines) >= _FEWEST_TEASERS and all(
        kinds[place] is not Kind.PROSE or _is_summary(lines, kinds, place) for place in rest
    ):
        found.update(rest)
    return found


def _is_headline(lines: Sequence[Line], kinds: Sequence[Kind], place: int) -> bool:
    return kinds[place] is Kind.LINE and is_title(lines[place].text)


def _is_summary(lines: Sequence[Line], kinds: Sequence[Kind], place: int) -> bool:
    return _is_headline(lines, kinds, place - 1) and word_count(lines[place].text) <= _LONGEST_SUMMARY
