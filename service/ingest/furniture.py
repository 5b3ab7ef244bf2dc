"""A line of a page becomes its kind: prose, a short line, furniture, or a sign of what comes next."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise

from service.ingest import phrases
from service.ingest.datespan import find_dates
from service.ingest.lines import Line, Mark

_LONG = 400  # characters: a longer line is a paragraph, and no menu, marker or credit
_LEAST_LOWER = 0.4  # share of words that begin in lower case: English news 0.75, German 0.6, a menu 0.1
_LONGEST_SENTENCE = 60  # words
_MANY_GLUED = 3  # lines: fewer are names like McClaren and PaineWebber
_LISTED = 3  # stories in a row: fewer pairs of a line and a paragraph are an article's subheads
_LONGEST_SUMMARY = 40  # words
_STAMP_REST = 5  # words of a name or a place beside a date


class Kind(StrEnum):
    """What one line looks like, seen alone."""

    PROSE = "prose"
    LINE = "line"  # short, or without the end of a sentence
    FURNITURE = "furniture"
    CREDIT = "credit"  # who took a photo
    CAPTION = "caption"
    STAMP = "stamp"  # a date or time, perhaps with a name
    BYLINE = "byline"
    TEASER = "teaser"  # names another story: "Read more: ..."
    RELATED_MARK = "related mark"  # other stories follow
    COMMENT_MARK = "comment mark"  # readers' comments follow


def read_kinds(lines: Sequence[Line]) -> list[Kind]:
    """The kind of each line, seen alone."""
    return [_kind(line) for line in lines]


def find_teasers(lines: Sequence[Line], kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds with the teasers of a page: what tells those is that they come in lists."""
    kinds = list(kinds)
    glued = [place for place, line in enumerate(lines) if kinds[place] is Kind.PROSE and _is_glued(line.text)]
    for place in (*(glued if len(glued) >= _MANY_GLUED else ()), *_summaries(lines, kinds)):
        kinds[place] = Kind.TEASER
    return kinds


def _summaries(lines: Sequence[Line], kinds: Sequence[Kind]) -> list[int]:
    """The summaries in lists of stories: short paragraphs, each alone below a headline, one pair after the other.

    A question is no headline here, for its answer can be an article's own.
    """
    found: list[int] = []
    run: list[int] = []
    for place, (heading, line) in enumerate(pairwise(lines), start=1):
        is_pair = (
            kinds[place - 1 : place + 1] == [Kind.LINE, Kind.PROSE]
            and is_title(heading.text)
            and not heading.text.endswith("?")
            and word_count(line.text) <= _LONGEST_SUMMARY
        )
        if is_pair:
            run = [*run, place] if run and run[-1] == place - 2 else [place]
            found += run if len(run) == _LISTED else run[-1:] if len(run) > _LISTED else []
    return found


def _kind(line: Line) -> Kind:
    if line.mark is Mark.MARKER or not any(char.isalnum() for char in line.text):
        return Kind.FURNITURE
    if line.mark is Mark.IMAGE:
        return Kind.CAPTION
    if len(line.text) > _LONG and not phrases.NOTICE.match(line.text[:_LONG]):
        return Kind.PROSE if is_prose(line.text) else Kind.LINE
    return next((kind for is_kind, kind in _RULES if is_kind(line.text)), Kind.LINE)


def word_count(text: str) -> int:
    """Words between spaces; scripts that write none count two characters as a word."""
    return len(text.split()) + len(phrases.CJK.findall(text)) // 2


def ends_sentence(text: str) -> bool:
    """Whether the text closes with a full stop, a question mark or the like, quotes and brackets aside."""
    return phrases.SENTENCE_END.search(text[-8:]) is not None


