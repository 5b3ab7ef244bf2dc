"""An endpoint becomes the model that every run shares: its connections, its breaker, its purse and its memory."""

from datetime import UTC, datetime, timedelta
from typing import Any

from service.backends.llm.breaker import Breaker
from service.backends.llm.stream import Streamer
from service.backends.llm.wire import Endpoint
from service.domain.cost import Price
from service.ledgers import AnswerCache, Costs


class Model:
    """A remote model as every run shares it: its connections, its breaker, and what it is known not to take."""

    def __init__(
        self, endpoint: Endpoint, streamer: Streamer, costs: Costs, answers: AnswerCache, *,
        price: Price | None = None, budget_microusd: int | None = None, remember: timedelta = timedelta(days=7),
    ) -> None:  # fmt: skip
        self.endpoint = endpoint
        self.streamer = streamer
        self.costs = costs
        self.answers = answers
        self.price = price
        self.budget_microusd = budget_microusd
        self.remember = remember
        self.breaker = Breaker()
        # OpenAI refuses a request that has both bounds, and would have to say so once a process.
        self.lacks = frozenset({"max_tokens"} if endpoint.host == "api.openai.com" else ())
        self._forgot = False

    def recall(self, key: str) -> str | None:
        """A remembered reply that is not too old; those that are go when the first one is looked for."""
        oldest = datetime.now(UTC) - self.remember
        if not self._forgot:
            self._forgot = True
            self.answers.forget(oldest)
        return self.answers.get(key, oldest)

    def options(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """The fields of a request that ask for a reply of that schema, bounded, and the likeliest one.

        Both names of the bound are sent: OpenAI takes the one, and Ollama silently ignores it and takes the other.
        What a server refuses by name is left out from then on.
        """
        plain = {"temperature": 0.0, "max_completion_tokens": self.endpoint.most_tokens}
        # Inside `extra_body`, as LangChain would parse a `response_format` itself, and rename `max_tokens`.
        extra: dict[str, Any] = {"max_tokens": self.endpoint.most_tokens}
        form = {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}
        options: dict[str, Any] = {field: value for field, value in plain.items() if field not in self.lacks}
        options["extra_body"] = {field: value for field, value in extra.items() if field not in self.lacks}
        if "schema" not in self.lacks:
            options["extra_body"]["response_format"] = form
            return options
        function = {"name": name, "parameters": schema, "strict": True}
        return options | {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": name}},
        }
