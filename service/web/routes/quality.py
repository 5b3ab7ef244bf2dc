"""`/v1/quality`: what the running judge was measured to be worth, so that nobody takes a confidence on faith."""

from importlib.resources import files

from service.domain.base import Frozen
from service.domain.quality import Quality
from service.web.caller import Reader
from service.web.routing import make_router

router = make_router("/quality", tag="info")


class MeasuredQuality(Frozen):
    """The figures of the judge that runs; `measured` is None where that very judge was not measured."""

    judge: str
    backend: str
    measured: Quality | None


@router.get("")
def quality(caller: Reader) -> MeasuredQuality:
    """The running judge's figures on public sets: right and wrong by set, its reliability, what thresholds buy."""
    judge = caller.desk.judge.id
    backend = "local" if caller.desk.model is None else "llm"
    return MeasuredQuality(judge=judge, backend=backend, measured=_read(judge) if backend == "local" else None)


def _read(judge: str) -> Quality | None:
    """The figures that `python -m eval.quality` wrote for a judge of that id: the id names its weights."""
    folder = files("service.web").joinpath("measured")
    for file in folder.iterdir() if folder.is_dir() else ():
        found = Quality.model_validate_json(file.read_text(encoding="utf-8"))
        if found.judge == judge:
            return found
    return None
