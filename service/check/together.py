"""A claim that no passage decides alone meets those of one article read together: a claim can need two places."""

from collections.abc import Sequence
from datetime import date

from service.check.weigh import Evidence
from service.check.windows import find_nearest
from service.compare.differences import pair_with
from service.domain.claim import Statement
from service.domain.passage import Passage
from service.domain.verdict import Relation
from service.ports import Judge, Pair

SIZES = (2, 3)  # passages read as one; the fewest that support the claim are cited


def read_together(claim: str, said: date | None, passages: Sequence[Passage], judge: Judge) -> tuple[Evidence, ...]:
    """The passages that support the claim only together, or none.

    They are of one article, the first that has two among the passages, for "he" may be someone else in another. They
    only ever support: what refutes a claim is one thing said otherwise, and stands in one sentence.
    """
    readings = [_chosen(claim, _of_one_article(passages), size) for size in SIZES]
    readings = [reading for reading in readings if len(reading) > 1]
    pairs = [_pair(claim, said, reading) for reading in dict.fromkeys(readings)]
    for pair, judgement, reading in zip(pairs, judge.judge(pairs), dict.fromkeys(readings), strict=True):
        if judgement.relation is Relation.SUPPORTS and not pair.differences:
            return tuple(Evidence(passage=passage, judgement=judgement, differences=()) for passage in reading)
    return ()


def _of_one_article(passages: Sequence[Passage]) -> list[Passage]:
    for first in passages:
        of_article = [passage for passage in passages if passage.article_id == first.article_id]
        if len(of_article) > 1:
            return of_article
    return []


def _chosen(claim: str, passages: Sequence[Passage], size: int) -> tuple[Passage, ...]:
    """The passages that cover the claim best, in the order of their article."""
    places = find_nearest(claim, [passage.text for passage in passages], size)
    return tuple(sorted((passages[place] for place in places), key=lambda passage: passage.index))


def _pair(claim: str, said: date | None, reading: tuple[Passage, ...]) -> Pair:
    text = " ".join(passage.text for passage in reading)
    first = reading[0]
    joined = first.model_copy(
        update={
            "sentence_id": "+".join(passage.sentence_id for passage in reading),
            "text": text,
            "end": first.start + len(text),
            "window": text,
            "window_start": first.start,
        }
    )
    return pair_with(Statement(text=claim, dated=said), joined, joined=True)
