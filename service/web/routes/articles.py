"""`/v1/articles`: taking articles in, listing and reading them, and withdrawing them."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Response
from fastapi.responses import PlainTextResponse

from service.domain.article import Article, ArticleFilter, ArticleSummary, ArticleVersion, Section, Sentence
from service.domain.base import Frozen
from service.domain.report import Ingested, Status
from service.web.bodies import NO_NUL, Day
from service.web.caller import Ingester, Reader
from service.web.cursors import PAGE, Cursor, Limit, decode_cursor, encode_cursor
from service.web.problems import documented, refuse_failures
from service.web.routing import ArticleRoute, make_router
from service.web.uploads import REQUEST_BODY, Sent, read_sent

router = make_router("/articles", tag="articles", route=ArticleRoute)

ArticleId = Annotated[str, Path(min_length=1, max_length=64, pattern=NO_NUL)]
Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="An earlier version; the newest if left out.")]


class Articles(Frozen):
    """A page of the list; `next` is the cursor of the next one."""

    articles: tuple[ArticleSummary, ...]
    next: str | None


class Versions(Frozen):
    versions: tuple[ArticleVersion, ...]


class Sentences(Frozen):
    """A page of an article's sentences, in order; `next` is the cursor of the next one."""

    article_id: str
    version: int
    sentences: tuple[Sentence, ...]
    next: str | None


class Withdrawn(Frozen):
    """What became of an article: `versions` are still there to open what cited them."""

    id: str
    versions: tuple[int, ...]
    effect: str


EFFECT = (
    "The article is out of lists, search and evidence: no new answer or verdict will cite it. Verdicts given before "
    "stand as they were given, and their citations still open the version that they cited. To judge a claim "
    "without it, check the claim again."
)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    responses={200: {"model": Ingested, "description": "Every article was stored before"}, **documented(415, 424)},
    openapi_extra={"requestBody": REQUEST_BODY},
)
def take_in(caller: Ingester, sent: Annotated[Sent, Depends(read_sent)], response: Response) -> Ingested:
    """Takes articles in: files (multipart/form-data), or one article or address as JSON.

    What could not be read is in `failed`; the request fails only when nothing could be taken in.
    """
    result = caller.desk.take(sent.documents(caller.desk), run=caller.run())
    if not result.articles:
        raise refuse_failures(result.failed)
    if all(article.status is Status.UNCHANGED for article in result.articles):
        response.status_code = HTTPStatus.OK
    return result


@router.get("")
def list_articles(
    caller: Reader,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    source: Annotated[
        str | None, Query(pattern=NO_NUL, max_length=500, description="A part of source, site or address.")
    ] = None,
    published_from: Day | None = None,
    published_to: Day | None = None,
    section: Annotated[Section | None, Query(description="Only articles with a sentence there.")] = None,
    q: Annotated[
        str | None, Query(pattern=NO_NUL, max_length=500, description="Words that its evidence holds, all of them.")
    ] = None,
) -> Articles:
    """Lists the newest version of every article that passes the filters, the last stored first."""
    wanted = ArticleFilter(
        source=source,
        published_from=published_from,
        published_to=published_to,
        section=section,
        words=tuple((q or "").split()),
    )
    page = caller.desk.record.list_articles(wanted, limit, decode_cursor(cursor))
    return Articles(articles=page.articles, next=encode_cursor(page.next))


@router.get(
    "/{article_id}", response_model=Article, responses={304: {"description": "Not modified"}, **documented(404)}
)
def read_article(
    article_id: ArticleId,
    caller: Reader,
    response: Response,
    version: Version = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Article | Response:
    """One version of an article with its text and sentences: `text[start:end]` is a sentence, in code points."""
    article = caller.desk.record.article(article_id, version)
    tag = f'"{article.id}.{article.version}.{article.content_hash[:16]}"'
    if if_none_match and {"*", tag} & {each.strip().removeprefix("W/") for each in if_none_match.split(",")}:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return article


@router.post("/{article_id}/reprocess", responses=documented(404, 424))
def reprocess(article_id: ArticleId, caller: Ingester) -> Ingested:
    """Reads an article anew: a web address is fetched again, a file is read as it came. What changed is a new version."""
    result = caller.desk.reprocess(article_id, run=caller.run())
    if not result.articles:
        raise refuse_failures(result.failed)
    return result


@router.get("/{article_id}/text", response_class=PlainTextResponse, responses=documented(404))
def read_text(article_id: ArticleId, caller: Reader, version: Version = None) -> str:
    """The text that every offset counts in."""
    return caller.desk.record.article(article_id, version).text


@router.get("/{article_id}/versions", responses=documented(404))
def list_versions(article_id: ArticleId, caller: Reader) -> Versions:
    """Every version that was stored, oldest first; none is current when the article was withdrawn."""
    return Versions(versions=tuple(caller.desk.record.versions(article_id)))


@router.get("/{article_id}/sentences", responses=documented(404))
def list_sentences(
    article_id: ArticleId,
    caller: Reader,
    version: Version = None,
    section: Section | None = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Sentences:
    """The sentences of a version in order, of one section or of all."""
    article = caller.desk.record.article(article_id, version)
    after = decode_cursor(cursor)
    left = [
        sentence
        for sentence in article.sentences
        if (section is None or sentence.section is section) and (after is None or sentence.index > after)
    ]
    return Sentences(
        article_id=article.id,
        version=article.version,
        sentences=tuple(left[:limit]),
        next=encode_cursor(left[limit - 1].index) if len(left) > limit else None,
    )


@router.delete("/{article_id}", responses=documented(404))
def withdraw(article_id: ArticleId, caller: Ingester) -> Withdrawn:
    """Withdraws an article: it is no longer listed, found or cited; what cited it before still opens."""
    caller.desk.withdraw(article_id)
    versions = tuple(version.version for version in caller.desk.record.versions(article_id))
    return Withdrawn(id=article_id, versions=versions, effect=EFFECT)
