"""`/v1/quality`: what the running judge was measured to be worth, so that nobody takes a confidence on faith."""

from service.web.caller import Reader
from service.web.quality import MeasuredQuality, measured_of
from service.web.routing import make_router

router = make_router("/quality", tag="info")


@router.get("")
def quality(caller: Reader) -> MeasuredQuality:
    """The running judge's figures on public sets: right and wrong by set, its reliability, what thresholds buy."""
    return measured_of(caller.desk)
