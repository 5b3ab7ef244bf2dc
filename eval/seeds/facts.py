"""A kind of error becomes the facts of its template: drawn values that agree, and the same with one that does not."""

import random
from collections.abc import Callable
from datetime import date, timedelta

_PERSONS = [
    "Alan Marsh",
    "Ruth Tanner",
    "Hugo Lindqvist",
    "Mina Okafor",
    "Peter Halloran",
    "Clara Winslow",
    "Omar Haddad",
    "Ingrid Solberg",
    "Tom Ferrars",
    "Joan Pemberton",
    "David Brightwell",
    "Lucia Moretti",
]
_PLACES = [
    "Norwich",
    "Leipzig",
    "Tampa",
    "Ghent",
    "Bergen",
    "Tucson",
    "Porto",
    "Carlisle",
    "Malmo",
    "Perth",
    "Denver",
    "Cork",
]
_THINGS = ["bicycles", "cars", "tractors", "computers"]
_OFFICES = [
    "Foreign Minister",
    "Finance Minister",
    "Prime Minister",
    "Defence Minister",
    "Interior Minister",
    "Health Minister",
    "Trade Minister",
    "Justice Minister",
    "President",
    "Mayor",
]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

Facts = dict[str, str]


def _common(rng: random.Random) -> Facts:
    person, person2 = rng.sample(_PERSONS, 2)
    place, place2, place3 = rng.sample(_PLACES, 3)
    return {
        "person": person, "surname": person.split()[1], "person2": person2, "things": rng.choice(_THINGS),
        "place": place, "place2": place2, "place3": place3,
        "day": str(rng.randint(5, 20)), "month": rng.choice(_MONTHS), "year": str(rng.randint(2001, 2004)),
    }  # fmt: skip


