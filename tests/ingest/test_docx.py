"""A Word document gives its visible paragraphs with their sections; a broken one is a clear error."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.shared import RGBColor

from service.domain.article import Section
from service.errors import EmptyPage, InputTooLarge, UnreadableFile
from service.ingest.docx import read_docx


def save(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_headings_and_hidden_runs() -> None:
    document = docx.Document()
    document.add_heading("Port reopens", level=0)
    paragraph = document.add_paragraph("The port reopened on Tuesday.")
    paragraph.add_run(" hidden").font.hidden = True
    paragraph.add_run(" white").font.color.rgb = RGBColor(255, 255, 255)
    document.add_heading("Ferries", level=2)
    document.add_paragraph("Ferries start again on Friday.")
    page = read_docx(save(document))
    assert [(b.section, page.text[b.start : b.end]) for b in page.blocks] == [
        (Section.HEADLINE, "Port reopens"),
        (Section.BODY, "The port reopened on Tuesday."),
        (Section.SUBHEAD, "Ferries"),
        (Section.BODY, "Ferries start again on Friday."),
    ]
    assert page.hidden_chars == len(" hidden white")
    assert page.published is None  # the day a template was made is no publication date


def test_what_a_style_hides_is_hidden_unless_the_run_shows_it() -> None:
    document = docx.Document()
    document.add_paragraph("The port reopened on Tuesday.")
    unseen = document.styles.add_style("Unseen", WD_STYLE_TYPE.PARAGRAPH)
    unseen.font.hidden = True
    white = document.styles.add_style("White", WD_STYLE_TYPE.CHARACTER)
    white.font.color.rgb = RGBColor(255, 255, 255)
    based = document.styles.add_style("Based", WD_STYLE_TYPE.CHARACTER)
    based.base_style = white
    document.add_paragraph("hidden", style="Unseen").add_run("Seen.").font.hidden = False
    document.add_paragraph().add_run("white", style="Based")
    page = read_docx(save(document))
    assert page.text == "The port reopened on Tuesday.\n\nSeen."
    assert page.hidden_chars == len("hiddenwhite")


def test_a_broken_or_empty_document_is_a_clear_error() -> None:
    with pytest.raises(UnreadableFile):
        read_docx(b"PK\x03\x04 rubbish")
    with pytest.raises(EmptyPage):
        read_docx(save(docx.Document()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.ingest.docx.MAX_UNPACKED_BYTES", 1_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "0" * 100_000)
    with pytest.raises(InputTooLarge):
        read_docx(buffer.getvalue())


def test_the_words_of_links_and_the_rows_of_tables_are_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    link.append(paragraph.add_run("the plan")._r)
    paragraph._p.append(link)
    paragraph.add_run(" of May.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ships at anchor", "40"
    assert read_docx(save(document)).text == "See the plan of May.\n\nShips at anchor 40"
