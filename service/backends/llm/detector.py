"""Sentences become how much each is worth checking, by a model's word on each."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from service.backends.llm.call import Caller
from service.backends.llm.parse import Words
from service.backends.llm.prompts import as_data
from service.domain.base import Frozen
from service.domain.claim import CheckWorthiness
from service.markup import without_markup
from service.ports import Detector

BATCH = 25  # sentences in one request: their ratings are about a thousand tokens
LONGEST_REASON = 120  # characters that are shown


class _Worth(StrEnum):
    HIGH = "high"
    SOME = "some"
    NONE = "none"


# Three steps that keep the model's order and stand on the same side of 0.5 as its words: not probabilities.
_SCORES = {_Worth.HIGH: 0.9, _Worth.SOME: 0.6, _Worth.NONE: 0.1}


class _Rating(Frozen):
    reason: Words
    worth: _Worth


class LlmDetector:
    """The port `Detector` on a remote model; `local` rates the sentences of a batch where the model fails."""

    def __init__(self, caller: Caller, local: Detector, model: str) -> None:
        self.id = model
        self._caller = caller
        self._local = local

    def rate(self, sentences: Sequence[str]) -> list[CheckWorthiness]:
        """One rating a sentence, in order."""
        return [
            rating for at in range(0, len(sentences), BATCH) for rating in self._rate_batch(sentences[at : at + BATCH])
        ]

    def _rate_batch(self, sentences: Sequence[str]) -> list[CheckWorthiness]:
        rows = [{"id": f"s{place}", "text": text} for place, text in enumerate(sentences, start=1)]
        return self._caller.either(
            lambda: self._caller.ask("rank", {"sentences": as_data(rows)}, _ratings(len(sentences)), _as_worthiness),
            lambda: self._local.rate(sentences),
        )


def _as_worthiness(reply: BaseModel) -> list[CheckWorthiness]:
    return [
        CheckWorthiness(
            score=_SCORES[rating.worth], reasons=(" ".join(without_markup(rating.reason).split())[:LONGEST_REASON],)
        )
        for _, rating in reply
    ]


@cache
def _ratings(count: int) -> type[BaseModel]:
    """The shape of a reply: a rating for each of s1 to s<count>."""
    fields: dict[str, Any] = {f"s{place}": (_Rating, ...) for place in range(1, count + 1)}
    return create_model("Ratings", __config__=ConfigDict(extra="forbid", frozen=True), **fields)
