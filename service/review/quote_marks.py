"""The quotation marks of a paragraph become the ranges between them, and the marks that pair with none."""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

_MARK = re.compile("[\"“”„]|(?<!\\w)''|''(?!\\w)|‘‘|’’")
_ATTRIBUTE = re.compile(r"\w=[\"“”][^\"“”]*[\"“”]")  # a page's own code: [button type=”big”]
_OPENS_BEFORE = re.compile(r"(?:^|[\s(\[—–‘':-])\Z")
_NAME = r"(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
_VERB = "(?:said|says|added|explained|insisted|warned|argued|admitted|replied)"
# What stands behind a quotation stands in it where its mark was forgotten: "We will pay, he said.
_SAID_WITHIN = re.compile(
    rf", (?:{_VERB} (?:he|she|the|an?|Mr|Mrs|Ms|{_NAME})\b"
    rf"|(?:he|she|they|it|(?:Mr |Mrs |Ms )?{_NAME}) {_VERB}(?=[.,;]|\s+(?:in|on|at|as|of|when|after|during|while)\b|\Z))"
)
_UNMARKED = re.compile(rf"\b{_VERB}(?P<colon>:) (?=[A-Z])")
_SENTENCE_END = re.compile(r"[.!?…]['’)]?\s*\Z")


class Stray(StrEnum):
    """Why a mark belongs to no quotation."""

    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    DOUBLED = "doubled"
    MISSING = "missing"  # a colon that announces words, and no mark behind it


class Span(NamedTuple):
    """The words between two marks, and whether they go on from the quotation before."""

    start: int
    end: int
    goes_on: bool


class Pairs(NamedTuple):
    """The ranges between paired marks, the marks that are left, and whether the next paragraph goes on."""

    spans: list[Span]
    stray: list[tuple[int, int, Stray]]
    is_left_open: bool


def pair_marks(text: str, goes_on: bool, is_followed: bool) -> Pairs:
    """Pairs the marks of a paragraph; `goes_on` from the one before, `is_followed` by one that opens with a mark."""
    spans: list[Span] = []
    stray: list[tuple[int, int, Stray]] = []
    opened: re.Match[str] | None = None
    for mark in _marks(text):
        if opened is None and _is_opening(text, mark, None):
            opened, goes_on = mark, goes_on and not text[: mark.start()].strip()
        elif opened is None:
            if not stray and not _before(text, mark).isdigit():  # 12": inches
                stray.append((*mark.span(), Stray.UNOPENED))
        else:
            reopens = _is_opening(text, mark, opened.group())
            wrong = _why_wrong(text[opened.end() : mark.start()], reopens)
            if wrong:
                stray.append((*opened.span(), wrong))
            else:
                spans.append(Span(opened.end(), mark.start(), goes_on))
            opened, goes_on = (mark, not wrong) if reopens else (None, False)
    if opened is not None and is_followed:
        spans.append(Span(opened.end(), len(text), goes_on))
    elif opened is not None:
        stray.append((*opened.span(), Stray.UNCLOSED))
    unmarked = (match.span("colon") for match in _UNMARKED.finditer(text))
    missing = (span for span in unmarked if not stray and not any(s.start <= span[0] < s.end for s in spans))
    stray += [(*span, Stray.MISSING) for span in islice(missing, 1)]
    return Pairs(spans, stray, opened is not None and is_followed)


def _marks(text: str) -> Iterator[re.Match[str]]:
    code = {place for match in _ATTRIBUTE.finditer(text) for place in range(match.start() + 1, match.end())}
    return (mark for mark in _MARK.finditer(text) if mark.start() not in code)


def _why_wrong(inside: str, reopens: bool) -> Stray | None:
    """Why the words between two marks are no quotation; where the second opens again they must end a sentence."""
    if not inside.strip():
        return Stray.DOUBLED if reopens else None
    if _SAID_WITHIN.search(inside) or (reopens and not _SENTENCE_END.search(inside)):
        return Stray.UNCLOSED
    return None


def _is_opening(text: str, mark: re.Match[str], opened: str | None) -> bool:
    if mark.group() in ("“", "‘‘", "„"):
        return not (mark.group() == "“" and opened == "„")  # „German“
    if mark.group() in ("”", "’’"):
        return False
    before, after = _before(text, mark), text[mark.end() : mark.end() + 1]
    if (not before or before.isspace()) and (not after or after.isspace()):
        return opened is None  # a space too many
    return bool(_OPENS_BEFORE.search(before)) and bool(after) and after not in " \n\t\u00a0,.;:!?)"


def _before(text: str, mark: re.Match[str]) -> str:
    return text[max(0, mark.start() - 1) : mark.start()]


def opens_with_mark(text: str) -> bool:
    return bool(_MARK.match(text.lstrip()))
