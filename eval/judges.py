"""The name of a backend becomes the judge that is measured, and a text the passage that it is shown."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from service.backends.local.judge import open_models, read_texts
from service.backends.local.rules import RulesJudge
from service.compare.differences import pair_with
from service.domain.article import Section
from service.domain.claim import Statement
from service.domain.passage import Passage
from service.domain.verdict import Judgement, Relation
from service.errors import BadSettings
from service.ports import Judge, Pair
from service.settings import Settings

FLOORS = ("hypothesis-only", "word-overlap")
BLIND = ("model", *FLOORS)  # look at no exact differences
BACKENDS = ("local", "llm", "rules", *BLIND)
_RELATIONS = (Relation.SUPPORTS, Relation.REFUTES, Relation.NEUTRAL)


@cache
def open_judge(backend: str, shared: Path) -> Judge:
    """The judge that the desk would use, the rules or the trained model alone, or a floor fitted on rows in `shared`.

    Raises BadSettings, MissingWeights, UnreadableFile.
    """
    if backend == "rules":
        return RulesJudge()
    if backend == "model":
        return ModelAlone()
    if backend in FLOORS:
        from eval.floors import open_floor

        return open_floor(backend, shared / "train")
    if backend == "llm":
        from eval.remote import open_remote_judge

        return open_remote_judge(settings_of(backend))
    from service.desk import open_desk

    return open_desk(settings_of(backend)).judge


class ModelAlone:
    """The trained model without exact tiers and last layer: its logits as probabilities, and always the likeliest."""

    def __init__(self) -> None:
        """Raises MissingWeights."""
        settings = Settings()
        self._models = open_models(settings.judge, settings.threads)
        self.id = f"{'+'.join(model.id for model in self._models)}, alone"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        odds = np.exp(read_texts(self._models, pairs))
        return [
            Judgement(relation=_RELATIONS[row.argmax()], supports=row[0], refutes=row[1], neutral=row[2])
            for row in (odds / odds.sum(axis=1, keepdims=True)).astype(float)
        ]


def settings_of(backend: str) -> Settings:
    """The settings under which a desk works with that backend, `local` or `llm`. Raises BadSettings."""
    if backend not in ("local", "llm"):
        raise BadSettings(f"No desk works with the backend {backend!r}: choose local or llm.")
    return Settings().model_copy(update={"backend": backend})


def as_passage(text: str) -> Passage:
    """A text that stands for itself: no neighbours, no article."""
    return Passage(
        sentence_id="p",
        article_id="p",
        version=1,
        index=0,
        start=0,
        end=len(text),
        text=text,
        section=Section.BODY,
        window=text,
        window_start=0,
        title=None,
        url=None,
        published=None,
    )


def as_pair(claim: str, evidence: str, compare: bool = True, joined: bool = False) -> Pair:
    """What `check` would show a judge: the claim, the evidence and, if they are compared, their exact differences."""
    if not compare:
        return Pair(claim=claim, passage=as_passage(evidence), joined=joined)
    return pair_with(Statement(text=claim), as_passage(evidence), joined=joined)
