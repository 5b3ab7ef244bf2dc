"""An article becomes its quotations, each with who is said to have said it, and the marks that belong to none."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from service.compare.mentions import Name, find_names
from service.domain.article import Article, Section, Sentence

_MARK = re.compile("[\"“”„]|(?<!\\w)''|''(?!\\w)|‘‘|’’")
_ATTRIBUTE = re.compile(r"\w=[\"“”][^\"“”]*[\"“”]")  # a page's own code: [button type=”big”]
_OPENS_BEFORE = re.compile(r"(?:^|[\s(\[—–‘':-])\Z")
_SAYING = (
    r"(?:said|says|say|saying|told|tells|added|adds|adding|asked|asks|replied|insisted|insists|argued|argues|warned|warns|"
    r"explained|explains|claimed|claims|wrote|writes|tweeted|posted|commented|concluded|continued|recalled|admitted|"
    r"announced|declared|stated|noted|stressed|joked|quipped|called|observed|remarked|according to|thinks|believes|"
    r"described|predicted|urged|vowed|promised|boasted|complained|denied|confirmed|revealed|reported|responded|remarks|reckons|recalls|"
    r"acknowledged|conceded|cautioned|suggested|shout(?:ed|s)|yell(?:ed|s)|scream(?:ed|s)|ordered|orders|pointed out|went on|reads?|put it)"
)
SAYING = re.compile(rf"\b{_SAYING}\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(rf"\b{_SAYING}\b[^.!?\"“”]{{0,40}}?[:,]?\s*\Z", re.IGNORECASE)
_SAID_AFTER = re.compile(
    rf"\s*,?\s*(?:[^.!?\"“”,;]{{0,60}}?\b{_SAYING}\b|{_SAYING}\b)[^.!?\"“”;]{{0,80}}", re.IGNORECASE
)
_PARAGRAPH_END = re.compile(r"[.!?…:;\"”»’')\]]\s*\Z")
_SENTENCE_END = re.compile(r"[.!?…]['’)]?\s*\Z")


class Stray(StrEnum):
    """Why a mark belongs to no quotation."""

    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    DOUBLED = "doubled"


class StrayMark(NamedTuple):
    """A mark without its counterpart; `article.text[start:end]` is the mark, `sentence` the one that it stands in."""

    start: int
    end: int
    why: Stray
    sentence: Sentence


class Quotation(NamedTuple):
    """The words between two marks: `article.text[start:end]`, in code points, without the marks."""

    start: int
    end: int
    text: str
    sentence: Sentence  # the one that it begins in
    goes_on: bool  # from the quotation before it: a speech opens each of its paragraphs
    before: Name | None  # who said it, in the words right before it
    after: Name | None  # and in the words right behind it

    @property
    def speaker(self) -> Name | None:
        return self.after or self.before

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(self.text.split())


class Quoted(NamedTuple):
    """The words between two marks of a text, and who said them."""

    text: str
    speaker: Name | None


class Quotations(NamedTuple):
    """What an article quotes, in order, and the marks that do not pair."""

    quotations: tuple[Quotation, ...]
    stray: tuple[StrayMark, ...]


class _Paragraph(NamedTuple):
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds an offset of the article, or the last one before it."""
        return next((s for s in reversed(self.sentences) if s.start <= offset), self.sentences[0])


def find_quotations(article: Article) -> Quotations:
    """The quotations in the body, by double marks of any shape. Single ones are as often an apostrophe.

    A quotation that runs over paragraphs opens each of them and closes only the last; it is one quotation a
    paragraph here. Text that lost its paragraphs shows the same marks in the middle of a line.
    """
    paragraphs = list(_paragraphs(article))
    is_followed = [*(_opens(paragraph.text) for paragraph in paragraphs[1:]), False]
    quotations: list[Quotation] = []
    stray: list[StrayMark] = []
    goes_on = False
    for paragraph, is_next_open in zip(paragraphs, is_followed, strict=False):
        pairs = _pair(paragraph.text, goes_on, is_next_open)
        quotations += [_quotation(paragraph, span) for span in pairs.spans]
        stray += [_stray_mark(paragraph, *mark) for mark in pairs.stray]
        goes_on = pairs.is_left_open
    return Quotations(tuple(quotations), tuple(stray))


def quoted_in(text: str) -> list[Quoted]:
    """The quotations of a text that stands alone, such as a passage of the archive."""
    spans = _pair(text, goes_on=False, is_followed=True).spans
    return [
        Quoted(text[start:end], _said_after(text[start:end], text[end:]) or _said_before(text[:start]))
        for start, end, _ in spans
    ]


