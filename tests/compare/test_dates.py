"""Dates: what a sentence's dates can mean, and which dates of a claim the evidence rules out."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.compare.date_finder import find_dates
from service.compare.date_spans import Precision, is_possible
from service.compare.dates import compare_dates
from service.domain.claim import DifferenceKind, Statement

DATED = date(2014, 3, 4)  # a Tuesday, and the day of every statement that gives no other
CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
]


def statement(case: dict[str, Any], side: str) -> Statement:
    dated = case.get(f"{side}_dated", DATED.isoformat())
    return Statement(text=str(case[side]), dated=date.fromisoformat(dated) if dated else None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['claim']} | {case['evidence']}"[:90])
def test_a_date_is_a_difference_only_where_both_cannot_hold(case: dict[str, Any]) -> None:
    claim, evidence = statement(case, "claim"), statement(case, "evidence")
    found = compare_dates(claim, evidence)
    assert [[d.claim_text, d.evidence_text, d.correction] for d in found] == case["differences"]
    for difference in found:
        assert difference.kind is DifferenceKind.DATE
        assert claim.text[difference.claim_start : difference.claim_end] == difference.claim_text
        assert evidence.text[difference.evidence_start : difference.evidence_end] == difference.evidence_text


@pytest.mark.parametrize(
    ("text", "written", "precision", "first", "last"),
    [
        ("on March 4, 2014", "March 4, 2014", Precision.DAY, "2014-03-04", "2014-03-04"),
        ("on Tuesday, 4 March", "Tuesday, 4 March", Precision.DAY, "2014-03-04", "2014-03-04"),
        ("on 2013-12-31", "2013-12-31", Precision.DAY, "2013-12-31", "2013-12-31"),
        ("in December 2012", "December 2012", Precision.MONTH, "2012-12-01", "2012-12-31"),
        ("in April last year", "April last year", Precision.MONTH, "2013-04-01", "2013-04-30"),
        ("last December", "last December", Precision.MONTH, "2013-12-01", "2013-12-31"),
        ("last April", "last April", Precision.MONTH, "2013-04-01", "2013-04-30"),
        ("next January", "next January", Precision.MONTH, "2015-01-01", "2015-01-31"),
        ("next May", "next May", Precision.MONTH, "2014-05-01", "2014-05-31"),
        ("last month", "last month", Precision.MONTH, "2014-02-01", "2014-02-28"),
        ("next year", "next year", Precision.YEAR, "2015-01-01", "2015-12-31"),
        ("this week", "this week", Precision.WEEK, "2014-03-03", "2014-03-09"),
        ("in the third quarter of 2013", "third quarter of 2013", Precision.QUARTER, "2013-07-01", "2013-09-30"),
        ("this spring", "this spring", Precision.SEASON, "2014-03-01", "2014-05-31"),
        ("in winter 2013", "winter 2013", Precision.SEASON, "2013-12-01", "2014-02-28"),
        ("in 2013", "2013", Precision.YEAR, "2013-01-01", "2013-12-31"),
        ("in the 1980s", "1980s", Precision.DECADE, "1980-01-01", "1989-12-31"),
        ("in the 19th century", "19th century", Precision.CENTURY, "1800-01-01", "1899-12-31"),
        ("on Monday", "Monday", Precision.DAY, "2014-03-03", "2014-03-03"),
        ("on Tuesday", "Tuesday", Precision.DAY, "2014-03-04", "2014-03-04"),
        ("last Tuesday", "last Tuesday", Precision.DAY, "2014-02-25", "2014-02-25"),
        ("next Tuesday", "next Tuesday", Precision.DAY, "2014-03-11", "2014-03-11"),
        ("yesterday", "yesterday", Precision.DAY, "2014-03-03", "2014-03-03"),
        ("three days ago", "three days ago", Precision.DAY, "2014-03-01", "2014-03-01"),
        ("between 2010 and 2012", "2010 and 2012", Precision.RANGE, "2010-01-01", "2012-12-31"),
        ("from 4 March to 29 April 2020", "4 March to 29 April 2020", Precision.RANGE, "2020-03-04", "2020-04-29"),
        ("before 2012", "before 2012", Precision.YEAR, "0001-01-01", "2011-12-31"),
        ("after 4 March 2012", "after 4 March 2012", Precision.DAY, "2012-03-05", "9999-12-31"),
        ("until May 2012", "until May 2012", Precision.MONTH, "0001-01-01", "2012-05-31"),
    ],
)
def test_a_date_names_the_days_that_it_can_mean(
    text: str, written: str, precision: Precision, first: str, last: str
) -> None:
    (span,) = find_dates(text, DATED)
    assert text[span.start : span.end] == written
    assert (span.precision, str(span.first), str(span.last)) == (precision, first, last)


@pytest.mark.parametrize("text", ["He may march on.", "31 April 2014", "more than 2000 people", "$1999", "12 percent"])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text, DATED) == ()


@pytest.mark.parametrize("text", ["last month", "15 months ago", "yesterday", "on Monday", "on 4 March"])
def test_a_date_counted_from_an_unknown_day_has_no_days(text: str) -> None:
    (span,) = find_dates(text, None)
    assert span.first is None
    assert span.last is None


def test_15_months_ago_holds_december_2012() -> None:
    (ago,) = find_dates("since returning to power 15 months ago", DATED)
    (december,) = find_dates("in December 2012", DATED)
    assert is_possible(ago, december)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    for written in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        (span,) = find_dates(f"It was signed on {written}.", None)
        assert (span.first, span.last) == (day, day)


@given(st.text(max_size=60), st.dates())
def test_any_text_on_any_day_is_read_without_error(text: str, dated: date) -> None:
    find_dates(text, dated)
    find_dates("yesterday, 900 years ago, next week, last December, in the autumn, before 4 March", dated)
