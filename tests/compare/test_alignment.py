"""An alignment says how much of a claim a sentence says, what is missing, and whether two names changed sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.compare.alignment import Alignment, align


def lay(claim: str, sentence: str, before: str = "", after: str = "") -> Alignment:
    window = f"{before}{sentence}{after}"
    return align(claim, window, len(before), len(before) + len(sentence))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Peeters opened the bridge.", "On Monday Peeters opened the new bridge."),
        ("The bridge was opened by Peeters.", "Peeters opened the bridge."),
        ("Abe has met Putin 5 times.", "Abe has met Putin five times."),
        ("Erdogan spoke.", "Erdoğan spoke."),
    ],
)
def test_a_sentence_that_says_it_all_covers_it_all(claim: str, sentence: str) -> None:
    alignment = lay(claim, sentence)
    assert alignment.coverage == pytest.approx(1.0)
    assert (alignment.missing, alignment.swapped) == ((), False)


def test_what_the_sentence_does_not_say_is_listed() -> None:
    alignment = lay("Peeters opened the bridge in Ghent.", "Peeters opened the bridge.")
    assert alignment.missing == ("Ghent",)
    assert 0.5 < alignment.coverage < 0.8


def test_a_name_weighs_more_than_a_word() -> None:
    without_name = lay("Peeters opened bridges.", "She opened bridges.")
    without_word = lay("Peeters opened bridges.", "Peeters crossed bridges.")
    assert without_name.coverage < without_word.coverage


def test_another_number_is_missing() -> None:
    assert "seven" in lay("Abe has met Putin seven times.", "Abe has met Putin five times.").missing


def test_a_difference_that_is_known_is_left_out() -> None:
    claim = "Abe has met Putin seven times."
    sentence = "Abe has met Putin five times."
    at = claim.index("seven")
    assert align(claim, sentence, 0, len(sentence), skip=[(at, at + 5)]).missing == ()


def test_a_pronoun_stands_for_a_name_next_door_and_counts_for_less() -> None:
    alignment = lay("Peeters opened the bridge.", "She opened the bridge.", before="Ann Peeters came. ")
    assert alignment.missing == ()
    assert alignment.coverage < 1.0
    alone = lay("Peeters opened the bridge.", "Workers opened the bridge.", before="Ann Peeters came. ")
    assert "Peeters" in alone.missing


@pytest.mark.parametrize(
    ("claim", "sentence", "swapped"),
    [
        ("Russia invaded Georgia.", "Georgia invaded Russia.", True),
        ("Russia was invaded by Georgia.", "Russia invaded Georgia.", True),
        ("Georgia was invaded by Russia.", "Russia invaded Georgia.", False),
        ("Putin met Abe.", "Abe met Putin.", False),
    ],
)
def test_who_did_it_to_whom_is_told_unless_it_is_mutual(claim: str, sentence: str, swapped: bool) -> None:
    assert lay(claim, sentence).swapped is swapped


@given(claim=st.text(max_size=80), window=st.text(max_size=120), start=st.integers(0, 120), end=st.integers(0, 120))
def test_any_texts_and_spans_give_a_share(claim: str, window: str, start: int, end: int) -> None:
    assert 0.0 <= align(claim, window, start, end).coverage <= 1.0
