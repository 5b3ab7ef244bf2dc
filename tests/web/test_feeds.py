"""A feed is read: its entries are named, those that are stored are marked, and what is no feed is refused."""

import pytest
from fastapi.testclient import TestClient

from service.ingest.document import Document
from service.ingest.reader import Reader

FEED = """<rss version="2.0"><channel><title>Wire</title>
<item><title>Kyiv</title><link>https://news.example/kyiv</link></item>
<item><title>Riga</title><link>https://news.example/riga</link></item>
</channel></rss>"""


def answer(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(_: Reader, url: str, types: object) -> Document:
        return Document(source=url, media_type="application/rss+xml", content=content.encode())

    monkeypatch.setattr(Reader, "fetch", fetch)


def test_a_feeds_entries_are_named_and_the_stored_ones_marked(
    client: TestClient, story_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(FEED, monkeypatch)
    read = client.post("/v1/feeds", json={"url": "https://news.example/feed.xml"})
    assert read.json()["entries"] == [
        {"url": "https://news.example/kyiv", "title": "Kyiv", "is_stored": True},
        {"url": "https://news.example/riga", "title": "Riga", "is_stored": False},
    ]


def test_what_is_no_feed_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("<p>An article.</p>", monkeypatch)
    read = client.post("/v1/feeds", json={"url": "https://news.example/a"})
    assert (read.status_code, read.json()["code"]) == (415, "unsupported_type")
