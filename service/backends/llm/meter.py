"""The calls of one run become tokens and money: reserved before a call, so that a budget is never passed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from math import ceil
from typing import Protocol

from langchain_core.messages import BaseMessage

from service.backends.llm.stream import Tokens
from service.domain.base import Frozen
from service.domain.cost import Cost, Price
from service.domain.usage import Usage
from service.errors import BadSettings, BudgetExceeded
from service.ledgers import Costs

OVERHEAD_TOKENS = 64  # what a server adds around the messages: roles, marks, the name of the schema


class Task(Protocol):
    """What is paid for: a prompt, by its name and hash; or what has none, with an empty hash."""

    @property
    def name(self) -> str: ...

    @property
    def hash(self) -> str: ...


class Purse(Frozen):
    """Whose money a run spends: `budget_microusd` is that key's for a day, None for no limit."""

    key: str
    budget_microusd: int | None
    model: str
    price: Price | None

    def require_price(self) -> None:
        """Raises BadSettings where a budget cannot be kept, as no price is known."""
        if self.budget_microusd is not None and self.price is None:
            raise BadSettings(f"A budget needs a price: add {self.model!r} to CLAIMDESK_LLM_PRICES.")


class Meter:
    """Counts what one run uses, and books it."""

    def __init__(
        self, costs: Costs, purse: Purse, today: Callable[[], date] = lambda: datetime.now(UTC).date()
    ) -> None:
        purse.require_price()
        self._costs = costs
        self._purse = purse
        self._today = today
        self._tasks: dict[str, str] = {}
        self._calls = self._cached = self._attempts = self._input = self._output = 0
        self._microusd = 0

    def reserve(self, task: Task, most: Tokens) -> Cost:
        """Books the most that one request can use. Raises BudgetExceeded where the day's money does not reach."""
        self._tasks[task.name] = task.hash
        cost = self._cost(task, most)
        budget = self._purse.budget_microusd
        if budget is None:
            self._costs.book(cost)
        elif not self._costs.reserve(cost, budget):
            raise BudgetExceeded(
                f"Today's budget for the model, ${budget / 1e6:.2f}, does not reach for another call "
                f"(it could cost ${(cost.microusd or 0) / 1e6:.4f}). Wait for tomorrow, UTC, or raise the budget."
            )
        return cost

    def settle(self, reserved: Cost, used: Tokens | None) -> None:
        """Gives back what was not used. With None nobody knows what was: all of it stays booked."""
        used = used or Tokens(input=reserved.tokens_in, output=reserved.tokens_out)
        microusd = None if self._purse.price is None else price_of(self._purse.price, used)
        self._attempts += 1
        self._input += used.input
        self._output += used.output
        self._microusd += microusd or 0
        correction = Cost(
            day=reserved.day,
            key_id=reserved.key_id,
            task=reserved.task,
            model=reserved.model,
            prompt_hash=reserved.prompt_hash,
            tokens_in=used.input - reserved.tokens_in,
            tokens_out=used.output - reserved.tokens_out,
            microusd=None if microusd is None or reserved.microusd is None else microusd - reserved.microusd,
        )
        if correction.tokens_in or correction.tokens_out or correction.microusd:
            self._costs.book(correction)

    def count(self, task: Task, *, cached: bool) -> None:
        """Counts a reply that was used."""
        self._tasks[task.name] = task.hash
        self._calls += 1
        self._cached += cached

    def usage(self) -> Usage | None:
        """What the run used so far; None while it asked for nothing."""
        if not self._tasks:
            return None
        return Usage(
            model=self._purse.model,
            prompts={name: digest for name, digest in self._tasks.items() if digest},
            calls=self._calls,
            cached=self._cached,
            attempts=self._attempts,
            input_tokens=self._input,
            output_tokens=self._output,
            cost_usd=None if self._purse.price is None else self._microusd / 1e6,
        )

    def _cost(self, task: Task, tokens: Tokens) -> Cost:
        price = self._purse.price
        return Cost(
            day=self._today(),
            key_id=self._purse.key,
            task=task.name,
            model=self._purse.model,
            prompt_hash=task.hash,
            tokens_in=tokens.input,
            tokens_out=tokens.output,
            microusd=None if price is None else price_of(price, tokens),
        )


def tokens_of_texts(texts: Sequence[str]) -> Tokens:
    """The most that embedding the texts can use."""
    return Tokens(input=sum(len(text.encode()) + OVERHEAD_TOKENS for text in texts), output=0)


def most_tokens(messages: Sequence[BaseMessage], schema: Mapping[str, object], output: int) -> Tokens:
    """The most that a request can use: no tokenizer makes more tokens than there are bytes."""
    size = len(str(schema).encode()) + sum(len(message.text.encode()) + OVERHEAD_TOKENS for message in messages)
    return Tokens(input=size, output=output)


def price_of(price: Price, tokens: Tokens) -> int:
    """In millionths of a dollar, rounded up."""
    return ceil(price.input * tokens.input + price.output * tokens.output)
