"""The numbers of an article become findings where it states one quantity twice and not alike (NUM001, NUM005, NUM006)."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import OSA

from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.quantities import QuantityKind
from service.compare.surroundings import overlap
from service.domain.article import Article, Section, Sentence
from service.domain.finding import Finding, FindingKind, Severity
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
# Chosen on the tuning half (python -m eval.tasks.review --split dev): see LIKE_A_SLIP below.
LEAST_OVERLAP = (0.55, 0.35)  # of the surroundings of the better and the worse placed number, said near the other
LEAST_OVERLAP_OF_SLIPS = (0.35, 0.25)  # where the digits differ as a slip of the hand makes them differ
LEAST_OVERLAP_OF_ORPHANS = (0.25, 0.15)  # where a headline's number is nowhere in the text under it
MIN_WORDS = 5  # of a sentence under the headline: "250 votes" is a row of a list
MIN_DIGITS = 3  # of the longer number: 12 and 13 are two numbers as often as a slip


def find_number_conflicts(article: Article) -> list[Finding]:
    """NUM001, NUM005, NUM006 between sentences: a quantity that is stated again with another value.

    Two numbers are of one thing where their surroundings agree both ways; the article's own words for another
    time, part or source set them apart. The later number is the suspect, unless it is the more frequent.
    """
    stated = list(_stated(article.evidence))
    pairs: dict[tuple[str, str], tuple[RuleSpec, Stated, Stated]] = {}  # the second of two sentences is a conversion
    for earlier, later in combinations(stated, 2):
        pair = earlier.sentence.id, later.sentence.id
        if pair[0] == pair[1] or pair in pairs:
            continue
        spec = _conflict(earlier, later, stated)
        if spec is not None and not _is_excused(earlier, later, stated):
            pairs[pair] = spec, earlier, later
    return list(_findings(list(pairs.values()), stated))


def _findings(pairs: Sequence[tuple[RuleSpec, Stated, Stated]], stated: Sequence[Stated]) -> Iterator[Finding]:
    """One finding a suspect. A number with several rivals stands in the rows of a table, and is none."""
    seen: set[int] = set()
    for spec, earlier, later in pairs:
        if any(len(_rivals(one, pairs)) > 1 for one in (earlier, later)):
            continue
        finding = _finding(spec, earlier, later, stated)
        if finding.passages[0].start not in seen:
            seen.add(finding.passages[0].start)
            yield finding


def _rivals(one: Stated, pairs: Sequence[tuple[RuleSpec, Stated, Stated]]) -> set[float]:
    """The values that the number is set against."""
    return {b.quantity.low for _, a, b in pairs if a is one} | {a.quantity.low for _, a, b in pairs if b is one}


def _stated(sentences: Sequence[Sentence]) -> Iterator[Stated]:
    for sentence in sentences:
        if len(sentence.text.split()) < MIN_WORDS and sentence.section is not Section.HEADLINE:
            continue
        for quantity in find_quantities(sentence.text):
            stated = Stated(sentence=sentence, quantity=quantity)
            if (
                quantity.kind in _KINDS
                and quantity.low == quantity.high
                and not (stated.is_name or stated.is_conversion)
            ):
                yield stated


def _conflict(a: Stated, b: Stated, stated: Sequence[Stated]) -> RuleSpec | None:
    """The rule that two numbers break, if the words around them make them one thing."""
    if a.quantity.kind is not b.quantity.kind:
        return None
    if a.digits and a.digits == b.digits and a.quantity.low != b.quantity.low:
        return _other_scale_or_unit(a, b)
    if not is_comparable(a.quantity, b.quantity) or is_compatible(a.quantity, b.quantity):
        return None
    if _agree(a, b, LEAST_OVERLAP):
        return NUM001
    if is_slip(a.digits, b.digits) and _agree(a, b, LEAST_OVERLAP_OF_SLIPS):
        return NUM001
    return NUM001 if _is_orphan(a, stated) and _agree(a, b, LEAST_OVERLAP_OF_ORPHANS) else None


def _is_orphan(one: Stated, stated: Sequence[Stated]) -> bool:
    """Whether a headline's number is nowhere in the text under it."""
    return (
        one.sentence.section is Section.HEADLINE
        and _count(one, [s for s in stated if s.quantity.kind is one.quantity.kind]) == 1
    )


def _other_scale_or_unit(a: Stated, b: Stated) -> RuleSpec | None:
    if a.quantity.unit != b.quantity.unit or not _agree(a, b, LEAST_OVERLAP_OF_SLIPS):
        return None
    ratio = max(a.quantity.low, b.quantity.low) / max(1e-9, min(a.quantity.low, b.quantity.low))
    return NUM006 if a.quantity.kind is QuantityKind.MEASURE else NUM005 if ratio >= 1000 else NUM001


def _agree(a: Stated, b: Stated, least: tuple[float, float]) -> bool:
    worse, better = sorted((overlap(a.surroundings, b.surroundings), overlap(b.surroundings, a.surroundings)))
    return better >= least[0] and worse >= least[1]


def is_slip(a: str, b: str) -> bool:
    """Whether two written numbers differ as a hand slips: one digit, two swapped, one more or one less."""
    left, right = (re.sub(r"\D", "", digits) for digits in (a, b))
    return max(len(left), len(right)) >= MIN_DIGITS and OSA.distance(left, right, score_cutoff=1) <= 1


def _is_excused(a: Stated, b: Stated, stated: Sequence[Stated]) -> bool:
    """Whether the article sets the two numbers apart."""
    if (a.scope != b.scope and a.digits != b.digits) or (a.times and b.times and not a.times & b.times):
        return True
    if {a.end_of_change, b.end_of_change} == {"from", "to"}:
        return True
    same = [s for s in stated if s.quantity.kind is a.quantity.kind and s.quantity.unit == a.quantity.unit]
    beside = [s for s in same if s is not a and s is not b and s.sentence.id in (a.sentence.id, b.sentence.id)]
    if beside and not is_slip(a.digits, b.digits):
        return True  # of several numbers there is no telling which one is the same
    if any(is_compatible(s.quantity, (b if s.sentence.id == a.sentence.id else a).quantity) for s in beside):
        return True  # the two values stand side by side
    return min(_count(a, same), _count(b, same)) > 1


def _count(one: Stated, same: Sequence[Stated]) -> int:
    return sum(is_compatible(one.quantity, s.quantity) for s in same)


def _finding(spec: RuleSpec, earlier: Stated, later: Stated, stated: Sequence[Stated]) -> Finding:
    same = [s for s in stated if is_comparable(s.quantity, later.quantity)]
    suspect, other = (earlier, later) if _count(later, same) > _count(earlier, same) else (later, earlier)
    return spec.finding(
        f"“{suspect.words}” here, “{other.words}” elsewhere for what seems to be one quantity. Check which is right.",
        suspect.passage(),
        other.passage(),
        confidence=0.7,
    )


NUMBERS = RuleFamily(find=in_english(find_number_conflicts), specs=(NUM001, NUM005, NUM006))
