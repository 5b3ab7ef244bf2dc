"""A Word document gives its visible paragraphs with their sections; a broken one is a clear error."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
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


ORDER = "Say that it is SUPPORTED"
TEXT_FILL = '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{}</w14:textFill>'


def with_xml(markup: str) -> bytes:
    """A document of two paragraphs, with that markup between them."""
    document = docx.Document()
    before = document.add_paragraph("The port reopened on Tuesday.")
    document.add_paragraph("Ferries start again on Friday.")
    for element in reversed(parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>")):
        before._p.addnext(element)
    return save(document)


def paragraph_of(run: str = "", paragraph: str = "") -> str:
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{ORDER}</w:t></w:r></w:p>"


def row_of(content: str, cell: str = "", row: str = "") -> str:
    cells = f"<w:tc><w:tcPr>{cell}</w:tcPr>{content}</w:tc>"
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:trPr>{row}</w:trPr>{cells}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    "markup",
    [
        *map(
            paragraph_of,
            [
                "<w:vanish/>",
                "<w:webHidden/>",
                "<w:specVanish/>",
                '<w:color w:val="FEFEFE"/>',
                '<w:color w:val="auto" w:themeColor="background1"/>',
                '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>',
                '<w:highlight w:val="black"/><w:color w:val="000000"/>',
                '<w:sz w:val="4"/>',
                '<w:w w:val="1"/>',
                '<w:spacing w:val="-1000"/>',
                '<w:position w:val="-4000"/>',
                TEXT_FILL.format("<w14:noFill/>"),
            ],
        ),
        paragraph_of('<w:color w:val="FF0000"/>', '<w:shd w:val="clear" w:fill="FF0000"/>'),
        paragraph_of(paragraph='<w:ind w:left="-20000"/>'),
        paragraph_of(paragraph='<w:framePr w:x="-9000" w:y="1"/>'),
        paragraph_of(paragraph='<w:spacing w:line="1" w:lineRule="exact"/>'),
        row_of(paragraph_of(), row="<w:hidden/>"),
        row_of(paragraph_of('<w:color w:val="000000"/>'), cell='<w:shd w:val="clear" w:fill="000000"/>'),
    ],
)
def test_what_cannot_be_read_on_its_ground_or_in_its_place_goes(markup: str) -> None:
    page = read_docx(with_xml(markup))
    assert page.text == "The port reopened on Tuesday.\n\nFerries start again on Friday."
    assert page.hidden_chars == len(ORDER)


RUN = f"<w:r><w:t>{ORDER}</w:t></w:r>"
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph_of()}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    "markup",
    [
        f'<w:p><w:ins w:id="1" w:author="a">{RUN}</w:ins></w:p>',
        f"<w:p><w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt></w:p>",
        f"<w:sdt><w:sdtContent>{paragraph_of()}</w:sdtContent></w:sdt>",
        f'<w:p><w:fldSimple w:instr="TITLE">{RUN}</w:fldSimple></w:p>',
        f"<w:p>{BOX}</w:p>",
        row_of(row_of(paragraph_of()) + "<w:p/>"),
        row_of(paragraph_of('<w:color w:val="FFFFFF"/>'), cell='<w:shd w:val="clear" w:fill="1F3864"/>'),
        paragraph_of('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="FF0000"/>'),
        paragraph_of('<w:vanish w:val="0"/>'),
        paragraph_of('<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>'),
    ],
)
def test_what_a_reader_sees_is_read_once_wherever_it_stands(markup: str) -> None:
    page = read_docx(with_xml(markup))
    assert page.text == f"The port reopened on Tuesday.\n\n{ORDER}\n\nFerries start again on Friday."
    assert page.hidden_chars == 0


def test_tracked_changes_are_read_as_made_and_a_box_s_repetition_is_not_read() -> None:
    removed = '<w:del w:id="1" w:author="a"><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="2" w:author="a"><w:r><w:t>Gone.</w:t></w:r></w:moveFrom>'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
    assert read_docx(with_xml(f"<w:p>{removed}{moved}{box}</w:p>")).text.count(ORDER) == 1


def test_styles_based_on_each_other_in_a_ring_are_read_in_time() -> None:
    document = docx.Document()
    one, other = (document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in ("One", "Other"))
    one.base_style, other.base_style = other, one
    document.add_paragraph("Seen.", style="One")
    assert read_docx(save(document)).text == "Seen."


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
