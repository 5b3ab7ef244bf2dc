"""A Word document becomes a page: its paragraphs, headings as subheads, without runs that a reader cannot see."""

import io
import zipfile
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.styles.style import BaseStyle, CharacterStyle
from docx.table import Table
from docx.text.font import Font
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from service.domain.article import Page, Section
from service.errors import EmptyPage, InputTooLarge, UnreadableFile
from service.ingest.hidden import remove_invisible
from service.ingest.pieces import Piece, join_pieces

MAX_UNPACKED_BYTES = 200_000_000  # a zip bomb unpacks to gigabytes, a long report to a few megabytes
_TINY_POINTS = 2
_WHITE = "FFFFFF"


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
    pieces: list[Piece] = []
    hidden = 0
    for paragraphs in _rows(document):
        seen = []
        for paragraph in paragraphs:
            text, unseen = _visible(paragraph)
            hidden += unseen
            seen.append(text)
        if line := " ".join(" ".join(seen).split()):
            pieces.append((_section(paragraphs[0], first=not pieces), line))
    return pieces, hidden


def _rows(document: WordDocument) -> Iterator[list[Paragraph]]:
    """Each paragraph for itself, and the paragraphs of each row of a table together."""
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            # A cell that spans columns comes once for each of them.
            yield from ([p for cell in dict.fromkeys(row.cells) for p in cell.paragraphs] for row in item.rows)
        else:
            yield [item]


def _section(paragraph: Paragraph, first: bool) -> Section:
    style = (paragraph.style.name or "") if paragraph.style else ""
    if style == "Title" or (first and style.startswith("Heading")):
        return Section.HEADLINE
    if style == "Caption":
        return Section.CAPTION
    return Section.SUBHEAD if style.startswith(("Heading", "Subtitle")) else Section.BODY


def _visible(paragraph: Paragraph) -> tuple[str, int]:
    """The text that is seen, and how many characters are not; the words of links are runs as well."""
    seen: list[str] = []
    unseen = 0
    inherited = list(_fonts_of(paragraph.style))
    for item in paragraph.iter_inner_content():
        for run in item.runs if isinstance(item, Hyperlink) else [item]:
            if _is_hidden([run.font, *_fonts_of(run.style), *inherited]):
                unseen += len(run.text)
            else:
                seen.append(run.text)
    text, invisible = remove_invisible("".join(seen))
    return text, unseen + invisible


def _fonts_of(style: BaseStyle | None) -> Iterator[Font]:
    """The fonts of a style and of those that it is based on, the nearest first."""
    while isinstance(style, CharacterStyle):  # a paragraph's style is one too
        yield style.font
        style = style.base_style


def _is_hidden(fonts: Sequence[Font]) -> bool:
    """Whether text is hidden, white or tiny by the first of the fonts that says anything of it."""
    hidden = next((font.hidden for font in fonts if font.hidden is not None), False)
    colour = next((font.color.rgb for font in fonts if font.color is not None and font.color.rgb is not None), None)
    size = next((font.size.pt for font in fonts if font.size is not None), None)
    return hidden or str(colour or "") == _WHITE or (size is not None and size < _TINY_POINTS)