def _number(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    n = rng.choice((rng.randint(12, 99), rng.randint(101, 999), rng.randint(1_001, 60_000)))
    more = n + rng.randint(2, 9)
    more += more % 10 == 0  # 240 may well be 237, rounded
    other = rng.choice((more, n * 10, max(2, n - n // 3), int(_swapped(str(n), rng))))
    return _changed(_common(rng), n=(f"{n:,}", f"{other:,}"))


def _swapped(digits: str, rng: random.Random) -> str:
    """Two unequal neighbouring digits change places, or the last digit changes where there are none."""
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and digits[i + 1] != "0"]
    if not places:
        return digits[:-1] + str((int(digits[-1]) + 5) % 10)
    i = rng.choice(places)
    return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def _share(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    total = rng.randint(4, 40) * 20
    share = rng.randint(6, 90) // 5 * 5
    off = share + rng.choice((-1, 1)) * rng.choice((5, 10, 15, 20)) if share > 25 else share + rng.choice((5, 10, 20))
    return _changed(_common(rng), n=f"{total * share // 100}", total=f"{total}", share=(f"{share}", f"{off}"))


def _parts(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    a, b, c = (rng.randint(11, 80) for _ in range(3))
    off = rng.choice((-9, -6, 7, 12))
    pa, pb = rng.randint(31, 50), rng.randint(15, 34)
    return _changed(
        _common(rng),
        a=f"{a}",
        b=f"{b}",
        c=(f"{c}", f"{c + off}"),
        total=(f"{a + b + c}", f"{a + b + c + off}"),
        pa=f"{pa}",
        pb=f"{pb}",
        pc=(f"{100 - pa - pb}", f"{100 - pa - pb + rng.randint(8, 20)}"),
    )


def _change(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    old, percent = rng.randint(10, 45) * 20, rng.choice((10, 15, 20, 25, 30, 40))
    rises = rng.random() < 0.5
    new = old * (100 + (percent if rises else -percent)) // 100
    words = (("rose", "fell"), ("up", "down"), ("increased", "dropped"), ("climbed", "slipped"))
    rose, up = rng.choice((words[0], *words[2:])), words[1]
    way = 0 if rises else 1
    off = percent + rng.choice((-6, 7, 12, 35))
    return _changed(
        _common(rng),
        old=f"{old}",
        new=f"{new}",
        rose=(rose[way], rose[1 - way]),
        up=(up[way], up[1 - way]),
        change=(f"{percent}", f"{off}"),
    )


def _scale(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    scales = [("million", "billion"), ("billion", "million")]
    right, wrong = rng.choice(scales)
    short = {"million": "m", "billion": "bn"}
    n = rng.choice((f"{rng.randint(2, 90)}", f"{rng.randint(11, 99) / 10:.1f}"))
    return _changed(_common(rng), n=n, million=(right, wrong), m=(short[right], short[wrong]))


def _unit(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    n = rng.randint(3, 60)
    km = round(n * 1.609344)
    return _changed(
        _common(rng),
        n=f"{n}",
        miles=("miles", rng.choice(("kilometres", "km", "metres"))),
        tonnes=("tonnes", rng.choice(("kilograms", "pounds"))),
        weeks=("weeks", rng.choice(("months", "days"))),
        km=(f"{km}", f"{rng.choice((round(n / 1.609344), km + 11, km * 10))}"),
    )


def _weekday(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    day = date(2001, 1, 1) + timedelta(days=rng.randrange(1400))
    day = day.replace(day=rng.randint(4, 20))
    weekday = day.weekday()
    return _changed(
        _common(rng),
        day=f"{day.day}",
        month=_MONTHS[day.month - 1],
        year=f"{day.year}",
        weekday=(_WEEKDAYS[weekday], _WEEKDAYS[(weekday + rng.randint(1, 6)) % 7]),
    )


def _interval(rng: random.Random, dated: date) -> tuple[Facts, Facts]:
    gap, span, start = rng.randint(4, 40), rng.randint(4, 30), rng.randint(1930, 1970)
    off = rng.choice((-3, 3, 5, 8, 10))
    return _changed(
        _common(rng),
        past=f"{dated.year - gap}",
        gap=(f"{gap}", f"{gap + abs(off)}"),
        from_year=f"{start}",
        to_year=f"{start + span}",
        span=(f"{span}", f"{span + off if span + off > 1 else span + 5}"),
    )


def _age(rng: random.Random, dated: date) -> tuple[Facts, Facts]:
    age = rng.randint(18, 80)
    off = rng.choice((-7, -4, -3, 3, 4, 10))
    return _changed(_common(rng), age=(f"{age}", f"{age + off}"), born=f"{dated.year - age}")


def _future(rng: random.Random, dated: date) -> tuple[Facts, Facts]:
    return _changed(_common(rng), future=(f"{dated.year - 1}", f"{dated.year + rng.randint(1, 9)}"))


def _order(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    start, span, day = rng.randint(1900, 1970), rng.randint(3, 30), rng.randint(12, 17)
    return _changed(
        _common(rng) | {"day": f"{day}"},
        from_year=f"{start}",
        to_year=(f"{start + span}", f"{start - span}"),
        later=(f"{day + rng.randint(2, 9)}", f"{day - rng.randint(2, 9)}"),
    )


def _two_dates(rng: random.Random, dated: date) -> tuple[Facts, Facts]:
    facts, past = _common(rng), dated.year - rng.randint(3, 40)
    month = _MONTHS[(_MONTHS.index(facts["month"]) + rng.randint(1, 10)) % 12]
    day = f"{int(facts['day']) + rng.choice((-4, -2, 3, 7))}"
    return _changed(
        facts,
        past=(f"{past}", f"{past + rng.choice((-9, -1, 2, 10))}"),
        month=(facts["month"], month),
        day=(facts["day"], day),
    )


def _roles(rng: random.Random, _: date) -> tuple[Facts, Facts]:
    office, other = rng.sample(_OFFICES, 2)
    facts = _common(rng)
    return _changed(
        facts,
        office=office,
        office_small=office.lower(),
        office2=(office, other),
        office2_small=(office.lower(), other.lower()),
        person2=(facts["person"], facts["person2"]),
    )


def _changed(facts: Facts, **values: str | tuple[str, str]) -> tuple[Facts, Facts]:
    """The facts with values that are right and wrong, or the same both times."""
    pairs = {slot: value if isinstance(value, tuple) else (value, value) for slot, value in values.items()}
    return facts | {s: v[0] for s, v in pairs.items()}, facts | {s: v[1] for s, v in pairs.items()}


FACTS: dict[str, Callable[[random.Random, date], tuple[Facts, Facts]]] = {
    "NUM001": _number,
    "NUM002": _share,
    "NUM003": _parts,
    "NUM004": _change,
    "NUM005": _scale,
    "NUM006": _unit,
    "DAT001": _weekday,
    "DAT002": _interval,
    "DAT003": _age,
    "DAT004": _future,
    "DAT005": _order,
    "DAT006": _two_dates,
    "ROL001": _roles,
    "ROL002": _roles,
}
