"""The number expressions of a sentence become quantities: the values they allow, what they count, where they stand."""

import re
from collections.abc import Iterable
from enum import StrEnum
from math import inf
from typing import NamedTuple

from text_to_num import text2num  # type: ignore[import-untyped]

from service.domain.base import Frozen


class QuantityKind(StrEnum):
    """What a number is a number of; quantities of different kinds are never compared."""

    PERCENT = "percent"  # and fractions of a whole, in percent
    MONEY = "money"  # unit: the currency
    COUNT = "count"  # of things: see `nouns`
    MEASURE = "measure"  # unit: what it measures; the value is in that dimension's base unit
    MULTIPLE = "multiple"  # doubled, three times as many
    ORDINAL = "ordinal"  # of things: see `nouns`
    RATING = "rating"  # 4.9/10; unit: the top of the scale
    SCORE = "score"  # 3-2; the value is the greater number, unit: the smaller


class Quantity(Frozen):
    """A number as written in `text[start:end]`: any value from `low` to `high`, each end open or closed.

    `step` is what one unit in the last written digit is worth: half of it may be hidden by rounding.
    """

    kind: QuantityKind
    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    exact: bool = True  # False: "about", "nearly", "hundreds of"
    step: float = 0.0
    unit: str = ""
    nouns: tuple[str, ...] = ()  # stems of what is counted, in order
    start: int
    end: int


def _table(rows: str, columns: int = 1) -> dict[str, list[str]]:
    """Rows of `columns` values and the names that share them, divided by bars."""
    cells = [row.split(maxsplit=columns) for row in rows.strip().splitlines()]
    return {name: values for *values, names in cells for name in names.split("|")}


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


