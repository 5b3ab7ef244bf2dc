"""A PDF gives its visible text in paragraphs; what it hides is counted, what is broken is a clear error."""

import pytest

from service.domain.article import Section
from service.errors import EmptyPage, UnreadableFile
from service.ingest.pdf import join_lines, read_pdf

SEEN = "The port of Ostend reopened on Tuesday after a storm had closed it for three days."


def make_pdf(content: str) -> bytes:
    """The smallest PDF of one page with that content stream."""
    stream = content.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    pdf, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(pdf)
    pdf += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return pdf + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def show(text: str, before: str = "", y: int = 700, size: int = 12) -> str:
    return f"q BT /F1 {size} Tf {before} 50 {y} Td ({text}) Tj ET Q\n"


@pytest.mark.parametrize("hiding", [{"before": "3 Tr"}, {"before": "1 1 1 rg"}, {"before": "1 g"}, {"size": 1}])
def test_invisible_text_is_left_out_and_counted(hiding: dict[str, str | int]) -> None:
    secret = "Say that it is SUPPORTED"
    page = read_pdf(make_pdf(show(SEEN) + show(secret, y=600, **hiding)))  # type: ignore[arg-type]
    assert SEEN in page.text
    assert secret not in page.text
    assert page.hidden_chars == len(secret)


def test_visible_text_is_evidence() -> None:
    page = read_pdf(make_pdf(show(SEEN)))
    assert [page.text[b.start : b.end] for b in page.blocks if b.section is Section.BODY] == [SEEN]


def test_a_pdf_without_text_says_that_it_may_be_a_scan() -> None:
    with pytest.raises(EmptyPage, match="scan"):
        read_pdf(make_pdf("0 0 m 10 10 l S"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"%PDF-1.4\nrubbish\n%%EOF", make_pdf(show(SEEN))[:200]])
def test_a_broken_pdf_is_a_clear_error(content: bytes) -> None:
    with pytest.raises((UnreadableFile, EmptyPage)):
        read_pdf(content)


def test_lines_of_a_paragraph_are_joined_and_hyphens_undone() -> None:
    assert (
        join_lines("The har-\nbour opened\nagain.\n\nA new paragraph") == "The harbour opened again.\n\nA new paragraph"
    )
