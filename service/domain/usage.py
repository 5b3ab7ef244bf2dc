"""What a run asked of a remote model: calls, tokens and money, and what went wrong on the way."""

from service.domain.base import Frozen


class Problem(Frozen):
    """Something that made a result less than was asked for; `code` is that of the error."""

    code: str
    message: str


class Usage(Frozen):
    """What a remote model was asked for one result."""

    model: str
    prompts: dict[str, str]  # the hash of each prompt used, by its name
    calls: int  # replies that were used, out of the cache too
    cached: int  # of these, out of the cache
    attempts: int  # requests sent, retries and repairs too
    input_tokens: int
    output_tokens: int
    cost_usd: float | None  # None: the price table does not know the model


class Account(Frozen):
    """The bill of one run so far; without `usage` no remote model was asked."""

    usage: Usage | None = None
    problems: tuple[Problem, ...] = ()  # each left the result degraded
