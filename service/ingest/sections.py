"""A page's lines, their kinds and the article's place become a section for every line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from service.domain.article import Section
from service.ingest import phrases
from service.ingest.datespan import MONTH
from service.ingest.furniture import (
    Kind,
    ends_sentence,
    introduces_author,
    is_biography,
    is_title,
    word_count,
)
from service.ingest.header import Header
from service.ingest.lines import Line, Mark
from service.ingest.segment import Extent

_DATED_CAPTION = re.compile(rf".{{0,500}}\b[A-Z][\w.'’-]+, (?i:{MONTH}) \d{{1,2}}, (?:19|20)\d\d\.?", re.DOTALL)
_MOST_CAPTION_WORDS = 60
_PARAGRAPH = 25  # words: more than any subhead has
_MOST_HEADING_WORDS = 12
_SUMMARY = 4  # lines below the headline that may hold its summary; further down stand other stories
_LAST = 4  # lines that may hold the heading "About the author" and what it says
_SHINGLE = 5  # words: a shorter line repeats words of the body by chance
_MOST_HOLDERS = 50  # paragraphs: five words that more of them share are a formula, and the search stays linear
_ITEM = re.compile(r"[•·▪◦‣*–—-]\s+\S|\(?\d{1,2}[.)]\s+\S|\d")
_NOT_THE_ARTICLE = {
    Kind.FURNITURE: Section.NAVIGATION,
    Kind.CREDIT: Section.NAVIGATION,
    Kind.STAMP: Section.NAVIGATION,
    Kind.BYLINE: Section.NAVIGATION,
    Kind.COMMENT_MARK: Section.NAVIGATION,
    Kind.RELATED_MARK: Section.RELATED,
    Kind.TEASER: Section.RELATED,
}


def label_lines(lines: Sequence[Line], kinds: Sequence[Kind], header: Header, extent: Extent) -> list[Section | None]:
    """A section for each line; None for a further copy of a caption, which is left out of the page's blocks."""
    end = _trimmed(lines, kinds, header, _extended(lines, kinds, extent.article.stop)) if extent.article else 0
    top = header.body if header.headline is None else header.headline
    outside = _beside_copy if extent.is_copy else _outside
    sections: list[Section | None] = [outside(line, kind) for line, kind in zip(lines[:top], kinds, strict=False)]
    sections += [_above_body(lines, kinds, place, header, extent.is_copy) for place in range(top, header.body)]
    sections += _body(lines, kinds, header, extent, end)
    sections += _below(lines, kinds, end, extent.comments)
    return _without_copies(lines, sections)


def _outside(line: Line, kind: Kind) -> Section:
    """Away from the article, what could be a sentence or a headline is of another story."""
    if kind in (Kind.PROSE, Kind.CAPTION) or (kind is Kind.LINE and is_title(line.text)):
        return Section.RELATED
    return _NOT_THE_ARTICLE.get(kind, Section.NAVIGATION)


def _beside_copy(line: Line, kind: Kind) -> Section:
    """Around the headline of copy stand a kicker and a deck; a sentence there is the article's."""
    if kind is Kind.PROSE or (kind is Kind.LINE and not _is_deck(line.text)):
        return Section.BODY
    return Section.CAPTION if kind is Kind.CAPTION else _NOT_THE_ARTICLE.get(kind, Section.SUBHEAD)


def _above_body(lines: Sequence[Line], kinds: Sequence[Kind], place: int, header: Header, is_copy: bool) -> Section:
    line, kind = lines[place], kinds[place]
    if place == header.headline:
        return Section.HEADLINE
    if header.headline is not None and line.text == lines[header.headline].text:
        return Section.NAVIGATION
    if _is_caption(lines, kinds, place) or (kind is Kind.PROSE and _is_doubled(lines, place)):
        return Section.CAPTION
    if is_copy:
        return _beside_copy(line, kind)
    is_summary = kind is Kind.PROSE or (kind is Kind.LINE and is_title(line.text))
    is_near = header.headline is not None and place - header.headline <= _SUMMARY
    return Section.SUBHEAD if is_summary and is_near else _outside(line, kind)


def _body(lines: Sequence[Line], kinds: Sequence[Kind], header: Header, extent: Extent, end: int) -> Iterator[Section]:
    places = range(header.body, end)
    pull_quotes = _pull_quotes(lines, [place for place in places if kinds[place] in (Kind.PROSE, Kind.LINE)])
    has_prose = any(kinds[place] is Kind.PROSE for place in places)
    title = None if header.headline is None else lines[header.headline].text
    for place in places:
        kind, text = kinds[place], lines[place].text
        if text == title:
            yield Section.NAVIGATION
        elif place in extent.lists:
            yield Section.BODY
        elif kind in _NOT_THE_ARTICLE:
            yield _NOT_THE_ARTICLE[kind]
        elif place in extent.teasers:
            yield Section.RELATED
        elif _is_caption(lines, kinds, place, in_body=place > header.body):
            yield Section.CAPTION
        elif place in pull_quotes:
            yield Section.QUOTE
        else:
            yield (
                Section.BODY
                if kind is Kind.PROSE or not has_prose
                else _short_line(lines, kinds, place, extent.is_copy)
            )


