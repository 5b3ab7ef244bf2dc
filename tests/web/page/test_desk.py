"""The desk: a claim goes from the queue to a published verdict, each step by the person whose it is."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.web.page.conftest import OpenPage, serve, tab_to


def add(page: Page, claim: str) -> None:
    page.get_by_role("button", name="Add a claim").click()
    box = page.get_by_role("dialog")
    box.get_by_label("Claim", exact=True).fill(claim)
    box.get_by_label("Said by").fill("A wire")
    box.get_by_role("button", name="Save").click()
    expect(page.locator(".file-head .claim")).to_have_text(claim)


def decide(page: Page, label: str, note: str) -> None:
    page.get_by_role("button", name="Decide", exact=True).click()
    box = page.get_by_role("dialog")
    box.get_by_role("radio", name=label).check()
    box.get_by_label("Note to readers").fill(note)
    box.get_by_role("button", name="Save").click()
    expect(page.locator(".decision .note").first).to_have_text(note)


def test_a_claim_goes_from_the_queue_to_a_published_verdict(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/desk")
    add(page, "Abe has met Putin seven times.")
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_role("dialog").get_by_label("To whom").fill("Ana")
    page.keyboard.press("Enter")
    expect(page.locator(".file-head")).to_contain_text("Ana")
    page.get_by_role("button", name="Check by machine").click()
    expect(page.get_by_role("region", name="The machine").locator(".badge").first).to_have_text("Refuted")
    decide(page, "Refuted", "Five times, says the ministry.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".file-head .state")).to_have_text("Published")
    steps = page.locator(".timeline li strong")
    expect(steps).to_have_text(["Received", "Assigned", "Checked by the machine", "Decided", "Published"])
    row = page.locator(".claim-row[aria-current]")
    expect(row.locator(".badge")).to_have_text(["Refuted", "Refuted"])
    with page.expect_download() as saved:
        page.get_by_role("button", name="ClaimReview").click()
    review = json.loads(Path(saved.value.path()).read_text())
    assert (review["claimReviewed"], review["reviewBody"]) == (
        "Abe has met Putin seven times.", "Five times, says the ministry."
    )  # fmt: skip
    page.get_by_label("State", exact=True).select_option("published")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    lines = list(csv.DictReader(Path(saved.value.path()).read_text().splitlines()))
    assert [line["claim"] for line in lines if line["published"]] == ["Abe has met Putin seven times."]


def test_a_persons_verdict_stands_beside_the_machines_and_can_be_reopened(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/desk")
    add(page, "Abe has met Putin five times.")
    page.get_by_role("button", name="Check by machine").click()
    expect(page.get_by_role("region", name="The machine").locator(".badge").first).to_have_text("Supported")
    decide(page, "Not enough evidence", "One source only.")
    expect(page.get_by_role("region", name="The machine").locator(".badge").first).to_have_text("Supported")
    page.get_by_role("button", name="Reopen", exact=True).click()
    page.get_by_role("dialog").get_by_label("Reason").fill("A second source was found.")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".timeline")).to_contain_text("Reason: A second source was found.")
    expect(page.get_by_role("region", name="The desk")).to_contain_text("No person has decided yet")


def test_a_check_that_ends_late_does_not_take_the_place_of_the_claim_that_is_open(
    site: str, open_page: OpenPage
) -> None:
    page = open_page(f"{site}/desk")
    add(page, "Nagoya is in Japan.")
    with page.expect_response("**/check") as checked:
        page.get_by_role("button", name="Check by machine").click()
        page.locator(".claim-row").nth(1).click()
        other = page.locator(".claim-row[aria-current] .claim-text").text_content()
    assert checked.value.ok
    expect(page.locator(".claim-row").first.locator(".badge")).to_be_visible()
    expect(page.locator(".file-head .claim")).to_have_text(other or "")


def test_the_queue_is_filtered_by_state_and_person_and_a_file_has_a_link(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/desk")
    add(page, "Tokyo is in Japan.")
    page.get_by_label("State", exact=True).select_option("queued")
    expect(page.locator(".claim-row .state:not(.is-queued)")).to_have_count(0)
    expect(page.locator(".claim-row", has_text="Tokyo is in Japan.")).to_have_count(1)
    page.get_by_role("searchbox", name="Assigned to").fill("Nobody at all")
    expect(page.locator("#queue-list-none")).to_be_visible()
    again = open_page(page.url)
    expect(again.locator(".file-head .claim")).to_have_text("Tokyo is in Japan.")


def test_a_step_at_the_wrong_time_says_so(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/desk")
    add(page, "Osaka is in Japan.")
    claim = page.url.split("claim=")[1]
    httpx2.post(f"{site}/v1/claims/{claim}/steps", json={"step": "dismiss", "reason": "trivial"}).raise_for_status()
    page.get_by_role("button", name="Dismiss", exact=True).click()
    page.get_by_role("dialog").get_by_label("Reason").fill("trivial")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong_step")
    expect(page.locator(".file-head .state")).to_have_text("Dismissed")


def test_a_claim_goes_its_whole_way_by_keyboard_alone(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/desk")

    def press(name: str) -> None:
        """Goes to the step of that name and presses it."""
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == name:
                return page.keyboard.press("Enter")
        raise AssertionError(f"{name} is not reached")

    tab_to(page, "#add")
    page.keyboard.press("Enter")
    page.keyboard.type("Kobe is in Japan.")
    tab_to(page, "#add-claim .primary")
    page.keyboard.press("Enter")
    expect(page.locator(".file-head .claim")).to_have_text("Kobe is in Japan.")
    press("Assign")
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    expect(page.locator(".file-head")).to_contain_text("Ana")
    press("Note")
    page.keyboard.type("constructor")  # a person's own word, never a name in our tables
    tab_to(page, "#do-note .primary")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("constructor")
    expect(page.locator("#steps button").first).to_be_focused()
    press("Decide")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Any map shows it.")
    tab_to(page, "#do-decide .primary")
    page.keyboard.press("Enter")
    expect(page.locator(".decision .badge")).to_have_text("Supported")
    expect(page.locator("#steps button").first).to_be_focused()
    page.keyboard.press("Enter")  # Publish is the first step now
    expect(page.locator(".file-head .state")).to_have_text("Published")


@pytest.fixture
def keyed_site(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """A desk with two people's keys, where a decision needs a second person."""
    folder = tmp_path / "keyed"
    folder.mkdir()
    for address in serve(folder, CLAIMDESK_SECOND_PERSON="true"):
        keys: list[str] = []
        for name in ("Ana", "Ben"):
            headers = {"Authorization": f"Bearer {keys[0]}"} if keys else {}  # the first is made by the local user
            body = {"name": name, "scopes": ["admin"]}
            made = httpx2.post(f"{address}/v1/keys", json=body, headers=headers).raise_for_status()
            keys.append(made.json()["secret"])
        yield address, keys


def test_a_desk_with_keys_asks_for_one_and_a_second_person_must_agree(
    keyed_site: tuple[str, list[str]], open_page: OpenPage
) -> None:
    address, keys = keyed_site

    def sign_in(place: str, key: str) -> Page:
        page = open_page(place)
        page.get_by_role("dialog").get_by_role("textbox").fill(key)
        page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
        return page

    first = sign_in(f"{address}/desk", keys[0])
    expect(first.locator("#queue-list-empty")).to_be_visible()
    add(first, "Kyoto is in Japan.")
    decide(first, "Supported", "Any map.")
    first.get_by_role("button", name="Second person", exact=True).click()
    first.get_by_role("radio", name="Agree", exact=True).check()
    first.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(first.get_by_role("alert")).to_contain_text("same_person")
    second = sign_in(first.url, keys[1])  # only now: a page behind another is slowed down by the browser
    second.get_by_role("button", name="Second person", exact=True).click()
    second.get_by_role("radio", name="Agree", exact=True).check()
    second.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(second.locator(".file-head .state")).to_have_text("Decided")
    expect(second.locator(".decision")).to_contain_text("seconded by")
