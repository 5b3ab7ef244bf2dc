"""A prompt and its values become one checked value: asked with patience, repaired once, paid for and remembered."""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from pydantic import BaseModel

from service.backends.llm.failures import QuotaSpent, Retriable, Unsupported
from service.backends.llm.meter import Meter, Purse, most_tokens
from service.backends.llm.model import Model
from service.backends.llm.parse import OffSchema, parse
from service.backends.llm.prompts import Prompt, load
from service.backends.llm.stream import NOTHING, Reply, Tokens
from service.domain.cost import Cost
from service.domain.usage import Account, Problem
from service.errors import (
    BudgetExceeded,
    ClaimdeskError,
    LlmBadReply,
    LlmMisconfigured,
    LlmUnavailable,
    UpstreamFailed,
)
from service.run import Run

Shape = TypeVar("Shape", bound=BaseModel)
Result = TypeVar("Result")

TRIES = 3  # requests for one reply
FIRST_PAUSE_S = 0.5  # doubled for each further try, and drawn from its upper half
SHOWN_REPLY = 4_000  # characters of a bad reply that the model is shown again


class Caller:
    """Asks a model on behalf of one run, until that run's deadline."""

    def __init__(self, model: Model, run: Run) -> None:
        self._model = model
        self._run = run
        self._ends = time.monotonic() + model.endpoint.deadline_s
        budget = model.budget_microusd if run.budget_microusd is None else run.budget_microusd
        self._meter = Meter(
            model.costs, Purse(key=run.key, budget_microusd=budget, model=model.endpoint.model, price=model.price)
        )
        self._problems: list[Problem] = []

    def ask(
        self, name: str, values: Mapping[str, str], shape: type[Shape], accept: Callable[[Shape], Result]
    ) -> Result:
        """What `accept` makes of the reply to a prompt; it raises OffSchema for one that will not do.

        Raises LlmUnavailable, LlmBadReply, LlmRefused, ContextTooLong, LlmMisconfigured, BudgetExceeded, Cancelled.
        """
        prompt = load(name)
        messages = prompt.messages(values)
        schema = shape.model_json_schema()
        key = self._digest(prompt, messages, schema)

        def read(text: str) -> Result:
            return accept(parse(text, shape))

        remembered = self._model.recall(key)
        if remembered is not None:
            with suppress(OffSchema):  # it was accepted by an older version: ask anew
                result = read(remembered)
                self._meter.count(prompt, cached=True)
                return result
        text, result = self._ask_twice(prompt, messages, schema, read)
        self._model.answers.put(key, self._model.endpoint.model, text)
        self._meter.count(prompt, cached=False)
        return result

    def either(self, by_model: Callable[[], Result], by_local: Callable[[], Result]) -> Result:
        """What the model gives, or the local backend where the model fails; then the result will say so."""
        try:
            return by_model()
        except (LlmUnavailable, UpstreamFailed, BudgetExceeded) as error:
            if self._run.llm_only:
                raise
            self.note(error)
            return by_local()

    def note(self, error: ClaimdeskError) -> None:
        """Makes a problem part of the result, once."""
        problem = Problem(code=error.code, message=str(error))
        if problem not in self._problems:
            self._problems.append(problem)

    def account(self) -> Account:
        return Account(usage=self._meter.usage(), problems=tuple(self._problems))

    def _ask_twice(
        self,
        prompt: Prompt,
        messages: list[BaseMessage],
        schema: dict[str, Any],
        read: Callable[[str], Result],
    ) -> tuple[str, Result]:
        """The reply and what it says. A model that misses the form is shown its mistake, once."""
        reply = self._send(prompt, messages, schema)
        try:
            return reply.text, read(reply.text)
        except OffSchema as error:
            again = f"That cannot be used. {error} Give the JSON object once more, whole and alone."
            messages = [*messages, AIMessage(reply.text[:SHOWN_REPLY]), HumanMessage(again)]
        reply = self._send(prompt, messages, schema)
        try:
            return reply.text, read(reply.text)
        except OffSchema as error:
            raise LlmBadReply(f"The model missed the form twice: {error} Ask again, or use another model.") from error

    def _send(self, prompt: Prompt, messages: Sequence[BaseMessage], schema: dict[str, Any]) -> Reply:
        """One whole reply, in at most three tries; leaving out what the server does not know is none."""
        self._model.breaker.enter()
        tries = 1
        while True:
            try:
                return self._try(prompt, messages, schema)
            except Unsupported as error:
                if error.feature in self._model.lacks:
                    raise
                self._model.lacks |= {error.feature}
            except Retriable as error:
                if tries == TRIES:
                    raise
                self._pause(error, FIRST_PAUSE_S * 2 ** (tries - 1))
                tries += 1

    def _try(self, prompt: Prompt, messages: Sequence[BaseMessage], schema: dict[str, Any]) -> Reply:
        model, breaker = self._model, self._model.breaker
        reserved = self._reserve(prompt, messages, schema)
        used: Tokens | None = None
        try:
            reply = model.streamer.read(
                messages, model.options(prompt.name, schema), self._left(), self._run.cancellation
            )
            used = reply.tokens
        except (Retriable, QuotaSpent, LlmMisconfigured, Unsupported) as error:
            used = NOTHING  # the server took no work on
            if isinstance(error, Unsupported):
                breaker.abandon()
            else:
                breaker.fail(error, at_once=isinstance(error, QuotaSpent))
            raise
        except LlmUnavailable as error:
            breaker.fail(error)
            raise
        except BaseException:  # a bad reply, or a caller who left: neither tells that the endpoint is down
            breaker.abandon()
            raise
        finally:
            self._meter.settle(reserved, used)
        breaker.succeed()
        return reply

    def _reserve(self, prompt: Prompt, messages: Sequence[BaseMessage], schema: dict[str, Any]) -> Cost:
        try:
            return self._meter.reserve(prompt, most_tokens(messages, schema, self._model.endpoint.most_tokens))
        except BudgetExceeded:
            self._model.breaker.abandon()
            raise

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise LlmUnavailable("The model took longer than one request may wait. Ask again, or ask for less.")
        return left

    def _pause(self, error: Retriable, longest: float) -> None:
        """Waits before the next try, as long as the server asks. Raises the error where the deadline comes first."""
        pause = error.retry_after_s
        if pause is None:
            pause = longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads the load, hides nothing
        if pause >= self._left():
            raise error
        woken = threading.Event()
        with self._run.cancellation.stopping(woken.set):
            woken.wait(pause)
        self._run.cancellation.check()

    def _digest(self, prompt: Prompt, messages: Sequence[BaseMessage], schema: dict[str, Any]) -> str:
        """What a remembered reply is found by: all that went into it. The messages hold the versioned passages."""
        whole = [prompt.hash, self._model.endpoint.base_url, self._model.endpoint.model, schema]
        return hashlib.sha256(json.dumps([*whole, *(m.text for m in messages)]).encode()).hexdigest()
