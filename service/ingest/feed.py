"""An RSS or Atom feed becomes the addresses of its entries, newest first as the feed has them."""

import io

import feedparser

from service.domain.base import Frozen

FEED_TYPES = {
    "application/rss+xml": ".txt",
    "application/atom+xml": ".txt",
    "application/xml": ".txt",
    "text/xml": ".txt",
    "application/rdf+xml": ".txt",
    "application/json": ".txt",
    "application/ld+json": ".txt",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
}
"""Media types that a feed, or a file of fact-checks, comes as, with the file ending that they stand for."""

MOST_ENTRIES = 500


class FeedEntry(Frozen):
    """One article that a feed names."""

    url: str
    title: str | None


def read_feed(content: bytes) -> tuple[FeedEntry, ...] | None:
    """The entries that have a web address, each address once; None when the content is no feed.

    At most MOST_ENTRIES: publishers' feeds hold 10 to 100.
    """
    # A stream, never the bytes themselves: feedparser would take those that name a file for that file.
    parsed = feedparser.parse(io.BytesIO(content))
    if not parsed.get("version"):
        return None
    entries = {
        entry.link: FeedEntry(url=entry.link, title=entry.get("title"))
        for entry in parsed.entries
        if str(entry.get("link", "")).startswith(("http://", "https://"))
    }
    return tuple(entries.values())[:MOST_ENTRIES]
