"""A `.claimdesk.toml` near the copy becomes the options of its review."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from service.errors import BadConfig
from service.review.lines import find_line
from service.review.options import ReviewOptions

NAME = ".claimdesk.toml"


@cache
def options_near(folder: Path) -> ReviewOptions:
    """The options of the nearest config at or above a folder; the plain ones where there is none. Raises BadConfig."""
    path = find_config(folder)
    return read_config(path) if path else ReviewOptions()


def find_config(start: Path) -> Path | None:
    """The nearest `.claimdesk.toml` in the folder, or in one above it."""
    folder = start.resolve()
    return next((path for path in (place / NAME for place in (folder, *folder.parents)) if path.is_file()), None)


def read_config(path: Path) -> ReviewOptions:
    """The options in a file. Raises BadConfig, which names the key that is wrong and its line."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        options = ReviewOptions.model_validate(tomllib.loads(text))
    except OSError as error:
        raise BadConfig(f"{path} cannot be opened: {error.strerror}. Check the name and who may read it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig(f"{path} is no TOML: {error}. See docs/rules.md for an example.") from error
    except ValidationError as error:
        wrong = "; ".join(_say(problem, text) for problem in error.errors())
        raise BadConfig(f"{path} cannot be followed: {wrong}. See docs/rules.md for an example.") from error
    return options.written_in(str(path))


def _say(problem: ErrorDetails, text: str) -> str:
    where = problem["loc"]
    line = find_line(text, where) if where else None
    key = ".".join(str(part) for part in where if part != "[key]")
    what = (
        "there is no such key"
        if problem["type"] == "extra_forbidden"
        else problem["msg"].removeprefix("Value error, ").rstrip(".")
    )
    return f"line {line}: {key}: {what}" if line else f"{key}: {what}"
