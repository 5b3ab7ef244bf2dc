"""A conversation: the turns that a follow-up refers to."""

from service.domain.base import Frozen


class Turn(Frozen):
    """A question as it was understood, and the answer that was shown."""

    question: str
    answer: str
