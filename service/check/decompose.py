"""A claim becomes atomic claims: its sentences, cut again where a conjunction joins two full clauses."""

import re

from service.domain.article import Block, Page, Section
from service.domain.claim import AtomicClaim
from service.ingest.split import split

# "..., and Kishida plans ..." joins two clauses; "Abe and Putin met" joins two names.
_JOINT = re.compile(r";\s+|,\s+(?:and|but|while|whereas)\s+(?=(?:the\s+|an?\s+)?[A-Z])")
_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|says?|said|plans?|"
    r"met|rose|fell|won|lost|left|went|came|made|took|gave|became|began|told|held|[a-z]{2,}ed)\b"
)


def decompose(claim: str) -> tuple[AtomicClaim, ...]:
    """The parts of a claim that can be judged alone, with their offsets; at least one when it has words.

    Only joints between two clauses with a verb of their own are cut: a claim left whole is judged strictly,
    a claim cut wrongly would be judged on words that it never said.
    """
    block = Block(start=0, end=len(claim), section=Section.BODY)
    sentences = split(Page(text=claim, blocks=(block,), language="en"), "claim", 1)
    return tuple(
        AtomicClaim(text=claim[start:end], start=start, end=end)
        for sentence in sentences
        for start, end in _clauses(claim, sentence.start, sentence.end)
    )


def _clauses(claim: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, at = [], start
    for joint in _JOINT.finditer(claim, start, end):
        spans.append((at, joint.start()))
        at = joint.end()
    spans.append((at, end))
    if all(_FINITE_VERB.search(claim[s:e]) for s, e in spans):
        return spans
    return [(start, end)]
