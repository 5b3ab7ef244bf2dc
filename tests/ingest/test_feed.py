"""Feeds give the web addresses of their entries; what is no feed is told apart."""

from pathlib import Path

import pytest

from service.ingest.feed import MOST_ENTRIES, read_feed

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
<entry><title>One &amp; only</title><link href="https://news.example/1"/></entry>
<entry><title>Script</title><link href="javascript:alert(1)"/></entry>
<entry><title>None</title></entry></feed>"""


def test_an_atom_feed_gives_its_web_addresses() -> None:
    entries = read_feed(ATOM)
    assert entries is not None
    assert [(entry.url, entry.title) for entry in entries] == [("https://news.example/1", "One & only")]


@pytest.mark.parametrize(
    "content", [b"", b"<html><p>No.</p></html>", b'{"@type": "ClaimReview"}', b"\xff\x00", b"<rss"]
)
def test_what_is_no_feed_is_none(content: bytes) -> None:
    assert not read_feed(content)


def test_content_that_names_a_file_does_not_open_it(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(ATOM)
    assert read_feed(str(file).encode()) is None


def test_entities_that_grow_without_end_do_not() -> None:
    lines = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10 if i else b"lol") for i in range(12))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE r ['
        + lines
        + b"]><rss version='2.0'><channel><title>&e11;</title></channel></rss>"
    )
    assert not read_feed(bomb)


def test_a_long_feed_is_cut() -> None:
    items = b"".join(b"<item><link>https://news.example/%d</link></item>" % i for i in range(MOST_ENTRIES + 10))
    entries = read_feed(b"<rss version='2.0'><channel>" + items + b"</channel></rss>")
    assert entries is not None
    assert len(entries) == MOST_ENTRIES
