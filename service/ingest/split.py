"""A page's blocks become its sentences, each with its place in the text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

import nupunkt
import sentencex

from service.domain.article import Page, Sentence
from service.ingest.abbreviations import joins, missed_starts
from service.ingest.limits import LONGEST_SENTENCE, MOST_SENTENCES, refuse_long, too_long
from service.ingest.lines import NEWLINE

# nupunkt takes quadratic time over some runs of marks (84 s for 200,000 characters of "!?", 0.02 s for 2,000).
_PIECE = 2_000
_TAIL = 60  # characters before a boundary that tell whether it is one
_PIECE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?!.*[.!?…][\"'”’»)\]]*\s)", re.DOTALL)
_CLOSERS = re.compile(r"[\"'”’»)\]」』]+(?=\s|$)")
_JOINERS = "\u200d\ufe0e\ufe0f"  # zero-width joiner and variation selectors: they bind the code points of an emoji

Cutter = Callable[[str], list[int]]


def split(page: Page, article_id: str, version: int) -> tuple[Sentence, ...]:
    """The sentences of a page in order: they hold every character of its blocks that is not white space.

    No sentence crosses a block, and a line break within one means no more than a space. A quotation of several sentences is cut at their ends. What runs on for over 1,000 characters
    is cut at spaces, or within a word where there are none. English goes through nupunkt (Bommarito et
    al., "Precise Legal Sentence Boundary Detection for Retrieval at Scale", 2025), any other language
    through sentencex. Raises InputTooLarge for more than MOST_SENTENCES.
    """
    refuse_long(page.text)
    cutter = _cutter(page.language)
    sentences: list[Sentence] = []
    for paragraph, block in enumerate(page.blocks):
        for start, end in _spans(page.text[block.start : block.end], cutter):
            start, end = block.start + start, block.start + end
            if len(sentences) == MOST_SENTENCES:
                raise too_long()
            sentences.append(
                Sentence(
                    id=f"{article_id}.{version}.{len(sentences)}",
                    index=len(sentences),
                    paragraph=paragraph,
                    start=start,
                    end=end,
                    text=page.text[start:end],
                    section=block.section,
                )
            )
    return tuple(sentences)


def _cutter(language: str | None) -> Cutter:
    if language in (None, "en"):
        return _cut_english
    return lambda text: [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries(language, text)]


def _cut_english(text: str) -> list[int]:
    has_spaces = len(text.split(None, 1)) > 1  # without one there is no sentence to find, and much time to lose
    if not has_spaces:
        return [0]
    return sorted({start for start, _ in _english().spans(text)} | set(missed_starts(text)))


@lru_cache(maxsize=1)
def _english() -> nupunkt.PunktSentenceTokenizer:
    return nupunkt.load("default")


def _spans(block: str, cutter: Cutter) -> Iterator[tuple[int, int]]:
    """The sentences of a block as ranges of it, without white space around them."""
    line = NEWLINE.sub(" ", block)
    starts = _mended(line, [start for piece in _pieces(line) for start in _starts(line, piece, cutter)])
    for start, end in pairwise([*starts, len(line)]):
        yield from _strips(block, start, end)


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """The line in pieces that the cutter can take, cut behind a sentence's end or else at a space."""
    start = 0
    while len(line) - start > _PIECE:
        ending = _PIECE_END.search(line[start : start + _PIECE])
        end = start + ending.end() if ending else _cut(line, start, start + _PIECE)
        yield start, end
        start = end
    yield start, len(line)


def _starts(line: str, piece: tuple[int, int], cutter: Cutter) -> list[int]:
    start, end = piece
    found = [start + place for place in cutter(line[start:end]) if place > 0]
    return [start, *found]


def _mended(line: str, starts: list[int]) -> list[int]:
    """The starts without those behind an abbreviation, and with closing marks left to the sentence they close."""
    kept = starts[:1]
    for start, end in pairwise([*starts[1:], len(line)]):
        closers = _CLOSERS.match(line, start, end)
        if closers:
            start = closers.end()
        rest = line[start:end].lstrip()
        if rest and not joins(line[max(kept[-1], start - _TAIL) : start], rest):
            kept.append(start)
    return kept


def _strips(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A range in parts of at most 1,000 characters, each without white space around it."""
    while start < end:
        stop = end if end - start <= LONGEST_SENTENCE else _cut(text, start, start + LONGEST_SENTENCE)
        part = text[start:stop]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        start = stop


def _cut(text: str, start: int, limit: int) -> int:
    """A place in (start, limit] to cut at: behind the last space, else where no character is taken apart."""
    for place in range(limit, start + 1, -1):
        if text[place - 1].isspace():
            return place
    for place in range(limit, start + 1, -1):
        if not (unicodedata.combining(text[place]) or text[place] in _JOINERS or text[place - 1] in _JOINERS):
            return place
    return limit
