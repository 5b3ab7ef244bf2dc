"""What a call of a paid model used, and its price."""

from datetime import date

from service.domain.base import Frozen


class Cost(Frozen):
    """One result's use of one model, or a correction of one booked before (negative). Money is whole millionths of a US dollar, so that sums stay exact."""

    day: date
    key_id: str  # "local" for the local user
    task: str  # ask, check, review, chat
    model: str
    prompt_hash: str
    tokens_in: int
    tokens_out: int
    microusd: int | None  # None: no price of this model is known


class CostLine(Frozen):
    """The sum of a day, a key, a task and a model."""

    day: date
    key_id: str
    task: str
    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    microusd: int  # of the calls whose price is known
    unpriced: int  # calls whose price is not


class Price(Frozen):
    """US dollars for a million tokens, which is millionths of a dollar for one: `input` read, `output` written."""

    input: float
    output: float
