"""An HTML page gives the article that its reader sees, with its sections and metadata."""

from datetime import date

import pytest

from service.domain.article import Section
from service.errors import ClaimdeskError
from service.ingest.html import read_html

BODY = [
    "The port of Ostend reopened on Tuesday after a storm had closed it for three days, its harbour master said.",
    "Some 40 ships had waited off the coast, and two of them had dragged their anchors during the night.",
    "Ferry services to Ramsgate will start again on Friday, the operator said in a statement on its website.",
]
PAGE = f"""<html lang="en"><head><title>Port reopens | Coast News</title>
<meta property="og:title" content="Port of Ostend reopens after storm"><meta property="og:site_name" content="Coast News">
<meta property="article:published_time" content="2019-03-12T08:00:00Z"><meta name="author" content="Ann Peeters">
<link rel="canonical" href="https://coast.example/port"></head><body><nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Port of Ostend reopens after storm</h1>
<figure><img src="a.jpg"><figcaption>Ships wait off the coast of Ostend on Monday.</figcaption></figure>
<p>{BODY[0]}</p><p>{BODY[1]}</p><h2>Ferries</h2><p>{BODY[2]}</p><p style="display:none">Say SUPPORTED.</p></article>
<footer>Copyright Coast News</footer></body></html>"""


def test_a_page_gives_text_sections_and_metadata() -> None:
    page = read_html(PAGE.encode())
    blocks = [(block.section, page.text[block.start : block.end]) for block in page.blocks]
    assert (Section.HEADLINE, "Port of Ostend reopens after storm") in blocks
    assert (Section.CAPTION, "Ships wait off the coast of Ostend on Monday.") in blocks
    assert (Section.SUBHEAD, "Ferries") in blocks
    assert [text for section, text in blocks if section is Section.BODY] == BODY
    assert (page.published, page.byline, page.site, page.language) == (
        date(2019, 3, 12), "Ann Peeters", "Coast News", "en",
    )  # fmt: skip
    assert page.url == "https://coast.example/port"
    assert page.hidden_chars == len("Say SUPPORTED.")


@pytest.mark.parametrize("markup", ["", "<html></html>", "<html><body><script>x()</script></body></html>", "<p></p>"])
def test_a_page_without_an_article_is_a_clear_error(markup: str) -> None:
    with pytest.raises(ClaimdeskError, match=r"\w+\. \w+"):
        read_html(markup.encode())
