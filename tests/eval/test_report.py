"""Results become a report that can be read, with its pictures and logs."""

from collections.abc import Sequence
from pathlib import Path

from eval.__main__ import main
from eval.log import Log, read_json
from eval.report import write_report
from eval.task import Result
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


def test_what_is_rare_keeps_its_decimals_and_a_count_is_no_share(tmp_path: Path) -> None:
    log = Log(
        task="review",
        data="news",
        n=300,
        metrics={
            "name_seeds": 1,
            "name_recall": 0.942,
            "number_seeds": 1_142,
            "name_false_per_clean_article": 0.0083,
            "findings_per_clean_article": 0.047,
            "seconds_per_1000_words": 0.0573,
            "recall_NAM001": 0.95,
            "seeds_NAM001": 1,
            "precision_NAM001": 0.5,
            "false_in_NUM001": 0.0033,
        },
        intervals={"name_false_per_clean_article": (0.0, 0.0167)},
        backend="rules",
        models=(),
        data_sha256="",
        started="2026-11-30T00:00:00",
        seconds=1,
    )
    text = write_report([Result(log, (), ())], tmp_path, "a test").read_text()
    for row in (
        "| name seeds | 1 |",
        "| number seeds | 1,142 |",
        "| name recall | 94.2 |",
        "| name false per clean article | 0.0083 [0.0000, 0.0167] |",
        "| findings per clean article | 0.0470 |",
        "| seconds per 1000 words | 0.0573 |",
        "| NAM001 misspelt name | 1 | 95.0 | 50.0 | - |",
        "| NUM001 one quantity, two values | - | - | - | 0.0033 |",
        "| sample | NAM001 | `Kushida` |",
    ):
        assert row in text
    assert "QUO003" not in text.split("### Errors")[0]
