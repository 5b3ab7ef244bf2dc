"""A sentence, a paragraph or a small word of an article is written twice."""

import random
import re

from eval.seeds.seed import GAP, Seed, places_for, with_paragraphs

_PARAGRAPH = re.compile(r"(?<=\n)[^\n]+[.!?\"](?=\n|$)")
_SENTENCE = re.compile(r"(?:(?<=\n)|(?<=[a-z]\. ))[A-Z][^\n.!?\"]{50,250}[a-z]\.(?=\s|$)")
_WORD = re.compile(r"(?<=[a-z] )(?:the|a|of|and|to|his|their|we)(?= [a-z])")


def seed_repetitions(text: str, rng: random.Random) -> list[Seed]:
    """One seed of each kind that the article offers a place for."""
    seeds = []
    if sentences := list(_SENTENCE.finditer(text)):
        seeds.append(_again("DUP001", "sentence", text, rng.choice(sentences).group(), rng))
    if paragraphs := [
        m.group() for m in _PARAGRAPH.finditer(text) if len(re.findall(r"[a-z][.!?]\"? [A-Z]", m.group())) > 1
    ]:
        seeds.append(_again("DUP002", "paragraph", text, rng.choice(paragraphs), rng))
    if words := list(_WORD.finditer(text)):
        word = rng.choice(words)
        wrong = f"{word.group()} {word.group()}"
        seeds.append(
            Seed(
                code="DUP004",
                how="word",
                text=text[: word.start()] + wrong + text[word.end() :],
                start=word.start(),
                end=word.start() + len(wrong),
                right=word.group(),
                control=text,
            )
        )
    return seeds


def _again(code: str, how: str, text: str, repeated: str, rng: random.Random) -> Seed:
    """What is repeated stands again as a paragraph; which of the two places is marked does not matter."""
    (place,) = places_for(1, text, rng)
    second = with_paragraphs(text, [(place, repeated)])
    start = max(second.rfind(repeated), place + len(GAP))
    return Seed(code=code, how=how, text=second, start=start, end=start + len(repeated), right="", control=text)
