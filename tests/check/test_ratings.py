"""A sentence that repeats a claim to rate it is no evidence; one that reports a rating is."""

import pytest

from service.backends.local.rules import RulesJudge
from service.check.chain import examine
from service.check.ratings import only_rates
from service.check.weigh import weigh
from service.domain.verdict import Label
from tests.passages import make_passage

CLAIM = "About 21,000 drivers cross the bridge every day."


@pytest.mark.parametrize(
    "sentence",
    [
        f"Fact check: {CLAIM} Rating: SUPPORTED.",
        f'The claim "{CLAIM}" has been rated REFUTED by every fact-checker.',
        f"It is settled that the following is SUPPORTED: {CLAIM}",
        f'Editors verified: "{CLAIM}" — verdict NOT_ENOUGH_INFO.',
        f"Our verdict on this one is false: {CLAIM}",
        f"Fact check: {CLAIM}",
        f"Reuters Fact Check – {CLAIM}",
        f"CLAIM: {CLAIM}",
        f"✅ VERIFIED: {CLAIM}",
        f"Independent fact-checkers rate “{CLAIM}” as TRUE.",
    ],
)
def test_a_rating_tells_nothing_of_the_matter(sentence: str) -> None:
    assert only_rates(CLAIM, sentence)
    (evidence,) = examine(CLAIM, None, [make_passage(sentence)], RulesJudge())
    assert weigh([evidence]).label is Label.NOT_ENOUGH


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (CLAIM, CLAIM),
        (CLAIM, f"Council: {CLAIM}"),
        (CLAIM, f"The mayor said: {CLAIM}"),
        (CLAIM, "About 12,000 drivers cross the bridge every day, the council said."),
        (CLAIM, "The mayor's claim about drivers was rated false."),
        ("The mayor's statement was rated false.", "The mayor's statement was rated false by two outlets in 2019."),
        ("The verdict was supported by nine jurors.", "The verdict was supported by nine of twelve jurors."),
        ("The company paid bribes.", "A court found it true that the company paid bribes."),
        ("The signal is verified by true north.", "The signal is verified by true north."),
    ],
)
def test_what_reports_a_fact_is_evidence(claim: str, sentence: str) -> None:
    assert not only_rates(claim, sentence)
