"""The example of docs/python.md does what the page says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_example_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    (code,), (shown,) = (re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("python", "text"))
    monkeypatch.setenv("CLAIMDESK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs/python.md", "exec"), {})  # noqa: S102 - the page's own example
    assert capsys.readouterr().out == shown
    assert not (tmp_path / "data").exists()
