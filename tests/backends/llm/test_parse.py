"""What a model wrote is taken for an answer only where it can be read in one way."""

import json

import pytest

from service.backends.llm.parse import LONGEST_TEXT, OffSchema, Stance, Words, parse
from service.domain.base import Frozen
from service.domain.verdict import Relation


class Verdict(Frozen):
    stance: Stance
    reason: Words


GOOD = '{"stance": "supports", "reason": "It says {so}."}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Sure! Here it is: {GOOD} I hope that helps.",
        f"\n\n{GOOD}\n",
        f"<think>Or {{}}?</think>{GOOD}",
        f"Or {{}}?</think>\n{GOOD}",
    ],
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
        f"<think>Perhaps {GOOD}",
        f"<think>Perhaps {GOOD}</think> I cannot tell.",
        f"Perhaps {GOOD}</think> I cannot tell.",
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
        f'{{"stance": "supports", "reason": "{"x" * (LONGEST_TEXT + 1)}"}}',
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(OffSchema):
        parse(text, Verdict)


def test_a_mark_of_thoughts_inside_a_text_is_a_part_of_it() -> None:
    reason = "The passage ends in </think> and braces { }."
    assert parse(GOOD.replace("It says {so}.", reason), Verdict).reason == reason


def test_characters_that_steer_a_screen_are_left_out_of_a_text_and_those_that_spell_it_stay() -> None:
    reason = "It\u202e \u200bsays\x1b[2J so,\u2066 نمی\u200cخواهم."
    read = parse(GOOD.replace("It says {so}.", json.dumps(reason)[1:-1]), Verdict)
    assert read.reason == "It says[2J so, نمی\u200cخواهم."


def test_the_bound_of_a_text_is_not_in_the_schema_which_openai_would_refuse() -> None:
    assert Verdict.model_json_schema()["properties"]["reason"] == {"title": "Reason", "type": "string"}
