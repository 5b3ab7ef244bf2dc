"""The local tasks become one backend; they keep nothing and cost nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from service.domain.usage import Account
from service.ports import Answerer, Decompose, Detector, Judge, Rewrite


@dataclass(frozen=True)
class LocalBackend:
    """The port `Backend` on this machine."""

    id: str
    judge: Judge
    answerer: Answerer
    detector: Detector
    decompose: Decompose
    rewrite: Rewrite
    account: Callable[[], Account] = Account  # of the run's embeddings, where those are remote

    @property
    def verifier(self) -> Judge:
        return self.judge
