"""Quotation marks hold the stored words, whatever the marks look like."""

import pytest

from service.retrieve.quotes import unfound_quotes
from tests.passages import make_passage

PASSAGE = make_passage('Lavrov said, “Russia’s position is clear and won’t change,” and left for the "summit".')


@pytest.mark.parametrize(
    "sentence",
    [
        'Lavrov said that "Russia\'s position is clear".',
        "Lavrov called Russia's position “clear and won’t change”.",
        "Lavrov: «russia's position is clear»",
        "He left for the ‘summit’.",
        "He left for the 'summit', and Abe's aides didn't.",
        "Nobody is quoted here; it's the ministers' own view.",
    ],
)
def test_real_quotations_are_found(sentence: str) -> None:
    assert unfound_quotes(sentence, [PASSAGE]) == []


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ('Lavrov said: "Russia\'s position is unclear".', "Russia's position is unclear"),
        ("Lavrov said “Russia’s position won’t change”.", "Russia’s position won’t change"),
        ("Lavrov spoke of «peace».", "peace"),
        ("Lavrov spoke of ‘a new war’.", "a new war"),
        ("Lavrov spoke of 'a new war'.", "a new war"),
        ("Lavrov spoke of „a new war“.", "a new war"),
        ("Lavrov spoke of ‚a new war‘.", "a new war"),
        ("Lavrov spoke of »a new war«.", "a new war"),
        ("Lavrov spoke of 「a new war」.", "a new war"),
        ("Lavrov spoke of ＂a new war＂.", "a new war"),
        ('Lavrov said: "a new war is coming.', "a new war is coming."),
    ],
)
def test_changed_and_shortened_quotations_are_not(sentence: str, quote: str) -> None:
    assert unfound_quotes(sentence, [PASSAGE]) == [quote]


def test_a_quotation_may_stand_in_any_of_the_passages() -> None:
    other = make_passage("He spoke of “peace”.")
    assert unfound_quotes("“Peace” and the “summit”", [PASSAGE, other]) == []
