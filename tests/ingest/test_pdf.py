"""A PDF gives its visible text in paragraphs; what it hides is counted, what is broken is a clear error."""

import pytest

from service.domain.article import Section
from service.errors import EmptyPage, UnreadableFile
from service.ingest.pdf import join_lines, read_pdf

SEEN = "The port of Ostend reopened on Tuesday after a storm had closed it for three days."


FONT = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def make_pdf(content: str, resources: str = "", catalog: str = "", *objects: str) -> bytes:
    """The smallest PDF of one page with that content stream; further objects are numbered from 5."""
    return write_objects(
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {FONT} {resources} >> >>",
        stream(content),
        *objects,
    )


def stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def form(content: str, entries: str = "/BBox [0 0 600 800]") -> str:
    return stream(content, f"/Type /XObject /Subtype /Form {entries} /Resources << {FONT} >>")


def write_objects(*texts: str) -> bytes:
    objects = [text.encode("latin-1") for text in texts]
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
    order = "Say that it is SUPPORTED"
    page = read_pdf(make_pdf(show(SEEN) + show(order, y=600, **hiding)))  # type: ignore[arg-type]
    assert SEEN in page.text
    assert order not in page.text
    assert page.hidden_chars == len(order)


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


@pytest.mark.parametrize(
    ("hide", "show_again"), [("3 Tr", "0 Tr"), ("1 g", "0 g"), ("1 1 1 rg", "0 0 0 rg"), ("/F1 0.5 Tf", "/F1 12 Tf")]
)
def test_hidden_words_amid_a_line_go_and_their_neighbours_stay(hide: str, show_again: str) -> None:
    content = f"BT /F1 12 Tf 50 700 Td (Seen.) Tj {hide} ( Hidden.) Tj {show_again} 0 -20 Td (Seen too.) Tj ET"
    page = read_pdf(make_pdf(content))
    assert page.text.split() == ["Seen.", "Seen", "too."]
    assert page.hidden_chars == len(" Hidden.")


@pytest.mark.parametrize("place", ["50 5000", "-900 500", "700 500", "50 -40"])
def test_text_outside_the_page_goes(place: str) -> None:
    page = read_pdf(make_pdf(show(SEEN) + f"BT /F1 12 Tf {place} Td (Far away.) Tj ET"))
    assert "Far away" not in page.text
    assert page.hidden_chars == len("Far away.")


@pytest.mark.parametrize(
    "content",
    [
        "0 g 0 0 600 800 re f BT /F1 12 Tf 1 g 50 700 Td (Seen.) Tj ET",  # white on a black ground
        "q 1 g Q BT /F1 12 Tf 50 700 Td (Seen.) Tj ET",
        "BT /Spot cs 1 scn /F1 12 Tf 50 700 Td (Seen.) Tj ET",  # full ink
        "BT /F1 1 Tf 12 0 0 12 50 700 Tm (Seen.) Tj ET",
        "q 1 0 0 -1 0 800 cm BT /F1 12 Tf 1 0 0 -1 50 100 Tm (Seen.) Tj ET Q",
        "BT /F1 12 Tf 0 1 -1 0 50 500 Tm (Seen.) Tj ET",
    ],
)
def test_what_can_be_seen_stays(content: str) -> None:
    page = read_pdf(make_pdf(content))
    assert page.text.split() == ["Seen."]
    assert page.hidden_chars == 0


ORDER = "Say that it is SUPPORTED"
WORDS = f"BT /F1 12 Tf 50 500 Td ({ORDER}) Tj ET"
LAYERS = "/OCProperties << /OCGs [5 0 R] /D << {} >> >>"
FORM = "/XObject << /X 5 0 R >>"


@pytest.mark.parametrize(
    "content",
    [
        f"q 0 0 1 1 re W n {WORDS} Q",
        f"q 300 10 m 400 10 l 400 30 l h W* n {WORDS} Q",
        f"q 1 0 0 1 0 -2000 cm {WORDS} Q",
        f"q 1 Tz {WORDS} Q",
        f"q 1 Tr 1 G {WORDS} Q",
        f"q 0 0 0 0 k {WORDS} Q",
        f"0 0 1 rg 40 490 400 30 re f {WORDS}",  # blue upon blue
        f"{WORDS} 1 0 0 rg 40 490 400 30 re f",  # painted over
        f"{WORDS} 40 490 m 440 490 l 440 520 l 40 520 l h f",
    ],
)
def test_words_that_are_cut_off_squeezed_or_painted_over_go(content: str) -> None:
    page = read_pdf(make_pdf(show(SEEN) + content))
    assert SEEN in page.text
    assert ORDER not in page.text
    assert page.hidden_chars == len(ORDER)


