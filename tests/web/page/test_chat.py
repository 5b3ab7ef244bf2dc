"""The chat: a claim or a question goes in; a verdict or an answer comes out, with its sources one click away."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.page.conftest import OpenPage

SLIP = "Foreign Minister Kushida plans to visit Russia this spring."


def send(page: Page, words: str) -> None:
    page.get_by_label("Claim or question").fill(words)
    page.keyboard.press("Enter")


def test_an_empty_archive_offers_the_sample_and_then_examples_that_work(empty_site: str, open_page: OpenPage) -> None:
    page = open_page(empty_site)
    page.get_by_role("button", name="Take in the sample").click()
    page.get_by_role("button", name="Abe has met Putin seven times.").click()
    card = page.get_by_role("region", name="Refuted")
    expect(card.locator(".differences mark")).to_have_text(["seven", "five"])
    expect(card.locator(".corrected ins")).to_have_text("five")


def test_a_misspelt_name_is_marked_letter_by_letter_and_corrected(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, SLIP)
    card = page.get_by_role("region", name="Refuted")
    expect(card.locator(".claim mark b")).to_have_text("u")
    expect(card.locator(".side").nth(1).locator("b")).to_have_text("i")
    expect(card.locator(".correction")).to_contain_text("Foreign Minister Kishida plans")
    expect(card.locator(".correction")).to_contain_text("Supported")
    expect(card).to_contain_text("Against the claim")


def test_a_citation_opens_the_article_at_its_sentence_and_gives_the_focus_back(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, SLIP)
    number = page.get_by_role("region", name="Refuted").locator(".sources .cite")
    number.click()
    pane = page.get_by_role("complementary", name="Source")
    sentence = pane.locator("mark.is-current")
    expect(sentence).to_contain_text("Fumio Kishida still plans to visit Russia")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_be_focused()
    expect(pane).to_contain_text("Mar 4, 2014 (read out of the text)")
    expect(pane).to_contain_text("Not evidence: teasers of other stories (56)")
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    expect(number).to_be_focused()


def test_hovering_a_citation_shows_its_passage(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Who is Japan's foreign minister?")
    page.locator(".answer-text .cite").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Fumio Kishida")
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_an_answer_has_numbered_sources_and_can_be_copied_with_them(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Who is Japan's foreign minister?")
    expect(page.locator(".answer-text")).to_contain_text("Fumio Kishida")
    page.get_by_role("button", name="Copy with sources").click()
    expect(page.locator("#toast")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"\[1\] “.*Fumio Kishida.*” — Japan's Embrace", copied)


def test_it_says_why_it_abstains(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Russia announced it would not help Crimea separate from Ukraine.")
    card = page.get_by_role("region", name="Not enough evidence")
    expect(card).to_contain_text("Silence")
    send(page, "Who won the 2014 World Cup?")
    expect(page.locator(".answer .abstained")).to_have_text("The archive does not answer this.")


def test_the_box_tells_a_question_from_a_claim_and_one_click_switches(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    box = page.get_by_label("Claim or question")
    box.fill("Has Abe met Putin")
    expect(page.get_by_role("radio", name="Question")).to_be_checked()
    box.fill("Abe has met Putin five times.")
    expect(page.get_by_role("radio", name="Claim")).to_be_checked()
    page.locator(".kinds").get_by_text("Question").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".turn")).to_contain_text("Read as a question")
    expect(page.locator(".answer")).to_be_visible()
    page.get_by_role("button", name="Check it as a claim").click()
    expect(page.get_by_role("region", name="Supported")).to_be_visible()


def test_the_main_path_needs_no_mouse(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    expect(page.get_by_label("Claim or question")).to_be_focused()
    page.keyboard.type(SLIP)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Refuted")).to_be_visible()
    while page.evaluate("!document.activeElement.matches('.verdict .cite')"):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("Fumio Kishida")
    page.keyboard.press("Enter")
    expect(page.locator("mark.is-current")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.verdict .cite')")


def test_an_error_says_what_to_do_and_can_be_tried_again(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    page.route("**/v1/**", lambda route: route.abort())
    send(page, SLIP)
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    expect(page.locator("#offline")).to_be_visible()
    page.unroute("**/v1/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("region", name="Refuted")).to_be_visible()
    expect(page.locator("#offline")).to_be_hidden()


def test_a_verdict_is_copied_with_its_sources_and_saved_as_a_draft_of_a_claim_review(
    site: str, open_page: OpenPage
) -> None:
    page = open_page(site)
    send(page, SLIP)
    page.get_by_role("button", name="Copy with sources").click()
    expect(page.locator("#toast")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{SLIP}\n\nRefuted (")
    assert "The claim says: Kushida. The source says: Kishida [1]" in copied
    assert "[1] “Japanese Foreign Minister Fumio Kishida still plans" in copied
    with page.expect_download() as saved:
        page.get_by_role("button", name="ClaimReview").click()
    review = json.loads(Path(saved.value.path()).read_text())
    assert (review["@type"], review["creativeWorkStatus"]) == ("ClaimReview", "Draft")
    assert review["claimReviewed"] == SLIP
    assert review["reviewRating"]["alternateName"] == "Refuted"
    assert "No person has decided" in review["reviewBody"]


# A stream that tells the verdict on one part and then goes on: what the page shows meanwhile must stand.
STREAM = """(body) => {
  const real = window.fetch;
  window.fetch = (path, options) => String(path).endsWith("/turns")
    ? Promise.resolve(new Response(new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode(body)) })))
    : real(path, options);
}"""


def test_each_part_of_a_claim_is_shown_as_it_is_decided(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    part = {"text": "Abe has met Putin five times.", "start": 0, "end": 9, "label": "supported", "confidence": 0.9}
    told = f"event: part\ndata: {json.dumps({'kind': 'part', 'part': part | {'citations': []}})}\n\n"
    page.evaluate(STREAM, told)
    send(page, "Abe has met Putin five times, and Kushida plans to visit Russia.")
    expect(page.locator(".turn .parts li")).to_have_text(["SupportedAbe has met Putin five times."])
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_where_no_side_is_taken_it_says_in_words_what_the_number_means(site: str, open_page: OpenPage) -> None:
    page = open_page(site)
    send(page, "Russia announced it would not help Crimea separate from Ukraine.")
    confidence = page.get_by_role("region", name="Not enough evidence").locator(".confidence")
    expect(confidence.locator("summary")).to_have_text("No side taken")
    confidence.locator("summary").click()
    expect(confidence).to_contain_text("There is nothing here to be sure of")
