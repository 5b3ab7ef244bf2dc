"""A sheet of claims can be read back, and no cell of it is a formula."""

import csv
import io

import pytest

from service.claims.sheet import COLUMNS, to_csv
from tests.claims.test_claimreview import make_claim


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1＋1"],
)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    sheet = "".join(to_csv([make_claim(text=text, claimant=text)]))
    names, row = csv.reader(io.StringIO(sheet, newline=""))
    assert tuple(names) == COLUMNS
    cells = dict(zip(names, row, strict=True))
    assert cells["claim"] == cells["claimant"] == f"'{text}"


def test_quotes_lines_and_commas_survive() -> None:
    text = 'He said "no", twice.\nThen nothing; ever.'
    (_, row) = csv.reader(io.StringIO("".join(to_csv([make_claim(text=text)])), newline=""))
    assert text in row
    assert "refuted" in row