_SCALE_ROWS = """
12    dozen|dozens
1e2   hundred|hundreds
1e3   thousand|thousands|k
1e5   lakh|lakhs
1e6   million|millions|m|mn|mln
1e7   crore|crores
1e9   billion|billions|bn
1e12  trillion|trillions|tn
"""
_SIGN_ROWS = """
USD  $|us$|us $|usd
GBP  £|gbp
EUR  €|eur
JPY  ¥|jpy
INR  ₹|rs|rs.|inr
AUD  a$
CAD  c$
"""
# What follows a number and says what it measures: the kind, the dimension, the worth in its base unit, the names.
# A month is no fixed number of days, hence two dimensions of time; tons and pounds are of several kinds.
_UNIT_ROWS = """
percent  -        1                %|percent|per cent|pct|percentage point
money    USD      1                dollar|us dollar
money    EUR      1                euro
money    JPY      1                yen
money    INR      1                rupee
money    RUB      1                rouble|ruble
money    CNY      1                yuan
measure  point    1                point|basis point
measure  pound    1                pound
measure  cent     1                cent
measure  length   0.001            mm|millimetre|millimeter
measure  length   0.01             cm|centimetre|centimeter
measure  length   1                m|metre|meter
measure  length   1000             km|kilometre|kilometer
measure  length   0.0254           inch|inche
measure  length   0.3048           ft|foot|feet
measure  length   0.9144           yard
measure  length   1609.344         mi|mile
measure  area     10000            hectare
measure  area     4046.8564224     acre
measure  area     1000000          square kilometre|square kilometer|sq km|km2|km²
measure  area     2589988.110336   square mile|sq mi
measure  volume   1                litre|liter
measure  barrel   1                barrel
measure  mass     0.001            g|gram|gramme
measure  mass     1                kg|kilo|kilogram
measure  mass     1000             tonne
measure  ton      1                ton
measure  months   1                month
measure  months   12               year
measure  months   120              decade
measure  months   1200             century|centurie
measure  seconds  1                second
measure  seconds  60               minute|min
measure  seconds  3600             hour
measure  seconds  86400            day
measure  seconds  604800           week
measure  mph      1                mph
measure  degree   1                degree
measure  power    1000000          mw|megawatt
measure  power    1000000000       gw|gigawatt
"""
# What stands around a number and says on which side of it the values lie; "~" reaches ABOUT far.
_BOUND_ROWS = """
>   more than|over|above|exceeding|exceeded|greater than|higher than|larger than|longer than|older than|better than
>   in excess of|upwards of|surpassing|surpassed
>=  at least|no fewer than|no less than|not less than|a minimum of
<   less than|fewer than|under|below|lower than|smaller than|shorter than|younger than
<=  up to|at most|no more than|not more than|as many as|as much as|a maximum of
~<  nearly|almost|just under|just short of
~   about|around|roughly|approximately|some|circa|an estimated|estimated|close to|near|just over|~
"""
_TAIL_ROWS = """
>=  or more|or higher|+|plus
<=  or less|or fewer|or lower
~   or so
"""
SCALES = {name: float(worth) for name, (worth,) in _table(_SCALE_ROWS).items()}
SIGNS = {name: currency for name, (currency,) in _table(_SIGN_ROWS).items()}
UNITS = {
    name: (QuantityKind(kind), unit.strip("-"), float(worth))
    for name, (kind, unit, worth) in _table(_UNIT_ROWS, columns=3).items()
}
_LEADS = {name: bound for name, (bound,) in _table(_BOUND_ROWS).items()}
_TAILS = {name: bound for name, (bound,) in _table(_TAIL_ROWS).items()}
BOUNDS = _LEADS | _TAILS
ROUNDING = 0.05  # trailing zeros hide no more than this share of a number: "500" may stand for 512, not for 540
ABOUT = 0.1  # how far "about 45" reaches each way, and "nearly 45" down, as a share of the number

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_FEW = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_TEENS}|{_ONES}|zero)"
_HUNDREDS = rf"(?:(?:{_FEW}|an?(?=\s+hundred\b))(?:[\s-]+hundred(?:\s+(?:and\s+)?{_FEW})?)?)"
_SPELT = (  # exactly what text2num reads, and "half a", "a dozen"
    rf"\b(?:{_HUNDREDS}(?:\s+(?:trillion|billion|million)(?:\s+{_HUNDREDS})?)?"
    rf"(?:[\s-]+thousand(?:\s+(?:and\s+)?{_HUNDREDS})?)?"
    r"|half\s+an?|an?(?=\s+(?:thousand|million|billion|trillion|dozen|decade|century)\b))(?!\w)"
)
_LETTERS = r"(?:k|bn|mn|tn|m(?!\s(?:tall|high|long|wide|deep|away|from|above|below|race)))"  # 1.2m, not 1.83m tall
_SCALE = rf"(?:[\s-]?(?:{_any(s for s in SCALES if len(s) > 2)})|{_LETTERS})\b"
_DIGITS = r"\d{1,3}(?:(?:,\d{2,3}){1,5}|(?:[ \u00a0]\d{3}){1,5}(?!\d))(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?"
SCALE_END = re.compile(rf"{_SCALE}$", re.IGNORECASE)
AGED = re.compile(r"\b(?:aged?|ages)\s(?:of\s)?$", re.IGNORECASE)
SPORT = frozenset("win victori defeat loss draw lead record vote".split())  # noqa: SIM905
VALUE = rf"(?:{_DIGITS}|{_SPELT})(?:\s+and\s+a\s+half)?(?:{_SCALE})?"
_LEAD = rf"(?:(?<![\w-])(?P<lead>{_any(_LEADS)})\s*(?:(?:a\s+)?(?:total\s+of|record)\s+)?)?"
_SIGN = rf"(?:(?<!\w)(?:{_any(SIGNS)})\s?)"
PLAIN = re.compile(
    rf"{_LEAD}(?P<between>\bbetween\s+)?(?P<sign>{_SIGN})?(?<![\w.])(?<!\w-)(?P<value>{VALUE})"
    rf"(?:\s?(?:[-–—]|\bto\b|\bor\b|(?(between)\band\b|(?!)))\s?{_SIGN}?(?P<value2>{VALUE}))?"
    rf"(?:[\s-]?(?P<unit>{_any(UNITS)})(?:s\b|(?!\w)))?(?P<old>[\s-]olds?\b)?"
    rf"(?:\s?(?P<tail>{_any(_TAILS)})(?!\w))?(?!\w|[.,]\d)",
    re.IGNORECASE,
)
VAGUE = re.compile(r"\b(?P<scale>dozens|hundreds|thousands|lakhs|crores|millions|billions)(?=\sof\b)", re.IGNORECASE)
PARTS = {part: n for n, part in enumerate("half third quarter fifth sixth seventh eighth ninth tenth".split(), 2)}  # noqa: SIM905
FRACTION = re.compile(
    rf"{_LEAD}(?:(?P<n>\ban?|\b(?:{_FEW}))[\s-](?P<part>{'|'.join(PARTS)}|halve)s?\b(?=\s+(?:of|more|less|fewer)\b|\s*(?:[.,;]|$))"
    rf"|(?<!first\s)(?<!second\s)(?<!latter\s)(?<!other\s)(?P<half>\bhalf)(?=\s+(?:of|the|its|their|all)\b)"
    rf"|\b(?P<one>{_FEW})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<every>{_FEW})\b)",
    re.IGNORECASE,
)
RATING = re.compile(
    rf"{_LEAD}(?P<value>\d{{1,6}}(?:\.\d{{1,9}})?)(?:\s?/\s?|\s+out\s+of\s+)(?P<top>\d{{1,6}})(?![\w/]|\.\d)",
    re.IGNORECASE,
)
SCORE = re.compile(r"(?<![\w.,-])(?P<a>\d{1,3})\s?[-–]\s?(?P<b>\d{1,3})(?![\w–-]|[.,]\d)")
MULTIPLE = re.compile(
    rf"{_LEAD}(?:\b(?P<word>doubl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|quadrupl(?:e[sd]?|ing)|halv(?:e[sd]?|ing))\b"
    rf"|(?P<twice>\btwice)(?P<as>\s(?:as|the|more)\b)?"
    rf"|(?P<value>{VALUE})(?:[\s-]?fold\b|\stimes(?=\s(?:as|more|larger|higher|bigger|greater|faster|the\ssize)\b)))",
    re.IGNORECASE,
)
FACTORS = {"d": 2.0, "t": 3.0, "q": 4.0, "h": 0.5}  # by first letter: doubled, tripled, quadrupled, halved
NTH = tuple("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())  # noqa: SIM905
ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(NTH)})|(?P<digits>\d{{1,4}})(?:st|nd|rd|th))\b(?![\s-]centur)", re.IGNORECASE
)
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
# Four digits are a year unless a sign, a bound or a unit says otherwise.
YEAR = (
    r"(?<![\d,.$£€¥₹])(?<![$£€¥₹]\s)(?<!\bthan\s)(?<!\bover\s)(?<!\bunder\s)(?<!\bha[ds]\s)(?<!\bhave\s)(?<!\bwere\s)"
    r"(?<!\bare\s)\b(?:1[1-9]|20)\d\d(?!\d|,\d|\.\d)"
    rf"(?!{_SCALE}|\s?(?:%|percent|per\scent|people|km|kilomet|miles?\b|met(?:re|er)s?\b|feet|tonnes?|tons?\b"
    r"|years?\b|votes?\b|points?\b|dollars?\b|euros?\b))"
)
# Digits that measure nothing: dates and times (dates.py reads those), telephone numbers, numbers that name.
OTHER = re.compile(
    rf"\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,?\s*\d{{4}}\b)?(?!\d|,\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:\s*,?\s*\d{{4}}\b)?"
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b"
    r"|\b\d+\s(?:BCE?|AD|CE)\b|\+?\b\d{1,4}(?:[\s.-]\(?\d{2,4}\)?){2,}\b|\b\d+(?:\.\d+){2,}\b|\b[\w.]+@[\w.]+|https?://\S+"
    r"|(?i:\b(?:nos?\.|number|room|article|section|chapter|flight|route|highway|interstate|channel|page|volume"
    r"|episode|season|series|part|phase|formula|week|round|day|game|level|type|world\swar)\s?|#\s?)\d+\b"
    r"|(?i:\b(?:\w+[\s-])?(?:\w+)\s(?:days?|weeks?|months?|years?|decades?)\s(?:ago|earlier|later)\b)"
    rf"|{YEAR}(?:s\b|[-–/]\d\d(?:\d\d)?\b)?"
)
_SCALED = re.compile(rf"(?P<body>.*?)(?P<half>\s+and\s+a\s+half)?(?:[\s-]?(?P<scale>{_any(SCALES)}))?")


