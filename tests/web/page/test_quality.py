"""Quality: the figures of the very judge that runs, or the word that there are none."""

import httpx2
from playwright.sync_api import expect

from service.web.page.figures import draw_figures
from service.web.page.strings import LANGUAGE, strings_of
from service.web.quality import MeasuredQuality
from tests.web.page.conftest import OpenPage


def test_the_running_judges_figures_are_shown(site: str, open_page: OpenPage) -> None:
    measured = httpx2.get(f"{site}/v1/quality").json()["measured"]
    page = open_page(f"{site}/quality")
    expect(page.locator(".diagram .dot")).to_have_count(len(measured["reliability"]))
    rows = page.locator("section", has_text="Set by set").locator("tbody tr")
    expect(rows).to_have_count(len(measured["sets"]))
    expect(page.locator(".meta code")).to_have_text(measured["command"])


def test_a_judge_that_was_not_measured_is_said_to_be_so() -> None:
    unknown = MeasuredQuality(judge="<new>-judge", backend="llm", measured=None)
    assert "There are no figures for &lt;new&gt;-judge" in draw_figures(unknown, strings_of(LANGUAGE))


def test_a_confidence_says_how_often_verdicts_as_sure_were_right(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    page.get_by_label("Claim or question").fill("Abe has met Putin seven times.")
    page.keyboard.press("Enter")
    page.locator(".confidence summary").click()
    expect(page.locator(".confidence p")).to_contain_text("as sure as this on public sets")
