"""A conversation in the chat: what was asked and checked, turn by turn, each with its result."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from service.domain.base import Frozen
from service.domain.report import Answer, Report

LONGEST_TITLE = 200  # characters


class TurnKind(StrEnum):
    """What the words of a turn were taken as."""

    QUESTION = "question"
    CLAIM = "claim"


class SaidTurn(Frozen):
    """One turn; a question has an answer and a claim a report, exactly one of them."""

    number: int  # from 1, per conversation
    at: datetime
    kind: TurnKind
    said: str
    as_of: date | None
    answer: Answer | None = None
    report: Report | None = None

    @model_validator(mode="after")
    def _has_its_result(self) -> Self:
        given = (self.answer is not None, self.report is not None)
        if given != (self.kind is TurnKind.QUESTION, self.kind is TurnKind.CLAIM):
            raise ValueError(f"a {self.kind} has its own kind of result, and no other")
        return self


class ConversationSummary(Frozen):
    """One line of the list of conversations."""

    seq: int
    id: str
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    created_by: str
    created: datetime


class Conversation(ConversationSummary):
    """A conversation with its turns, oldest first."""

    turns: tuple[SaidTurn, ...]
