"""A question becomes a cited answer: find, draft, verify each sentence against what it cites, or abstain."""

from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from service.domain.base import Frozen
from service.domain.passage import CitationState, Passage
from service.domain.report import Answer
from service.domain.verdict import Relation
from service.ports import Answerer, DraftSentence, Judge, Pair, Record
from service.requests import require_text
from service.retrieve.cite import Citer
from service.retrieve.search import Scope, Searcher
from service.timing import Stopwatch

PASSAGES = 8  # sentences that an answer may rest on
LONGEST_QUESTION = 2_000  # characters
NO_ANSWER = "The archive does not answer this."


class AskRequest(Frozen):
    """A question. Nothing published after `as_of` is used."""

    question: str
    as_of: date | None = None


class _Found(Frozen):
    request: AskRequest
    passages: tuple[Passage, ...]
    degraded: bool
    timings_ms: dict[str, float]


class _Drafted(Frozen):
    found: _Found
    sentences: tuple[DraftSentence, ...]
    timings_ms: dict[str, float]


def build_ask_chain(
    searcher: Searcher, answerer: Answerer, judge: Judge, record: Record, backend: str
) -> Runnable[AskRequest, Answer]:
    """The chain of `ask`. Raises EmptyText for a question without words, InputTooLarge for an endless one."""

    def find(request: AskRequest) -> _Found:
        clock = Stopwatch()
        question = require_text(request.question, "question", LONGEST_QUESTION)
        found = searcher.find(question, PASSAGES, Scope(as_of=request.as_of))
        clock.lap("find")
        return _Found(request=request, passages=found.passages, degraded=found.degraded, timings_ms=clock.laps_ms)

    def draft(found: _Found) -> _Drafted:
        clock = Stopwatch(found.timings_ms)
        sentences = tuple(answerer.draft(found.request.question, found.passages))
        clock.lap("draft")
        return _Drafted(found=found, sentences=sentences, timings_ms=clock.laps_ms)

    def verify(drafted: _Drafted) -> Answer:
        clock = Stopwatch(drafted.timings_ms)
        offered = {passage.sentence_id: passage for passage in drafted.found.passages}
        citer, stated, unsupported = Citer(record), [], []
        for sentence in drafted.sentences:
            support = find_support(sentence, offered, judge)
            if support is None:
                unsupported.append(sentence.text)
                continue
            passage, state = support
            stated.append(f"{sentence.text} [{citer.cite(passage, state).number}]")
        clock.lap("verify")
        return Answer(
            question=drafted.found.request.question,
            answer=" ".join(stated) or NO_ANSWER,
            abstained=not stated,
            citations=citer.citations,
            unsupported=tuple(unsupported),
            degraded=drafted.found.degraded,
            backend=backend,
            timings_ms=clock.laps_ms,
        )

    return RunnableLambda(find) | RunnableLambda(draft) | RunnableLambda(verify)


def find_support(
    sentence: DraftSentence, offered: dict[str, Passage], judge: Judge
) -> tuple[Passage, CitationState] | None:
    """The passage that the judge says supports a drafted sentence: one that it cites, or else another one.

    An id that was never offered counts for nothing, whoever wrote it.
    """
    cited = [offered[i] for i in sentence.sentence_ids if i in offered]
    others = [passage for passage in offered.values() if passage not in cited]
    for passages, state in ((cited, CitationState.VERIFIED), (others, CitationState.REPAIRED)):
        judgements = judge.judge([Pair(claim=sentence.text, passage=passage) for passage in passages])
        for passage, judgement in zip(passages, judgements, strict=True):
            if judgement.relation is Relation.SUPPORTS:
                return passage, state
    return None
