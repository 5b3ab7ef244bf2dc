"""A Word document becomes a page: its paragraphs, headings as subheads, without runs that a reader cannot see."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from service.domain.article import Page, Section
from service.errors import EmptyPage, InputTooLarge, UnreadableFile
from service.ingest.pieces import Piece, join_pieces
from service.ingest.runs import Visibility

MAX_UNPACKED_BYTES = 200_000_000  # a zip bomb unpacks to gigabytes, a long report to a few megabytes
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(content: bytes) -> Page:
    """Raises UnreadableFile, InputTooLarge when it would unpack to more than 200 MB, EmptyPage."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise InputTooLarge("This .docx unpacks to more than 200 MB. Save it without its pictures.")
        document = docx.Document(io.BytesIO(content))
        pieces, hidden = _read_pieces(document)
        properties = document.core_properties
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, OSError) as error:
        raise UnreadableFile("This .docx cannot be opened. Save it again from the program that made it.") from error
    if not pieces:
        raise EmptyPage("This .docx holds no text that can be seen.")
    text, blocks = join_pieces(pieces)
    first = pieces[0][1] if pieces[0][0] is Section.HEADLINE else None
    return Page(
        text=text,
        blocks=blocks,
        title=properties.title or first,
        byline=properties.author or None,
        hidden_chars=hidden,
    )


def _read_pieces(document: WordDocument) -> tuple[list[Piece], int]:
    visibility = Visibility(document)
    pieces: list[Piece] = []
    hidden = 0
    for paragraphs in _rows(document):
        seen = []
        for paragraph in paragraphs:
            text, unseen = visibility.read(paragraph)
            hidden += unseen
            seen.append(text)
        if line := " ".join(" ".join(seen).split()):
            pieces.append((_section(paragraphs[0], first=not pieces), line))
    return pieces, hidden


def _rows(document: WordDocument) -> Iterator[list[Paragraph]]:
    """Each paragraph for itself, and the paragraphs of each row of a table together; a text box after its paragraph."""
    todo = list(reversed(document.element.body))
    while todo:
        element = todo.pop()
        if element.tag == qn("w:p"):
            yield [Paragraph(element, document._body)]
            todo += reversed([box for box in element.iter(qn("w:txbxContent")) if _is_read_after(box, element)])
        elif element.tag == qn("w:tr"):
            inner = [paragraph for paragraph in element.iter(qn("w:p")) if not _is_fallback(paragraph)]
            yield [Paragraph(paragraph, document._body) for paragraph in inner]
        else:
            todo += reversed(element)


def _is_read_after(box: Any, paragraph: Any) -> bool:
    """Whether a text box stands in that very paragraph, and not in another box of it."""
    return next(box.iterancestors(qn("w:p"))) is paragraph and not _is_fallback(box)


def _is_fallback(element: Any) -> bool:
    """Whether an element repeats another one for older programs."""
    return next(element.iterancestors(_FALLBACK), None) is not None


def _section(paragraph: Paragraph, first: bool) -> Section:
    style = (paragraph.style.name or "") if paragraph.style else ""
    if style == "Title" or (first and style.startswith("Heading")):
        return Section.HEADLINE
    if style == "Caption":
        return Section.CAPTION
    return Section.SUBHEAD if style.startswith(("Heading", "Subtitle")) else Section.BODY
