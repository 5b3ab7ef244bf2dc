"""An amount and its conversion in brackets become a finding where they cannot be the same (NUM005, NUM006)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from service.compare.number_finders import find_quantities
from service.compare.quantities import Quantity, QuantityKind
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, Severity
from service.review.rules.numbers import NUM005, NUM006
from service.review.rules.spec import RuleFamily, in_english, passage
from service.review.rules.stated import bare

# What one unit of the first currency has been worth in the second: the extremes of daily market rates since 1971 (of the
# euro since 1999), rounded outwards. A conversion beyond them is wrong in any year.
_RATES = {
    ("GBP", "USD"): (1.05, 2.65),
    ("EUR", "USD"): (0.82, 1.61),
    ("GBP", "EUR"): (1.02, 1.75),
    ("AUD", "USD"): (0.47, 1.50),
    ("CAD", "USD"): (0.61, 1.11),
    ("USD", "JPY"): (75.0, 360.0),
    ("GBP", "JPY"): (115.0, 860.0),
    ("EUR", "JPY"): (88.0, 176.0),
    ("USD", "INR"): (7.0, 92.0),
}
_BEYOND = 0.03  # of a rate: amounts are rounded, and rates of a day move
_THOUSAND = 1_000
_OPENS = re.compile(r"\s?\((?:about |around |roughly |or |some )?")
# Of the conversions in 1,000 articles of bbc_dev, those that are off the other ones of their article by more than this
# are slips of the newsroom ($19.5m as £14.9m beside a rate of 1.9); none of them is right.
_OFF = 0.12
_MIN_RATES = 3
_LEAST_STEP = 0.02  # a written amount coarser than this share of itself tells no rate
_MEASURE_OFF = 0.06  # 15 miles are 24.1 km: "about 25km" is still right


class _Conversion(NamedTuple):
    """`amount (other)` in a sentence."""

    sentence: Sentence
    amount: Quantity
    other: Quantity

    @property
    def pair(self) -> tuple[str, str]:
        return self.amount.unit, self.other.unit

    @property
    def rate(self) -> float:
        return self.other.low / self.amount.low

    @property
    def is_fine(self) -> bool:
        """True where both amounts are written finely enough to tell their rate."""
        return all(q.step <= _LEAST_STEP * q.low for q in (self.amount, self.other))


def find_wrong_conversions(article: Article) -> list[Finding]:
    """NUM005 and NUM006 within a sentence: measures that differ, impossible rates, and a rate unlike the others."""
    found = [c for sentence in article.evidence for c in _conversions(sentence)]
    findings = [
        f for c in found for f in (_judge_money(c) if c.amount.kind is QuantityKind.MONEY else _judge_measure(c))
    ]
    wrong = {f.passages[0].start for f in findings}
    return findings + [f for f in _judge_rates(found) if f.passages[0].start not in wrong]


def _conversions(sentence: Sentence) -> Iterator[_Conversion]:
    # Conversions are of the number itself, whatever bounds it.
    found = [bare(sentence.text, quantity) for quantity in find_quantities(sentence.text)]
    for i, (amount, other) in enumerate(pairwise(found)):
        if amount.kind is not other.kind:
            continue
        if (
            not _OPENS.fullmatch(sentence.text, amount.end, other.start)
            or sentence.text[other.end : other.end + 1] != ")"
        ):
            continue
        is_compound = i > 0 and amount.start - found[i - 1].end <= len(" and ")  # 5ft 10in (1.78m)
        is_money = amount.kind is QuantityKind.MONEY and amount.unit != other.unit
        is_measure = amount.kind is QuantityKind.MEASURE and amount.unit == other.unit != "degree"
        is_point = amount.low == amount.high > 0 and other.low == other.high > 0
        if is_point and (is_money or (is_measure and not is_compound)):
            yield _Conversion(sentence, amount, other)


def _judge_money(conversion: _Conversion) -> Iterator[Finding]:
    band = _band(*conversion.pair)
    if band is None or _is_within(conversion.rate, band):
        return
    thousand = any(_is_within(conversion.rate * scale, band) for scale in (_THOUSAND, 1 / _THOUSAND))
    yield _finding(conversion, (NUM005 if thousand else NUM006).code, "has never been worth that")


def _band(unit: str, other: str) -> tuple[float, float] | None:
    if (unit, other) in _RATES:
        return _RATES[unit, other]
    if (other, unit) in _RATES:
        low, high = _RATES[other, unit]
        return 1 / high, 1 / low
    return None


def _is_within(rate: float, band: tuple[float, float]) -> bool:
    return band[0] * (1 - _BEYOND) <= rate <= band[1] * (1 + _BEYOND)


def _judge_measure(conversion: _Conversion) -> Iterator[Finding]:
    amount, other = conversion.amount, conversion.other
    slack = (amount.step + other.step) / 2 + _MEASURE_OFF * max(amount.low, other.low)
    if abs(amount.low - other.low) > slack:
        yield _finding(conversion, NUM006.code, "is another measure")


def _judge_rates(found: Sequence[_Conversion]) -> Iterator[Finding]:
    """A conversion whose rate is unlike that of all others between the same two currencies."""
    by_pair: defaultdict[tuple[str, str], list[_Conversion]] = defaultdict(list)
    for conversion in found:
        if conversion.amount.kind is QuantityKind.MONEY and conversion.is_fine:
            by_pair[conversion.pair].append(conversion)
    for conversions in by_pair.values():
        usual = median(c.rate for c in conversions)
        if len(conversions) >= _MIN_RATES:
            odd = [c for c in conversions if abs(c.rate / usual - 1) > _OFF]
            if len(odd) == 1:
                yield _finding(odd[0], NUM006.code, "is not converted at the rate of the others")


def _finding(conversion: _Conversion, code: str, why: str) -> Finding:
    text, spec = conversion.sentence.text, NUM005 if code == NUM005.code else NUM006
    amount, other = (text[q.start : q.end] for q in (conversion.amount, conversion.other))
    return spec.finding(
        f"“{amount}” {why}: “{other}”. Check both.",
        *(passage(conversion.sentence, q.start, q.end) for q in (conversion.amount, conversion.other)),
        confidence=0.9,
        severity=Severity.ERROR,
    )


CONVERSIONS = RuleFamily(find=in_english(find_wrong_conversions), specs=())
