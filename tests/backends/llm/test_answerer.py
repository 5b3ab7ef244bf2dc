"""What a model types into its sentences can pass for no citation of ours."""

import pytest

from service.backends.llm.answerer import without_markers


@pytest.mark.parametrize(
    "typed",
    ["Five times [1].", "Five times [1] [9].", "Five times[p1, p2].", "Five times (p1).", "Five times [[1]9].",
     "Five times 【1†source】.", "Five times [^1].", "Five times [ 1 ].", "Five times [1-3].", "Five times [１]."],
)  # fmt: skip
def test_markers_are_taken_out(typed: str) -> None:
    assert without_markers(typed) == "Five times."


@pytest.mark.parametrize("text", ["He returned to power (2012).", "She, aged 38 (or 39), spoke.", "He said [sic] no."])
def test_what_is_no_marker_stays(text: str) -> None:
    assert without_markers(text) == text
