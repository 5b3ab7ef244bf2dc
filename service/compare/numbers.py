"""Two sentences become the numbers on which they cannot both be right."""

import re
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from service.compare import quantities as grammar
from service.compare.lexicon import related
from service.compare.quantities import Quantity, QuantityKind, Values, number, quantity_of, range_of, unit_of, values_of
from service.compare.words import Word, content_words, words
from service.domain.claim import Difference, DifferenceKind

# ------------------------------------------------------------------ finding

_PLURALS = frozenset(
    """people men women children lives police troops crew staff cattle fish aircraft spacecraft japanese chinese
    portuguese vietnamese englishmen frenchmen irishmen percent""".split()  # noqa: SIM905
)
_ENDS_PHRASE = frozenset(
    """of in on at to for from by with and or but as than that which who is are was were be been has had have the
    a an it its their his her this these those when while after before not will would did does""".split()  # noqa: SIM905
)
_SAME = {"occas": "time", "person": "peopl", "individu": "peopl", "men": "peopl", "women": "peopl"}
_COMPARED = re.compile(r"\b(?:than|above|below|behind|beyond|under|over)\s(?:the\s|its\s|a\s)?$", re.IGNORECASE)
_NO_NUMERAL_AFTER = frozenset("no every any this that each another the which some only".split())  # noqa: SIM905


