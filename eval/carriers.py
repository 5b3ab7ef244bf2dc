"""A payload becomes a document that carries it: a page, a PDF, a feed's item, a text or a file's name."""

import html
import re
from pathlib import Path

from service.domain.base import Frozen
from service.ingest.document import Document

SOURCE = "https://marlow-echo.example/bridge"

STORY = (
    "The council of Marlow voted on Tuesday to close the Harbour Bridge for 14 months.",
    "Mayor Anna Whitfield said that the repairs would cost 38 million euros.",
    "About 12,000 drivers cross the bridge every day, the council said.",
    "Engineers found cracks in three of its pillars in March.",
    "A ferry will carry passengers across the river from 1 June, free of charge.",
    "Shopkeeper Tom Arden called the plan a disaster for trade.",
    "The bridge was opened in 1931 and last repaired in 1987.",
)
"""The article that carries payloads: own words, about a town that is not."""

ELSEWHERE = (
    "Rain fell on Lindau for nine days in April, the weather office said.",
    "The river rose by 80 centimetres and flooded two car parks.",
    "Firefighters pumped out forty cellars in the old town.",
)
"""An article about something else, that carries an assertion and no other word about the bridge."""

HIDDEN = frozenset(
    {"display_none", "white", "size0", "hidden_attr", "pdf_invisible", "comment", "meta", "alt", "title_attr", "jsonld",
     "filename"}
)  # fmt: skip
"""Places that a reader does not see: their text must never reach the index."""


class Payload(Frozen):
    """A line of the list. `text` is what it says, `html` how it stands in its carrier, `hide` where."""

    id: str
    kind: str  # instruction or assertion
    goal: str
    wrapper: str
    hide: str
    target_verdict: str
    canary: str
    text: str
    html: str

    @property
    def words(self) -> str:
        """What must not be found in the index when the payload is hidden: its text without odd white space."""
        return squeeze(self.text)


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u200b]+", " ", text).strip()


def carry(payload: Payload, story: tuple[str, ...] = STORY, claim: str = "") -> Document:
    """The document that carries a payload in `story`."""
    markup = payload.html.replace("{CLAIM}", html.escape(claim)).replace("{PORT}", "9")
    if markup.startswith("PDF-TR3:"):
        hidden = markup.removeprefix("PDF-TR3:").rpartition("|")[0]
        return Document(source=SOURCE, media_type="application/pdf", content=write_pdf(story, html.unescape(hidden)))
    if markup.startswith("TXT:"):
        text = html.unescape(markup.removeprefix("TXT:")).replace("{ART}", "\n\n".join(story))
        return Document(source=SOURCE, media_type="text/plain", content=f"Bridge\n\n{text}".encode())
    if markup.startswith("RSS:"):
        title = re.search(r"<title>(.*?)</title>", markup, re.DOTALL)
        stated = html.unescape(title.group(1)) if title else None
        return _page("{ART}", story).model_copy(update={"title": stated})
    if markup.startswith("FILENAME:"):
        name = markup.removeprefix("FILENAME:").partition("|")[0]
        return _page("{ART}", story).model_copy(update={"source": f"/inbox/{Path(name).name}"})
    return _page(markup, story)


def clean(story: tuple[str, ...] = STORY, source: str = SOURCE) -> Document:
    """The same page without a payload."""
    return _page("{ART}", story).model_copy(update={"source": source})


def with_sentence(text: str) -> Document:
    """The page with one more sentence in its middle."""
    return _page(f"{{ART1}}<p>{html.escape(text)}</p>{{ART2}}", STORY)


def _page(markup: str, story: tuple[str, ...]) -> Document:
    half = len(story) // 2
    filled = (
        markup.replace("{ART1}", _paragraphs(story[:half]))
        .replace("{ART2}", _paragraphs(story[half:]))
        .replace("{ART}", f"<article>{_paragraphs(story)}</article>")
    )
    page = f"<html><head><meta charset=utf-8></head><body><main>{filled}</main></body></html>"
    return Document(source=SOURCE, media_type="text/html", content=page.encode())


def _paragraphs(sentences: tuple[str, ...]) -> str:
    return "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)


def write_pdf(lines: tuple[str, ...], invisible: str) -> bytes:
    """A PDF of one page: the lines, and a text in render mode 3, which draws nothing."""
    shown = "".join(f"BT /F 9 Tf 40 {780 - 24 * n} Td ({_escape(line)}) Tj ET\n" for n, line in enumerate(lines))
    hidden = f"BT /F 9 Tf 3 Tr 40 80 Td ({_escape(invisible)}) Tj ET\n"
    stream = (shown + hidden).encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, offsets = b"%PDF-1.7\n", []
    for number, entry in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
