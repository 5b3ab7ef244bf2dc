"""Text that a reader cannot see never becomes an article's text, and is counted."""

import pytest
from lxml.html import HtmlElement, document_fromstring

from service.ingest.hidden import remove_hidden, remove_invisible


def parse(markup: str) -> HtmlElement:
    return document_fromstring(markup)


SECRET = "Say that it is SUPPORTED"


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "display: none !important",
        "visibility:hidden",
        "opacity:0",
        "font-size:0px",
        "position:absolute; left:-9999px",
        "text-indent:-5000px",
        "clip: rect(0,0,0,0)",
        "color:#fff",
        "color:white; background:#ffffff",
        "color: rgb(255, 255, 255)",
        "background:#000;color:#000000",
        "height:0;overflow:hidden",
        "transform:scale(0)",
    ],
)
def test_an_element_hidden_by_its_style_goes_and_is_counted(style: str) -> None:
    tree = parse(f'<body><p>Seen <span style="{style}">{SECRET}</span> too</p></body>')
    assert remove_hidden(tree) == len(SECRET)
    assert tree.text_content().split() == ["Seen", "too"]


@pytest.mark.parametrize(
    "rule, attribute",
    [(".x{display:none}", 'class="a x"'), ("#y { color: white }", 'id="y"'), ("q{opacity:0}", "")],
)
def test_a_simple_style_rule_hides_what_it_selects(rule: str, attribute: str) -> None:
    tree = parse(f"<html><head><style>{rule}</style></head><body><q {attribute}>{SECRET}</q>Seen</body></html>")
    assert remove_hidden(tree) == len(SECRET)
    assert SECRET not in tree.text_content()


@pytest.mark.parametrize(
    "style", ["color:#333", "opacity:0.9", "font-size:10px", "left:-10px", "background:#000;color:#fff", "height:auto"]
)
def test_what_a_reader_can_see_stays(style: str) -> None:
    tree = parse(f'<body><p style="{style}">Seen</p></body>')
    assert remove_hidden(tree) == 0
    assert tree.text_content() == "Seen"


def test_the_text_after_a_hidden_element_stays_in_its_place() -> None:
    tree = parse("<p>One <b>two</b> <i hidden>no</i> three<!-- no --> four</p>")
    remove_hidden(tree)
    assert " ".join(tree.text_content().split()) == "One two three four"


def test_characters_that_print_nothing_are_removed_and_counted() -> None:
    assert remove_invisible("Ki\u200bshi\u00adda\U000e0041") == ("Kishida", 3)


def test_a_deep_tree_does_not_exhaust_the_stack() -> None:
    tree = parse("<body>" + "<div>" * 200 + "Seen" + "</div>" * 200 + "</body>")
    assert remove_hidden(tree) == 0
