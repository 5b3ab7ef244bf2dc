"""Every command that README and docs/ show is run, so that none of them outlives what it shows."""

import os
import re
import shlex
from pathlib import Path

import pytest

from tests.e2e.command import run
from tests.e2e.conftest import SAMPLE

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

# What stands for something of the reader's own. A page that shows another one gets a line here.
MEANT = {
    "FOLDER_OR_FILE_OR_ADDRESS": str(SAMPLE),
    "ARTICLE.txt": str(SAMPLE),
    "FOLDER": str(SAMPLE.parent),
    "FILE": str(SAMPLE),
}
# These run until they are stopped, or take what is on standard input: their options are checked, no more.
ENDLESS = frozenset({"serve", "worker", "watch", "mcp", "chat"})

_BLOCK = re.compile(r"^```(?:bash|sh|console|shell)?\n(.*?)^```$|((?:^ {4}\S.*\n?)+)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\s*(?:\$ )?(claimdesk [^#\n]+|scripts/\w+)", re.MULTILINE)


def commands() -> list[str]:
    """The commands of all pages in order, each once; what follows a pipe or a "#" is left out."""
    blocks = [match[0] for page in PAGES for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))]
    found = [match[1] for block in blocks for match in _COMMAND.finditer(block)]
    return list(dict.fromkeys(re.split(r"\s[|>]\s?|\s&&\s", line)[0].strip() for line in found))


COMMANDS = commands()


def _in_folder(word: str, folder: Path) -> str:
    """A file at a place that only a server has stands in a folder of the test."""
    return str(folder / Path(word).name) if word.startswith("/") else word


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    assert run("ingest", str(SAMPLE), folder=folder).returncode == 0
    return folder


def test_the_readme_shows_commands() -> None:
    assert sum(command.startswith("claimdesk") for command in COMMANDS) >= 4


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("scripts/")])
def test_a_script_that_is_shown_can_be_run(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)


@pytest.mark.enable_socket  # loopback only
@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("claimdesk")])
def test_a_command_that_is_shown_works(command: str, archive: Path) -> None:
    _, *arguments = shlex.split(command)
    if arguments[0] in ENDLESS:
        shown = run(arguments[0], "--help", folder=archive)
        assert shown.returncode == 0
        for option in (word for word in arguments if word.startswith("--")):
            assert option.partition("=")[0].encode() in shown.stdout
        return
    meant = [MEANT.get(word, _in_folder(word, archive)) for word in arguments]
    unknown = [word for word in meant if re.fullmatch(r"[A-Z][A-Z_]{3,}(?:\.\w+)?", word)]
    assert not unknown, f"{unknown[0]} stands for nothing: add it to MEANT"
    done = run(*meant, folder=archive)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"Traceback" not in done.stderr
