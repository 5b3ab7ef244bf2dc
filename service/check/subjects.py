"""A clause becomes its subject, and a clause that begins with a pronoun the same clause about a name."""

import re
from typing import NamedTuple

from service.compare.known_names import COMMON_WORDS, DEMONYMS
from service.compare.mentions import Name, find_names
from service.compare.verbs import find_verb

LONGEST = 12  # words; more is no subject but a clause that was not understood
_ASIDE = re.compile(r"\s*\([^)]*\)")
_PRONOUN = re.compile(r"(?:he|she|it|they)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:his|her|its|their)\b(?=\s+[a-z])", re.IGNORECASE)
_PERSONAL = re.compile(r"(?:he|she|his|her)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:in|on|at|by|from|during|after|before|since|until|as|with|for|of|to|despite|under)\b", re.IGNORECASE
)


class Subject(NamedTuple):
    """The words before a clause's verb, and the name that they are, if they are one and nothing more."""

    text: str
    name: Name | None


def find_subject(claim: str, start: int, end: int) -> Subject | None:
    """The subject of `claim[start:end]`: what stands before its first finite verb, without an opening phrase.

    "In 2001, he ..." has the subject "he"; None where that cannot be told from other words.
    """
    verb = find_verb(claim, start, end)
    if verb is None:
        return None
    before = _ASIDE.sub("", claim[start : verb[0]]).strip()
    text = before.rpartition(",")[2].strip() if not before.endswith(",") else ""
    if not text or len(text.split()) > LONGEST or _LEAD.match(text):
        return None
    names = find_names(text)
    whole = names[0] if len(names) == 1 and names[0].start == _title_start(text) and names[0].end == len(text) else None
    return Subject(text, whole)


def _title_start(text: str) -> int:
    """Where a name begins that fills the text but for its title: "Foreign Minister Fumio Kishida"."""
    name = find_names(text)[0]
    lead = text[: name.start].strip()
    return name.start if lead == (name.title or "") else -1


def resolve(text: str, known: Subject) -> str:
    """The text with the pronoun that it begins with replaced by the name it stands for.

    "He" and "she" need a name that can be a person's; any other beginning is left as it is.
    """
    name = known.name
    if name is None or (_PERSONAL.match(text) and not _may_be_person(name)):
        return text
    if pronoun := _PRONOUN.match(text):
        return known.text + text[pronoun.end() :]
    if possessive := _POSSESSIVE.match(text):
        return f"{known.text}'s{text[possessive.end() :]}"
    return text


def _may_be_person(name: Name) -> bool:
    """A title, or no word of every day in it: "Royal Dutch Shell" is nobody."""
    return name.title is not None or not {word.casefold() for word in name.text.split()} & (COMMON_WORDS | DEMONYMS)
