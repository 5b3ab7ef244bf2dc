"""Reports made by hand, for tests that need no check."""

from service.domain.report import Report
from service.domain.verdict import Label


def make_report(claim: str, label: Label = Label.REFUTED) -> Report:
    """A report without citations."""
    return Report(
        claim=claim,
        label=label,
        confidence=0.9,
        abstained=label is Label.NOT_ENOUGH,
        corrected_claim=None,
        corrected_label=None,
        parts=(),
        differences=(),
        citations=(),
        degraded=False,
        backend="test",
        timings_ms={},
    )
