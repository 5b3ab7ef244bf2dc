"""A question becomes a cited answer: find, draft, verify each sentence against what it cites, or abstain."""

from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from service.ask.verify import verify
from service.domain.base import Frozen
from service.domain.event import SentenceEvent, Stage
from service.domain.passage import Passage
from service.domain.report import Answer, Withheld
from service.domain.usage import Problem
from service.ports import Backend, DraftSentence, Record
from service.requests import require_text
from service.retrieve.cite import Citer
from service.retrieve.search import Scope, Searcher
from service.run import Run
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
    problems: tuple[Problem, ...]
    timings_ms: dict[str, float]


class _Drafted(Frozen):
    found: _Found
    sentences: tuple[DraftSentence, ...]
    timings_ms: dict[str, float]


def build_ask_chain(searcher: Searcher, backend: Backend, record: Record, run: Run) -> Runnable[AskRequest, Answer]:
    """The chain of `ask`. Raises EmptyText for a question without words, InputTooLarge for an endless one.

    The run's listener hears each stage, then each verified sentence; raises Cancelled when the run is.
    """

    def find(request: AskRequest) -> _Found:
        clock = Stopwatch()
        question = require_text(request.question, "question", LONGEST_QUESTION)
        run.begin(Stage.SEARCHING)
        found = searcher.find(question, PASSAGES, Scope(as_of=request.as_of))
        clock.lap("find")
        run.begin(Stage.READING, len(found.passages))
        return _Found(request=request, passages=found.passages, problems=found.problems, timings_ms=clock.laps_ms)

    def draft(found: _Found) -> _Drafted:
        clock = Stopwatch(found.timings_ms)
        run.begin(Stage.DRAFTING)
        sentences = tuple(backend.answerer.draft(found.request.question, found.passages))
        clock.lap("draft")
        return _Drafted(found=found, sentences=sentences, timings_ms=clock.laps_ms)

    def cite(drafted: _Drafted) -> Answer:
        clock = Stopwatch(drafted.timings_ms)
        run.begin(Stage.VERIFYING, len(drafted.sentences))
        offered = {passage.sentence_id: passage for passage in drafted.found.passages}
        citer = Citer(record)
        stated: list[str] = []
        withheld: list[Withheld] = []
        for sentence in drafted.sentences:
            run.cancellation.check()
            checked = verify(sentence, offered, backend.verifier)
            if isinstance(checked, Withheld):
                withheld.append(checked)
                continue
            citations = citer.cite_all(checked.passages, checked.state)
            stated.append(f"{checked.text} {''.join(f'[{citation.number}]' for citation in citations)}")
            run.listen(SentenceEvent(text=stated[-1], citations=citations))
        clock.lap("verify")
        account = backend.account()
        problems = drafted.found.problems + account.problems
        return Answer(
            question=drafted.found.request.question,
            answer=" ".join(stated) or NO_ANSWER,
            abstained=not stated,
            citations=citer.citations,
            unsupported=tuple(sentence.text for sentence in withheld),
            withheld=tuple(withheld),
            degraded=bool(problems),
            backend=backend.id,
            timings_ms=clock.laps_ms,
            problems=problems,
            usage=account.usage,
        )

    return RunnableLambda(find) | RunnableLambda(draft) | RunnableLambda(cite)
