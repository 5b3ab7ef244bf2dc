"""A Word document becomes a page: its paragraphs, headings as subheads, without runs that a reader cannot see."""

import io
import zipfile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from service.domain.article import Block, Page, Section
from service.errors import EmptyPage, InputTooLarge, UnreadableFile

MAX_UNPACKED_BYTES = 200_000_000  # a zip bomb unpacks to gigabytes, a long report to a few megabytes


def read_docx(content: bytes) -> Page:
    """Raises UnreadableFile, InputTooLarge when it would unpack to more than 200 MB, EmptyPage."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise InputTooLarge("This .docx unpacks to more than 200 MB. Save it without its pictures.")
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, OSError) as error:
        raise UnreadableFile("This .docx cannot be opened. Save it again from the program that made it.") from error
    parts: list[str] = []
    blocks: list[Block] = []
    at = hidden = 0
    for paragraph in document.paragraphs:
        text, unseen = _visible(paragraph)
        hidden += unseen
        if text:
            blocks.append(Block(start=at, end=at + len(text), section=_section(paragraph, first=not blocks)))
            parts.append(text)
            at += len(text) + 2
    if not blocks:
        raise EmptyPage("This .docx holds no text that can be seen.")
    properties = document.core_properties
    first = parts[0] if blocks[0].section is Section.HEADLINE else None
    return Page(
        text="\n\n".join(parts),
        blocks=tuple(blocks),
        title=properties.title or first,
        byline=properties.author or None,
        hidden_chars=hidden,
    )


def _section(paragraph: Paragraph, first: bool) -> Section:
    style = (paragraph.style.name or "") if paragraph.style else ""
    if style == "Title" or (first and style.startswith("Heading")):
        return Section.HEADLINE
    if style == "Caption":
        return Section.CAPTION
    return Section.SUBHEAD if style.startswith(("Heading", "Subtitle")) else Section.BODY


def _visible(paragraph: Paragraph) -> tuple[str, int]:
    seen = [run.text for run in paragraph.runs if not _is_hidden(run)]
    unseen = sum(len(run.text) for run in paragraph.runs if _is_hidden(run))
    text = "".join(seen) if paragraph.runs else paragraph.text
    return " ".join(text.split()), unseen


def _is_hidden(run: Run) -> bool:
    colour = run.font.color.rgb if run.font.color is not None else None
    size = run.font.size.pt if run.font.size is not None else None
    return bool(run.font.hidden) or str(colour or "") == "FFFFFF" or (size is not None and size < 2)
