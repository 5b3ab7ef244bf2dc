"""Rankings are fused by reciprocal rank; only sentences that say the same are merged."""

import pytest

from service.retrieve.search import fuse, merge_duplicates
from tests.passages import make_passage


def test_a_sentence_that_two_searches_find_beats_one_that_a_single_search_puts_first() -> None:
    scores = fuse([["a", "b"], ["b", "c"]])
    assert max(scores, key=lambda key: scores[key]) == "b"
    assert set(scores) == {"a", "b", "c"}


def test_a_repeated_sentence_is_merged_and_its_id_is_kept() -> None:
    first = make_passage("Oil imports from Russia rose in 2013.", number=1)
    again = make_passage("Oil imports from Russia rose in 2013", number=2, article="b")
    (merged,) = merge_duplicates([first, again])
    assert merged.sentence_id == first.sentence_id
    assert merged.duplicates == (again.sentence_id,)


@pytest.mark.parametrize(
    "other",
    [
        "Abe has met Putin seven times since he returned to power in Tokyo.",
        "Abe has met Obama five times since he returned to power in Tokyo.",
        "Abe has not met Putin five times since he returned to power in Tokyo.",
    ],
)
def test_sentences_that_differ_in_what_matters_both_stay(other: str) -> None:
    first = make_passage("Abe has met Putin five times since he returned to power in Tokyo.", number=1)
    assert len(merge_duplicates([first, make_passage(other, number=2)])) == 2
