"""Two sentences about one event become a finding where they date it differently (DAT006, DAT002)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from service.compare.date_finder import find_dates
from service.compare.date_spans import DateSpan, Precision, is_possible
from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.surroundings import Surroundings, nearby, overlap
from service.domain.article import Article, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.intervals import do_fit, wrong_ago
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

DAT006 = RuleSpec(
    code="DAT006",
    name="one event, two dates",
    kind=FindingKind.DATE,
    severity=Severity.WARNING,
    explanation=(
        "Two sentences tell of one event in the same words and give it dates that cannot both be right. Dates that "
        "stand side by side, relative dates of which one may be of another week, and bounds stay silent."
    ),
    wrong="The Bergen tunnel was completed in 1984. Completed in 1975, the Bergen tunnel cost less than planned.",
    right="The Bergen tunnel was completed in 1984. Completed in 1984, the Bergen tunnel cost less than planned.",
)

_ANOTHER = re.compile(
    r"\b(?:also|another|again|each|every|second|third|other|earlier|next|previous|annual\w*)\b", re.IGNORECASE
)
_PRECISIONS = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR})
# Chosen on the tuning half and the clean articles (python -m eval.tasks.review --split dev).
MIN_WORDS = 5  # of a sentence; "John Ford in 1987." is a caption, and so is its neighbour of 2002
REACH = 50  # dates before a date that it is laid beside, which keeps the time linear
LEAST_OVERLAP = (0.5, 0.3)  # of the surroundings of the better and the worse placed date, said near the other


class _Dated(Frozen):
    """A date where it stands in the article."""

    sentence: Sentence
    span: DateSpan

    @property
    def words(self) -> str:
        return self.sentence.text[self.span.start : self.span.end]

    @property
    def is_ago(self) -> bool:
        return self.span.relative and self.words.endswith("ago")

    @cached_property
    def surroundings(self) -> Surroundings:
        return nearby(self.sentence.text, self.span.start, self.span.end)


def find_date_conflicts(article: Article) -> list[Finding]:
    """DAT006 between two dates, DAT002 between a date and an "ago"; the later sentence is the suspect."""
    dates = [
        _Dated(sentence=sentence, span=span)
        for sentence in article.evidence
        if len(sentence.text.split()) >= MIN_WORDS
        for span in find_dates(sentence.text, article.published)
    ]
    pairs = list(_pairs(dates))
    times = Counter(id(dated) for pair in pairs for dated in pair)
    return [
        _finding(earlier, later, article.published)
        for earlier, later in pairs
        # Three dates in the same words are the rows of a table.
        if times[id(earlier)] == times[id(later)] == 1 and not _is_excused(earlier, later, dates)
    ]


def _pairs(dates: Sequence[_Dated]) -> Iterator[tuple[_Dated, _Dated]]:
    """The dates that differ for one event; a date that has two rivals stands in a table, and is left there."""
    for i, later in enumerate(dates):
        rivals = (
            earlier
            for earlier in dates[max(0, i - REACH) : i]
            if earlier.sentence.id != later.sentence.id and not _do_agree(earlier, later) and _are_one(earlier, later)
        )
        yield from ((earlier, later) for earlier in islice(rivals, 2))


def _do_agree(a: _Dated, b: _Dated) -> bool:
    """Whether two dates can mean the same day, or are of kinds that tell nothing of each other."""
    if a.is_ago != b.is_ago:
        ago, fixed = (a, b) if a.is_ago else (b, a)
        return fixed.span.relative or fixed.span.bound != "" or do_fit(ago.span, fixed.span)
    if a.span.relative or b.span.relative or a.span.bound or b.span.bound:
        return True
    if a.span.precision is not b.span.precision or a.span.precision not in _PRECISIONS:
        return True
    return is_possible(a.span, b.span)


def _are_one(a: _Dated, b: _Dated) -> bool:
    worse, better = sorted((overlap(a.surroundings, b.surroundings), overlap(b.surroundings, a.surroundings)))
    return better >= LEAST_OVERLAP[0] and worse >= LEAST_OVERLAP[1]


def _is_excused(a: _Dated, b: _Dated, dates: Sequence[_Dated]) -> bool:
    """Whether the sentences set the two dates apart: by another date, by "also" or "another", or by other figures."""
    beside = [d for d in dates if d is not a and d is not b and d.sentence.id in (a.sentence.id, b.sentence.id)]
    if any(not d.span.relative for d in beside):
        return True  # there is no telling which of several dates is the same
    texts = a.sentence.text, b.sentence.text
    if any(_ANOTHER.search(text) for text in texts):
        return True
    first, second = (find_quantities(text) for text in texts)
    return any(is_comparable(p, q) and not is_compatible(p, q) for p in first for q in second)


def _finding(earlier: _Dated, later: _Dated, published: date | None) -> Finding:
    if published is not None and earlier.is_ago != later.is_ago:
        ago, fixed = (later, earlier) if later.is_ago else (earlier, later)
        return wrong_ago(ago.sentence, ago.span, fixed.sentence, fixed.span, published)
    return DAT006.finding(
        f"“{later.words}” here, “{earlier.words}” elsewhere for what seems to be one event. Check which is right.",
        *(passage(dated.sentence, dated.span.start, dated.span.end) for dated in (later, earlier)),
        confidence=0.7,
    )


EVENTS = RuleFamily(find=in_english(find_date_conflicts), specs=(DAT006,))
