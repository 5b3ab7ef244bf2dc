"""A document becomes a page, by its media type."""

import codecs
import re
from contextlib import suppress

from charset_normalizer import from_bytes

from service.domain.article import Page
from service.errors import EmptyPage, UnreadableFile, UnsupportedType
from service.ingest import read
from service.ingest.document import Document
from service.ingest.limits import MOST_SENTENCES, refuse_long, too_long
from service.ingest.notes import find_notes, hide_notes, mark_notes, tell_notes

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL refuses NUL, UTF-8 lone surrogates
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?([\w-]{1,40})""", re.I
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A page that says ISO 8859-1 means Windows' superset of it (WHATWG Encoding); UTF-7 hides markup, and a page
# whose bytes could be searched for a declaration is not in UTF-16.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_REFUSED = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8"})
_SAMPLE = 200_000  # bytes: more of them do not change what the encoding looks like


def extract(document: Document) -> Page:
    """The page in a document; what the document states of itself wins over what its text shows.

    Raises UnreadableFile, UnsupportedType, InputTooLarge, and EmptyPage when no text is left.
    """
    page = _read(document)
    if not page.text.strip() or not page.blocks:
        raise EmptyPage(f"{document.source} holds no text. Check that it is an article.")
    if len(page.blocks) > MOST_SENTENCES:  # each is one at the least; to hand them on would hold others up
        raise too_long()
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

            return read_html(decode_html(document.content, document.source, document.charset), document.url)
        case "application/pdf":
            from service.ingest.pdf import read_pdf

            return read_pdf(document.content)
        case read.DOCX:
            from service.ingest.docx import read_docx

            return tell_notes(read_docx(document.content))
        case "text/plain" | "text/markdown":
            return _read_text(document)
    raise UnsupportedType(
        f"{document.source} is {document.media_type}, which cannot be read. "
        "Give text, HTML, Markdown, PDF, Word (.docx) or JSONL."
    )


def _read_text(document: Document) -> Page:
    from service.ingest.blocks import read_dump
    from service.ingest.hidden import remove_invisible

    text, invisible = remove_invisible(decode(document.content, document.source, document.charset))
    refuse_long(text)
    notes = find_notes(text, markdown=document.media_type == "text/markdown")
    page = mark_notes(read_dump(hide_notes(text, notes)), text, notes)
    return page.model_copy(update={"hidden_chars": page.hidden_chars + invisible})


def decode_html(content: bytes, source: str, charset: str | None = None) -> str:
    """The text of a page: what its server declares comes first, then what it declares itself (WHATWG HTML)."""
    match = _DECLARED.search(content, 0, 4096)
    return decode(content, source, charset, match[1].decode("ascii") if match else None)


def decode(content: bytes, source: str, *declared: str | None) -> str:
    """The text of some bytes: by their mark, as UTF-8, as declared, or as what they look most like.

    Raises UnreadableFile rather than guess wildly: wrong letters would be quoted as the article's.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _UNSTORABLE.sub("", content[len(mark) :].decode(encoding, "replace"))
    for encoding in filter(None, ("utf-8", *map(_known, declared))):
        with suppress(UnicodeDecodeError):
            return _UNSTORABLE.sub("", content.decode(encoding))
    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise UnreadableFile(f"{source} is no text in any known encoding. Save it as UTF-8.")
    return _UNSTORABLE.sub("", content.decode(best.encoding, "replace"))


def _known(declared: str | None) -> str | None:
    """The codec for a declared encoding; None where it is unknown, or cannot be what the page is in."""
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    return None if name in _REFUSED else _MEANT.get(name, name)
