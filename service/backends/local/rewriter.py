"""A follow-up becomes a question that stands alone, by rule: the name that a pronoun stands for is put in its place."""

import re
from collections.abc import Iterator, Sequence

from service.compare.known_names import ORGANISATION_WORDS, is_place
from service.compare.mentions import Name, find_names
from service.domain.chat import Turn

_PRONOUN = re.compile(
    r"\b(?:(?P<person>he|she|him)|(?P<her>her)|(?P<persons>his|hers)|(?P<thing>it)|(?P<things>its)"
    r"|(?P<many>they|them)|(?P<manys>their|theirs))\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:and|but|so)?\s*(?:(?:what|how)\s+about|and)\s+(?P<rest>.+?)\s*\?*", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\W*(?:who|whom|whose)\b", re.IGNORECASE)


def rewrite(question: str, history: Sequence[Turn]) -> str:
    """The question with its pronouns resolved, or as it is where nothing in `history` fits them.

    "And China's?" after "Who is Japan's foreign minister?" becomes the earlier question about China. It knows
    names only: a follow-up about anything else comes back unchanged.
    """
    if not history:
        return question
    return _same_about(question, history[-1].question) or _PRONOUN.sub(
        lambda match: _referent(match, question, history) or match.group(), question
    )


def _same_about(question: str, earlier: str) -> str | None:
    """The earlier question about another name, where the follow-up only gives that name."""
    match = _ABOUT.fullmatch(question.strip())
    names = find_names(match["rest"]) if match else ()
    if not match or len(names) != 1 or len(match["rest"].split()) > len(names[0].text.split()) + 1:
        return None
    for name in find_names(earlier):
        if _is_person(name) == _is_person(names[0]):
            return earlier[: name.start] + names[0].text + earlier[name.end :]
    return None


def _referent(match: re.Match[str], question: str, history: Sequence[Turn]) -> str | None:
    kind = match.lastgroup or ""
    possessive = kind.endswith("s") or (kind == "her" and re.match(r"\s+\w", question[match.end() :]) is not None)
    if kind.startswith("many"):
        people = [name.text for name in find_names(history[-1].question) if _is_person(name)]
        name = " and ".join(dict.fromkeys(people)) or None
    else:
        name = _latest(kind.startswith("thing"), history)
    if name is None:
        return None
    return f"{name}'s" if possessive else name


def _latest(thing: bool, history: Sequence[Turn]) -> str | None:
    """The name that was spoken of last: a person's, or a place's or an organisation's for a thing."""
    for turn in reversed(history):
        for name in _by_importance(turn, thing):
            if _is_person(name) is not thing:
                return name.text
    return None


def _by_importance(turn: Turn, thing: bool) -> Iterator[Name]:
    """What a question is about comes before what its answer mentions, except the person who answers a "who"."""
    texts = [turn.question, turn.answer]
    for text in reversed(texts) if not thing and _ASKS_WHO.match(turn.question) else texts:
        yield from find_names(text)


def _is_person(name: Name) -> bool:
    words = {word.casefold() for word in name.text.split()}
    return not is_place(name.text) and not words & ORGANISATION_WORDS and not name.text.isupper()
