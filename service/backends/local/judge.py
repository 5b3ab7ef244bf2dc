"""A claim and a passage become a calibrated stance, by a small trained model and the exact tiers together."""

import re
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from service.backends.local import weights
from service.backends.local.cross_encoder import CrossEncoder
from service.backends.local.signals import NAMES, RELATIONS, signals
from service.domain.base import Frozen
from service.domain.verdict import Judgement, Relation
from service.ports import Pair

_REFERS_BACK = re.compile(r"\b(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|these|that|those)\b", re.I)


class Calibration(Frozen):
    """The last layer, fitted on held-out pairs by `python -m eval.train.fit`, and the thresholds of a decision."""

    signals: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]  # one row for supports, refutes, neutral
    bias: tuple[float, float, float]
    supports_from: float  # probability from which on a stance is taken
    refutes_from: float

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.signals != NAMES or len(self.weights) != len(RELATIONS):
            raise ValueError("the calibration is of other signals than the judge has: run python -m eval.train.fit")
        return self


class LocalJudge:
    """Takes a side where its calibrated probability passes the threshold of that side, else says neutral.

    A sentence that points back ("he", "its") is read with its neighbours, any other alone: what only a
    neighbour says must not be cited to it.
    """

    def __init__(self, threads: int) -> None:
        """Raises MissingWeights."""
        self._model = CrossEncoder(threads)
        self._calibration = Calibration.model_validate_json(weights.read("judge-l6", "calibration.json"))
        self.id = self._model.id

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in order."""
        if not pairs:
            return []
        logits = self._model.logits([(premise(pair), pair.claim) for pair in pairs])
        return [self._judgement(row) for row in self._probabilities(signals(pairs, logits))]

    def _probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        calibration = self._calibration
        scores = rows @ np.array(calibration.weights).T + np.array(calibration.bias)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
        return shares

    def _judgement(self, row: NDArray[np.float64]) -> Judgement:
        supports, refutes, neutral = (float(share) for share in row)
        relation = Relation.NEUTRAL
        if supports >= self._calibration.supports_from:
            relation = Relation.SUPPORTS
        elif refutes >= self._calibration.refutes_from:
            relation = Relation.REFUTES
        return Judgement(relation=relation, supports=supports, refutes=refutes, neutral=neutral)


def premise(pair: Pair) -> str:
    """What the model reads of a passage."""
    return pair.passage.window if _REFERS_BACK.search(pair.passage.text) else pair.passage.text
