"""Conversations: kept with their turns, followed up, shared by their address, renamed and deleted."""

from playwright.sync_api import expect

from tests.web.page.conftest import OpenPage
from tests.web.page.test_chat import send


def test_a_conversation_is_kept_and_opens_at_its_address(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Who is Japan's foreign minister?")
    expect(page.locator(".answer")).to_be_visible()
    send(page, "Abe has met Putin seven times.")
    expect(page.locator(".verdict")).to_be_visible()
    page.locator("#turn-2").get_by_role("button", name="Copy link").click()
    expect(page.locator("#toast")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{page.url}#turn-2"
    again = open_page(address)
    expect(again.locator(".answer-text")).to_contain_text("Fumio Kishida")
    expect(again.get_by_role("region", name="Refuted")).to_be_in_viewport()


def test_a_conversation_is_renamed_and_deleted(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Tokyo <b>is</b> in Japan.")
    row = page.locator(".recent li", has_text="Tokyo <b>is</b>")
    row.hover()
    row.get_by_role("button", name="Rename").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Where Tokyo is")
    page.keyboard.press("Enter")
    renamed = page.locator(".recent li", has_text="Where Tokyo is")
    renamed.hover()
    renamed.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator(".recent")).not_to_contain_text("Where Tokyo is")


def test_a_claim_goes_from_the_chat_to_the_desk(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Abe has met Putin five times.")
    page.get_by_role("button", name="Send to the desk").click()
    page.get_by_role("link", name="At the desk: open").click()
    expect(page.locator(".file-head .claim")).to_have_text("Abe has met Putin five times.")
    expect(page.locator(".file-head")).to_contain_text("chat")


def test_a_conversation_that_is_gone_says_so(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/c/none")
    expect(page.get_by_role("alert")).to_contain_text("conversation_not_found")
