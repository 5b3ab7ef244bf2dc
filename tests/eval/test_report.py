"""Results become a report that can be read, with its pictures and logs."""

from collections.abc import Sequence
from pathlib import Path

from eval.__main__ import main
from eval.log import read_json
from tests.eval_rows import write_rows


def report(tmp_path: Path, rows: Sequence[tuple[str, str, str]]) -> str:
    data = write_rows(tmp_path / "own.jsonl", *rows)
    folder = tmp_path / "out"
    assert main(["verdicts", "--backend", "rules", "--data", str(data), "--report", str(folder)]) == 0
    return (folder / "evaluation.md").read_text()


def test_a_report_has_the_figures_the_pictures_and_the_logs(tmp_path: Path) -> None:
    text = report(
        tmp_path,
        [("Oil rose 5%.", "Oil rose 5%.", "entail"), ("Oil rose.", "X.", "neutral"), ("A b.", "C d.", "contradict")],
    )
    (log,) = read_json(tmp_path / "out" / "evaluation" / "logs.json")
    assert log.metrics["accuracy"] is not None
    assert f"{100 * log.metrics['accuracy']:.1f} [" in text
    for picture in ("reliability", "confusion", "coverage"):
        assert f"(evaluation/{picture}.png)" in text
        assert (tmp_path / "out" / "evaluation" / f"{picture}.png").stat().st_size > 1_000


def test_what_is_undefined_is_a_dash_not_a_number(tmp_path: Path) -> None:
    text = report(tmp_path, [("Oil rose 5%.", "Oil rose 5%.", "entail"), ("Gas fell.", "Gas fell.", "entail")])
    assert "nan" not in text
    assert "| - |" in text
