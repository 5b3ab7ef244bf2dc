"""A model's reply becomes one checked value, or an error that can be shown to the model."""

import json
import unicodedata
from typing import Annotated, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError

from service.domain.verdict import Relation

Shape = TypeVar("Shape", bound=BaseModel)
SHOWN_ERRORS = 3
LONGEST_TEXT = 2_000  # characters of one text in a reply; a sentence, a reason and a question are far shorter
_JOINERS = "\u200c\u200d"  # Persian and Hindi spell with them
# Each brace that opens no object is read to where it fails: a reply of nothing else would take minutes.
MOST_FALSE_STARTS = 50


class OffSchema(ValueError):
    """A reply that is not what was asked for; the message is for the model."""


def _normalise(label: object) -> object:
    return label.strip().casefold() if isinstance(label, str) else label


def _plain(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"longer than {LONGEST_TEXT:,} characters")
    return "".join(c for c in text if c.isspace() or c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Co"))


Words = Annotated[str, AfterValidator(_plain)]
"""Text of a model that a reader may be shown, without characters that steer a screen. Its bound is code's and not the
schema's, as OpenAI refuses a schema that has one."""

Stance = Annotated[Relation, BeforeValidator(_normalise)]
"""A relation as models write it: white space around it and capitals are forgiven, another word is not."""


def parse(text: str, shape: type[Shape]) -> Shape:
    """The one JSON object in the reply, as `shape`; a fence, prose and thoughts around it are forgiven.

    Raises OffSchema where there is no object or more than one, or where it is not of that shape.
    """
    found = _objects(_without_thoughts(text))
    if len(found) != 1:
        raise OffSchema(f"The reply must be exactly one JSON object; it holds {len(found) or 'none'}.")
    try:
        # Out of JSON again, as only there a string may stand for a label while everything else is strict.
        return shape.model_validate_json(json.dumps(found[0]), strict=True)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc'])) or 'it'}: {e['msg']}" for e in error.errors()[:SHOWN_ERRORS]]
        raise OffSchema(f"The object is not of the shape asked for: {'; '.join(lines)}.") from error


def _without_thoughts(text: str) -> str:
    """What a model says after its thoughts: servers that do not know their marks leave them in the reply.

    Some leave out the first mark, as the prompt ends in it; thoughts that never end are no reply. A reply that
    begins with its object has none, whatever marks stand in its texts.
    """
    if text.lstrip().startswith(("{", "```")):
        return text
    _, ended, said = text.rpartition("</think>")
    return "" if not ended and text.lstrip().startswith("<think>") else said


def _objects(text: str) -> list[object]:
    """The outermost JSON objects of a text, in order."""
    decoder = json.JSONDecoder(object_pairs_hook=_without_twins, parse_constant=_no_constant)
    found: list[object] = []
    at = text.find("{")
    false_starts = 0
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            end = at + 1
            false_starts += 1
            if false_starts > MOST_FALSE_STARTS:
                raise OffSchema("The reply holds many braces that open no object.") from None
        except RecursionError as error:
            raise OffSchema("The object is nested too deeply.") from error
        else:
            found.append(value)
        at = text.find("{", end)
    return found


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) != len(pairs):
        raise OffSchema("The object names a key twice.")
    return dict(pairs)


def _no_constant(name: str) -> NoReturn:
    raise OffSchema(f"{name} is not a JSON number.")
