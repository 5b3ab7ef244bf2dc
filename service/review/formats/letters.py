"""A passage of a finding becomes the letters in it that the passage beside it has otherwise."""

from service.domain.finding import Finding, FindingPassage
from service.marks import differing


def odd_letters(finding: Finding, passage: FindingPassage, text: str) -> list[tuple[int, int]]:
    """Ranges from the passage's start: the first passage is laid beside the second, every other beside the first.

    A weekday within its own date has nothing beside it: passages that overlap mark no letters.
    """
    first, *others = finding.passages
    beside = next(iter(others), None) if passage is first else first
    if beside is None or (beside.start < passage.end and passage.start < beside.end):
        return []
    return differing(text[passage.start : passage.end], text[beside.start : beside.end])
