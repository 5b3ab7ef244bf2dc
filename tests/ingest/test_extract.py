"""A document is read by its media type and in its own encoding, and what it states of itself wins."""

from datetime import date

import pytest

from service.errors import EmptyPage, InputTooLarge, UnreadableFile, UnsupportedType
from service.ingest.document import Document
from service.ingest.extract import decode, decode_html, extract
from service.ingest.limits import MOST_SENTENCES
from service.ingest.read import sniff

TEXT = "Zoë Müller, the mayor of Łódź, said on Monday that the library of the town would close at the end of the year."


def document(content: bytes, media_type: str = "text/plain", **stated: object) -> Document:
    return Document.model_validate({"source": "a", "media_type": media_type, "content": content, **stated})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read_whole(encoding: str) -> None:
    assert extract(document(TEXT.encode(encoding))).text == TEXT


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("cp1252", "iso-8859-1", "“Café” costs €5"),  # WHATWG: the label means Windows-1252
        ("iso8859-2", "ISO-8859-2", "Łódź, Plzeň"),
        ("cp1251", "windows-1251", "Мэр города"),
        ("shift_jis", "Shift_JIS", "岸田文雄首相"),
        ("gbk", "gb2312", "市长宣布"),
        ("utf-8", "iso-8859-1", "Zoë"),  # bytes that are UTF-8 are in UTF-8, whatever the page says
        ("cp1252", "utf-16", "café"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(encoding: str, declared: str, text: str) -> None:
    markup = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    assert text in decode_html(markup.encode(encoding), "a")


def test_utf_7_is_not_decoded() -> None:
    assert "<script" not in decode_html(b'<meta charset="utf-7">+ADw-script+AD4-', "a")


def test_bytes_that_are_no_text_are_a_clear_error() -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        decode(bytes(range(128, 256)) * 40 + b"\xff\xfe\x00\x01" * 300, "a")


def test_what_no_database_takes_and_no_reader_sees_is_left_out() -> None:
    page = extract(document(f"{TEXT}\x00\u200b\u202e{TEXT[:3]}\U000e0041".encode()))
    assert page.text == f"{TEXT}{TEXT[:3]}"
    assert page.hidden_chars == 3  # a NUL is no character


def test_what_the_document_states_wins() -> None:
    markup = f"<html><head><title>Found</title></head><body><p>{TEXT}</p></body></html>".encode()
    page = extract(document(markup, "text/html", title="Stated", published=date(2019, 3, 12), url="https://a.example/"))
    assert (page.title, page.published, page.url) == ("Stated", date(2019, 3, 12), "https://a.example/")
    assert not page.published_inferred


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_document_without_text_is_a_clear_error(media_type: str) -> None:
    with pytest.raises(EmptyPage):
        extract(document(b" \n ", media_type))


def test_an_unknown_type_is_a_clear_error() -> None:
    with pytest.raises(UnsupportedType, match="Word"):
        extract(document(b"x", "image/png"))


def test_what_the_server_declares_comes_before_what_the_page_declares() -> None:
    markup = '<meta charset="koi8-r"><p>Мэр открыл мост.</p>'.encode("cp1251")
    assert "Мэр открыл мост." in decode_html(markup, "a", "windows-1251")
    assert "Мэр" not in decode_html(markup, "a")


def test_nuls_in_markup_are_left_out() -> None:
    content = b"<p>The mayor\0 opened the bridge of Ghent.</p>" + b"\0" * 500
    page = extract(Document(source="a.html", media_type=sniff(content, "a.html", ".html"), content=content))
    assert "The mayor opened the bridge of Ghent." in page.text


def test_a_text_of_more_paragraphs_than_an_article_has_sentences_is_refused() -> None:
    with pytest.raises(InputTooLarge, match="10,000 sentences"):
        extract(document(b"\n\n".join(b"It rained on day %d." % day for day in range(MOST_SENTENCES + 1))))
