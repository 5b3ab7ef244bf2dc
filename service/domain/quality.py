"""What a judge was measured to be worth on public sets, for a reader who wants to know what "80% sure" means."""

from service.domain.base import Frozen


class MeasuredSet(Frozen):
    """One set of claims with gold evidence. Shares are in [0, 1]; a share of nothing is None."""

    name: str
    n: int
    decided: float  # share of claims on which the judge took a side
    supported_right: float | None  # share of its "supported" that the set calls supported
    refuted_right: float | None
    accuracy: float  # share of all its verdicts, "not enough evidence" among them, that are right
    low: float  # 95% interval of the accuracy (Wilson)
    high: float


class ReliabilityBin(Frozen):
    """The verdicts whose confidence lies in [low, high): how sure they were on average, and how many were right."""

    low: float
    high: float
    n: int
    said: float
    right: float


class ThresholdRow(Frozen):
    """What is left when only decisive verdicts at least that sure are heard."""

    threshold: float
    coverage: float
    right: float | None


class Quality(Frozen):
    """A judge's figures over all sets, with the command that made them."""

    judge: str
    measured: str  # the day, ISO 8601
    command: str
    cores: int
    sets: tuple[MeasuredSet, ...]
    reliability: tuple[ReliabilityBin, ...]
    calibration_error: float  # the mean gap between said and right, weighted by verdicts
    thresholds: tuple[ThresholdRow, ...]
