"""Sentence ids become passages, each with the window of text around it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, select

from service.compare.introductions import introductions
from service.domain.article import Section
from service.domain.passage import Passage
from service.record.batches import batches
from service.record.tables import ARTICLES, SENTENCES


class _Place(NamedTuple):
    """Where a sentence stands in its article."""

    id: str
    position: int
    start: int
    end: int


def read_passages(connection: Connection, sentence_ids: Sequence[str]) -> list[Passage]:
    """The passages in the order of the ids; ids unknown or of a replaced version are left out.

    Two queries for any list of up to 1,000 ids.
    """
    found: dict[str, Passage] = {}
    for batch in batches(list(dict.fromkeys(sentence_ids))):
        found.update(_read(connection, batch))
    return [found[sentence_id] for sentence_id in sentence_ids if sentence_id in found]


def _read(connection: Connection, sentence_ids: Sequence[str]) -> dict[str, Passage]:
    near = SENTENCES.alias()
    is_near = and_(
        near.c.article_key == SENTENCES.c.article_key,
        near.c.section == SENTENCES.c.section,
        near.c.position.between(SENTENCES.c.position - 1, SENTENCES.c.position + 1),
    )
    rows = connection.execute(
        select(
            SENTENCES.c.id.label("wanted"),
            SENTENCES.c.article_key,
            SENTENCES.c.section,
            *(near.c[name] for name in _Place._fields),
        )
        .join(near, is_near)
        .join(ARTICLES, ARTICLES.c.key == SENTENCES.c.article_key)
        .where(SENTENCES.c.id.in_(sentence_ids), ARTICLES.c.newest)
    )
    places: dict[tuple[str, int, str], dict[int, _Place]] = defaultdict(dict)
    for wanted, article_key, section, *place in rows:
        at = _Place(*place)
        places[wanted, article_key, section][at.position] = at
    keys = {article_key for _, article_key, _ in places}
    articles = {
        article.key: article for article in connection.execute(select(ARTICLES).where(ARTICLES.c.key.in_(keys)))
    }
    return {
        wanted: _passage(wanted, Section(section), articles[article_key], around)
        for (wanted, article_key, section), around in places.items()
    }


def _passage(sentence_id: str, section: Section, article: Row[Any], around: Mapping[int, _Place]) -> Passage:
    """The passage of the sentence among `around`, which holds it and its neighbours by position."""
    sentence = next(place for place in around.values() if place.id == sentence_id)
    window_start, window_end = _window(article.text, sentence, around)
    return Passage(
        sentence_id=sentence_id,
        article_id=article.id,
        version=article.version,
        index=sentence.position,
        start=sentence.start,
        end=sentence.end,
        text=article.text[sentence.start : sentence.end],
        section=section,
        window=article.text[window_start:window_end],
        window_start=window_start,
        title=article.title,
        url=article.url,
        published=article.published,
        published_inferred=article.published_inferred,
        introduced=introductions(article.text, sentence.start, sentence.end),
    )


def _window(text: str, sentence: _Place, around: Mapping[int, _Place]) -> tuple[int, int]:
    """The offsets of the window: a neighbour with other text in between does not belong to it."""
    start, end = sentence.start, sentence.end
    before, after = around.get(sentence.position - 1), around.get(sentence.position + 1)
    if before and before.end <= start and not text[before.end : start].strip():
        start = before.start
    if after and after.start >= end and not text[end : after.start].strip():
        end = after.end
    return start, end
