"""Pairs made from others carry the label that their words earn."""

import random
from itertools import islice

import pytest

from eval.train.alter import alter
from eval.train.generate import generate
from eval.train.pairs import TrainingPair

PAIRS = [
    TrainingPair(
        "Hugo Blom won 12 races in Ghent in 1998 , before Ada Kern beat him in 2003 .",
        "Hugo Blom won 12 races in Ghent .",
        "entail",
        "vitaminc_train60",
    ),
    TrainingPair("The river Dale is 40 miles long .", "The river Dale is long .", "entail", "vitaminc_train60"),
    TrainingPair("Mona Reyes joined the army in May 1990 .", "Mona Reyes left the army .", "contradict", "fm2_dev"),
]


def test_a_sentence_beside_itself_is_entailed() -> None:
    made = list(islice(generate(PAIRS * 10, seed=1), 500))
    same = [pair.label for pair in made if pair.premise.rstrip(" .") == pair.hypothesis.rstrip(" .")]
    assert len(same) > 20
    assert set(same) == {"entail"}


@pytest.mark.parametrize(
    "text, exchanged",
    [
        ("Ghent beat Bruges.", "Bruges beat Ghent."),
        ("Set up in 1996 it closed in 2006.", "Set up in 2006 it closed in 1996."),
    ],
)
def test_names_and_years_change_places(text: str, exchanged: str) -> None:
    assert exchanged in {alter(text, [], random.Random(seed)) for seed in range(60)}


def test_names_of_a_list_keep_theirs() -> None:
    text = "Ghent and Bruges rose."
    assert "Bruges and Ghent rose." not in {alter(text, [], random.Random(seed)) for seed in range(60)}