@lru_cache(maxsize=1024)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order, without overlaps; dates, times, and numbers that name are none."""
    masked = grammar.OTHER.sub(lambda match: "\0" * len(match.group()), text)
    its_words = words(text)
    found: list[Quantity] = []
    for find in _FINDERS:
        for quantity in find(masked, its_words):
            found.append(quantity)
            width = quantity.end - quantity.start
            masked = masked[: quantity.start] + "\0" * width + masked[quantity.end :]
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _ratings(text: str, _: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.RATING.finditer(text):
        value, step = number(match["value"])
        yield quantity_of(match, QuantityKind.RATING, values_of(value, value, match["lead"]), step, match["top"])


def _scores(text: str, its_words: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.SCORE.finditer(text):
        a, b = sorted((float(match["a"]), float(match["b"])))
        next_word = next((w.stem for w in its_words if w.start >= match.end()), "")
        if float(match["a"]) >= float(match["b"]) or next_word in grammar.SPORT:
            yield quantity_of(match, QuantityKind.SCORE, Values(b, b), 0.0, f"{a:g}")


def _fractions(text: str, _: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.FRACTION.finditer(text):
        if match["half"]:
            share = 0.5
        elif match["one"]:
            share = number(match["one"])[0] / number(match["every"])[0]
        else:
            parts = 2 if match["part"].lower() == "halve" else grammar.PARTS[match["part"].lower()]
            share = (1.0 if match["n"].lower() in ("a", "an") else number(match["n"])[0]) / parts
        if share < 1:
            # A fraction is as coarse as two points in a hundred: "a third" stands for 33 and for 34 percent.
            yield quantity_of(match, QuantityKind.PERCENT, values_of(100 * share, 100 * share, match["lead"]), 2.0)


def _multiples(text: str, _: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.MULTIPLE.finditer(text):
        if match["twice"] and not match["as"]:
            yield quantity_of(match, QuantityKind.COUNT, values_of(2, 2, match["lead"]), 1.0, nouns=("time",))
            continue
        if match["word"]:
            value = grammar.FACTORS[match["word"][0].lower()]
        else:
            value = 2.0 if match["twice"] else number(match["value"])[0]
        yield quantity_of(match, QuantityKind.MULTIPLE, values_of(value, value, match["lead"]), 0.0)


def _ordinals(text: str, its_words: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.ORDINAL.finditer(text):
        if _COMPARED.search(text, 0, match.start()):
            continue  # "richer than the third" gives no rank
        value = float(match["digits"] or grammar.NTH.index(match["word"].lower()) + 1)
        counted = _counted(text, match.end(), its_words)
        yield quantity_of(match, QuantityKind.ORDINAL, Values(value, value), 0.0, nouns=_stems(counted))


def _vague(text: str, its_words: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.VAGUE.finditer(text):
        low = grammar.SCALES[match["scale"].lower()]
        counted = _counted(text, match.end() + len(" of"), its_words)
        yield quantity_of(match, QuantityKind.COUNT, Values(low, inf, exact=False), 1.0, nouns=_stems(counted))


def _plain(text: str, its_words: Sequence[Word]) -> Iterator[Quantity]:
    for match in grammar.PLAIN.finditer(text):
        if match["value2"]:
            low, high, step = range_of(match["value"], match["value2"])
            if low >= high:
                continue  # "from 15 to 10" is no range, and no telling which of the two a claim means
        else:
            low, step = number(match["value"])
            high = low
        kind, unit, worth = unit_of(text, match)
        counted = _counted(text, match.end(), its_words) if kind is QuantityKind.COUNT else ()
        if kind is QuantityKind.COUNT and not _counts(text, match, counted, its_words):
            continue
        mark = match["lead"] or match["tail"]
        values = values_of(low * worth, high * worth, mark)
        if mark and mark.lower() == "over" and unit in ("months", "seconds"):
            values = values._replace(low_open=False)  # "over five years" may mean during five years
        yield quantity_of(match, kind, values, step * worth, unit, _stems(counted))


_FINDERS: tuple[Callable[[str, Sequence[Word]], Iterator[Quantity]], ...] = (
    _ratings,
    _scores,
    _fractions,
    _multiples,
    _ordinals,
    _vague,
    _plain,
)


def _counts(text: str, match: re.Match[str], counted: Sequence[Word], its_words: Sequence[Word]) -> bool:
    """Whether a number without a unit counts something: "one" as a pronoun and "Toy Story 2" do not."""
    if match["lead"] or match["value2"] or match["tail"]:
        return True
    written = match["value"].lower()
    before = next((w for w in reversed(its_words) if w.end <= match.start()), None)
    if written == "one":
        return bool(counted) and (before is None or before.text.lower() not in _NO_NUMERAL_AFTER)
    if re.fullmatch(r"half\s+an?", written):
        return False
    if written[0].isalpha() and match["value"][0].isupper():
        return before is None
    if written.isdigit() and before is not None and before.start > 0 and before.text[0].isupper():
        return text[before.end : match.start()].isspace() and any(map(_is_plural, counted))
    return True


def _counted(text: str, start: int, its_words: Sequence[Word]) -> tuple[Word, ...]:
    """The phrase that begins at `start`, to its first plural: "new COVID-19 cases"."""
    phrase: list[Word] = []
    at = start
    for word in its_words:
        if word.start < start:
            continue
        gap = text[at : word.start]
        if gap.strip(" -") or len(phrase) == 4 or word.text.lower() in _ENDS_PHRASE:
            break
        phrase.append(word)
        at = word.end
        if _is_plural(word):
            break
    return tuple(phrase)


def _stems(counted: Sequence[Word]) -> tuple[str, ...]:
    return tuple(_SAME.get(word.stem, word.stem) for word in counted)


def _is_plural(word: Word) -> bool:
    text = word.text.lower()
    return text in _PLURALS or (len(text) > 3 and text.endswith("s") and text[-2] not in "sui")


# ---------------------------------------------------------------- comparing

# Chosen on the tuning part of evidence_claims (python -m eval.tasks.differences). A least overlap of 0.2 catches
# 1.8 points more of the contradictions and raises 1.0 more of the neutral pairs; at a rival share of 0.6 both fall
# by 0.2 and 0.0.
_LEAST_OVERLAP = 0.3  # of the claim's words near the number, said near the other number
_LEAST_OVERLAP_UNNAMED = 0.5  # where nothing shows that both count the same thing
_RIVAL = 0.7  # a number that fits excuses the claim unless it is this much worse placed


def compare_numbers(claim: str, evidence: str) -> list[Difference]:
    """The claim's quantities whose values cannot hold if the evidence is right.

    Each is compared with the evidence's quantity of the same kind and unit, and of the same things, whose
    surroundings it shares most; a quantity of which the evidence says nothing gives no difference.
    """
    stated = find_quantities(evidence)
    if not stated:
        return []
    differences = []
    for quantity in find_quantities(claim):
        rival = _contradicting(claim, quantity, evidence, stated)
        if rival is not None:
            differences.append(_difference(claim, quantity, evidence, rival))
    return differences


def _contradicting(claim: str, quantity: Quantity, evidence: str, stated: Sequence[Quantity]) -> Quantity | None:
    alike = [other for other in stated if is_comparable(quantity, other)]
    if not alike:
        return None
    here = nearby(claim, quantity.start, quantity.end)
    scores = [overlap(here, nearby(evidence, other.start, other.end)) for other in alike]
    best = max(scores)
    rival = alike[scores.index(best)]
    named = quantity.kind is not QuantityKind.COUNT or (quantity.nouns and rival.nouns)
    if best < (_LEAST_OVERLAP if named else _LEAST_OVERLAP_UNNAMED):
        return None
    near = (other for score, other in zip(scores, alike, strict=True) if score >= _RIVAL * best)
    return None if any(is_compatible(quantity, other) for other in near) else rival


def is_comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be of the same thing, as far as kind, unit and counted words tell."""
    if a.kind is not b.kind or (a.unit != b.unit and a.kind is not QuantityKind.SCORE):
        return False
    if a.kind is QuantityKind.COUNT and (a.step < 1) != (b.step < 1):
        return False  # an average is no count
    if a.kind is QuantityKind.ORDINAL or (a.nouns and b.nouns):
        return bool(set(a.nouns) & set(b.nouns))
    return True


