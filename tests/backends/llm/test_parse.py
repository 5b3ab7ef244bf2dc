"""What a model wrote is taken for an answer only where it can be read in one way."""

import pytest

from service.backends.llm.parse import OffSchema, Stance, parse
from service.domain.base import Frozen
from service.domain.verdict import Relation


class Verdict(Frozen):
    stance: Stance
    reason: str


GOOD = '{"stance": "supports", "reason": "It says {so}."}'


@pytest.mark.parametrize(
    "text",
    [GOOD, f"```json\n{GOOD}\n```", f"Sure! Here it is: {GOOD} I hope that helps.", f"\n\n{GOOD}\n"],
)
def test_one_object_is_read_whatever_stands_around_it(text: str) -> None:
    assert parse(text, Verdict) == Verdict(stance=Relation.SUPPORTS, reason="It says {so}.")


@pytest.mark.parametrize("label", ["SUPPORTS", " supports ", "Supports\n"])
def test_a_label_s_capitals_and_white_space_are_forgiven(label: str) -> None:
    assert parse(GOOD.replace("supports", label.replace("\n", "\\n")), Verdict).stance is Relation.SUPPORTS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It is supported.",
        f"{GOOD} {GOOD}",
        f"[{GOOD}, {GOOD}]",
        '{"stance": "supports", "reason": "x",}',
        '{"stance": "mostly_true", "reason": "x"}',
        '{"stance": "supports"}',
        '{"stance": "supports", "reason": "x", "confidence": 1}',
        '{"stance": "supports", "stance": "refutes", "reason": "x"}',
        '{"stance": "supports", "reason": 5}',
        '{"stance": "supports", "reason": NaN}',
        '{"stance": "supports", "reason": "x"',
        '{"a":' * 100_000,
        "{" * 5_000,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(OffSchema):
        parse(text, Verdict)
