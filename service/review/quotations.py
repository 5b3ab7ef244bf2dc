"""An article becomes its quotations, each with who is said to have said it, and the marks that belong to none."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from service.compare.mentions import Name, find_names
from service.domain.article import Article, Section, Sentence
from service.review.quote_marks import Span, Stray, opens_with_mark, pair_marks

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
_NEAR = 300  # characters around a quotation in which its speaker is looked for
_PARAGRAPH_END = re.compile(r"[.!?…:;\"”»’')\]]\s*\Z")


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
    is_followed = [*(opens_with_mark(paragraph.text) for paragraph in paragraphs[1:]), False]
    quotations: list[Quotation] = []
    stray: list[StrayMark] = []
    goes_on = False
    for paragraph, is_next_open in zip(paragraphs, is_followed, strict=False):
        pairs = pair_marks(paragraph.text, goes_on, is_next_open)
        quotations += [_quotation(paragraph, span) for span in pairs.spans]
        stray += [_stray_mark(paragraph, *mark) for mark in pairs.stray]
        goes_on = pairs.is_left_open
    return Quotations(tuple(quotations), tuple(stray))


def quoted_in(text: str) -> list[Quoted]:
    """The quotations of a text that stands alone, such as a passage of the archive."""
    spans = pair_marks(text, goes_on=False, is_followed=True).spans
    return [
        Quoted(
            text[start:end],
            _said_after(text[start:end], text[end : end + _NEAR]) or _said_before(text[max(0, start - _NEAR) : start]),
        )
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


def _stray_mark(paragraph: _Paragraph, start: int, end: int, why: Stray) -> StrayMark:
    start, end = paragraph.start + start, paragraph.start + end
    return StrayMark(start, end, why, paragraph.sentence_at(start))


def _quotation(paragraph: _Paragraph, span: Span) -> Quotation:
    text, (start, end, goes_on) = paragraph.text, span
    return Quotation(
        start=paragraph.start + start,
        end=paragraph.start + end,
        text=text[start:end],
        sentence=paragraph.sentence_at(paragraph.start + start),
        goes_on=goes_on,
        before=_said_before(text[max(0, start - _NEAR) : start]),
        after=_said_after(text[start:end], text[end : end + _NEAR]),
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
