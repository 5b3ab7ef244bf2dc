"""A filter becomes a page of the list of articles, and an article's id the list of its versions."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from service.domain.article import ArticleFilter, ArticlePage, ArticleSummary, ArticleVersion
from service.record.lexical import holders
from service.record.tables import ARTICLES, SENTENCES

_SUMMARY = [
    *(ARTICLES.c[name] for name in ArticleSummary.model_fields if name != "sentences"),
    ARTICLES.c.sentence_count.label("sentences"),
]


def summaries() -> Select[Any]:
    """The newest version of every article, the last stored first."""
    return select(*_SUMMARY).where(ARTICLES.c.newest).order_by(ARTICLES.c.key.desc())


def list_page(connection: Connection, wanted: ArticleFilter, limit: int, before: int | None) -> ArticlePage:
    """At most `limit` articles that pass the filter and were stored before the article with the key `before`.

    A key is no position: what is stored or withdrawn between two pages moves nothing to another page.
    """
    query = summaries().add_columns(ARTICLES.c.key).where(*_conditions(connection, wanted)).limit(limit + 1)
    if before is not None:
        query = query.where(ARTICLES.c.key < before)
    rows = connection.execute(query).all()
    return ArticlePage(
        articles=tuple(
            ArticleSummary(**{name: row._mapping[name] for name in ArticleSummary.model_fields}) for row in rows[:limit]
        ),
        next=rows[limit - 1].key if len(rows) > limit else None,
    )


def list_versions(connection: Connection, article_id: str) -> list[ArticleVersion]:
    """Every version of an article, oldest first; none when it was never stored."""
    columns = [ARTICLES.c[name] for name in ("version", "title", "published", "content_hash")]
    rows = connection.execute(
        select(*columns, ARTICLES.c.sentence_count.label("sentences"), ARTICLES.c.newest.label("current"))
        .where(ARTICLES.c.id == article_id)
        .order_by(ARTICLES.c.version)
    )
    return [ArticleVersion(**row._mapping) for row in rows]


def _conditions(connection: Connection, wanted: ArticleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.source:
        places = (ARTICLES.c.source, ARTICLES.c.site, ARTICLES.c.url)
        conditions.append(or_(*(place.icontains(wanted.source, autoescape=True) for place in places)))
    if wanted.published_from:
        conditions.append(ARTICLES.c.published >= wanted.published_from)
    if wanted.published_to:
        conditions.append(ARTICLES.c.published <= wanted.published_to)
    if wanted.section:
        in_section = select(SENTENCES.c.article_key).where(SENTENCES.c.section == wanted.section.value)
        conditions.append(ARTICLES.c.key.in_(in_section))
    for word in wanted.words:
        holding = select(SENTENCES.c.article_key).where(SENTENCES.c.key.in_(holders(connection, word)))
        conditions.append(ARTICLES.c.key.in_(holding))
    return conditions
