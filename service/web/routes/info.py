"""`/v1/info`: what answers here, and by which thresholds."""

from service import __version__
from service.ask.chain import LONGEST_QUESTION
from service.check.chain import LONGEST_CLAIM, PASSAGES
from service.claims import matching
from service.domain.base import Frozen
from service.web.caller import Reader
from service.web.routes.reviews import WORTH_CHECKING
from service.web.routing import make_router

router = make_router(tag="info")


class Models(Frozen):
    """The ids of the models: name, version and the digest of their weights, so that a result can be had again."""

    embedder: str
    judge: str
    answerer: str
    remote: str | None  # the model of the llm backend


class Threshold(Frozen):
    """A number by which the desk decides, and the command that chose it and shows how well it does."""

    value: float
    measured_by: str


class Limits(Frozen):
    """How much a request may hold."""

    question_characters: int
    claim_characters: int
    file_bytes: int
    passages_a_claim: int


class Info(Frozen):
    version: str
    backend: str  # local, or llm with the local models beside it
    models: Models
    thresholds: dict[str, Threshold]
    limits: Limits
    sentences: int  # that can be cited


_MATCHING = "python -m eval.tasks.claim_matching"

THRESHOLDS = {
    "fact_check_confirmed": Threshold(value=matching.CONFIRMED, measured_by=_MATCHING),
    "fact_check_equivalent": Threshold(value=matching.EQUIVALENT, measured_by=_MATCHING),
    "fact_check_suggested": Threshold(value=matching.SUGGESTED, measured_by=_MATCHING),
    "worth_checking": Threshold(value=WORTH_CHECKING, measured_by="python -m eval detection"),
}


@router.get("/info")
def info(caller: Reader) -> Info:
    """The version, the models and the limits of this server."""
    desk = caller.desk
    return Info(
        version=__version__,
        backend=desk.settings.backend,
        thresholds=THRESHOLDS,
        models=Models(
            embedder=desk.embedder.id,
            judge=desk.judge.id,
            answerer=desk.answerer.id,
            remote=desk.settings.llm_model if desk.model else None,
        ),
        limits=Limits(
            question_characters=LONGEST_QUESTION,
            claim_characters=LONGEST_CLAIM,
            file_bytes=desk.settings.max_input_bytes,
            passages_a_claim=PASSAGES,
        ),
        sentences=desk.record.count(),
    )
