"""The archive: files go in with what became of each; stored articles are found, compared, and withdrawn."""

import json
from pathlib import Path

import httpx2
from playwright.sync_api import Route, expect

from tests.web.page.conftest import OpenPage, tab_to

STORY = """Minister quits in Riga

RIGA - Finance Minister Janis Berzins resigned on Monday, 3 March 2025, after three years in office.

He had served under two prime ministers. The prime minister thanked him for his work in parliament.
"""


def test_each_file_says_what_became_of_it(site: str, open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "riga.txt").write_text(STORY)
    (tmp_path / "empty.txt").write_text("")
    page = open_page(f"{site}/archive")
    page.set_input_files("#files", [tmp_path / "riga.txt", tmp_path / "empty.txt"])
    expect(page.locator("#taking-count")).to_have_text("2 of 2 done")
    rows = page.locator("#taking-list > li")
    expect(rows.nth(0)).to_contain_text("Added")
    expect(rows.nth(1).get_by_role("alert")).to_contain_text("empty_page")


def test_what_is_no_evidence_is_named_and_the_search_follows_the_typing(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/archive")
    page.get_by_role("button", name="Take in the sample").click()
    expect(page.locator("#taking-list")).to_contain_text("teasers of other stories (56), readers' comments (6)")
    page.get_by_label("Search titles and text").press_sequentially("Kishida Hokkaido")
    expect(page.locator(".stored-title")).to_have_count(1)
    page.get_by_label("Search titles and text").fill("Kishida zebra")
    expect(page.locator("#stored-list-none")).to_be_visible()


def test_a_refused_address_says_why(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/archive")
    page.get_by_label("Web addresses").fill("http://127.0.0.1:1/private")
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("fetch_refused")


def test_an_articles_versions_are_compared_and_it_can_be_withdrawn(site: str, open_page: OpenPage) -> None:
    for text in (STORY, STORY.replace("three years", "four years")):
        body = {"text": text, "url": "https://news.example/riga", "title": "Riga minister"}
        httpx2.post(f"{site}/v1/articles", json=body, timeout=60).raise_for_status()
    page = open_page(f"{site}/archive")
    page.get_by_label("Search titles and text").fill("four years office")
    page.get_by_role("button", name="Riga minister").click()
    pane = page.get_by_role("complementary")
    pane.get_by_role("button", name="What changed since 1").click()
    expect(pane.locator("del")).to_have_text("three")
    expect(pane.locator("ins")).to_have_text("four")
    pane.get_by_label("Version").select_option("1")
    expect(pane.locator(".paper")).to_contain_text("after three years in office")
    pane.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    pane.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(page.locator("#stored-list-none")).to_be_visible()


def test_each_line_of_a_jsonl_file_says_what_became_of_it(site: str, open_page: OpenPage, tmp_path: Path) -> None:
    stories = [
        json.dumps({"id": f"berlin-{at}", "text": f"Story {at}\n\nThe bridge {at} was closed."}) for at in range(9)
    ]
    (tmp_path / "berlin.jsonl").write_text("\n".join([*stories[:8], "no article", stories[8]]))
    page = open_page(f"{site}/archive")
    page.set_input_files("#files", tmp_path / "berlin.jsonl")
    expect(page.locator("#taking-count")).to_have_text("2 of 2 done")
    expect(page.locator("#taking-list .status")).to_have_text(["Added"] * 9)
    expect(page.locator("#taking-list .failed")).to_contain_text("berlin.jsonl#9")


def test_a_feeds_new_entries_are_taken_in_one_by_one(site: str, open_page: OpenPage) -> None:
    """The routes of feeds have tests of their own: here their answers stand in for a publisher's and a worker's."""
    entries = [
        {"url": "http://127.0.0.1:1/new", "title": "New", "is_stored": False},
        {"url": "http://127.0.0.1:1/old", "title": "Old", "is_stored": True},
    ]
    watched = {
        "id": "feed_1", "url": "https://news.example/feed.xml", "looked": "2026-11-24T20:00:00Z",
        "taken": 2, "failing": 1, "problem": "http://127.0.0.1:1/new: It is refused.",
    }  # fmt: skip
    feeds = [watched]
    page = open_page(f"{site}/archive")

    def answer(route: Route) -> None:
        if route.request.method == "DELETE":
            feeds.clear()
            return route.fulfill(status=204)
        return route.fulfill(json={"entries": entries} if route.request.method == "POST" else {"feeds": feeds})

    page.route("**/v1/feeds**", answer)
    page.get_by_role("textbox", name="Feed").fill("https://news.example/feed.xml")
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.locator("#taking-count")).to_have_text("2 of 2 done")
    rows = page.locator("#taking-list > li")
    expect(rows.nth(0)).to_contain_text("2 entries in the feed. 1 of them is stored already.")
    expect(rows.nth(1)).to_contain_text("http://127.0.0.1:1/new")
    expect(rows.nth(1).get_by_role("alert")).to_contain_text("fetch_refused")
    feed = page.get_by_role("region", name="Watched feeds").get_by_role("listitem")
    expect(feed).to_contain_text("2 new articles since · 1 could not be read")
    expect(feed).to_contain_text("It is refused.")
    feed.get_by_role("button", name="Stop watching").click()
    expect(page.get_by_role("region", name="Watched feeds")).to_be_hidden()


def test_an_article_is_found_read_anew_and_withdrawn_by_keyboard_alone(site: str, open_page: OpenPage) -> None:
    body = {"text": STORY.replace("Riga", "Tallinn"), "title": "Tallinn minister"}
    httpx2.post(f"{site}/v1/articles", json=body, timeout=60).raise_for_status()
    page = open_page(f"{site}/archive")
    tab_to(page, "#search")
    page.keyboard.type("Tallinn minister")
    expect(page.locator(".stored-title")).to_have_count(1)
    tab_to(page, ".stored-title")
    page.keyboard.press("Enter")
    expect(page.locator("#pane h2")).to_be_focused()
    back = ("Close the source", "Withdraw", "Reprocess")  # what stands before the title, the nearest first
    for _ in back:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_have_text("Stored already")
    expect(page.locator("#pane h2")).to_be_focused()
    for _ in back[:2]:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Withdraw this article?")
    page.keyboard.press("Enter")
    expect(page.locator("#stored-list-none")).to_be_visible()
