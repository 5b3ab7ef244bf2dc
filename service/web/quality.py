"""The running judge becomes the figures that were measured of that very judge, where there are any."""

from importlib.resources import files

from service.desk import Desk
from service.domain.base import Frozen
from service.domain.quality import Quality


class MeasuredQuality(Frozen):
    """The figures of the judge that runs; `measured` is None where that very judge was not measured."""

    judge: str
    backend: str
    measured: Quality | None


def measured_of(desk: Desk) -> MeasuredQuality:
    """The figures of the desk's judge: those of its local judge say nothing of a remote model's verdicts."""
    judge = desk.judge.id
    backend = "local" if desk.model is None else "llm"
    return MeasuredQuality(judge=judge, backend=backend, measured=_read(judge) if backend == "local" else None)


def _read(judge: str) -> Quality | None:
    """The figures that `python -m eval.quality` wrote for a judge of that id: the id names its weights."""
    folder = files("service.web").joinpath("measured")
    for file in folder.iterdir() if folder.is_dir() else ():
        found = Quality.model_validate_json(file.read_text(encoding="utf-8"))
        if found.judge == judge:
            return found
    return None
