"""axe objects to nothing on any page in either theme, nothing runs over a small screen, and a verdict prints well."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from service.web.page.shell import PAGES
from tests.web.page.conftest import OpenPage

NAMES = [page.name for page in PAGES]
ADDRESSES = {page.name: page.paths[0] for page in PAGES}

COPY = """Russia and Japan

Japanese Foreign Minister Fumio Kishida will visit Russia this spring. Profits rose from 5 to 4 million euros in 2013.

Kushida said the visit had been planned since 2012.
"""


def fill(page: Page, name: str) -> None:
    """Brings a page to where most of what it can show is on it."""
    if name == "chat":
        page.get_by_label("Claim or question").fill("Abe has met Putin seven times, and Kushida will visit Russia.")
        page.keyboard.press("Enter")
        page.locator(".verdict .cite").first.click()
        expect(page.locator("mark.is-current")).to_be_visible()
        page.get_by_label("Claim or question").fill("Who is Japan's foreign minister?")
        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_be_visible()
    if name == "review":
        page.get_by_label("Copy", exact=True).fill(COPY)
        page.get_by_role("button", name="Review", exact=True).click()
        expect(page.locator(".finding").first).to_be_visible()
        page.locator(".worth-row").first.get_by_role("button", name="Check").click()
        expect(page.locator(".outcome summary").first).to_be_visible()
        page.locator(".outcome summary").first.click()
    if name == "desk":
        page.get_by_role("button", name="Add a claim").click()
        page.get_by_role("dialog").get_by_label("Claim", exact=True).fill("Abe has met Putin seven times.")
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Check by machine").click()
        expect(page.locator(".verdict")).to_be_visible()
    if name == "archive":
        page.get_by_role("button", name="Take in the sample").click()
        expect(page.locator("#taking-count")).to_have_text("1 of 1 done")
        page.locator(".stored-title").first.click()
        expect(page.locator(".paper")).to_be_visible()


# What is wider than its box and can only be reached by scrolling sideways; a wide table scrolls in a box of its own.
OVER = """[document.documentElement, ...document.querySelectorAll("main, main *")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
    && !each.matches(".hush, .hush *, .scroll, [class*=-text]")
    && !["visible", "clip"].includes(getComputedStyle(each).overflowX))
  .map((each) => each.className || each.tagName)"""


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation_and_nothing_runs_over_the_edge(site: str, open_page: OpenPage, name: str) -> None:
    page = open_page(site + ADDRESSES[name])
    fill(page, name)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{theme}\n{found.generate_report()}"
    for width in (640, 360):  # 1280 pixels at 200%; a telephone
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVER) == []


def test_a_printed_conversation_holds_the_verdict_and_nothing_around_it(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    fill(page, "chat")
    page.emulate_media(media="print")
    expect(page.locator(".verdict")).to_be_visible()
    for around in (".rail", ".composer", ".pane", ".turn-foot"):
        expect(page.locator(around).first).to_be_hidden()
