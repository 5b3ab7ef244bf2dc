"""A document becomes a page, by its media type."""

import re

from charset_normalizer import from_bytes

from service.domain.article import Page
from service.errors import EmptyPage, UnreadableFile, UnsupportedType
from service.ingest.document import Document

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL refuses NUL, UTF-8 lone surrogates


def extract(document: Document) -> Page:
    """The page in a document; what the document states of itself wins over what its text shows.

    Raises UnreadableFile, UnsupportedType, InputTooLarge, and EmptyPage when no text is left.
    """
    page = _read(document)
    if not page.text.strip() or not page.blocks:
        raise EmptyPage(f"{document.source} holds no text. Check that it is an article.")
    stated = {
        name: value
        for name in ("title", "byline", "published", "site", "language", "url")
        if (value := getattr(document, name)) is not None
    }
    if document.published is not None:
        stated["published_inferred"] = False
    return page.model_copy(update=stated)


def _read(document: Document) -> Page:
    # Each reader brings a library that takes long to import; a text file needs none of them.
    match document.media_type:
        case "text/html" | "application/xhtml+xml":
            from service.ingest.html import read_html

            return read_html(_clean_markup(document.content), document.url)
        case "application/pdf":
            from service.ingest.pdf import read_pdf

            return read_pdf(document.content)
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
            from service.ingest.docx import read_docx

            return read_docx(document.content)
        case "text/plain" | "text/markdown":
            from service.ingest.blocks import read_dump

            return read_dump(decode(document.content, document.source))
    raise UnsupportedType(
        f"{document.source} is {document.media_type}, which cannot be read. "
        "Give text, HTML, Markdown, PDF, Word (.docx) or JSONL."
    )


def decode(content: bytes, source: str) -> str:
    """The text of some bytes: by their mark, as UTF-8, or as the encoding that they look most like.

    Raises UnreadableFile rather than guess wildly: wrong letters would be quoted as the article's.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _UNSTORABLE.sub("", content.decode(encoding, "replace"))
    try:
        return _UNSTORABLE.sub("", content.decode("utf-8"))
    except UnicodeDecodeError as error:
        best = from_bytes(content[:200_000]).best()
        if best is None:
            raise UnreadableFile(f"{source} is no text in any known encoding. Save it as UTF-8.") from error
        return _UNSTORABLE.sub("", content.decode(best.encoding, "replace"))


def _clean_markup(content: bytes) -> bytes:
    return content.replace(b"\x00", b"")
