"""An article as the record keeps it: one text, cut into sentences that carry offsets into it."""

from datetime import date
from enum import StrEnum

from pydantic import model_validator

from service.domain.base import Frozen


class Section(StrEnum):
    """The part of a page that a sentence stands in."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    BODY = "body"
    QUOTE = "quote"  # a pull quote: it repeats the body
    RELATED = "related"  # a teaser of another story
    COMMENT = "comment"  # a reader's words
    NAVIGATION = "navigation"  # page furniture
    NOTE = "note"  # the desk's own words to itself: "[desk: ...]"


EVIDENCE_SECTIONS = frozenset({Section.HEADLINE, Section.CAPTION, Section.BODY})
"""The sections whose sentences may be cited as the article's own words."""


class Block(Frozen):
    """A run of a page's text that belongs to one section; `text[start:end]`, in code points."""

    start: int
    end: int
    section: Section


class Page(Frozen):
    """A page that has been read but not yet cut into sentences.

    `text` is canonical from here on: every later offset counts its code points. Blocks are in
    reading order, do not overlap, and leave out only white space and repeated captions.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    published_inferred: bool = False  # read out of the text rather than stated by the page
    site: str | None = None
    language: str | None = None  # ISO 639-1
    url: str | None = None  # canonical address, if the page states one
    hidden_chars: int = 0  # characters of text that a reader could not see, left out


class Sentence(Frozen):
    """One sentence; `article.text[start:end] == text`, in code points."""

    id: str
    index: int  # position in the article, from 0
    paragraph: int  # position of its block in the article, from 0
    start: int
    end: int
    text: str
    section: Section

    @property
    def is_evidence(self) -> bool:
        return self.section in EVIDENCE_SECTIONS


class Article(Frozen):
    """One version of an article. The id is made from `source`, so a changed page keeps its id."""

    id: str
    version: int  # from 1
    source: str  # the address it was read from: a URL, a file's path, or a name given for stdin
    content_hash: str  # hex digest of the extracted page: the same digest means nothing changed
    text: str
    sentences: tuple[Sentence, ...]
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    published_inferred: bool = False
    site: str | None = None
    language: str | None = None
    url: str | None = None
    hidden_chars: int = 0

    @model_validator(mode="after")
    def _offsets_hold(self) -> "Article":
        for sentence in self.sentences:
            if self.text[sentence.start : sentence.end] != sentence.text:
                raise ValueError(f"sentence {sentence.id} is not the text at its offsets")
        return self

    @property
    def evidence(self) -> tuple[Sentence, ...]:
        """The sentences that may be cited."""
        return tuple(s for s in self.sentences if s.is_evidence)


class ArticleSummary(Frozen):
    """One line of the list of articles: the latest version, without its text."""

    id: str
    version: int
    source: str
    title: str | None
    url: str | None
    published: date | None
    sentences: int


class ArticleVersion(Frozen):
    """One stored version of an article. None of a withdrawn article's versions is `current`."""

    version: int
    title: str | None
    published: date | None
    content_hash: str
    sentences: int
    current: bool


class ArticleFilter(Frozen):
    """Which articles a list holds; what is None, or empty, lets everything pass."""

    source: str | None = None  # a part of the source, the site's name or the address, in any case
    published_from: date | None = None
    published_to: date | None = None
    section: Section | None = None  # has a sentence there
    words: tuple[str, ...] = ()  # its evidence holds all of these, stemmed, in any order


class ArticlePage(Frozen):
    """A part of a list of articles, newest first; `next` is None on the last page."""

    articles: tuple[ArticleSummary, ...]
    next: int | None