def number(written: str) -> tuple[float, float]:
    """The value of a written number and the worth of one unit in its last significant digit."""
    plain = re.sub(r"^an?\b", "one", written.strip().lower())
    try:
        value = float(text2num(plain, "en"))
    except ValueError:
        return _scaled_number(plain)
    return value, _step(plain if plain[0].isdigit() else f"{value:.0f}")


def _scaled_number(plain: str) -> tuple[float, float]:
    match = _SCALED.fullmatch(plain)
    assert match is not None  # noqa: S101 - every part is optional
    body, scale = match["body"], SCALES[match["scale"]] if match["scale"] else 1.0
    if body[0].isdigit():
        value, step = float(re.sub(r"[, \u00a0]", "", body)), _step(body)
    elif body.startswith("half"):
        value, step = 0.5, 0.1
    else:
        value = float(text2num(body, "en"))
        step = _step(f"{value:.0f}")
    if match["half"]:
        value, step = value + 0.5, 0.5
    return value * scale, step * scale


def _step(digits: str) -> float:
    """What one unit in the last digit is worth, as far as rounding may hide it.

    Trailing zeros may be rounding from 100 up, within ROUNDING of the number; those of 20 or 90 are counted.
    """
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    bare = re.sub(r"\D", "", digits)
    if len(bare) < 3:
        return 1.0
    return min(10.0 ** (len(bare) - len(bare.rstrip("0"))), 2 * ROUNDING * float(bare))


