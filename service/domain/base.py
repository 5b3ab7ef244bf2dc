"""The base of every domain value: frozen, and strict about unknown fields."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; an unknown field is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")