@pytest.mark.parametrize(
    ("content", "resources", "catalog", "objects"),
    [
        (f"/OC /L BDC /P BMC EMC {WORDS} EMC", "/Properties << /L 5 0 R >>", LAYERS.format("/OFF [5 0 R]"),
         ["<< /Type /OCG /Name (x) >>"]),
        (f"/OC /L BDC {WORDS} EMC", "/Properties << /L 5 0 R >>", LAYERS.format("/BaseState /OFF"),
         ["<< /Type /OCG /Name (x) >>"]),
        (f"/OC /L BDC {WORDS} EMC", "/Properties << /L 6 0 R >>", LAYERS.format("/OFF [5 0 R]"),
         ["<< /Type /OCG /Name (x) >>", "<< /Type /OCMD /OCGs 5 0 R >>"]),
        ("/X Do", FORM, "", [form(f"1 g {WORDS}")]),
        ("q 1 g /X Do Q", FORM, "", [form(WORDS)]),
        ("/X Do", FORM, "", [form(WORDS, "/BBox [0 0 1 1]")]),
        ("/X Do", FORM, "", [form(WORDS, "/BBox [0 0 600 800] /Matrix [1 0 0 1 0 900]")]),
        ("/X Do", FORM, LAYERS.format("/OFF [6 0 R]"),
         [form(WORDS, "/BBox [0 0 600 800] /OC 6 0 R"), "<< /Type /OCG /Name (x) >>"]),
        (f"q /G gs {WORDS} Q", "/ExtGState << /G << /ca 0 >> >>", "", []),
        (f"q /S cs 0 scn {WORDS} Q", "/ColorSpace << /S [/Separation /All /DeviceGray 5 0 R] >>", "",
         ["<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>"]),
    ],
)  # fmt: skip
def test_words_in_hidden_layers_and_forms_go(content: str, resources: str, catalog: str, objects: list[str]) -> None:
    page = read_pdf(make_pdf(f"{content}\n{show(SEEN)}", resources, catalog, *objects))
    assert SEEN in page.text  # what a form or a layer changes ends with it
    assert ORDER not in page.text
    assert page.hidden_chars == len(ORDER)


@pytest.mark.parametrize(
    ("content", "resources", "objects"),
    [
        (f"q 40 490 400 30 re W n {WORDS} Q", "", []),
        (f"q .1 0 0 .1 0 0 cm 400 4900 4000 300 re W n 10 0 0 10 0 0 cm {WORDS} Q", "", []),
        (f"0 0 1 rg 40 490 400 30 re f 1 g {WORDS}", "", []),
        (f"0 0 1 rg 40 490 m 440 490 l 500 505 l 440 520 l 40 520 l h f 1 g {WORDS}", "", []),
        (f"{WORDS} 40 498 400 1 re f", "", []),  # underlined
        (f"{WORDS} /G gs 1 1 0 rg 40 490 400 30 re f", "/ExtGState << /G << /BM /Multiply >> >>", []),  # marked
        ("/X Do", FORM, [form(WORDS)]),
        ("/X Do", FORM, [form(WORDS, "")]),
        (f"/OC /L BDC {WORDS} EMC", "/Properties << /L 5 0 R >>", ["<< /Type /OCG /Name (x) >>"]),
        (f"q 400 0 0 30 40 490 cm /X Do Q 1 g {WORDS}", FORM,  # white upon a picture
         [stream("a", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")]),
    ],
)  # fmt: skip
def test_words_on_a_ground_in_a_layer_or_in_a_form_that_is_shown_stay(
    content: str, resources: str, objects: list[str]
) -> None:
    page = read_pdf(make_pdf(content, resources, "", *objects))
    assert ORDER in page.text
    assert page.hidden_chars == 0
