"""docs/api.md holds: its curl examples run, and the codes in its table are those of the errors."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from service.client import Claimdesk
from service.desks import Desks
from service.domain.scope import KeyScope
from service.settings import Settings
from service.web.problems import status_of
from tests.desks import make_desk
from tests.web.server import serve
from tests.web.test_problems import every_error

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
SAMPLE = files("service") / "sample" / "voa-japan-russia-ukraine.txt"

ONLY_COMMANDS = {"bad_backup", "bad_config", "bad_date", "not_fixable", "record_not_empty", "lease_lost"}
"""Codes that the command line and the workers' log know, and no route."""
ONLY_BRANCHES = {"error", "conflict", "unavailable", "refused", "upstream_failed"}
"""Of classes that nothing raises: only what stands below them."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("desk"), threads=1, workers=0, _env_file=None)
    desks = Desks(settings, lambda desk_id: make_desk(settings, desk_id))
    with serve(desks) as url:
        yield url, desks.keys.create("test", [KeyScope.ADMIN]).secret


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_curl_example_runs_in_order(server: tuple[str, str]) -> None:
    environment = {"URL": server[0], "KEY": server[1], "SAMPLE": str(SAMPLE), "PATH": os.environ["PATH"]}
    for example in EXAMPLES:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", example],
            env=environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, f"{example}\n{done.stderr}\n{done.stdout}"
        assert done.stdout.strip(), example


def test_the_python_example_runs(server: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    with Claimdesk(*server) as desk:
        desk.ingest(Path(str(SAMPLE)))
    exec(example, {"url": server[0], "key": server[1]})  # noqa: S102
    assert "refuted Abe has met Putin five times." in capsys.readouterr().out


def test_each_code_in_the_table_has_the_status_that_it_stands_under() -> None:
    table = GUIDE.partition("| status | codes |")[2]
    stated = {
        code: int(status)
        for status, codes in re.findall(r"^\| (\d{3}) \| (.*?) \|$", table, re.MULTILINE)
        for code in codes.split(", ")
    }
    ours = {kind.code: int(status_of(kind.__new__(kind))) for kind in every_error()}
    assert ours.keys() - stated.keys() == ONLY_COMMANDS | ONLY_BRANCHES
    assert {code: status for code, status in stated.items() if ours.get(code, status) != status} == {}
    assert stated.keys() - ours.keys() == {
        "malformed_json", "malformed_request", "no_such_path", "body_too_large", "invalid_request",
        "nothing_taken_in", "secret_shown_once", "too_slow", "method_not_allowed", "internal_error",
    }  # fmt: skip
