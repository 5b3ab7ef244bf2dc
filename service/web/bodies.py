"""What a request's body holds, as JSON: questions, claims and articles."""

import hashlib
import re
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from service.ask.chain import LONGEST_QUESTION
from service.check.chain import LONGEST_CLAIM
from service.domain.base import Frozen
from service.domain.chat import Turn
from service.domain.desk_claim import ClaimOrigin
from service.domain.job import Job, JobError, JobState
from service.ingest.document import Document
from service.review.options import ReviewOptions

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

NO_NUL = r"^[^\x00]*$"  # of what a path or a query names: no database keeps that character
ARCHIVE = "Also check its claims and quotations against the other stored articles, as of the day of the article."
MOST_COPIES = 1_000  # of an article under review: a wire story stands in many papers
MOST_TURNS = 20  # of a conversation; older ones no longer say what a follow-up means


def _require_day(value: object) -> object:
    """Refuses what else pydantic would take for a date: a number, as seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("write the day as YYYY-MM-DD")
    if not isinstance(value, str | date) or isinstance(value, datetime):
        raise ValueError("write the day as a string, YYYY-MM-DD")
    return value


# Text in a body is known to be sound (`routing.BoundedRequest.json`).
Line = Annotated[str, StringConstraints(max_length=2_000)]
WebAddress = Annotated[str, StringConstraints(max_length=2_000, pattern="^https?://")]
Day = Annotated[date, BeforeValidator(_require_day)]
LlmOnly = Annotated[
    bool,
    Field(strict=True, description="An error where the remote model fails, rather than an answer of the local models."),
]
AsOf = Annotated[Day | None, Field(description="The day to judge by: what was published later does not count.")]


class TurnBody(Turn):
    """An earlier question and its answer."""

    question: Annotated[str, Field(max_length=LONGEST_QUESTION)]
    answer: Annotated[str, Field(max_length=20_000)]


class AskBody(Frozen):
    """A question to the archive."""

    question: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, examples=["Who visited Kyiv?"])]
    as_of: AsOf = None
    history: Annotated[tuple[TurnBody, ...], Field(max_length=MOST_TURNS)] = ()
    llm_only: LlmOnly = False


class CheckBody(Frozen):
    """A claim to check. `without_article`, and each of `without_articles`, must not be its own witness."""

    claim: Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM, examples=["Abe has met Putin seven times."])]
    as_of: AsOf = None
    without_article: Line | None = None
    llm_only: LlmOnly = False
    without_articles: Annotated[tuple[Line, ...], Field(max_length=MOST_COPIES)] = ()


class MatchBody(Frozen):
    """A claim to look up among earlier fact-checks."""

    claim: Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM)]
    said: Annotated[Day | None, Field(description="When it was said: its relative dates count from here.")] = None


class ClaimBody(Frozen):
    """A claim for the desk's queue: what was said, by whom, when and where."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM)]
    claimant: Annotated[str | None, Field(max_length=500)] = None
    said: Annotated[Day | None, Field(description="Its relative dates count from here, and no later evidence.")] = None
    source_url: WebAddress | None = None
    article_id: Annotated[str | None, Field(max_length=64, description="A stored article that it stands in.")] = None
    origin: Annotated[ClaimOrigin, Field(description="How it came to the desk.")] = ClaimOrigin.API


class ArticleBody(Frozen):
    """An article as text or HTML, or the address to fetch it from.

    `url` is the article's identity: the same address again is its next version. With text or html it is not
    fetched. Without one, `source` is; without both, an article is known by its content.
    """

    text: str | None = None
    html: str | None = None
    url: WebAddress | None = None
    source: Line | None = None
    title: Line | None = None
    byline: Line | None = None
    published: Day | None = None
    site: Line | None = None
    language: Annotated[str | None, Field(pattern="^[a-z]{2}$", description="ISO 639-1")] = None

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        self._require_content()
        return self

    def _require_content(self) -> None:
        if self.text is not None and self.html is not None:
            raise ValueError("give text or html, not both")
        if self.text is None and self.html is None and (self.url is None or self._stated > {"url"}):
            raise ValueError("give text or html, or nothing but a url to fetch")

    @property
    def _stated(self) -> set[str]:
        """The fields of the article that the sender stated."""
        return self.model_fields_set

    @property
    def address(self) -> str | None:
        """Where the article must be fetched from; None when it came along."""
        return self.url if self.text is None and self.html is None else None

    def document(self) -> Document:
        """The article's text or HTML with what the sender states about it."""
        content = (self.html if self.html is not None else self.text or "").encode()
        return Document(
            source=self.url or self.source or f"text:{hashlib.sha256(content).hexdigest()[:16]}",
            media_type="text/html" if self.html is not None else "text/plain",
            content=content,
            **self.model_dump(include={"url", "title", "byline", "published", "site", "language"}),
        )


class AddressBody(Frozen):
    """A page or a feed to fetch."""

    url: WebAddress


class ReviewBody(ArticleBody):
    """An article to review, and how: the id of a stored one, or one to read and not to store."""

    article_id: Line | None = None
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1, strict=True)] = None
    options: Annotated[ReviewOptions, Field(description="As in .claimdesk.toml.")] = ReviewOptions()
    archive: Annotated[bool, Field(strict=True, description=ARCHIVE)] = False

    def _require_content(self) -> None:
        if self.article_id is None:
            if self.version is not None:
                raise ValueError("a version is that of an article_id")
            super()._require_content()
        elif self._stated - {"article_id", "version"}:
            raise ValueError("give an article_id, or an article, not both")

    @property
    def choices(self) -> ReviewOptions:
        return self.options.written_in("the request")

    @property
    def _stated(self) -> set[str]:
        return super()._stated - {"options", "archive"}


class JobView(Frozen):
    """A job without its work: how far it is, and how it ended. `total` is None while it is not known."""

    id: str
    kind: str
    state: JobState
    done: int
    failed: int
    total: int | None
    cancel_requested: bool
    error: JobError | None
    created_by: str
    created: datetime
    started: datetime | None
    finished: datetime | None

    @classmethod
    def of(cls, job: Job) -> "JobView":
        return cls(**{name: getattr(job, name) for name in cls.model_fields})
