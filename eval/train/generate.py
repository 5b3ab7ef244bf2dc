"""Pairs of tier A become more pairs: altered claims, copied claims, evidence among distractors, half-held claims.

A claim and its counterpart are made from the same words, so that neither the claim alone nor the overlap of words
gives the label away.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from eval.train.alter import alter, names_of
from eval.train.pairs import TrainingPair

# Premises out of Wikipedia, each a sentence or a few.
SOURCES = (
    "vitaminc_train60", "fever_symmetric_dev", "fm2_dev", "feverous_s_dev", "newprotocols_base",
    "newprotocols_edit_premise", "newprotocols_edit_other", "newprotocols_contrast", "semiauto_base_wiki",
)  # fmt: skip
LONGEST_PREMISE = 70  # words: two distractors beside it still fit into the judge's 160 tokens
AMONG_DISTRACTORS = 0.4  # share of the pairs
_TAIL = re.compile(r"(?:, (?:which|who|where|and|but|with|after|before|while|including|making)\b| \().*$")


def generate(pairs: Sequence[TrainingPair], seed: int) -> Iterator[TrainingPair]:
    """An endless stream out of the pairs of SOURCES; the same seed gives the same stream."""
    pool = _Pool([pair for pair in pairs if pair.source in SOURCES], random.Random(seed))  # noqa: S311
    ways: tuple[Callable[[TrainingPair], Iterator[TrainingPair]], ...] = (
        pool.altered, pool.altered, pool.copied, pool.joined, pool.moved,
    )  # fmt: skip
    while True:
        pair = pool.rng.choice(pool.pairs)
        way = pool.rng.choice(ways)
        for made in way(pair):
            yield pool.among_distractors(made) if pool.rng.random() < AMONG_DISTRACTORS else made


class _Pool:
    """The pairs to make others from, found by their premise and by the names in it."""

    def __init__(self, pairs: Sequence[TrainingPair], rng: random.Random) -> None:
        self.rng = rng
        self.pairs = [pair for pair in pairs if len(pair.premise.split()) <= LONGEST_PREMISE]
        self._by_premise: dict[str, list[TrainingPair]] = defaultdict(list)
        self._by_name: dict[str, list[TrainingPair]] = defaultdict(list)
        for pair in self.pairs:
            self._by_premise[pair.premise].append(pair)
            for name in dict.fromkeys(names_of(pair.premise)):
                self._by_name[name].append(pair)

    def altered(self, pair: TrainingPair) -> Iterator[TrainingPair]:
        """An entailed claim, and the same claim with one thing changed."""
        if pair.label != "entail":
            return
        changed = alter(pair.hypothesis, self._names(), self.rng)
        if changed:
            yield TrainingPair(pair.premise, pair.hypothesis, "entail", "altered")
            yield TrainingPair(pair.premise, changed, "contradict", "altered")

    def copied(self, pair: TrainingPair) -> Iterator[TrainingPair]:
        """The evidence's own words, or their first clause, as the claim; then the same with one thing changed."""
        claim = pair.premise if self.rng.random() < 0.4 else _TAIL.sub("", pair.premise).rstrip(" .,") + "."
        if not 4 <= len(claim.split()) <= 40:
            return
        changed = alter(claim, self._names(), self.rng)
        if not changed:
            return
        yield TrainingPair(pair.premise, claim, "entail", "copied")
        yield TrainingPair(pair.premise, changed, "contradict", "copied")
        if claim.rstrip(" .") != pair.premise.rstrip(" ."):  # what the evidence leaves out is not contradicted by it
            yield TrainingPair(claim, pair.premise, "neutral", "copied")

    def joined(self, pair: TrainingPair) -> Iterator[TrainingPair]:
        """Two claims on one premise in one: it holds when both do, falls when one does, else it is open."""
        other = self.rng.choice(self._by_premise[pair.premise])
        if other.hypothesis == pair.hypothesis:
            return
        joint = self.rng.choice((" ", " ", ", and ", "; "))
        first = pair.hypothesis.rstrip(" .") + ("." if joint == " " else "")
        labels = {pair.label, other.label}
        label = "contradict" if "contradict" in labels else "neutral" if "neutral" in labels else "entail"
        yield TrainingPair(pair.premise, first + joint + other.hypothesis, label, "joined")

    def moved(self, pair: TrainingPair) -> Iterator[TrainingPair]:
        """A claim before evidence that speaks of the same names, but not of the claim; and before its own."""
        other = self._neighbour(pair)
        if other is None or pair.label == "neutral":
            return
        yield TrainingPair(other.premise, pair.hypothesis, "neutral", "moved")
        yield TrainingPair(pair.premise, pair.hypothesis, pair.label, "moved")

    def among_distractors(self, pair: TrainingPair) -> TrainingPair:
        """The pair with its evidence beside one or two premises from elsewhere, of the same names where there are any."""
        others = [other.premise for _ in range(self.rng.choice((1, 1, 2))) if (other := self._neighbour(pair))]
        parts = [*others, pair.premise]
        self.rng.shuffle(parts)
        return TrainingPair(" ".join(parts), pair.hypothesis, pair.label, f"{pair.source}+distractors")

    def _names(self) -> list[str]:
        return [name for pair in self.rng.sample(self.pairs, 30) for name in names_of(pair.premise)]

    def _neighbour(self, pair: TrainingPair) -> TrainingPair | None:
        """A pair whose premise shares a name but little else, so that it does not happen to prove the claim."""
        names = names_of(pair.hypothesis) or names_of(pair.premise)
        candidates = self._by_name.get(self.rng.choice(names), []) if names else []
        other = self.rng.choice(candidates or self.pairs)
        claim, own, found = (set(text.lower().split()) for text in (pair.hypothesis, pair.premise, other.premise))
        if len(found & own) > 0.6 * len(own) or len(found & claim) > 0.6 * len(claim):
            other = self.rng.choice(self.pairs)
            found = set(other.premise.lower().split())
            if len(found & claim) > 0.6 * len(claim):
                return None
        return other
