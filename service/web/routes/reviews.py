"""`/v1/review`: copy read against itself, with the sentences of it that are worth checking, or as a report to keep."""

import json
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query, Response

from service.desk import Desk
from service.domain.article import Article
from service.domain.base import Frozen
from service.domain.report import Failure, Review
from service.errors import InputError
from service.ingest.read import Unread
from service.review.formats.html import build_page
from service.review.formats.places import Reviewed
from service.review.formats.sarif import build_log
from service.review.options import Prefix, ReviewOptions
from service.web.bodies import ARCHIVE, ReviewBody
from service.web.caller import Caller, Checker
from service.web.problems import refuse_failures
from service.web.routing import ArticleRoute, make_router
from service.web.serving import Serving, Shared
from service.web.uploads import FILES_BODY, Sent, read_sent

router = make_router("/review", tag="review", problems=(404, 413, 415, 424), route=ArticleRoute)

Codes = Annotated[tuple[Prefix, ...], Query(description="Rules by the beginning of their code: NAM or NAM001.")]

WORTH_CHECKING = 0.5  # even odds; `python -m eval.tasks.detection` says how well they tell


class WorthySentence(Frozen):
    """A sentence that states something which can be checked: how much it is worth checking, and why."""

    sentence_id: str
    score: float
    reasons: tuple[str, ...]


class ReviewedArticle(Review):
    """A review with the article that its offsets point into, and its sentences worth checking, the best first.

    `own` are the ids of the article and of its stored copies: none of them is evidence for what it says.
    """

    article: Article
    own: tuple[str, ...]
    worth: tuple[WorthySentence, ...]


class ReviewedFiles(Frozen):
    """The reviews of files that were read and not stored, and what could not be read."""

    reviews: tuple[ReviewedArticle, ...]
    failed: tuple[Failure, ...]


class ReportFormat(StrEnum):
    """How a report is written; `media_type` is how it is sent."""

    HTML = "html"
    SARIF = "sarif"

    @property
    def media_type(self) -> str:
        return {"html": "text/html; charset=utf-8", "sarif": "application/sarif+json"}[self]


@router.post("")
def review(body: ReviewBody, caller: Checker, serving: Shared) -> ReviewedArticle:
    """Reads an article against itself: a stored one by its id, or one that is read and not stored."""
    return _review(serving, caller, _open(caller.desk, body), body.choices, archive=body.archive)


@router.post("/files", openapi_extra={"requestBody": FILES_BODY})
def review_files(
    caller: Checker,  # before the body: nobody else's files are read
    serving: Shared,
    sent: Annotated[Sent, Depends(read_sent)],
    select: Codes = (),
    ignore: Codes = (),
    archive: Annotated[bool, Query(description=ARCHIVE)] = False,
) -> ReviewedFiles:
    """Reads each file's articles against themselves and stores none. It fails only when no file could be read."""
    options = ReviewOptions(select=tuple(select), ignore=tuple(ignore))
    reviews: list[ReviewedArticle] = []
    failed: list[Failure] = []
    for document in sent.documents(caller.desk):
        try:
            if isinstance(document, Unread):
                raise document.error
            article = caller.desk.reader.article(document)
            reviews.append(_review(serving, caller, article, options, archive=archive))
        except InputError as error:
            failed.append(Failure(source=document.source, code=error.code, message=str(error)))
    if not reviews:
        raise refuse_failures(failed)
    return ReviewedFiles(reviews=tuple(reviews), failed=tuple(failed))


@router.post("/report", response_class=Response, responses={200: {"content": {"text/html": {}, "application/sarif+json": {}}}})  # fmt: skip
def report(
    body: ReviewBody,
    caller: Checker,
    serving: Shared,
    format: ReportFormat = ReportFormat.HTML,  # noqa: A002
) -> Response:
    """Reads an article against itself and writes what was found as one HTML page, or as a SARIF 2.1.0 log."""
    article = _open(caller.desk, body)
    result = caller.desk.review(article, body.choices, against_archive=body.archive, run=caller.run())
    serving.metrics.count_review(result)
    reviewed = [Reviewed(result, article)]
    text = build_page(reviewed) if format is ReportFormat.HTML else json.dumps(build_log(reviewed))
    name = f"review.{format}"
    return Response(text, media_type=format.media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip


def _open(desk: Desk, body: ReviewBody) -> Article:
    if body.article_id is not None:
        return desk.record.article(body.article_id, body.version)
    return desk.reader.article(desk.reader.fetch(body.address) if body.address else body.document())


def _review(
    serving: Serving, caller: Caller, article: Article, options: ReviewOptions, *, archive: bool
) -> ReviewedArticle:
    result = caller.desk.review(article, options, against_archive=archive, run=caller.run())
    serving.metrics.count_review(result)
    fields = {name: getattr(result, name) for name in Review.model_fields}
    own = tuple(sorted(caller.desk.own_articles(article)))
    return ReviewedArticle(**fields, article=article, own=own, worth=_rate(caller.desk, article))


def _rate(desk: Desk, article: Article) -> tuple[WorthySentence, ...]:
    ratings = desk.detector.rate([sentence.text for sentence in article.evidence])
    rated = [
        WorthySentence(sentence_id=sentence.id, score=round(rating.score, 3), reasons=rating.reasons)
        for sentence, rating in zip(article.evidence, ratings, strict=True)
        if rating.score >= WORTH_CHECKING
    ]
    return tuple(sorted(rated, key=lambda each: -each.score))
