"""The name of a backend becomes the judge that is measured, and a text the passage that it is shown."""

from service.backends.local.rules import RulesJudge
from service.compare.differences import find_differences
from service.desk import open_desk
from service.domain.article import Section
from service.domain.claim import Statement
from service.domain.passage import Passage
from service.errors import BadSettings
from service.ports import Judge, Pair
from service.settings import Settings

BACKENDS = ("local", "llm", "rules")


def open_judge(backend: str) -> Judge:
    """The judge that the desk would use, or the rules alone. Raises BadSettings, MissingWeights."""
    if backend == "rules":
        return RulesJudge()
    if backend == "local":
        return open_desk(Settings()).judge
    raise BadSettings(f"There is no backend {backend!r} to measure. Choose one of {', '.join(BACKENDS)}.")


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


def as_pair(claim: str, evidence: str, compare: bool = True) -> Pair:
    """What `check` would show a judge: the claim, the evidence and, if they are compared, their exact differences."""
    differences = find_differences(Statement(text=claim), Statement(text=evidence)) if compare else ()
    return Pair(claim=claim, passage=as_passage(evidence), differences=differences)
