"""`claimdesk review` over files and folders: its formats, its choice of rules, its config and its fixes."""

import io
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from service.cli import main
from tests.e2e.conftest import SAMPLE

COPY = (
    "Port reopens in Kiev\n\nMayor Ann Peeters opened the port on Monday.\n\nPeetars' aide wept.\n\nPeeters smiled.\n"
)
CLEAN = "Port reopens\n\nMayor Ann Peeters opened the port on Monday. Peeters smiled.\n"
CONFIG = '[[style]]\nwrite = "Kyiv"\ninstead_of = ["Kiev"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder of copy below a config."""
    folder = tmp_path / "desk" / "asia"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(COPY)
    (folder / "b.md").write_text(CLEAN)
    (tmp_path / "desk" / ".claimdesk.toml").write_text(CONFIG)
    return folder


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Review = Callable[..., Done]


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Review:
    """Runs `claimdesk review` in this process, as its console script does; the data folder does not exist before."""
    monkeypatch.setenv("CLAIMDESK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["claimdesk", "review", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Done(int(ended.value.code or 0), captured.out, captured.err)

    return run


def codes(done: Done) -> list[list[str]]:
    return [[finding["code"] for finding in json.loads(line)["findings"]] for line in done.stdout.splitlines()]


def test_a_folder_is_reviewed_article_by_article_under_the_nearest_config(desk: Path, review: Review) -> None:
    done = review(str(desk), "--format", "json")
    assert codes(done) == [["STY001", "NAM001"], []]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("choice", "found", "status"),
    [
        (("--select", "nam"), [["NAM001"]], 1),
        (("--ignore", "NAM001"), [["STY001"]], 1),
        (("--ignore", "NAM", "--ignore", "STY"), [[]], 0),
        (("--select", "DSK"), [[]], 0),
    ],
)
def test_rules_are_chosen_by_code(
    choice: tuple[str, ...], found: list[list[str]], status: int, desk: Path, review: Review
) -> None:
    done = review(str(desk / "a.txt"), "--format", "json", *choice)
    assert (codes(done), done.returncode) == (found, status)


def test_a_source_that_fails_does_not_keep_the_others_from_being_read(desk: Path, review: Review) -> None:
    (desk / "c.pdf").write_bytes(b"no pdf")
    done = review(str(desk), "nowhere", "--format", "json")
    assert codes(done) == [["STY001", "NAM001"], []]
    assert done.returncode == 2
    assert "[unreadable_file]" in done.stderr
    assert "[article_not_found]" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--select", "XYZ"), "[unknown_rule]"),
        (("--config", "nowhere.toml"), "[bad_config]"),
        (("--explain", "NAM999"), "[unknown_rule]"),
        (("--fix", "--output", "/nowhere/x"), "[unreadable_file]"),
        (("--fix", "--output", "x", "--in-place"), "[not_fixable]"),
    ],
)
def test_a_wrong_choice_is_one_sentence_with_a_code(
    arguments: tuple[str, ...], code: str, desk: Path, review: Review
) -> None:
    done = review(str(desk / "a.txt"), *arguments)
    assert done.returncode == 2
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rule_is_explained(review: Review) -> None:
    done = review("--explain", "NAM001")
    assert done.returncode == 0
    assert "Kushida" in done.stdout


@pytest.mark.parametrize("form", ["sarif", "html", "github", "text"])
def test_every_format_goes_to_a_file_when_asked(form: str, desk: Path, review: Review) -> None:
    report = desk.parent / "report"
    done = review(str(desk), str(SAMPLE), "--format", form, "--output", str(report))
    assert done.returncode == 1
    assert not done.stdout
    assert "Kushida" in report.read_text(encoding="utf-8")
    assert "Peetars" in report.read_text(encoding="utf-8")


def test_a_fix_shows_a_diff_and_writes_nothing(desk: Path, review: Review) -> None:
    done = review(str(desk), "--fix")
    assert "-Peetars' aide wept.\n+Peeters' aide wept.\n" in done.stdout
    assert "nothing written" in done.stderr
    assert (desk / "a.txt").read_text() == COPY
    assert done.returncode == 1


def test_a_name_that_stands_once_each_way_is_left_to_the_editor(review: Review) -> None:
    done = review(str(SAMPLE), "--fix")
    assert not done.stdout
    assert "NAM001 “Kushida” looks like a slip for “Fumio Kishida”" in done.stderr
    assert "0 fixes, nothing written" in done.stderr
    assert done.returncode == 1


def test_a_fix_is_written_where_asked(desk: Path, review: Review) -> None:
    fixed = COPY.replace("Kiev", "Kyiv").replace("Peetars", "Peeters")
    done = review(str(desk / "a.txt"), "--fix", "--output", str(desk.parent / "copy.txt"))
    assert ((desk.parent / "copy.txt").read_text(), (desk / "a.txt").read_text()) == (fixed, COPY)
    assert done.returncode == 0
    done = review(str(desk), "--fix", "--in-place")
    assert (desk / "a.txt").read_text() == fixed
    assert (desk / "b.md").read_text() == CLEAN
    assert done.returncode == 0
    assert review(str(desk)).returncode == 0


def test_a_fix_keeps_the_rights_of_the_file_and_the_link_to_it(desk: Path, review: Review) -> None:
    link = desk.parent / "link.txt"
    link.symlink_to(desk / "a.txt")
    (desk / "a.txt").chmod(0o640)
    review(str(link), "--fix", "--in-place")
    assert link.is_symlink()
    assert "Peeters' aide" in (desk / "a.txt").read_text()
    assert (desk / "a.txt").stat().st_mode & 0o777 == 0o640


# What `--fix` does to a file, with the process killed within one of its steps.
KILLED = """
import os, signal, sys
from pathlib import Path
from service.cli import fixing
def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(*{"write": (os, "fsync"), "rename": (Path, "replace")}[sys.argv[1]], die)
fixing._replace(Path(sys.argv[2]), b"new " * 100_000)
"""


@pytest.mark.parametrize("step", ["write", "rename"])
def test_a_fix_that_is_killed_leaves_the_file_whole(step: str, desk: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, step, str(desk / "a.txt")], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert (desk / "a.txt").read_text() == COPY
    assert len(list(desk.glob(".a.txt.*.part"))) == 1


def test_a_fix_makes_no_report(desk: Path, review: Review) -> None:
    done = review(str(desk / "a.txt"), "--fix", "--format", "html")
    assert done.returncode == 2
    assert "makes no report" in done.stderr


def test_only_files_of_ones_own_are_fixed(review: Review) -> None:
    for target in ("https://news.example/a", "0123456789a"):
        done = review(target, "--fix")
        assert done.returncode == 2
        assert "[not_fixable]" in done.stderr


def test_a_desk_note_in_copy_from_standard_input_suppresses(review: Review) -> None:
    copy = f"{COPY}\n[desk: ignore NAM001 Peetars: a namesake]\n"
    done = review("-", "--format", "json", stdin=copy)
    assert codes(done) == [[]]
    assert json.loads(done.stdout)["suppressed"][0]["reason"] == "a namesake"
    assert done.returncode == 0


def test_the_pre_commit_hooks_are_commands_that_run(desk: Path, review: Review) -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    look, fix = re.findall(r"entry: claimdesk review ?(.*)", hooks)
    copy = (str(desk / "a.txt"), str(desk / "b.md"))
    assert review(*look.split(), *copy).returncode == 1
    assert review(*fix.split(), *copy).returncode == 0
    assert review(*look.split(), *copy).returncode == 0
