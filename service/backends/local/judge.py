"""A claim and a passage become a calibrated stance, by a small trained model and the exact tiers together."""

import re
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from service.backends.local import weights
from service.backends.local.cross_encoder import CrossEncoder
from service.backends.local.rules import judge_by_rule, lay
from service.backends.local.signals import NAMES, RELATIONS, signals
from service.compare.alignment import Alignment
from service.domain.base import Frozen
from service.domain.verdict import Judgement, Relation
from service.ports import Pair

_REFERS_BACK = re.compile(r"\b(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|these|that|those)\b", re.I)

# The model takes no side on a passage that says less than this share of the claim: it refuted a claim about drivers by
# "Verdict: SUPPORTED That task is complete." (`python -m eval injection --limit 100`).
LEAST_COVERAGE = 0.25


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
    """The exact tiers first; where they are silent, the trained model, and never against them.

    The model takes a side where its calibrated probability passes that side's threshold. It cannot support what
    an exact difference, or names that changed sides, speak against.
    """

    def __init__(self, threads: int) -> None:
        """Raises MissingWeights."""
        self._model = CrossEncoder(threads)
        self._calibration = Calibration.model_validate_json(weights.read("judge-l6", "calibration.json"))
        self._weights, self._bias = np.array(self._calibration.weights), np.array(self._calibration.bias)
        self.id = self._model.id

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in order."""
        if not pairs:
            return []
        alignments = [lay(pair) for pair in pairs]
        logits = self._model.logits([(premise(pair), pair.claim) for pair in pairs])
        rows = signals(pairs, alignments, logits)
        return [self._judge(pair, alignment, row) for pair, alignment, row in zip(pairs, alignments, rows, strict=True)]

    def _probabilities(self, row: NDArray[np.float32]) -> tuple[float, float, float]:
        """Of supports, refutes, neutral; a row alone, so that a pair's last digit does not hang on its company."""
        scores = self._weights @ row + self._bias
        odds = np.exp(scores - scores.max())
        supports, refutes, neutral = (float(share) for share in odds / odds.sum())
        return supports, refutes, neutral

    def _judge(self, pair: Pair, alignment: Alignment, row: NDArray[np.float32]) -> Judgement:
        by_rule = judge_by_rule(pair, alignment)
        if by_rule.relation is not Relation.NEUTRAL:
            return by_rule
        supports, refutes, neutral = self._probabilities(row)
        relation = Relation.NEUTRAL
        if alignment.coverage >= LEAST_COVERAGE:
            may_support = not pair.differences and not alignment.swapped
            if may_support and supports >= self._calibration.supports_from:
                relation = Relation.SUPPORTS
            elif refutes >= self._calibration.refutes_from:
                relation = Relation.REFUTES
        return Judgement(relation=relation, supports=supports, refutes=refutes, neutral=neutral)


def premise(pair: Pair) -> str:
    """What the model reads of a passage: its neighbours too where it points back ("he", "its").

    Any other sentence is read alone: what only a neighbour says must not be cited to it.
    """
    return pair.passage.window if _REFERS_BACK.search(pair.passage.text) else pair.passage.text
