"""The local tasks become one backend: the same for every run, as they keep nothing and cost nothing."""

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

    @property
    def verifier(self) -> Judge:
        return self.judge

    def account(self) -> Account:
        return Account()
