"""A page's lines and its article become the headline, who wrote it, when, and where the body begins."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from service.ingest import phrases
from service.ingest.datespan import find_dates
from service.ingest.furniture import Kind, byline_of, word_count
from service.ingest.lines import Line, Mark
from service.ingest.segment import Extent

_REACH = 40  # lines above the article that may hold its headline: galleries and share bars lie between
_FEWEST, _MOST = 3, 30  # words of a headline
_FAR = 0.01  # a candidate loses this for every line between it and the article
_FIRST_LINE = 0.6  # a plain article opens with its headline, be it a pun that shares no word with the story
_SIGNED = 0.5  # what a byline or date below is worth, on the scale of shared words (0 to 1)
_SIGNATURE, _DECK = 4, 2  # lines below a headline that may hold them, or its deck
_ENOUGH = 0.3  # least score of a headline, on the scale of shared words (0 to 1)
_OPENING = 12  # lines of the article in which its byline or date may still stand
_MOST_PARAGRAPHS_ABOVE = 2  # a summary, and a caption: more prose above a byline is the article itself
_WORD = re.compile(r"\w{4,}")
_USUAL, _SHORT = 5, 0.25  # words of a headline, and what one with fewer loses
_FULL = 4  # words: "Science & Astronomy" shares all of its two, and is no headline
_STEM = 5  # letters: enough to match "sanctions" with "sanctioned"
_SITE_SUFFIX = re.compile(r"\s+[-|–—:]\s+\S.{0,38}\S")
_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'’-]+|[A-Z]\.)(?: (?:[^\W\d_a-z][\w.'’-]+|[A-Z]\.|de|van|von|al|bin)){1,3}")
_FIRST = re.compile(r"\b(?:published|posted|created)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(?:born|died|when|events?|starts?|begins?|began|ends?|ended|deadline|due|expires?|until|since|from|valid|taken"
    r"|recorded|retrieved|accessed)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:updated?|modified)\b", re.IGNORECASE)


class Header(NamedTuple):
    """What stands above a body. `headline` and `body` are places of lines; `body` is its first."""

    headline: int | None
    body: int
    byline: str | None
    published: date | None
    published_inferred: bool  # from the day of an update: the page states no other


def read_header(lines: Sequence[Line], kinds: Sequence[Kind], extent: Extent) -> Header:
    """The header of the article, which must not be empty."""
    article = extent.article
    headline = find_headline(lines, kinds, extent)
    body = _body_start(kinds, lines, article, headline)
    above = range(body if headline is None else max(0, headline - 3), body)
    below = range(article.stop, min(len(lines), article.stop + 3))
    return Header(
        headline,
        body,
        _byline(lines, kinds, [place for place in above if headline is None or place > headline]),
        *_published(lines, kinds, above, below, headline),
    )


def find_headline(lines: Sequence[Line], kinds: Sequence[Kind], extent: Extent) -> int | None:
    """The line above the first paragraph that shares the most words with the article, near it rather than far.

    In copy it is the first line, where that is short and no sentence.
    """
    article = extent.article
    first = next((place for place in article if kinds[place] is Kind.PROSE), None)
    if first is None:
        return next((place for place in article if lines[place].mark is Mark.HEADING), None)
    known = _stems(" ".join(lines[place].text for place in article if kinds[place] is Kind.PROSE))
    likeness = {
        place: _likeness(lines[place], known)
        for place in range(max(0, article.start - _REACH), min(first + 1, article.stop))
        if _could_be_headline(lines[place], kinds[place])
    }
    scores = {
        place: shared * (1 + _SIGNED * _is_signed(kinds, place, likeness))
        + _FIRST_LINE * (place == 0)
        - _FAR * (first - place)
        for place, shared in likeness.items()
    }
    opens_copy = extent.is_copy and 0 in scores and kinds[0] is Kind.LINE and not lines[0].text.endswith((".", ":"))
    best = 0 if opens_copy else max(scores, key=lambda place: scores[place], default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    # A page's title often adds the site's name: the same words without it, further down, are the headline.
    alone = (
        place
        for place in scores
        if place > best
        and _SITE_SUFFIX.fullmatch(lines[best].text, len(lines[place].text))
        and lines[best].text.startswith(lines[place].text)
    )
    return next(alone, best)


def _could_be_headline(line: Line, kind: Kind) -> bool:
    if line.mark is Mark.HEADING:
        return True
    fits = _FEWEST <= word_count(line.text) <= _MOST
    return fits and (kind is Kind.LINE or (kind is Kind.PROSE and line.text.endswith(("?", "!"))))


def _is_signed(kinds: Sequence[Kind], place: int, likeness: Mapping[int, float]) -> bool:
    """Whether a byline or a date follows, and no headline stands right above: then this is its deck."""
    is_deck = any(likeness.get(above, 0) >= _ENOUGH for above in range(place - _DECK, place))
    return not is_deck and not {Kind.BYLINE, Kind.STAMP}.isdisjoint(kinds[place + 1 : place + 1 + _SIGNATURE])


def _likeness(line: Line, known: set[str]) -> float:
    stems = _stems(line.text)
    shared = len(stems & known) / max(len(stems), _FULL) - _SHORT * (word_count(line.text) < _USUAL)
    return shared + 0.3 * (line.mark is Mark.HEADING)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}


def _body_start(kinds: Sequence[Kind], lines: Sequence[Line], article: range, headline: int | None) -> int:
    """The first paragraph below the headline, and below a byline or date that stands near the top."""
    start = article.start if headline is None else max(article.start, headline + 1)
    paragraphs = 0
    for place in range(start, min(start + _OPENING, article.stop)):
        paragraphs += kinds[place] is Kind.PROSE
        if paragraphs > _MOST_PARAGRAPHS_ABOVE:
            break
        if kinds[place] is Kind.BYLINE or (kinds[place] is Kind.STAMP and find_dates(lines[place].text)):
            start = place + 1
    return next((place for place in range(start, article.stop) if kinds[place] is Kind.PROSE), start)


def _byline(lines: Sequence[Line], kinds: Sequence[Kind], places: Sequence[int]) -> str | None:
    for place in places:
        text = lines[place].text
        if kinds[place] is Kind.BYLINE and (name := byline_of(text)):
            person = _NAME.match(name)
            return person.group() if person else name
        if text.lower().strip(" :") == "by" and place + 1 < len(lines):
            return lines[place + 1].text
        if kinds[place] is Kind.STAMP and (match := _NAME.search(phrases.STAMP_WORDS.sub("|", text))):
            return match.group()
    return None


def _published(
    lines: Sequence[Line], kinds: Sequence[Kind], above: range, below: range, headline: int | None
) -> tuple[date | None, bool]:
    """The date of the surest stamp, and whether it is inferred.

    The surest says "published", then comes any below the headline, then "updated".
    """
    ranked = []
    for place in (*above, *below):
        text = lines[place].text
        dates = find_dates(text) if kinds[place] in (Kind.STAMP, Kind.BYLINE) else []
        if not dates or _OTHER_DAY.search(text) or (place in below and not _FIRST.search(text)):
            continue
        stated = not _FIRST.search(text)
        misplaced = headline is not None and place < headline
        ranked.append((stated, misplaced, _LATER.search(text) is not None, place, dates[0].day))
    if not ranked:
        return None, False
    stated, _, updated, _, day = min(ranked)
    return day, stated and updated
