"""The ways in which English writes a number become patterns, with the words that scale, bound and measure it."""

import re
from collections.abc import Iterable, Sequence

from service.compare.lists import sections


def _names(rows: Sequence[str], columns: int = 1) -> dict[str, list[str]]:
    """Rows of `columns` values and the names that share them, divided by bars."""
    cells = [row.split(maxsplit=columns) for row in rows]
    return {name: values for *values, names in cells for name in names.split("|")}


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


_WORDS = sections("number_words.txt")
SCALES = {name: float(worth) for name, (worth,) in _names(_WORDS["scales"]).items()}
SIGNS = {name: currency for name, (currency,) in _names(_WORDS["signs"]).items()}
UNITS = {
    name: (kind, unit.strip("-"), float(worth))
    for name, (kind, unit, worth) in _names(_WORDS["units"], columns=3).items()
}
"""Each unit with its kind (a QuantityKind), its dimension and its worth in the dimension's base unit."""
_LEADS = {name: bound for name, (bound,) in _names(_WORDS["leads"]).items()}
_TAILS = {name: bound for name, (bound,) in _names(_WORDS["tails"]).items()}
BOUNDS = _LEADS | _TAILS

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
_LETTERS = (  # 1.2m, not 1.83m tall, nor a 100m sprint
    r"(?:k|bn|mn|tn|m(?![\s-](?:tall|high|long|wide|deep|thick|away|from|above|below|race|sprint|dash|hurdles|relay|walk"
    r"|freestyle|backstroke|breaststroke|butterfly|medley|steeplechase|pool)\b))"
)
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
HEIGHT = re.compile(  # 5ft 10in, 5 feet 10 inches, 5'10"
    r"(?<![\w.,])(?P<feet>\d)\s?(?:ft|feet|foot|['’′])[\s-]?(?P<inches>\d|1[01])(?:[\s-]?(?:inches|inch|ins?\b|[\"”″]))(?!\w)",
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
# What looks like a measure and is a name: mobile networks, screens, aircraft, and dates and odds that look like ratings.
_NAMES = (
    r"\b[1-6]G\b|\b[1-6]g(?=[\s-](?:masts?|networks?|towers?|phones?|signals?|technology|coverage|spectrum|licen[cs]es?)\b)"
    r"|\b[248][Kk](?=[\s-](?:UHD|TVs?|televisions?|videos?|screens?|displays?|resolution|films?|footage|cameras?|monitors?)\b)"
    r"|(?<![\d/])(?:9/11|24/7|50/50)(?![\d/])|(?<![\d/])7/7(?=\s(?:attack|bomb))|(?<![\d/])20/20(?=\svision)"
    r"|(?i:\bcovid[\s-]19\b)|\b401\s?\(?k\b\)?|\bP5\+1\b|\bGroup of (?:7|8|20|77|Seven|Eight|Twenty)\b"
    r"|\b(?:Boeing|Airbus|Embraer|Tupolev|Ilyushin|Antonov|Windows)\s\d{1,3}(?:-\d{1,3})?\b"
)
# Digits that measure nothing: dates and times (date_forms.py reads those), telephone numbers, numbers that name.
OTHER = re.compile(
    rf"{_NAMES}|"
    rf"\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,?\s*\d{{4}}\b)?(?!\d|,\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:\s*,?\s*\d{{4}}\b)?"
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b"
    r"|\b\d+\s(?:BCE?|AD|CE)\b|\+?\b\d{1,4}(?:[\s.-]\(?\d{2,4}\)?){2,}\b|\b\d+(?:\.\d+){2,}\b|\b[\w.]+@[\w.]+|https?://\S+"
    r"|(?i:\b(?:nos?\.|number|room|article|section|chapter|flight|route|highway|interstate|channel|page|volume"
    r"|episode|season|series|part|phase|formula|week|round|day|game|level|type|world\swar)\s?|#\s?)\d+\b"
    rf"|(?i:\b(?:an?|several|few|many|some|{_HUNDREDS}|\d[\d,.]*|hundreds\sof|thousands\sof)(?:\sand\sa\shalf)?"
    r"[\s-](?:days?|weeks?|months?|years?|decades?)\s(?:ago|earlier|later)\b)"
    rf"|{YEAR}(?:s\b|[-–/]\d\d(?:\d\d)?\b)?"
)
SCALED = re.compile(rf"(?P<body>.*?)(?P<half>\s+and\s+a\s+half)?(?:[\s-]?(?P<scale>{_any(SCALES)}))?")