class Values(NamedTuple):
    """The values of a quantity, as its fields of the same names."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    exact: bool = True


def values_of(low: float, high: float, mark: str | None) -> Values:
    """The values that a number, or a range, allows once the words beside it are read."""
    bound = BOUNDS[re.sub(r"\s+", " ", mark.lower())] if mark else ""
    if bound.startswith(">"):
        return Values(low, inf, low_open=bound == ">")
    if bound.startswith("<"):
        return Values(-inf, high, high_open=bound == "<")
    if bound == "~<":
        return Values(low * (1 - ABOUT), high, exact=False)
    if bound == "~":
        return Values(low * (1 - ABOUT), high * (1 + ABOUT), exact=False)
    return Values(low, high)


def range_of(first: str, second: str) -> tuple[float, float, float]:
    """Both ends of "3-5 billion" (the scale is said once) and the coarser step."""
    scale = SCALE_END.search(second)
    if scale and not SCALE_END.search(first):
        first += scale.group()
    (low, step), (high, high_step) = number(first), number(second)
    return low, high, max(step, high_step)


def unit_of(text: str, match: re.Match[str]) -> tuple[QuantityKind, str, float]:
    """What a plain number measures: its kind, its unit and the worth of that unit."""
    if match["sign"]:
        return QuantityKind.MONEY, SIGNS[match["sign"].strip().lower()], 1.0
    if match["old"] or AGED.search(text, 0, match.start()):
        return QuantityKind.MEASURE, "age", UNITS[(match["unit"] or "year").lower()][2]
    if match["unit"]:
        return UNITS[re.sub(r"\s+", " ", match["unit"].lower())]
    return QuantityKind.COUNT, "", 1.0


def quantity_of(
    match: re.Match[str],
    kind: QuantityKind,
    values: Values,
    step: float,
    unit: str = "",
    nouns: tuple[str, ...] = (),
) -> Quantity:
    return Quantity(
        kind=kind, **values._asdict(), step=step, unit=unit, nouns=nouns, start=match.start(), end=match.end()
    )
