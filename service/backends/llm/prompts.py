"""A prompt's file becomes the messages that a model is sent.

A file is TOML front matter between two lines of +++, then the parts "# system" and "# user" with ${variables}.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Template

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from service.domain.base import Frozen
from service.errors import Misconfigured

_FILE = re.compile(r"\+\+\+\n(?P<front>.*?)\n\+\+\+\n# system\n(?P<system>.*?)\n# user\n(?P<user>.*)", re.DOTALL)


class Prompt(Frozen):
    """A prompt: `variables` are the names that `user` leaves open. `hash` changes with any byte of the file."""

    name: str
    version: int
    variables: tuple[str, ...]
    system: str
    user: str
    hash: str

    def messages(self, values: Mapping[str, str]) -> list[BaseMessage]:
        """The messages with every variable filled in, in one pass: a value is never read as a template.

        Raises KeyError for a value that is missing and ValueError for one too many: both are the caller's error.
        """
        if unknown := values.keys() - set(self.variables):
            raise ValueError(f"the prompt {self.name} has no variable {min(unknown)}")
        return [SystemMessage(self.system), HumanMessage(Template(self.user).substitute(values))]


@cache
def load(name: str) -> Prompt:
    """The prompt in service/prompts/NAME.md. Raises Misconfigured when it is absent or malformed."""
    try:
        text = files("service.prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
        return parse(text)
    except (OSError, ValueError) as error:
        raise Misconfigured(f"The prompt {name} cannot be used ({error}): reinstall claimdesk.") from error


def parse(text: str) -> Prompt:
    """Raises ValueError for a file of another shape, a variable that is not declared, or one that is not used."""
    match = _FILE.fullmatch(text)
    if match is None:
        raise ValueError("it is not front matter, # system and # user")
    prompt = Prompt(
        **tomllib.loads(match["front"]),
        system=match["system"].strip(),
        user=match["user"].strip(),
        hash=hashlib.sha256(text.encode()).hexdigest()[:16],
    )
    used = Template(prompt.user).get_identifiers()
    if set(used) != set(prompt.variables):
        raise ValueError(f"it declares {sorted(prompt.variables)} and uses {sorted(used)}")
    return prompt


def as_data(rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as JSON, one a line, that can close no mark around them: "<" and ">" are written as escapes."""
    return "\n".join(
        json.dumps(row, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e") for row in rows
    )