def _paragraphs(article: Article) -> Iterator[_Paragraph]:
    """A paragraph that ends within a sentence goes on in the next: a word in italics is often set on its own line."""
    body = (s for s in article.evidence if s.section is Section.BODY)
    run: list[Sentence] = []
    for _, group in groupby(body, key=lambda s: s.paragraph):
        run += group
        if _PARAGRAPH_END.search(run[-1].text):
            yield _paragraph(article, run)
            run = []
    if run:
        yield _paragraph(article, run)


def _paragraph(article: Article, sentences: Sequence[Sentence]) -> _Paragraph:
    start, end = sentences[0].start, sentences[-1].end
    return _Paragraph(start, end, article.text[start:end], tuple(sentences))


def _opens(text: str) -> bool:
    return bool(_MARK.match(text.lstrip()))


class _Span(NamedTuple):
    start: int
    end: int
    goes_on: bool


class _Pairs(NamedTuple):
    """The ranges between paired marks, the marks that are left, and whether the next paragraph goes on."""

    spans: list[_Span]
    stray: list[tuple[int, int, Stray]]
    is_left_open: bool


def _pair(text: str, goes_on: bool, is_followed: bool) -> _Pairs:
    """Pairs the marks of a paragraph; `goes_on` from the one before, `is_followed` by one that opens with a mark."""
    spans: list[_Span] = []
    stray: list[tuple[int, int, Stray]] = []
    opened: re.Match[str] | None = None
    code = [match.span() for match in _ATTRIBUTE.finditer(text)]
    for mark in _MARK.finditer(text):
        if any(start < mark.start() < end for start, end in code):
            continue
        if _is_opening(text, mark, opened.group() if opened else None):
            if opened is None:
                goes_on = goes_on and not text[: mark.start()].strip()
            else:
                inside = text[opened.end() : mark.start()]
                is_speech = bool(_SENTENCE_END.search(inside))
                if is_speech:
                    spans.append(_Span(opened.end(), mark.start(), goes_on))
                else:
                    stray.append((*opened.span(), Stray.UNCLOSED if inside.strip() else Stray.DOUBLED))
                goes_on = is_speech
            opened = mark
        elif opened is not None:
            spans.append(_Span(opened.end(), mark.start(), goes_on))
            opened, goes_on = None, False
        elif not stray and not text[: mark.start()][-1:].isdigit():  # 12": inches
            stray.append((*mark.span(), Stray.UNOPENED))
    if opened is not None and is_followed:
        spans.append(_Span(opened.end(), len(text), goes_on))
    elif opened is not None:
        stray.append((*opened.span(), Stray.UNCLOSED))
    return _Pairs(spans, stray, opened is not None and is_followed)


def _is_opening(text: str, mark: re.Match[str], opened: str | None) -> bool:
    if mark.group() in ("“", "‘‘", "„"):
        return not (mark.group() == "“" and opened == "„")  # „German“
    if mark.group() in ("”", "’’"):
        return False
    before, after = text[: mark.start()][-1:], text[mark.end() : mark.end() + 1]
    if (not before or before.isspace()) and (not after or after.isspace()):
        return opened is None  # a space too many
    return bool(_OPENS_BEFORE.search(before)) and bool(after) and not after.isspace()


def _stray_mark(paragraph: _Paragraph, start: int, end: int, why: Stray) -> StrayMark:
    start, end = paragraph.start + start, paragraph.start + end
    return StrayMark(start, end, why, paragraph.sentence_at(start))


def _quotation(paragraph: _Paragraph, span: _Span) -> Quotation:
    text, (start, end, goes_on) = paragraph.text, span
    return Quotation(
        start=paragraph.start + start,
        end=paragraph.start + end,
        text=text[start:end],
        sentence=paragraph.sentence_at(paragraph.start + start),
        goes_on=goes_on,
        before=_said_before(text[:start]),
        after=_said_after(text[start:end], text[end:]),
    )


def _said_before(text: str) -> Name | None:
    """Who says what follows: 'Mr Blair told the BBC: "', 'as Kishida said, "'."""
    text = re.split(r"[.!?\"“”]\s", text.rstrip("\"“‘'"))[-1]
    match = _SAID_BEFORE.search(text)
    return _last(find_names(text[: match.start()])) if match else None


def _said_after(quoted: str, text: str) -> Name | None:
    """Who said what stands before: '," said Tom O'Sullivan', '," Mr Blair told reporters'."""
    if quoted.rstrip().endswith(".") and not text.lstrip("\"”’'").startswith(","):
        return None  # a full stop: what follows is another sentence
    match = _SAID_AFTER.match(text.lstrip("\"”’'"))
    return next(iter(find_names(match.group().lstrip(" ,"))), None) if match else None


def _last(names: Sequence[Name]) -> Name | None:
    return names[-1] if names else None
