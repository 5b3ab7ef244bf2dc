"""The floors see what they are allowed to see, and no more."""

from eval.floors import hypothesis_only, word_overlap
from eval.judges import as_pair
from eval.labelled import Gold

CLAIMS = [f"The {noun} {verb} today." for noun in ("bank", "club", "team", "court") for verb in ("rose", "fell")]
TEXTS = [(claim, claim) for claim in CLAIMS] * 4 + [("Nothing at all.", claim) for claim in CLAIMS] * 4
LABELS = [Gold.ENTAIL] * 32 + [Gold.NEUTRAL] * 16 + [Gold.CONTRADICT] * 16


def test_the_hypothesis_floor_says_the_same_whatever_the_evidence() -> None:
    judge = hypothesis_only(TEXTS, LABELS)
    first, second = judge.judge([as_pair(CLAIMS[0], CLAIMS[0], False), as_pair(CLAIMS[0], "Nothing.", False)])
    assert first == second


def test_the_overlap_floor_supports_what_is_said_word_for_word() -> None:
    judge = word_overlap(TEXTS, LABELS)
    same, other = judge.judge([as_pair(CLAIMS[0], CLAIMS[0], False), as_pair(CLAIMS[0], "Nothing at all.", False)])
    assert same.supports > 0.8 > 0.2 > other.supports
