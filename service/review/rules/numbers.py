"""The numbers of an article become findings where it states one quantity twice and not alike (NUM001, NUM005, NUM006)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.quantities import QuantityKind
from service.domain.article import Article, Section, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.restated import Conflict, find_conflict
from service.review.rules.spec import RuleFamily, RuleSpec, in_english
from service.review.rules.stated import Stated

NUM001 = RuleSpec(
    code="NUM001",
    name="one quantity, two values",
    kind=FindingKind.NUMBER,
    severity=Severity.ERROR,
    explanation=(
        "Two sentences give the same quantity, in the same words, with values that cannot both be right. Quantities "
        "of different times, scopes (“excluding cars”, “a further”) or sources stay silent, and so do rounded "
        "values, ranges, corrections (“earlier reports said”), and values that the article gives side by side."
    ),
    wrong="The fire destroyed 120 homes in Tampa. Of the 210 homes destroyed by the fire in Tampa, few were insured.",
    right="The fire destroyed 120 homes in Tampa. Of the 120 homes destroyed by the fire in Tampa, few were insured.",
)
NUM005 = RuleSpec(
    code="NUM005",
    name="million for billion",
    kind=FindingKind.NUMBER,
    severity=Severity.ERROR,
    explanation=(
        "The same digits stand once with one scale and once with another, a thousand times as large, for the same "
        "thing; or two sides of a conversion are a thousand times apart."
    ),
    wrong="The dam in Cork will cost $8.6 million. The $8.6 billion cost of the Cork dam has alarmed critics.",
    right="The dam in Cork will cost $8.6 billion. The $8.6 billion cost of the Cork dam has alarmed critics.",
)
NUM006 = RuleSpec(
    code="NUM006",
    name="units that change",
    kind=FindingKind.NUMBER,
    severity=Severity.ERROR,
    explanation=(
        "The same digits stand once with one unit and once with another of the same kind, for the same thing; or a "
        "conversion does not fit: the measures on its two sides differ by more than rounding explains, or a currency "
        "is worth more or less than it has ever been."
    ),
    wrong="The road to Cork is 9 miles long. Repairs to the 9 kilometres of road to Cork took a year.",
    right="The road to Cork is 9 miles long. Repairs to the 9 miles of road to Cork took a year.",
)

_KINDS = frozenset({QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.MEASURE})
_RULES = {Conflict.SCALE: NUM005, Conflict.UNIT: NUM006}
MOST_NUMBERS = 5  # of a sentence: one with more is a row of figures, or a recipe
_VERSUS = re.compile(r"\svs\.?\s")  # "Revs 33.4 mln vs 29.1 mln"
MIN_WORDS = 5  # of a sentence under the headline: "250 votes" is a row of a list
# How many quantities of its kind and unit a quantity is laid beside, those that stand nearest before it: a page with more
# is a table. It keeps the time linear (5,000 sentences with a number each: see tests/review/test_numbers.py).
REACH = 50


class _Pair(NamedTuple):
    """Two quantities that seem to be one."""

    conflict: Conflict
    earlier: Stated
    later: Stated


def find_number_conflicts(article: Article) -> list[Finding]:
    """NUM001, NUM005, NUM006 between sentences: a quantity that is stated again with another value.

    Two numbers are of one thing where their surroundings agree both ways; the article's own words for another
    time, part or source set them apart. The later number is the suspect, unless it is the more frequent.
    """
    alike: defaultdict[tuple[QuantityKind, str], list[Stated]] = defaultdict(list)
    for stated in _stated(article.evidence):
        alike[stated.quantity.kind, stated.quantity.unit].append(stated)
    found = [finding for group in alike.values() for finding in _findings(_pairs(group), group)]
    return sorted(found, key=lambda finding: finding.passages[0].start)


def _pairs(stated: Sequence[Stated]) -> list[_Pair]:
    """The conflicts between two sentences each. One that has two rivals already is no suspect, and is left there."""
    pairs: dict[tuple[str, str], _Pair] = {}  # the second of two sentences is a conversion
    for i, later in enumerate(stated):
        rivals: set[float] = set()
        for earlier in stated[max(0, i - REACH) : i]:
            places = earlier.sentence.id, later.sentence.id
            if places[0] == places[1] or places in pairs:
                continue
            conflict = find_conflict(earlier, later, stated[max(0, i - REACH) : i + REACH])
            if conflict is not None:
                pairs[places] = _Pair(conflict, earlier, later)
                rivals.add(earlier.value)
            if len(rivals) > 1:
                break
    return list(pairs.values())


def _findings(pairs: Sequence[_Pair], stated: Sequence[Stated]) -> Iterator[Finding]:
    """One finding a suspect. A number with several rivals stands in the rows of a table, and is none."""
    rivals: defaultdict[int, set[float]] = defaultdict(set)
    for _, earlier, later in pairs:
        rivals[id(earlier)].add(later.value)
        rivals[id(later)].add(earlier.value)
    seen: set[int] = set()
    for pair in pairs:
        if any(len(rivals[id(one)]) > 1 for one in (pair.earlier, pair.later)):
            continue
        finding = _finding(pair, stated)
        if finding.passages[0].start not in seen:
            seen.add(finding.passages[0].start)
            yield finding


def _stated(sentences: Sequence[Sentence]) -> Iterator[Stated]:
    for sentence in sentences:
        if len(sentence.text.split()) < MIN_WORDS and sentence.section is not Section.HEADLINE:
            continue
        quantities = find_quantities(sentence.text)
        if len(quantities) > MOST_NUMBERS or _VERSUS.search(sentence.text):
            continue
        for quantity in quantities:
            stated = Stated(sentence=sentence, quantity=quantity)
            if quantity.kind in _KINDS and not (stated.is_name or stated.is_conversion):
                yield stated


def _finding(pair: _Pair, stated: Sequence[Stated]) -> Finding:
    earlier, later = pair.earlier, pair.later
    suspect, other = (earlier, later) if _times(later, stated) > _times(earlier, stated) else (later, earlier)
    return _RULES.get(pair.conflict, NUM001).finding(
        f"“{suspect.words}” here, “{other.words}” elsewhere for what seems to be one quantity. Check which is right.",
        suspect.passage(),
        other.passage(),
        confidence=0.7,
    )


def _times(one: Stated, stated: Sequence[Stated]) -> int:
    """How often the article states the quantity with this value."""
    return sum(is_comparable(s.quantity, one.quantity) and is_compatible(s.quantity, one.quantity) for s in stated)


NUMBERS = RuleFamily(find=in_english(find_number_conflicts), specs=(NUM001, NUM005, NUM006))
