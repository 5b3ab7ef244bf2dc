"""What a model types into its sentences can pass for no citation of ours."""

import json

import pytest

from eval.endpoint import serve
from service.backends.llm.answerer import without_markers
from service.ports import DraftSentence
from tests.backends.llm.bench import PASSAGES, draft, open_model


@pytest.mark.parametrize(
    "typed",
    ["Five times [1].", "Five times [1] [9].", "Five times[p1, p2].", "Five times (p1).", "Five times [[1]9].",
     "Five times 【1†source】.", "Five times [^1].", "Five times [ 1 ].", "Five times [1-3].", "Five times [１]."],
)  # fmt: skip
def test_markers_are_taken_out(typed: str) -> None:
    assert without_markers(typed) == "Five times."


@pytest.mark.parametrize("text", ["He returned to power (2012).", "She, aged 38 (or 39), spoke.", "He said [sic] no."])
def test_what_is_no_marker_stays(text: str) -> None:
    assert without_markers(text) == text


def test_a_sentence_that_is_said_twice_is_said_once_and_one_of_markers_alone_not_at_all() -> None:
    said = [("Five times [1].", ["p1"]), ("[2]", ["p2"]), ("Five times.", ["p3", "p9"])]
    reply = {"sentences": [{"text": text, "passages": names} for text, names in said]}
    with serve(lambda exchange: exchange.say(json.dumps(reply))) as server, open_model(server.url) as model:
        drafted, _ = draft(model)
    first, _, third = (passage.sentence_id for passage in PASSAGES)
    assert drafted == [DraftSentence(text="Five times.", sentence_ids=(first, third, "p9"))]
