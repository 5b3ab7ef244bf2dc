"""A claim and its passages become a model's stances, tempered by what the local judge says of the same pairs."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from service.backends.llm.call import Caller
from service.backends.llm.parse import Stance, Words
from service.backends.llm.passages import number, show
from service.backends.llm.prompts import as_data
from service.domain.base import Frozen
from service.domain.verdict import Judgement, Relation
from service.errors import ContextTooLong
from service.markup import without_markup
from service.ports import Judge, Pair

MODEL_RIGHT = 0.785
"""How often a large model's stance is right: GPT-4o's balanced accuracy on WiCE claims, as MiniCheck (Tang, Laban
and Durrett, 2024) reports it. `python -m eval verdicts --backend llm` measures another model."""

LONGEST_RATIONALE = 300  # characters that are shown


class Opinion(Frozen):
    """What a model says of one passage. The reason comes first, so that the stance can follow from it."""

    rationale: Words
    stance: Stance


class LlmJudge:
    """The port `Judge` on a remote model.

    The model's stance counts, with two limits: it never overrules an exact difference, and where the local judge
    says something else the stance is less sure, and both are in the judgement.
    """

    def __init__(self, caller: Caller, local: Judge, model: str) -> None:
        self.id = f"{model} with {local.id}"
        self._caller = caller
        self._local = local

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in order; one request for each run of pairs with the same claim."""
        local = self._local.judge(pairs)
        judged: list[Judgement] = []
        for claim, group in groupby(pairs, key=lambda pair: pair.claim):
            same = list(group)
            ours = local[len(judged) : len(judged) + len(same)]
            judged += self._judge_claim(claim, same, ours)
        return judged

    def _judge_claim(self, claim: str, pairs: Sequence[Pair], local: list[Judgement]) -> list[Judgement]:
        nobody: list[Opinion] = []
        opinions = self._caller.either(lambda: self._ask_fewer(claim, pairs), lambda: nobody)
        told = [temper(ours, said, pair) for ours, said, pair in zip(local, opinions, pairs, strict=False)]
        return told + local[len(told) :]

    def _ask_fewer(self, claim: str, pairs: Sequence[Pair]) -> list[Opinion]:
        """The model's opinions; of a window that is too small for all, those on the better half, asked once more."""
        try:
            return self._ask(claim, pairs)
        except ContextTooLong:
            kept = pairs[: len(pairs) // 2]
            if not kept:
                raise
            self._caller.note(
                ContextTooLong(
                    f"The model cannot read so much at once: {len(pairs) - len(kept)} of {len(pairs)} passages were "
                    "judged by the local judge alone."
                )
            )
            return self._ask(claim, kept)

    def _ask(self, claim: str, pairs: Sequence[Pair]) -> list[Opinion]:
        numbered = number([pair.passage for pair in pairs])
        values = {"claim": as_data([{"claim": claim}]), "passages": show(numbered)}
        return self._caller.ask("judge", values, _opinions(len(pairs)), lambda reply: [said for _, said in reply])


@cache
def _opinions(count: int) -> type[BaseModel]:
    """The shape of a reply: an opinion for each of p1 to p<count>, none missing and none invented."""
    fields: dict[str, Any] = {f"p{place}": (Opinion, ...) for place in range(1, count + 1)}
    return create_model("Opinions", __config__=ConfigDict(extra="forbid", frozen=True), **fields)


def temper(local: Judgement, opinion: Opinion, pair: Pair) -> Judgement:
    """The model's stance, as sure as the two judges are of it on average (a linear opinion pool, Stone 1961).

    A local judge who sees no bearing counts half for a model that does; one who sees the opposite counts nothing.
    What the stance loses goes to "neutral": two judges who contradict each other leave the matter open. A model that
    sees nothing where the local judge sees an exact difference is not followed.
    """
    overruled = opinion.stance is Relation.NEUTRAL and local.relation is Relation.REFUTES and bool(pair.differences)
    relation = local.relation if overruled else opinion.stance
    model_sure = (1 - MODEL_RIGHT) / 2 if overruled else MODEL_RIGHT
    differ = opinion.stance is not local.relation
    supports, refutes, neutral = _spread(relation, (model_sure + _credence(local, relation)) / 2)
    return Judgement(
        relation=relation,
        supports=supports,
        refutes=refutes,
        neutral=neutral,
        rationale=" ".join(without_markup(opinion.rationale).split())[:LONGEST_RATIONALE] or None,
        model=opinion.stance if differ else None,
        local=local.relation if differ else None,
    )


def _credence(local: Judgement, relation: Relation) -> float:
    """How much the local judge gives for a relation."""
    if relation is Relation.NEUTRAL:
        return local.neutral
    return (local.supports if relation is Relation.SUPPORTS else local.refutes) + local.neutral / 2


def _spread(relation: Relation, sure: float) -> tuple[float, float, float]:
    """The probabilities of supports, refutes and neutral; they sum to 1."""
    if relation is Relation.NEUTRAL:
        return (1 - sure) / 2, (1 - sure) / 2, sure
    return (sure, 0.0, 1 - sure) if relation is Relation.SUPPORTS else (0.0, sure, 1 - sure)
