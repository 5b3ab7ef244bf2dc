"""Quality: the figures of the very judge that runs, or the word that there are none."""

from playwright.sync_api import expect

from tests.web.page.conftest import OpenPage


def test_a_judge_that_was_not_measured_is_said_to_be_so(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/archive")
    unknown = {"judge": "new-judge", "backend": "llm", "measured": None}
    page.route("**/v1/quality", lambda route: route.fulfill(json=unknown))
    page.goto(f"{site}/quality")
    expect(page.locator(".empty")).to_contain_text("There are no figures for new-judge")
