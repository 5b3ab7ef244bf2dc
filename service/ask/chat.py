"""A follow-up in a conversation becomes a question that stands alone, then a cited answer."""

from collections.abc import Sequence

from langchain_core.runnables import Runnable, RunnableLambda

from service.ask.chain import LONGEST_QUESTION, AskRequest
from service.domain.chat import Turn
from service.domain.event import RewrittenEvent, Stage
from service.domain.report import Answer
from service.ports import Backend
from service.requests import require_text
from service.run import Run

MEMORY = 6  # turns that a follow-up can refer to


def build_chat_chain(
    ask: Runnable[AskRequest, Answer], history: Sequence[Turn], backend: Backend, run: Run
) -> Runnable[AskRequest, Answer]:
    """The chain of `chat`: `ask` with the question as it is meant after `history`, oldest turn first.

    The answer shows that question in `rewritten` where it is not the one that was typed. Earlier answers only
    tell what a follow-up means: nothing is cited from them.
    """

    def rewrite(request: AskRequest) -> AskRequest:
        question = require_text(request.question, "question", LONGEST_QUESTION)
        if not history:
            return request
        run.begin(Stage.REWRITING)
        alone = backend.rewrite(question, history[-MEMORY:])
        if alone != question:
            run.listen(RewrittenEvent(question=alone))
        return request.model_copy(update={"question": alone})

    def converse(request: AskRequest) -> Answer:
        meant = rewrite(request)
        answer = ask.invoke(meant)
        if meant.question == request.question:
            return answer
        return answer.model_copy(update={"question": request.question, "rewritten": meant.question})

    return RunnableLambda(converse)
