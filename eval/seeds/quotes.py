"""A quotation of an article loses a mark, gets a second speaker, or stands again in other words."""

import random
import re
from collections.abc import Sequence

from eval.seeds.seed import GAP, Seed, places_for, replaced, with_paragraphs

# A quotation of one to some sentences with a speaker behind it, read without the rules' own reader.
_QUOTED = re.compile(
    r"(?<![\w\"])\"(?P<words>[A-Z][^\"\n]{30,300}?),\" (?P<said>(?:said|says) (?:[A-Z][a-z]+ ){1,2}[A-Z][a-z]+)\b"
)
_MARK = re.compile(r"(?<=[\s(])\"(?=\w)|(?<=[\w.,!?])\"(?=[\s.,)]|$)")
_SPEAKERS = ("Margaret Whitfield", "Peter Lindqvist", "Susan Okafor", "Andrew Marchetti")
_OTHER_WORDS = (("will", "may"), ("is", "was"), ("not", "never"), ("very", "quite"), ("all", "most"), ("the", "a"),
                ("can", "could"), ("have", "had"), ("good", "great"), ("we", "they"))  # fmt: skip


def seed_quotes(text: str, rng: random.Random) -> list[Seed]:
    """One seed of each kind that the article's own quotations offer a place for."""
    quoted = list(_QUOTED.finditer(text))
    seeds = _without_mark(text, rng)
    if quoted:
        chosen = rng.choice(quoted)
        seeds += [_second_speaker(text, chosen, rng), *_other_words(text, chosen, rng)]
    return seeds


def _without_mark(text: str, rng: random.Random) -> list[Seed]:
    """QUO001: a mark is dropped; what is marked is the line around it, for any mark of it may be taken for the stray."""
    body = text.find("\n")
    marks = [match for match in _MARK.finditer(text) if match.start() > body]
    if not marks:
        return []
    mark = rng.choice(marks)
    start, end = text.rfind("\n", 0, mark.start()) + 1, text.find("\n", mark.end())
    line = (start, len(text) if end < 0 else end)
    wrong = text[line[0] : mark.start()] + text[mark.end() : line[1]]
    return [replaced("QUO001", "mark dropped", text, line, wrong)]


def _second_speaker(text: str, quoted: re.Match[str], rng: random.Random) -> Seed:
    """QUO003: a paragraph gives the same words to another person; the control gives it to the same one."""
    name = quoted["said"].split(" ", 1)[1]
    return _again(
        text, "QUO003", "second speaker", quoted["words"], (rng.choice(_SPEAKERS), name), quoted["words"], rng
    )


def _other_words(text: str, quoted: re.Match[str], rng: random.Random) -> Sequence[Seed]:
    """QUO005: a paragraph quotes the same person with one word changed; the control word for word."""
    name, words = quoted["said"].split(" ", 1)[1], quoted["words"]
    for old, new in rng.sample(_OTHER_WORDS, len(_OTHER_WORDS)):
        inner = re.search(rf"(?<=\w )\b{old}\b(?= \w+ \w+)", words)
        if inner and words[: inner.start()].count(" ") > 1:
            changed = words[: inner.start()] + new + words[inner.end() :]
            return [_again(text, "QUO005", "word changed", changed, (name, name), words, rng)]
    return []


def _again(
    text: str, code: str, how: str, wrong: str, speakers: tuple[str, str], right: str, rng: random.Random
) -> Seed:
    (place,) = places_for(1, text, rng)
    at = place + len(GAP) + len(f'{speakers[0]} said: "')
    return Seed(
        code=code,
        how=how,
        text=with_paragraphs(text, [(place, f'{speakers[0]} said: "{wrong}."')]),
        start=at,
        end=at + len(wrong) + 1,
        right=right,
        control=with_paragraphs(text, [(place, f'{speakers[1]} said: "{right}."')]),
    )