def is_compatible(a: Quantity, b: Quantity) -> bool:
    """Whether one value can satisfy both quantities, granting the rounding of their written digits."""
    if a.kind is QuantityKind.SCORE and a.unit != b.unit:
        return False
    if a.low == a.high and b.low == b.high:
        slack = max(a.step, b.step) / 2
        return abs(a.low - b.low) <= slack + 1e-9
    low, high = max(a.low, b.low), min(a.high, b.high)
    if low != high:
        return low < high
    return not any((q.low == low and q.low_open) or (q.high == high and q.high_open) for q in (a, b))


def _difference(claim: str, quantity: Quantity, evidence: str, other: Quantity) -> Difference:
    claim_text = claim[quantity.start : quantity.end]
    evidence_text = evidence[other.start : other.end]
    return Difference(
        kind=DifferenceKind.NUMBER,
        claim_text=claim_text,
        claim_start=quantity.start,
        claim_end=quantity.end,
        evidence_text=evidence_text,
        evidence_start=other.start,
        evidence_end=other.end,
        correction=_fitting(claim_text, quantity, evidence_text),
    )


def _fitting(claim_text: str, quantity: Quantity, evidence_text: str) -> str | None:
    """The evidence's words in the form that the claim's sentence needs, if that is plain."""
    if claim_text.lower() == "twice":
        return f"{evidence_text} times"
    if evidence_text.lower() == "twice":
        return "two"
    if quantity.kind is QuantityKind.MULTIPLE and claim_text[-2:] != evidence_text[-2:]:
        return None  # "doubled" for "three times"
    if quantity.kind is QuantityKind.MEASURE and ("-" in claim_text) != ("-" in evidence_text):
        return None  # "a 10-mile walk" for "walked 5 miles"
    return evidence_text


# ------------------------------------------------------------- surroundings

_CLAUSE = re.compile(
    r"[,;:()]|\s[-–—]+\s|[.?!](?=\s)|\band\b(?!\s[A-Z])"  # "Japan and Russia" is no new clause
    r"|\b(?:but|or|while|whereas|that|which|who|although|though|despite|after|before|when|than|with)\b"
)
_NEXT = 2  # so many content words on either side of a number say most of what it is
_FARTHER = 0.5  # what the other words of its clause count for beside those
_REPORTING = frozenset({"say", "tell", "announc", "report", "accord"})
_REPORTED = 0.25  # what a reporting verb counts for: everything is said by someone
_CLOSE = 0.5  # weight from which on a name says whose number it is
_FADE = 0.5  # what a word still counts for with each clause boundary between


class Surroundings(NamedTuple):
    """The content stems around a place in a sentence, with weights in (0, 1], and those of names close by."""

    weights: dict[str, float]
    names: frozenset[str]


def nearby(text: str, start: int, end: int) -> Surroundings:
    """What stands around `text[start:end]`: a stem weighs less the farther off, and with each clause between."""
    all_words, places = _layout(text)
    before = [word for word in reversed(all_words) if word.end <= start]
    after = [word for word in all_words if word.start >= end]
    weights: dict[str, float] = {}
    names: set[str] = set()
    for side, edge in ((before, start), (after, end)):
        place, distance, in_name = bisect_left(places, edge), 0, False
        for word in side:
            is_name = word.text[0].isupper()
            distance += not (is_name and in_name)  # "Russian President Vladimir Putin" is one step away
            in_name = is_name
            crossed = abs(bisect(places, word.start) - place)
            weight = (1.0 if distance <= _NEXT else _FARTHER) * _FADE**crossed
            weight *= _REPORTED if word.stem in _REPORTING else 1.0
            weights[word.stem] = max(weight, weights.get(word.stem, 0.0))
            if is_name and word.start > 0 and weight >= _CLOSE:
                names.add(word.stem)
    return Surroundings(weights, frozenset(names))


def overlap(claim: Surroundings, evidence: Surroundings) -> float:
    """The weighted share of the claim's surroundings that the evidence's have too, in [0, 1].

    Nothing is shared where both name someone or something close by, and not one name is the same.
    """
    if claim.names and evidence.names and not any(_said(name, evidence.weights) for name in claim.names):
        return 0.0
    total = sum(claim.weights.values())
    shared = sum(min(weight, _said(stem, evidence.weights)) for stem, weight in claim.weights.items())
    return shared / total if total else 0.0


def _said(stem: str, evidence: dict[str, float]) -> float:
    if stem in evidence:
        return evidence[stem]
    return max((evidence[kin] for kin in related(stem) & evidence.keys()), default=0.0)


@lru_cache(maxsize=4096)
def _layout(text: str) -> tuple[tuple[Word, ...], tuple[int, ...]]:
    return content_words(text), tuple(match.start() for match in _CLAUSE.finditer(text))
