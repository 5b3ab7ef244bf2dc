"""The compose file names settings, commands and options that there are."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from service.cli import app
from service.settings import Settings

COMPOSE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "compose.yaml").read_text())
OURS = ("api", "worker")


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_a_setting(service: str) -> None:
    unprefixed = {"DATABASE_URL", "CHROMA_URL"}
    known = {f"CLAIMDESK_{name.upper()}" for name in Settings.model_fields} | unprefixed
    assert set(COMPOSE["services"][service]["environment"]) <= known


@pytest.mark.parametrize("service", OURS)
def test_every_command_and_option_is_one_of_ours(service: str) -> None:
    command, *options = COMPOSE["services"][service]["command"]
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    for option in options:
        if option.startswith("--"):
            assert option in shown.output


def test_only_the_server_is_published_and_only_on_this_machine() -> None:
    ports = {name: service.get("ports", []) for name, service in COMPOSE["services"].items()}
    assert ports == {"api": ["127.0.0.1:8765:8765"], "worker": [], "postgres": [], "chroma": []}