def is_stamp(text: str) -> bool:
    """Whether the line states a date or time and little else."""
    if phrases.CLOCK_OR_AGO.fullmatch(text):
        return True
    if len(text) > 120 or not (find_dates(text) or phrases.ANY_DATE.search(text)):
        return False
    rest = re.findall(r"\w+", phrases.STAMP_WORDS.sub(" ", text))
    is_sentence = text.endswith(".") and any(word[0].islower() for word in rest)  # "The notes are due May 5, 1992."
    return len(rest) <= _STAMP_REST and not is_sentence and not ends_sentence(text.rstrip("."))


def byline_of(text: str) -> str | None:
    """The name in "By Ana Swanson"; None where the line is no byline."""
    match = phrases.BYLINE.fullmatch(text)
    if not match or ends_sentence(text) or word_count(text) > 12:
        return None
    name = match["name"].strip(" ,|-–—")
    return name if name[:1].isupper() else None


def is_title(text: str) -> bool:
    """Whether a line could be a story's headline: five words or more, no full stop, a capital or a quote first."""
    opens = text.lstrip("\"'“‘«")[:1].isupper()
    return opens and word_count(text) >= 5 and not text.endswith((".", ":", ","))


def is_biography(text: str) -> bool:
    """Whether the line says who the writer is: "Jane Roe is a reporter for ..."."""
    return phrases.BIOGRAPHY.match(text) is not None


def introduces_author(text: str, byline: str | None) -> bool:
    """Whether the line is the heading of such words: "About the author", or the writer's name."""
    return text == byline or phrases.ABOUT_AUTHOR.fullmatch(text) is not None


def _is_glued(text: str) -> bool:
    """Whether a capitalised headline has its summary run on: "... Student-AthleteA 24-year-old ..."."""
    match = phrases.GLUED_TEASER.match(text)
    heading = match[1].split() if match else []
    return len(heading) >= 4 and sum(not word[0].islower() for word in heading) >= 0.75 * len(heading)


def is_prose(text: str) -> bool:
    """Whether the line is a paragraph, or a sentence of six words or more, rather than a headline or a menu."""
    words = text.split()
    cased = [word for word in words if word[0].isupper() or word[0].islower()]
    # Menus that lost their line breaks are long, but nearly every word of them is capitalised.
    if sum(word[0].islower() for word in cased) < _LEAST_LOWER * len(cased):
        return False
    count = word_count(text)
    end = text.rstrip("\"'”’)»")[-1:]
    if end == ":":
        return count >= 8
    if ends_sentence(text):
        # Teasers often ask or exclaim; a short sentence that does is no proof of prose.
        return count >= (12 if end in "?!" else 6)
    # A paragraph can lose its last full stop; a cloud of tags has none at all, or a comma at every other word.
    is_cloud = text.count(",") * 4 > count or (count > _LONGEST_SENTENCE and not phrases.INNER_END.search(text))
    return count >= 25 and not is_cloud


# Tried in this order, from the surest to the vaguest.
_RULES: tuple[tuple[Callable[[str], object], Kind], ...] = (
    (phrases.COMMENT_MARK.fullmatch, Kind.COMMENT_MARK),
    (phrases.FURNITURE.fullmatch, Kind.FURNITURE),
    (phrases.RELATED_MARK.fullmatch, Kind.RELATED_MARK),
    (phrases.CREDIT.fullmatch, Kind.CREDIT),
    (phrases.TWEET.match, Kind.CREDIT),
    (phrases.TEASER.match, Kind.TEASER),
    (is_stamp, Kind.STAMP),
    (phrases.NOTICE.match, Kind.FURNITURE),
    (phrases.ADDRESS.match, Kind.FURNITURE),
    (lambda text: not any(char.isalpha() for char in text), Kind.FURNITURE),  # a count, a price, "1 / 23"
    (byline_of, Kind.BYLINE),
    (phrases.HANDLE.fullmatch, Kind.BYLINE),
    (phrases.CAPTION_END.search, Kind.CAPTION),
    (phrases.CAPTION_OPENING.match, Kind.CAPTION),
    (is_prose, Kind.PROSE),
)
