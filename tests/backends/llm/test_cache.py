"""A reply is asked for once, and again when anything that went into it has changed."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from eval.endpoint import serve
from service.backends.llm import call
from service.backends.llm.backend import for_run
from service.backends.llm.prompts import load
from service.domain.passage import Passage
from service.run import Run
from tests.backends.llm.bench import LOCAL, PASSAGES, QUESTION, answer_well, open_model


def test_a_reply_is_remembered_for_the_same_prompt_model_and_versions_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked_again(passages: Sequence[Passage] = PASSAGES) -> bool:
        before = len(server.asked)
        for_run(model, LOCAL, Run(llm_only=True)).answerer.draft(QUESTION, passages)
        return len(server.asked) > before

    with serve(answer_well) as server, open_model(server.url) as model:
        assert asked_again()
        assert not asked_again()
        assert asked_again([PASSAGES[0].model_copy(update={"version": 2}), *PASSAGES[1:]])
        assert not asked_again()
        model.endpoint = model.endpoint.model_copy(update={"model": "another"})
        assert asked_again()
        changed = load("answer").model_copy(update={"hash": "0" * 16})
        monkeypatch.setattr(call, "load", lambda _: changed)
        assert asked_again()
        assert not asked_again()
        model.remember = timedelta()
        assert asked_again()
