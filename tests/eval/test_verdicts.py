"""The verdicts task, with a judge whose answers are known."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.labelled import as_samples
from eval.log import read_json
from eval.scorers import VerdictScorer
from eval.task import Options, run
from eval.tasks.verdicts import TASK, judge_samples, only_digits_differ, read_file
from service.check.windows import as_judgement
from service.domain.verdict import Judgement
from service.ports import Pair
from tests.eval_rows import as_rows, write_rows


class LiteralJudge:
    """Supports what stands in the passage word for word, refutes the rest."""

    id = "literal"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        return [as_judgement(0.9, 0.05) if p.claim in p.passage.text else as_judgement(0.1, 0.8) for p in pairs]


def test_a_claim_is_found_in_one_sentence_of_long_evidence() -> None:
    text = " ".join(f"Sentence number {word} says little." for word in ("one", "two", "three", "four", "five", "six"))
    samples = as_samples(as_rows((f"{text} Abe met Putin. {text}", "Abe met Putin.", "entail")))
    solved = judge_samples(samples, LiteralJudge())
    assert solved.calls > 1
    assert solved.outputs[0].supports > solved.outputs[0].refutes


def test_three_way_figures_are_of_the_likeliest_relation() -> None:
    samples = as_samples(as_rows(("It rose.", "It rose.", "entail"), ("It fell.", "It sank.", "neutral")))
    figures = VerdictScorer().score(samples, judge_samples(samples, LiteralJudge()).outputs)
    assert figures["accuracy"] == 0.5
    assert figures["auc"] == 1.0


def test_a_two_way_threshold_comes_from_the_tuning_rows_alone(tmp_path: Path) -> None:
    test = write_rows(tmp_path / "test.jsonl", ("A b.", "A b.", "entail"), ("A b.", "C.", "not_entail"))
    tune = write_rows(tmp_path / "tune.jsonl", ("D e.", "D e.", "entail"), ("D e.", "F.", "not_entail"))
    data = read_file(test, tune, None)
    (part,) = data.slices
    assert (part.rows, part.tuned_on) == ((0, 1), (2, 3))
    outputs = judge_samples(data.samples, LiteralJudge()).outputs
    scorer = VerdictScorer().fit(data.samples[2:], outputs[2:])
    assert scorer.choices == {"threshold": 0.5}
    assert scorer.score(data.samples[:2], outputs[:2])["balanced_accuracy"] == 1.0


def test_the_digits_slice_holds_rows_that_only_numbers_tell_apart() -> None:
    samples = as_samples(
        as_rows(
            ("It sold 50 cars.", "It sold over 40.", "entail"),
            ("It sold 30 cars.", "It sold over 40.", "contradict"),
            ("It sold no cars.", "It sold over 40.", "contradict"),
            ("It sold 9 bikes.", "It sold over 40.", "neutral"),
        )
    )
    assert only_digits_differ(samples) == (0, 1)


def test_a_log_says_what_was_measured(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "own.jsonl", ("Oil rose 5%.", "Oil rose 5%.", "entail"), ("Oil rose.", "X.", "neutral")
    )
    (result,) = run(TASK, Options(data=path, backend="rules"))
    assert (result.log.data, result.log.n, result.log.metrics["accuracy"]) == ("own", 2, 1.0)
    assert len(result.log.data_sha256) == 64
    assert result.log.models == ("rules-1",)


def test_the_command_writes_its_logs_and_refuses_bad_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_rows(
        tmp_path / "own.jsonl", ("Oil rose 5%.", "Oil rose 5%.", "entail"), ("Oil rose.", "X.", "neutral")
    )
    command = ["verdicts", "--backend", "rules"]
    assert main([*command, "--data", str(path), "--json", str(tmp_path / "out.json")]) == 0
    assert set(json.loads((tmp_path / "out.json").read_text())) >= {"task", "data", "n", "metrics", "intervals"}
    (log,) = read_json(tmp_path / "out.json")
    assert set(log.metrics) >= {"accuracy", "macro_f1", "balanced_accuracy", "auc", "ece", "pairs_per_second"}
    assert main([*command, "--data", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["wice_claim_full", "wice_claim_oracle", "summedits"])
def test_no_slice_is_scored_on_rows_that_its_threshold_was_chosen_on(name: str) -> None:
    options = Options(limit=60)
    if not (options.shared / "eval").is_dir():
        pytest.skip("the shared evaluation sets are not here")
    parts = [part for data in TASK.read(options) for part in data.slices if part.name.startswith(name)]
    assert parts
    assert all(part.tuned_on and not set(part.rows) & set(part.tuned_on) for part in parts)
