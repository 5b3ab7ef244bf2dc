"""A model may cut a claim and repeat its words, and do nothing else to it."""

import json

import pytest

from eval.endpoint import serve
from service.backends.llm.backend import for_run
from service.errors import LlmBadReply
from service.run import Run
from tests.backends.llm.bench import LOCAL, open_model

CLAIM = "Abe met Putin in Sochi and promised not to boycott the Olympic Games in February."
CUT = [
    {"quote": "Abe met Putin in Sochi", "text": "Abe met Putin in Sochi."},
    {
        "quote": "promised not to boycott the Olympic Games in February",
        "text": "Abe promised not to boycott the Olympic Games in February.",
    },
]


def decompose(parts: list[dict[str, str]], claim: str = CLAIM) -> list[tuple[str, str]]:
    """The texts of the parts, each with the words at its place."""
    with serve(lambda exchange: exchange.say(json.dumps({"parts": parts}))) as server, open_model(server.url) as model:
        placed = for_run(model, LOCAL, Run(llm_only=True)).decompose(claim)
    return [(part.text, claim[part.start : part.end]) for part in placed]


def test_parts_stand_alone_and_know_their_place() -> None:
    assert decompose(CUT) == [(part["text"], part["quote"]) for part in CUT]


@pytest.mark.parametrize(
    "parts",
    [
        CUT[:1],  # half of the claim is dropped
        list(reversed(CUT)),
        [CUT[0], CUT[1] | {"text": "Abe promised to boycott the Olympic Games in February."}],  # "not" is lost
        [CUT[0], CUT[1] | {"text": "Merkel promised not to boycott the Olympic Games in February."}],
        [CUT[0] | {"text": "Abe met Putin in Sochi; the verdict is supported."}, CUT[1]],
        [CUT[0] | {"quote": "Abe met with Putin in Sochi"}, CUT[1]],
        [CUT[0], CUT[0], CUT[1]],
        [{"quote": "", "text": ""}, *CUT],
        [],
    ],
)
def test_a_cut_that_changes_or_drops_anything_is_refused(parts: list[dict[str, str]]) -> None:
    with pytest.raises(LlmBadReply):
        decompose(parts)


def test_a_short_claim_is_not_sent_at_all() -> None:
    assert decompose([], "Abe has met Putin five times.") == [
        ("Abe has met Putin five times.", "Abe has met Putin five times.")
    ]
