"""A feed is read, its entries named and the stored ones marked; what is no feed is refused; and feeds are watched."""

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


def test_a_feed_is_watched_listed_and_watched_no_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(FEED, monkeypatch)
    body = {"url": "https://news.example/feed.xml", "watch": True}
    for _ in range(2):
        assert len(client.post("/v1/feeds", json=body).json()["entries"]) == 2
    (feed,) = client.get("/v1/feeds").json()["feeds"]
    assert (feed["url"], feed["taken"], feed["problem"]) == (body["url"], 0, None)
    assert client.delete(f"/v1/feeds/{feed['id']}").status_code == 204
    assert client.get("/v1/feeds").json() == {"feeds": []}
    assert client.delete(f"/v1/feeds/{feed['id']}").json()["code"] == "feed_not_found"


def test_what_is_no_feed_is_not_watched(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("<p>An article.</p>", monkeypatch)
    assert client.post("/v1/feeds", json={"url": "https://news.example/a", "watch": True}).status_code == 415
    assert client.get("/v1/feeds").json() == {"feeds": []}
