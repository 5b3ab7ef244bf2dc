"""What follows from the evidence's own figures is no difference, and nothing else is let pass by that."""

import pytest

from service.compare.differences import find_differences
from service.compare.reckon import reckons
from service.domain.claim import Statement

FOLLOWS = [
    ("Seven people were hurt.", "Three men and four women were hurt."),
    ("Seven of the nine judges agreed.", "All but two of the nine judges agreed."),
    ("Ten schools will close.", "Half of the town's 20 schools will close."),
    ("300 workers will go.", "A third of the 900 workers will go."),
    (
        "The new tower is 138 metres tall.",
        "The new tower is 12 metres shorter than the old, which was 150 metres tall.",
    ),
    ("The treaty took effect in 1999.", "The treaty was signed on 3 March 1998 and took effect a year later."),
    ("She became mayor in 1991.", "She was born in 1950 and became mayor at the age of 41."),
    ("She became mayor in 1992.", "She was born in 1950 and became mayor aged 41."),
    ("It reopened in 2001.", "It closed in 2000 and reopened the following year."),
    ("The law was drafted in 1996.", "The law of 1998 was drafted two years earlier."),
]
DIFFERS = [
    ("Eight people were hurt.", "Three men and four women were hurt."),
    ("Twelve schools will close.", "Half of the town's 20 schools will close."),
    ("The treaty took effect in 2001.", "The treaty was signed in 1998 and took effect a year later."),
    ("She became mayor in 1985.", "She was born in 1950 and became mayor at the age of 41."),
    ("The law was drafted in 2000.", "The law of 1998 was drafted two years earlier."),
]


@pytest.mark.parametrize("claim, evidence", FOLLOWS)
def test_what_follows_from_the_figures_is_no_difference(claim: str, evidence: str) -> None:
    assert reckons(claim, evidence)
    assert not find_differences(Statement(text=claim), Statement(text=evidence))


@pytest.mark.parametrize("claim, evidence", DIFFERS)
def test_what_does_not_follow_is_not_excused(claim: str, evidence: str) -> None:
    assert not reckons(claim, evidence)


def test_a_number_that_is_written_needs_no_reckoning() -> None:
    assert not reckons("Four people were hurt.", "Four people were hurt, and eight fled.")
