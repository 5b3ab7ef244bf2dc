"""A follow-up becomes a question that stands alone by a model, which may name only what was spoken of."""

from collections.abc import Sequence

from service.backends.llm.call import Caller
from service.backends.llm.parse import OffSchema, Words
from service.backends.llm.prompts import as_data
from service.compare.mentions import find_names
from service.compare.words import words
from service.domain.base import Frozen
from service.domain.chat import Turn
from service.markup import has_markup
from service.ports import Rewrite

LONGEST = 500  # characters: a question, not an essay


class _Question(Frozen):
    question: Words


class LlmRewriter:
    """`Rewrite` on a remote model; `local` rewrites where the model fails, or brings in a name of its own."""

    def __init__(self, caller: Caller, local: Rewrite) -> None:
        self._caller = caller
        self._local = local

    def __call__(self, question: str, history: Sequence[Turn]) -> str:
        if not history:
            return question
        turns = as_data({"question": turn.question, "answer": turn.answer} for turn in history)
        values = {"turns": turns, "question": as_data([{"question": question}])}
        return self._caller.either(
            lambda: self._caller.ask(
                "rewrite", values, _Question, lambda reply: require(reply.question, question, history)
            ),
            lambda: self._local(question, history),
        )


def require(rewritten: str, question: str, history: Sequence[Turn]) -> str:
    """The rewritten question. Raises OffSchema where it is none, or names what nobody spoke of."""
    rewritten = " ".join(rewritten.split())
    if not rewritten or len(rewritten) > LONGEST or has_markup(rewritten):
        raise OffSchema(f"The question must be plain text of 1 to {LONGEST} characters.")
    spoken = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    known = {word.stem for word in words(spoken)}
    for name in find_names(rewritten):
        if added := [word.text for word in words(name.text) if word.stem not in known]:
            raise OffSchema(f"Nobody spoke of {', '.join(added)}.")
    return rewritten