def _short_line(lines: Sequence[Line], kinds: Sequence[Kind], place: int, is_copy: bool) -> Section:
    """A short line within the body: a short sentence or list item, a subhead, or one of a box of headlines."""
    text = lines[place].text
    if lines[place].mark is Mark.HEADING:
        return Section.SUBHEAD
    if _ITEM.match(text) or word_count(text) >= _PARAGRAPH or (ends_sentence(text) and not text.endswith("?")):
        return Section.BODY
    beside = [p for p in (place - 1, place + 1) if 0 <= p < len(lines) and kinds[p] is Kind.LINE]
    if is_copy:
        return Section.SUBHEAD if _is_deck(text) and not beside else Section.BODY
    is_boxed = is_title(text) and any(is_title(lines[p].text) for p in beside)
    return Section.RELATED if is_boxed else Section.SUBHEAD


def _is_deck(text: str) -> bool:
    """Whether a line of copy could head what follows: it is short, and no row of a table."""
    is_short = word_count(text) <= _MOST_HEADING_WORDS and not text[0].islower()
    is_sentence = text.endswith((".", ":")) or phrases.INNER_END.search(text)
    return is_short and not is_sentence and not re.search(r"\d", text)


def _below(lines: Sequence[Line], kinds: Sequence[Kind], end: int, comments: int) -> Iterator[Section]:
    """Below the article: readers' comments from their mark to the next, teasers, and the page's foot."""
    commenting = False
    for place in range(end, len(lines)):
        kind = kinds[place]
        if place >= comments and kind in (Kind.COMMENT_MARK, Kind.RELATED_MARK):
            commenting = kind is Kind.COMMENT_MARK
        if commenting and kind not in (Kind.COMMENT_MARK, Kind.FURNITURE):
            yield Section.COMMENT
        else:
            yield _outside(lines[place], kind)


def _is_caption(lines: Sequence[Line], kinds: Sequence[Kind], place: int, in_body: bool = False) -> bool:
    """Whether the line says so itself, ends in a place and a date, or has a photo's credit below it.

    Within the body a credit is more likely of the next photo: only a short line or a doubled one is its caption.
    """
    kind, text = kinds[place], lines[place].text
    if kind is Kind.CAPTION:
        return True
    if kind not in (Kind.PROSE, Kind.LINE) or not 4 <= word_count(text) <= _MOST_CAPTION_WORDS:
        return False
    if sum(line.text == text for line in lines[max(0, place - 12) : place + 12]) > 2:
        return True  # a gallery shows its captions over and over
    if in_body and kind is Kind.PROSE and not _is_doubled(lines, place):
        return False
    below = next((p for p in range(place + 1, len(lines)) if lines[p].text != text), None)
    is_credited = below is not None and kinds[below] is Kind.CREDIT
    return is_credited or _DATED_CAPTION.fullmatch(text) is not None


def _is_doubled(lines: Sequence[Line], place: int) -> bool:
    beside = (place - 1, place + 1)
    return any(0 <= p < len(lines) and lines[p].text == lines[place].text for p in beside)


def _pull_quotes(lines: Sequence[Line], places: Sequence[int]) -> set[int]:
    """The places whose words all stand, in order, within one longer paragraph of the body."""
    spoken = {place: re.findall(r"\w+", lines[place].text.lower()) for place in places}
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    openings = {tuple(words[:_SHINGLE]) for words in spoken.values() if len(words) >= _SHINGLE}
    for place, words in spoken.items():
        for first in range(len(words) - _SHINGLE + 1):
            shingle = tuple(words[first : first + _SHINGLE])
            if shingle in openings and len(holders[shingle]) < _MOST_HOLDERS:
                holders[shingle].add(place)
    joined = {place: f" {' '.join(words)} " for place, words in spoken.items()}
    return {
        place
        for place in places
        if any(
            len(spoken[holder]) > len(spoken[place]) and joined[place] in joined[holder]
            for holder in holders.get(tuple(spoken[place][:_SHINGLE]), ())
        )
    }


def _extended(lines: Sequence[Line], kinds: Sequence[Kind], end: int) -> int:
    """The end moved past short sentences: an article may close with "He declined."."""
    while end < len(lines) and kinds[end] is Kind.LINE and lines[end].text.endswith((".", '."', ".”")):
        end += 1
    return end


def _trimmed(lines: Sequence[Line], kinds: Sequence[Kind], header: Header, end: int) -> int:
    """The end moved before what introduces the writer, and before what is no paragraph."""
    while end > header.body + 1 and (
        is_biography(lines[end - 1].text) or kinds[end - 1] not in (Kind.PROSE, Kind.LINE)
    ):
        end -= 1
    last = range(max(header.body + 1, end - _LAST), end)
    return next((place for place in last if introduces_author(lines[place].text, header.byline)), end)


def _without_copies(lines: Sequence[Line], sections: list[Section | None]) -> list[Section | None]:
    seen: set[str] = set()
    kept: list[Section | None] = []
    for line, section in zip(lines, sections, strict=True):
        is_copy = line.text in seen and section is Section.CAPTION
        kept.append(None if is_copy else section)
        if section is Section.CAPTION:
            seen.add(line.text)
    return kept
