"""A language's file becomes the strings that the server writes into a page."""

import json
from collections.abc import Callable
from html import escape

from service.web.page.assets import HERE

LANGUAGE = "en"

Strings = Callable[..., str]
"""The text of a string's name, such as "quality.judge", its {values} filled in by name."""


def strings_of(language: str) -> Strings:
    """The strings of a language; one with forms, by number, is chosen by `n`. Its text is not escaped."""
    groups = _read(language)

    def find(key: str, **values: str | int) -> str:
        group, name = key.split(".")
        text = groups[group][name]
        if not isinstance(text, str):
            text = text["one" if values["n"] == 1 else "other"]
        return text.format(**values)

    return find


def read_plain_strings(language: str) -> dict[str, str]:
    """The strings without forms, as "group.name", escaped for HTML."""
    return {
        f"{group}.{name}": escape(text)
        for group, texts in _read(language).items()
        for name, text in texts.items()
        if isinstance(text, str)
    }


def _read(language: str) -> dict[str, dict[str, str | dict[str, str]]]:
    groups: dict[str, dict[str, str | dict[str, str]]] = json.loads(
        (HERE / "strings" / f"{language}.json").read_text(encoding="utf-8")
    )
    return groups
