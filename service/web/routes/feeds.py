"""`/v1/feeds`: the articles that an RSS or Atom feed names, and the feeds that the desk watches."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from pydantic import Field

from service.domain.base import Frozen
from service.domain.feed import WatchedFeed
from service.errors import UnsupportedType
from service.ingest.feed import FEED_TYPES, FeedEntry, read_feed
from service.ingest.pipeline import article_id_of
from service.web.bodies import NO_NUL, AddressBody
from service.web.caller import Ingester, Reader
from service.web.problems import documented
from service.web.routing import make_router

router = make_router("/feeds", tag="articles")

FeedId = Annotated[str, Path(min_length=1, max_length=64, pattern=NO_NUL)]


class FeedBody(AddressBody):
    """A feed to read; with `watch`, workers take in what is new in it from then on."""

    watch: Annotated[bool, Field(strict=True)] = False


class NamedArticle(FeedEntry):
    """One entry; `is_stored` says whether its address was taken in before."""

    is_stored: bool


class Feed(Frozen):
    """A feed's entries in its own order, at most 500."""

    entries: tuple[NamedArticle, ...]


class Feeds(Frozen):
    """The feeds that are watched, the last added first."""

    feeds: tuple[WatchedFeed, ...]


@router.post("", responses=documented(413, 415, 424))
def read(body: FeedBody, caller: Ingester) -> Feed:
    """Reads a feed and takes nothing in: send the addresses that are wanted to `/v1/articles` or `/v1/jobs/ingest`.

    A watched feed is looked at every five minutes: what is new is taken in and reviewed as it arrives.
    """
    entries = read_feed(caller.desk.reader.fetch(body.url, FEED_TYPES).content)
    if entries is None:
        raise UnsupportedType(f"{body.url} is no RSS or Atom feed. If it is an article, take it in as a web address.")
    if body.watch:
        caller.desk.books.feeds.watch(body.url, caller.id)
    latest = caller.desk.record.latest
    return Feed(
        entries=tuple(
            NamedArticle(**entry.model_dump(), is_stored=latest(article_id_of(entry.url)) is not None)
            for entry in entries
        )
    )


@router.get("")
def list_feeds(caller: Reader) -> Feeds:
    """Lists the feeds that are watched, with what came of the last look."""
    return Feeds(feeds=tuple(caller.desk.books.feeds.feeds()))


@router.delete("/{feed_id}", status_code=HTTPStatus.NO_CONTENT, responses=documented(404))
def unwatch(feed_id: FeedId, caller: Ingester) -> None:
    """Watches a feed no more; what it brought stays."""
    caller.desk.books.feeds.unwatch(feed_id, caller.id)
