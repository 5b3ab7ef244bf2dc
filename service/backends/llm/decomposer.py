"""A claim becomes atomic claims by a model, which may cut and repeat its words but add none."""

from typing import Annotated

from pydantic import Field

from service.backends.llm.call import Caller
from service.backends.llm.parse import OffSchema, Words
from service.backends.llm.prompts import as_data
from service.compare.words import content_words
from service.domain.base import Frozen
from service.domain.claim import AtomicClaim
from service.ports import Decompose

MOST_PARTS = 12
SHORT = 6
"""Content words: "Abe has met Putin five times" has five, and nothing to cut. It saves a call on most claims."""


class _Part(Frozen):
    quote: str
    text: Words


class _Parts(Frozen):
    parts: Annotated[tuple[_Part, ...], Field(min_length=1, max_length=MOST_PARTS)]


class LlmDecomposer:
    """`Decompose` on a remote model; `local` cuts where the model fails, or will not keep to the claim's words."""

    def __init__(self, caller: Caller, local: Decompose) -> None:
        self._caller = caller
        self._local = local

    def __call__(self, claim: str) -> tuple[AtomicClaim, ...]:
        whole = self._local(claim)
        if len(whole) == 1 and len(content_words(claim)) <= SHORT:
            return whole
        return self._caller.either(
            lambda: self._caller.ask(
                "decompose", {"claim": as_data([{"claim": claim}])}, _Parts, lambda reply: place(claim, reply.parts)
            ),
            lambda: whole,
        )


def place(claim: str, parts: tuple[_Part, ...]) -> tuple[AtomicClaim, ...]:
    """The parts with their places. Raises OffSchema unless they are the claim, whole, and nothing but the claim.

    Quotes stand in it in order and hold each word that says something; a text holds every such word of its quote,
    and no other that is not in the claim. So a model can neither change what is checked nor drop it.
    """
    placed: list[AtomicClaim] = []
    said, covered, at = _stems(claim), set[str](), 0
    for part in parts:
        start = claim.find(part.quote, at) if part.quote.strip() else -1
        if start < 0:
            raise OffSchema(f"The quote {part.quote!r} does not stand in the rest of the claim word for word.")
        quoted, told = _stems(part.quote), _stems(part.text)
        if not told or not quoted <= told <= said:
            raise OffSchema(
                f"The text {part.text!r} must hold every word of {part.quote!r}, and no other that the claim lacks: "
                f"{', '.join(sorted(quoted ^ told)) or 'it says nothing'}."
            )
        at = start + len(part.quote)
        covered |= quoted
        placed.append(AtomicClaim(text=part.text.strip(), start=start, end=at))
    if missing := said - covered:
        raise OffSchema(f"No quote holds these words of the claim: {', '.join(sorted(missing))}.")
    return tuple(placed)


def _stems(text: str) -> set[str]:
    return {word.stem for word in content_words(text)}
