"""A drafted sentence becomes a cited one, or a withheld one with the reason."""

from collections.abc import Mapping, Sequence

from service.compare.differences import pair_with
from service.domain.base import Frozen
from service.domain.claim import Statement
from service.domain.passage import CitationState, Passage
from service.domain.report import Withheld
from service.domain.verdict import Relation
from service.markup import has_markup, without_markup
from service.ports import DraftSentence, Judge
from service.retrieve.quotes import unfound_quotes


class Support(Frozen):
    """A drafted sentence with the passages that the verifier says support it; at least one."""

    text: str
    passages: tuple[Passage, ...]
    state: CitationState


def verify(draft: DraftSentence, offered: Mapping[str, Passage], verifier: Judge) -> Support | Withheld:
    """Holds a sentence against what it cites, then against the other passages on offer.

    verified: a cited passage supports it. repaired: only another one does. misattributed: it cites a passage
    on offer, and none supports it. unverified: it cites nothing that was offered, and none supports it.
    An id that was never offered counts for nothing, whoever wrote it.
    """
    text = " ".join(draft.text.split())
    if has_markup(text):
        return _withhold(text, CitationState.UNVERIFIED, "it holds a link or markup")
    cited = [offered[i] for i in dict.fromkeys(draft.sentence_ids) if i in offered]
    others = [passage for passage in offered.values() if passage not in cited]
    for passages, state in ((cited, CitationState.VERIFIED), (others, CitationState.REPAIRED)):
        supporting = _supporting(text, passages, verifier)
        supporting = supporting if state is CitationState.VERIFIED else supporting[:1]
        if supporting and not unfound_quotes(text, supporting):
            return Support(text=text, passages=tuple(supporting), state=state)
    if quotes := unfound_quotes(text, offered.values()):
        return _withhold(text, CitationState.UNVERIFIED, f"no passage holds its quotation word for word: {quotes[0]!r}")
    if cited:
        return _withhold(text, CitationState.MISATTRIBUTED, "the passage that it cites does not say so")
    return _withhold(text, CitationState.UNVERIFIED, "it cites no passage, and none says so")


def _supporting(text: str, passages: Sequence[Passage], verifier: Judge) -> list[Passage]:
    """The passages that support a sentence: the judge says so, and no name, number, date or "not" differs."""
    pairs = [pair_with(Statement(text=text, dated=passage.published), passage) for passage in passages]
    return [
        pair.passage
        for pair, judgement in zip(pairs, verifier.judge(pairs), strict=True)
        if judgement.relation is Relation.SUPPORTS and not pair.differences
    ]


def _withhold(text: str, state: CitationState, reason: str) -> Withheld:
    return Withheld(text=without_markup(text), state=state, reason=without_markup(reason))
