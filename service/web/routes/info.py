"""`/v1/info`: what answers here, and by which thresholds."""

from service import __version__
from service.ask.chain import LONGEST_QUESTION
from service.check.chain import LONGEST_CLAIM, PASSAGES
from service.domain.base import Frozen
from service.web.caller import Reader
from service.web.routing import make_router

router = make_router(tag="info")


class Models(Frozen):
    """The ids of the models: name, version and the digest of their weights, so that a result can be had again."""

    embedder: str
    judge: str
    answerer: str


class Limits(Frozen):
    """How much a request may hold."""

    question_characters: int
    claim_characters: int
    file_bytes: int
    passages_a_claim: int


class Info(Frozen):
    version: str
    models: Models
    limits: Limits
    sentences: int  # that can be cited


@router.get("/info")
def info(caller: Reader) -> Info:
    """The version, the models and the limits of this server."""
    desk = caller.desk
    return Info(
        version=__version__,
        models=Models(embedder=desk.embedder.id, judge=desk.judge.id, answerer=desk.answerer.id),
        limits=Limits(
            question_characters=LONGEST_QUESTION,
            claim_characters=LONGEST_CLAIM,
            file_bytes=desk.settings.max_input_bytes,
            passages_a_claim=PASSAGES,
        ),
        sentences=desk.record.count(),
    )
