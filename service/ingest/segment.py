"""The kinds of a page's lines become the run of lines that is the article."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from service.ingest.furniture import Kind, is_title, word_count
from service.ingest.lines import Line
from service.ingest.listing import find_lists

# Words for prose, and what a line of another kind takes away: chosen with `python -m eval.tasks.sections`
# on its tuning pages. The score is flat around these values.
_MOST_WORDS = 80  # one long notice must not outweigh an article
_TITLE_COST = 8  # a line that could be another story's headline
_NEXT_COST = 50  # a byline or date below so much prose belongs to the next story or to a comment
_SEPARATES = 4  # copies of a line: it stands between the items of a list, in whatever language
_OPENING = 30  # a byline or date that a headline stands right above
_BOX_COST = 12  # a mark above so much prose heads a box within the article
_ABOVE = 4  # lines between the two
_COSTS = {
    Kind.LINE: 6,
    Kind.FURNITURE: 6,
    Kind.CREDIT: 3,
    Kind.CAPTION: 2,
    Kind.STAMP: 12,
    Kind.BYLINE: 12,
    Kind.TEASER: 3,
    Kind.RELATED_MARK: 80,
    Kind.COMMENT_MARK: 50,
}
_ARTICLE = 100  # words in one run: so much is an article, and what a mark opens below it is not
_LEAST_ARTICLE = 60  # words: below so many, a mark of other stories is part of the menu
_SHORT_ARTICLE = 0.33  # of the longest run of the page: a shorter run above "Comments" is furniture
_NEAR = 12  # lines: a gallery or a video list repeats its text so soon, an editor's slip seldom does


class Extent(NamedTuple):
    """Where the article is: its lines, empty where the page holds no prose; and the readers' comments' mark."""

    article: range
    comments: int  # the number of lines where there are none
    teasers: frozenset[int] = frozenset()  # lines below a mark of other stories
    lists: frozenset[int] = frozenset()  # lines of lists that the article introduces
    is_copy: bool = False  # there is no page around the article


def find_article(lines: Sequence[Line], kinds: Sequence[Kind]) -> Extent:
    """The article of a page.

    A maximum-subsequence segmentation (Pasternack and Roth, "Extracting Article Text from the
    Web with Maximum Subsequence Segmentation", WWW 2009) with word counts in place of a
    classifier's scores, over the lines above the readers' comments.
    """
    lists = find_lists(lines, kinds)
    values, teasers = _values(lines, kinds, lists)
    comments = _comments_start(kinds, values)
    best, article, total, start = 0, range(0), 0, 0
    for place, value in enumerate(values[:comments]):
        if total <= 0:
            total, start = 0, place
        total += value
        if total > best:
            best, article = total, range(start, place + 1)
    while article and article.stop < comments and article.stop in lists:
        article = range(article.start, article.stop + 1)  # a list at the end adds nothing, and belongs to it
    return Extent(article, comments, teasers, lists)


def _comments_start(kinds: Sequence[Kind], values: Sequence[int]) -> int:
    """The first comment mark below something that could be the article: a share bar's "Comments" is not."""
    marks = [place for place, kind in enumerate(kinds) if kind is Kind.COMMENT_MARK and not _is_share_bar(kinds, place)]
    runs = accumulate(values, lambda total, value: max(total, 0) + value)
    bests = list(accumulate(runs, max))
    enough = min(_ARTICLE, _SHORT_ARTICLE * bests[-1]) if bests else 0
    return next((place for place in marks if bests[place] >= max(1, enough)), len(kinds))


def _is_share_bar(kinds: Sequence[Kind], place: int) -> bool:
    """Whether furniture is on both sides: "Twitter, Comments, Print" is a row of buttons."""
    beside = (place - 1, place + 1)
    return all(0 <= p < len(kinds) and kinds[p] is Kind.FURNITURE for p in beside)


def _values(lines: Sequence[Line], kinds: Sequence[Kind], lists: frozenset[int]) -> tuple[list[int], frozenset[int]]:
    """What each line adds to the run it stands in, and the lines that are teasers."""
    copies = _find_copies(lines)
    counts = Counter(line.text for line in lines)
    values: list[int] = []
    teasers: set[int] = set()
    teasing, total, best = False, 0, 0
    for place, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        # A headline shown twice is the link and the picture of another story; what follows is its summary.
        opens = kind is Kind.RELATED_MARK or (place in copies and _is_story(line, kind) and best >= _ARTICLE)
        closes = kind is Kind.PROSE and (best < _LEAST_ARTICLE or _resumes(kinds, place))
        teasing = (teasing or opens) and not closes
        if teasing:
            teasers.add(place)
        if (kind is Kind.PROSE and (teasing or place in copies)) or (kind is not Kind.PROSE and place in lists):
            values.append(0)
        elif teasing and kind is Kind.LINE:
            values.append(-_COSTS[Kind.TEASER])
        elif kind is Kind.LINE and place in copies and counts[line.text] >= _SEPARATES:
            values.append(-_NEXT_COST)
        else:
            values.append(_value(lines, kinds, place, best))
        total = max(total, 0) + values[-1]
        best = max(best, total)
    return values, frozenset(teasers)


def _value(lines: Sequence[Line], kinds: Sequence[Kind], place: int, best: int) -> int:
    """What a line adds, with `best` words of article above it.

    A byline or date below a headline opens an article; below an article it opens another text.
    """
    kind = kinds[place]
    if kind is Kind.PROSE:
        return min(word_count(lines[place].text), _MOST_WORDS)
    if kind in (Kind.STAMP, Kind.BYLINE):
        above = range(max(0, place - _ABOVE), place)
        opens = any(_is_story(lines[p], kinds[p]) for p in above)
        return -_NEXT_COST if best >= _ARTICLE else _OPENING if opens else -_COSTS[kind]
    if kind is Kind.RELATED_MARK and best < _ARTICLE:
        return -_BOX_COST
    return -_TITLE_COST if _is_story(lines[place], kind) else -_COSTS[kind]


def _is_story(line: Line, kind: Kind) -> bool:
    return kind is Kind.LINE and is_title(line.text)


def _resumes(kinds: Sequence[Kind], place: int) -> bool:
    """Whether two paragraphs in a row begin at `place`: teasers have a heading each."""
    return place + 1 < len(kinds) and kinds[place + 1] is Kind.PROSE


def _find_copies(lines: Sequence[Line]) -> set[int]:
    """The lines that are printed again close by: such a text does not say where the article is."""
    last: dict[str, int] = {}
    copied: set[int] = set()
    for place, line in enumerate(lines):
        before = last.get(line.text)
        if before is not None and place - before <= _NEAR:
            copied |= {before, place}
        last[line.text] = place
    return copied
