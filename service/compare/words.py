"""A text becomes its words, with offsets and stems, so that two sentences can be laid side by side."""

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from service.compare.lexicon import irregular_forms

_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*|[^\W_]+", re.UNICODE)

# Function words carry no content of their own: they neither support a claim nor tell two claims apart.
# Negations are absent on purpose (polarity reads them), and so are words of quantity.
STOP_WORDS = frozenset(
    """a an and are as at be been being but by can could did do does doing for from had has have having
    he her hers him his how i if in into is it its itself may me might mine must my of on or our ours
    shall she should so such than that the their theirs them then there these they this those to us
    was we were what when where which while who whom whose why will with would you your yours s am i'm
    it's that's he's she's they're we're also just still very""".split()  # noqa: SIM905 - a list of words is read best as words
)

_stemmer = snowballstemmer.stemmer("english")


class Word(NamedTuple):
    """One word of a text: `text[start:end]` as written, and the stem that its inflections share."""

    text: str
    start: int
    end: int
    stem: str

    @property
    def is_content(self) -> bool:
        return self.text.lower() not in STOP_WORDS


def without_possessive(word: str) -> str:
    """The word without "'s" or a bare apostrophe at its end."""
    return _POSSESSIVE.sub("", word)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball (Porter2) stem of a word's base form, without a possessive ending.

    A capitalised word keeps its form: "Rose" may be a person, "rose" is the past of "rise".
    """
    bare = without_possessive(word)
    return str(_stemmer.stemWord(irregular_forms().get(bare, bare.lower())))


@lru_cache(maxsize=1024)  # a claim is laid beside many sentences
def words(text: str) -> tuple[Word, ...]:
    """The words in order; numbers are one word with their separators, hyphenated words too."""
    return tuple(Word(text=m.group(), start=m.start(), end=m.end(), stem=stem(m.group())) for m in _WORD.finditer(text))


def content_words(text: str) -> tuple[Word, ...]:
    """The words that carry content."""
    return tuple(word for word in words(text) if word.is_content)
