"""`/v1/feeds`: the articles that an RSS or Atom feed names, and which of them are stored."""

from service.domain.base import Frozen
from service.errors import UnsupportedType
from service.ingest.feed import FEED_TYPES, FeedEntry, read_feed
from service.ingest.pipeline import article_id_of
from service.web.bodies import AddressBody
from service.web.caller import Ingester
from service.web.problems import documented
from service.web.routing import make_router

router = make_router("/feeds", tag="articles", problems=(415, 424))


class NamedArticle(FeedEntry):
    """One entry; `is_stored` says whether its address was taken in before."""

    is_stored: bool


class Feed(Frozen):
    """A feed's entries in its own order, at most 500."""

    entries: tuple[NamedArticle, ...]


@router.post("", responses=documented(413))
def read(body: AddressBody, caller: Ingester) -> Feed:
    """Reads a feed and takes nothing in: send the addresses that are wanted to `/v1/articles` or `/v1/jobs/ingest`."""
    entries = read_feed(caller.desk.reader.fetch(body.url, FEED_TYPES).content)
    if entries is None:
        raise UnsupportedType(f"{body.url} is no RSS or Atom feed. If it is an article, take it in as a web address.")
    latest = caller.desk.record.latest
    return Feed(
        entries=tuple(
            NamedArticle(**entry.model_dump(), is_stored=latest(article_id_of(entry.url)) is not None)
            for entry in entries
        )
    )
