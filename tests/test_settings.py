"""The example file lists every setting, and nothing else."""

import re
from pathlib import Path

from service.settings import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"


def test_the_example_lists_exactly_the_settings() -> None:
    listed = re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    unprefixed = {"database_url", "chroma_url", "openai_api_key", "openai_base_url"}
    names = [name.upper() if name in unprefixed else f"CLAIMDESK_{name.upper()}" for name in Settings.model_fields]
    assert sorted(listed) == sorted(names)


def test_every_comment_in_the_example_is_the_setting_s_own_description() -> None:
    text = EXAMPLE.read_text()
    for name, field in Settings.model_fields.items():
        assert f"# {field.description}" in text, name


def test_a_password_never_shows() -> None:
    settings = Settings(database_url="postgresql://me:secret@localhost/x")
    assert "secret" not in repr(settings)
    assert settings.record_url.endswith("me:secret@localhost/x")
