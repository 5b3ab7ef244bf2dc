"""What a run asked of a remote model: calls, tokens and money, and what went wrong on the way."""

from service.domain.base import Frozen


class Problem(Frozen):
    """Something that made a result less than was asked for; `code` is that of the error."""

    code: str
    message: str


class Usage(Frozen):
    """What a remote model was asked for one result."""

    model: str  # two names where embeddings are remote as well
    prompts: dict[str, str]  # the hash of each prompt used, by its name
    calls: int  # replies that were used, out of the cache too
    cached: int  # of these, out of the cache
    attempts: int  # requests sent, retries and repairs too
    input_tokens: int
    output_tokens: int
    cost_usd: float | None  # None: the price table does not know the model

    def __add__(self, other: "Usage") -> "Usage":
        """What both used; the price is unknown where one of the two is."""
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            model=f"{self.model}, {other.model}",
            prompts=self.prompts | other.prompts,
            calls=self.calls + other.calls,
            cached=self.cached + other.cached,
            attempts=self.attempts + other.attempts,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=(self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
        )


class Account(Frozen):
    """The bill of one run so far; without `usage` no remote model was asked."""

    usage: Usage | None = None
    problems: tuple[Problem, ...] = ()  # each left the result degraded

    def __add__(self, other: "Account") -> "Account":
        """The bill of both."""
        both = self.usage + other.usage if self.usage and other.usage else self.usage or other.usage
        return Account(usage=both, problems=self.problems + other.problems)
