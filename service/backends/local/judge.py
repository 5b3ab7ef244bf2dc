"""A claim and a passage become a calibrated stance, by a small trained model and the exact tiers together."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from service.backends.local import weights
from service.backends.local.cross_encoder import CrossEncoder
from service.backends.local.rules import is_another_occasion, judge_by_rule, lay
from service.backends.local.signals import NAMES, RELATIONS, signals
from service.compare.alignment import Alignment
from service.compare.limits import fits_bounds
from service.compare.mentions import find_names
from service.compare.polarity import is_converse
from service.compare.reckon import reckons
from service.compare.words import stem, words
from service.domain.base import Frozen
from service.domain.claim import DifferenceKind
from service.domain.verdict import Judgement, Relation
from service.ports import Pair

_REFERS_BACK = re.compile(r"\b(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|these|that|those)\b", re.I)

Size = Literal["small", "large"]
# Folders of weights/. The large judge reads each pair twice: the second model knows short evidence better, the first long.
MODELS: Mapping[Size, tuple[str, ...]] = {"small": ("judge-l6",), "large": ("judge-l6", "judge-l12")}

# The model takes no side on a passage that says no more than this share of the claim: it was trained on evidence of the
# same matter, and search brings other matters too. Of 200 sentences that the archive knew nothing of, it refuted 5, all by
# passages that said less than half; of 112 altered ones that it refuted, none by such (`python -m eval check --limit 400`).
LEAST_COVERAGE = 0.5


# Differences that put one name in another's place.
OTHER_NAME = frozenset({DifferenceKind.NAME, DifferenceKind.ROLE, DifferenceKind.PLACE})
# Differences that make two events of one: what will be held in Vienna says nothing of what was held in Geneva.
OF_AN_EVENT = frozenset({DifferenceKind.NUMBER, DifferenceKind.PLACE, DifferenceKind.DATE})


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
    """The exact tiers and the rules first; where they are silent, the trained model, and never against them.

    Every probability comes from the calibrated last layer, which weighs the model's logits with what the rules found.
    A side is taken by the rules, or where its probability passes that side's threshold. Nothing is supported that an
    exact difference, or names that changed sides, speak against, nor by rule alone what is more likely not so.
    """

    def __init__(self, threads: int, size: Size = "small") -> None:
        """Raises MissingWeights."""
        self._models = open_models(size, threads)
        self._calibration = Calibration.model_validate_json(weights.read(MODELS[size][-1], "calibration.json"))
        self._weights, self._bias = np.array(self._calibration.weights), np.array(self._calibration.bias)
        self.id = "+".join(model.id for model in self._models)

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in order."""
        if not pairs:
            return []
        read = read_pairs(self._models, pairs)
        return [
            self._decide(pair, alignment, word.relation, self._probabilities(row))
            for pair, alignment, word, row in zip(pairs, read.laid, read.by_rule, read.signals, strict=True)
        ]

    def _probabilities(self, row: NDArray[np.float32]) -> tuple[float, float, float]:
        """Of supports, refutes, neutral; a row alone, so that a pair's last digit does not hang on its company."""
        scores = self._weights @ row + self._bias
        odds = np.exp(scores - scores.max())
        supports, refutes, neutral = (float(share) for share in odds / odds.sum())
        return supports, refutes, neutral

    def _decide(
        self, pair: Pair, alignment: Alignment, by_rule: Relation, chances: tuple[float, float, float]
    ) -> Judgement:
        supports, refutes, neutral = chances
        relation = Relation.NEUTRAL
        if by_rule is Relation.REFUTES:  # an exact difference settles the side; whether the two meet at all is left
            relation, supports, refutes = by_rule, 0.0, supports + refutes
        elif by_rule is Relation.SUPPORTS and supports >= 0.5:
            relation = by_rule
        elif alignment.coverage > LEAST_COVERAGE and not _is_said_next_door(pair, alignment):
            if _may_support(pair, alignment) and supports >= self._calibration.supports_from:
                relation = Relation.SUPPORTS
            elif _may_refute(pair, alignment) and refutes >= self._calibration.refutes_from:
                relation = Relation.REFUTES
        return Judgement(relation=relation, supports=supports, refutes=refutes, neutral=neutral)


class Read(NamedTuple):
    """What is known of pairs before the last layer weighs it, in their order."""

    laid: list[Alignment]
    by_rule: list[Judgement]
    signals: NDArray[np.float32]  # shape (n, len(NAMES))


def open_models(size: Size, threads: int) -> tuple[CrossEncoder, ...]:
    """Raises MissingWeights."""
    return tuple(CrossEncoder(name, threads) for name in MODELS[size])


def read_pairs(models: Sequence[CrossEncoder], pairs: Sequence[Pair]) -> Read:
    """Lays, judges by rule and reads each pair: what the last layer is fitted to, and weighs."""
    laid = [lay(pair) for pair in pairs]
    by_rule = [judge_by_rule(pair, alignment) for pair, alignment in zip(pairs, laid, strict=True)]
    return Read(laid, by_rule, signals(pairs, laid, by_rule, read_texts(models, pairs)))


def read_texts(models: Sequence[CrossEncoder], pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """The models' mean logits: shape (n, 3), columns entail, contradict, neutral, each row's mean taken away."""
    texts = [(premise(pair), pair.claim) for pair in pairs]
    logits = np.mean([model.logits(texts) for model in models], axis=0)
    centred: NDArray[np.float32] = logits - logits.mean(axis=1, keepdims=True)
    return centred


def _is_said_next_door(pair: Pair, alignment: Alignment) -> bool:
    """Whether a word of the claim stands only in a neighbour that was read too, which the passage does not cite."""
    text = pair.passage.text
    if premise(pair) == text:
        return False
    here, around = ({word.stem for word in words(each)} for each in (text, pair.passage.window))
    return any(stem(word) in around - here for word in alignment.missing)


def _may_support(pair: Pair, alignment: Alignment) -> bool:
    return not pair.differences and alignment.asserts


def _may_refute(pair: Pair, alignment: Alignment) -> bool:
    """Not where the passage is of someone else or of another time, says the same from the other end, adds up to it, or leaves room."""
    kinds = {difference.kind for difference in pair.differences}
    elsewhere = alignment.unnamed and not kinds & OTHER_NAME
    at_another_time = is_another_occasion(pair.differences) or (alignment.hedged and bool(kinds & OF_AN_EVENT))
    evidence = pair.passage.text
    same = is_converse(pair.claim, evidence) or reckons(pair.claim, evidence)
    may_be = not pair.differences and fits_bounds(pair.claim, evidence)
    return not elsewhere and not at_another_time and not same and not may_be


def premise(pair: Pair) -> str:
    """What the model reads of a passage: its neighbours too where it points back ("he", "its") before it names anyone.

    Any other sentence is read alone: what only a neighbour says must not be cited to it.
    """
    text = pair.passage.text
    back = _REFERS_BACK.search(text)
    return pair.passage.window if back and not find_names(text[: back.start()]) else text
