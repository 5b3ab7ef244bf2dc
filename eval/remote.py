"""A remote model becomes a judge and a desk that can be measured, stopped and taken up again, with their cost shown.

Replies are remembered in the desk of the settings (CLAIMDESK_DATA_DIR) for CLAIMDESK_LLM_CACHE_DAYS days: a run that
was stopped asks only for what is missing.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

from service.backends.llm.call import Caller
from service.backends.llm.judge import LlmJudge
from service.backends.llm.model import Model
from service.desk import Desk, open_desk
from service.domain.key import MAIN_DESK
from service.domain.usage import Usage
from service.domain.verdict import Judgement
from service.ports import Judge, Pair
from service.run import Run
from service.settings import Settings
from service.tenancy import place_of
from service.wiring import choose_parts

EVALUATION = Run(llm_only=True, key="eval")
SHOW_EVERY = 50  # claims between two lines that tell how far it is and what it cost


class Bill:
    """The sum of what results used, told on standard error."""

    def __init__(self) -> None:
        self._results = self._calls = self._remembered = self._input = self._output = 0
        self._usd: float | None = 0.0

    def add(self, usage: Usage | None) -> None:
        """Adds one result's usage; a local result has none."""
        if usage is None:
            return
        self._results += 1
        self._calls += usage.calls
        self._remembered += usage.cached
        self._input += usage.input_tokens
        self._output += usage.output_tokens
        self._usd = None if self._usd is None or usage.cost_usd is None else self._usd + usage.cost_usd
        if self._results % SHOW_EVERY == 0:
            self.show()

    def show(self) -> None:
        cost = "no price known (CLAIMDESK_LLM_PRICES)" if self._usd is None else f"${self._usd:.4f}"
        print(
            f"{self._results} done: {self._calls} calls, {self._remembered} of them remembered, "
            f"{self._input:,} tokens in, {self._output:,} out, {cost}",
            file=sys.stderr,
            flush=True,
        )


class RemoteJudge:
    """The port `Judge`: each claim is a run of its own, with its own deadline. A failure ends the measurement.

    Raises what the model's errors are: nothing is filled in by the local judge, which would be measured instead.
    """

    def __init__(self, model: Model, local: Judge) -> None:
        self._model = model
        self._local = local
        self._bill = Bill()
        self.id = f"{model.endpoint.model} with {local.id}"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        judged: list[Judgement] = []
        for _, group in groupby(pairs, key=lambda pair: pair.claim):
            caller = Caller(self._model, EVALUATION)
            judged += LlmJudge(caller, self._local, self._model.endpoint.model).judge(list(group))
            self._bill.add(caller.account().usage)
        self._bill.show()
        return judged


def open_remote_judge(settings: Settings) -> Judge:
    """The judge of the llm backend of the settings. Raises BadSettings."""
    desk = open_desk(settings)
    assert desk.model is not None  # noqa: S101 - the llm backend has one
    return RemoteJudge(desk.model, desk.judge)


@contextmanager
def open_remembering(own: Settings, settings: Settings) -> Iterator[Desk]:
    """The desk of `own`, whose remote model, if it has one, remembers its replies in the desk of `settings`."""
    if own.backend != "llm":
        with open_desk(own) as desk:
            yield desk
        return
    with open_desk(settings) as keeper:
        model = keeper.model
        assert model is not None  # noqa: S101 - the llm backend has one
        parts = replace(choose_parts(own, place_of(own, MAIN_DESK)), model=lambda _: model)
        with Desk(own, parts) as desk:
            yield desk
