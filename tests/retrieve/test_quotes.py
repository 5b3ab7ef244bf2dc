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
        "He left for the ``summit''.",
        "He left for the `summit`.",
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
        ("Lavrov spoke of ``a new war''.", "a new war"),
        ("Lavrov spoke of `a new war`.", "a new war"),
        ("Lavrov: “Russia’s … clear”.", "Russia’s … clear"),
        ("Lavrov: “my position won’t change and left”.", "my position won’t change and left"),
        ("Lavrov said that it “won’t change and left”.", "won’t change and left"),
    ],
)
def test_changed_and_shortened_quotations_are_not(sentence: str, quote: str) -> None:
    assert unfound_quotes(sentence, [PASSAGE]) == [quote]


@pytest.mark.parametrize("quote", ["€38 million", "38 million", "38% million", "$38 m"])
def test_a_quoted_sum_keeps_its_sign(quote: str) -> None:
    passage = make_passage("The repairs cost $38 million.")
    assert unfound_quotes("They cost “$38 million”.", [passage]) == []
    assert unfound_quotes(f"They cost “{quote}”.", [passage]) == ([] if quote == "38 million" else [quote])


def test_a_quotation_may_stand_in_any_of_the_passages() -> None:
    other = make_passage("He spoke of “peace”.")
    assert unfound_quotes("“Peace” and the “summit”", [PASSAGE, other]) == []
