"""A sentence becomes its quantities, each with what it counts or measures."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import inf

from service.compare import number_grammar as grammar
from service.compare.known_names import COMMON_WORDS
from service.compare.quantities import Quantity, QuantityKind, Values, number, quantity_of, range_of, unit_of, values_of
from service.compare.words import Word, words

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
_GOES_ON = re.compile(r",?\s?(?:and\s)?")
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
    return _joined(text, sorted(found, key=lambda quantity: quantity.start))


def _joined(text: str, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities, where "two hours and 30 minutes" are one."""
    joined: list[Quantity] = []
    for each in found:
        last = joined[-1] if joined else None
        if last is not None and _continues(text, last, each):
            low, high = last.low + each.low, last.high + each.high
            joined[-1] = last.model_copy(update={"low": low, "high": high, "step": each.step, "end": each.end})
        else:
            joined.append(each)
    return tuple(joined)


def _continues(text: str, last: Quantity, each: Quantity) -> bool:
    """Whether a time goes on in a smaller unit: less than one of the larger, right after it."""
    return (
        last.unit == each.unit
        and last.unit in ("months", "seconds")
        and last.low == last.high
        and each.low == each.high
        and 0 < each.low < last.step
        and _GOES_ON.fullmatch(text, last.end, each.start) is not None
    )


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


def _heights(text: str, _: Sequence[Word]) -> Iterator[Quantity]:
    foot, inch = grammar.UNITS["foot"][2], grammar.UNITS["inch"][2]
    for match in grammar.HEIGHT.finditer(text):
        value = float(match["feet"]) * foot + float(match["inches"]) * inch
        yield quantity_of(match, QuantityKind.MEASURE, Values(value, value), inch, "length")


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
    _heights,
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
    if written.isdigit() and before is not None and _is_name(before):
        gap, following = text[before.end : match.start()], text[match.end() : match.end() + 1]
        if gap.isspace():
            return any(map(_is_plural, counted))
        return following != ","  # "Kenteris, 31, ran": an age
    return True


def _is_name(word: Word) -> bool:
    """Whether a word is written as a name, "iPhone" too; the first word of a sentence is where it is no common word."""
    return word.text != word.text.lower() and (word.start > 0 or word.text.lower() not in COMMON_WORDS)


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
