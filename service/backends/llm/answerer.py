"""A question and its passages become a model's draft, each sentence with the passages that it says it rests on."""

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from service.backends.llm.call import Caller
from service.backends.llm.parse import Words
from service.backends.llm.passages import number, show
from service.backends.llm.prompts import as_data
from service.domain.base import Frozen
from service.domain.passage import Passage
from service.errors import ContextTooLong
from service.ports import Answerer, DraftSentence

MOST_SENTENCES = 6

# Markers are the desk's to set: one that a model types into its text could pass for a citation. Between parentheses
# only a passage's name is one: "(2012)" is a year.
_MARKER = re.compile(r"\s*(?:[\[【]\s*\^?p?\d[^\[\]【】]*[\]】]|\(p\d+(?:\s*[,;]\s*p\d+)*\))")


class _Sentence(Frozen):
    text: Words
    passages: tuple[str, ...]


class _Draft(Frozen):
    sentences: Annotated[tuple[_Sentence, ...], Field(max_length=MOST_SENTENCES)]


class LlmAnswerer:
    """The port `Answerer` on a remote model; `local` drafts where the model fails."""

    def __init__(self, caller: Caller, local: Answerer, model: str) -> None:
        self.id = model
        self._caller = caller
        self._local = local

    def draft(self, question: str, passages: Sequence[Passage]) -> list[DraftSentence]:
        """At most six sentences; none is an abstention. Without passages nothing is asked."""
        if not passages:
            return []
        return self._caller.either(
            lambda: self._draft_shorter(question, passages), lambda: self._local.draft(question, passages)
        )

    def _draft_shorter(self, question: str, passages: Sequence[Passage]) -> list[DraftSentence]:
        """The draft; a model whose window is too small gets the better half of the passages, once."""
        try:
            return self._draft(question, passages)
        except ContextTooLong:
            kept = passages[: len(passages) // 2]
            if not kept:
                raise
            left_out = len(passages) - len(kept)
            self._caller.note(
                ContextTooLong(
                    f"The model cannot read so much at once: the {left_out} passages that fit least were left out."
                )
            )
            return self._draft(question, kept)

    def _draft(self, question: str, passages: Sequence[Passage]) -> list[DraftSentence]:
        numbered = number(passages)

        def resolve(draft: _Draft) -> list[DraftSentence]:
            said: dict[str, tuple[str, ...]] = {}  # what is said twice is said once, on all that it cites
            for sentence in draft.sentences:
                if text := without_markers(sentence.text).strip():
                    said[text] = (*said.get(text, ()), *sentence.passages)
            # A name that was not offered stays as it is: it resolves to no passage, and counts for none.
            return [
                DraftSentence(
                    text=text, sentence_ids=tuple(numbered[n].sentence_id if n in numbered else n for n in names)
                )
                for text, names in said.items()
            ]

        values = {"question": as_data([{"question": question}]), "passages": show(numbered)}
        return self._caller.ask("answer", values, _Draft, resolve)


def without_markers(text: str) -> str:
    """The text without [1], [p1], 【2†source】 and (p1); taking one out may not leave another, as in "[[1]9]"."""
    while (left := _MARKER.sub("", text)) != text:
        text = left
    return text
