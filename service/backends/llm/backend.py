"""A remote model and the local tasks become the backend of one run."""

from collections.abc import Callable
from dataclasses import dataclass

from service.backends.llm.answerer import LlmAnswerer
from service.backends.llm.call import Caller
from service.backends.llm.decomposer import LlmDecomposer
from service.backends.llm.detector import LlmDetector
from service.backends.llm.judge import LlmJudge
from service.backends.llm.model import Model
from service.backends.llm.rewriter import LlmRewriter
from service.domain.usage import Account
from service.ports import Answerer, Backend, Decompose, Detector, Judge, Rewrite
from service.run import Run


@dataclass(frozen=True)
class LlmBackend:
    """The port `Backend` on a remote model. What the model drafts is verified by the local judge."""

    id: str
    judge: Judge
    verifier: Judge
    answerer: Answerer
    detector: Detector
    decompose: Decompose
    rewrite: Rewrite
    account: Callable[[], Account]


def for_run(model: Model, local: Backend, run: Run) -> LlmBackend:
    """The tasks of one run; each falls back to the local one, unless the run wants the model or nothing.

    Raises BadSettings where a budget is to be kept and the model has no price.
    """
    caller, name = Caller(model, run), model.endpoint.model
    return LlmBackend(
        id=f"llm: {name} at {model.endpoint.host}; {local.id}",
        judge=LlmJudge(caller, local.judge, name),
        verifier=local.verifier,
        answerer=LlmAnswerer(caller, local.answerer, name),
        detector=LlmDetector(caller, local.detector, name),
        decompose=LlmDecomposer(caller, local.decompose),
        rewrite=LlmRewriter(caller, local.rewrite),
        account=lambda: caller.account() + local.account(),
    )
