"""Review: copy goes in; its findings are underlined, decided on and taken away, and its claims are checked."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.page.conftest import OpenPage, tab_to

SAMPLE = Path(__file__).parents[3] / "service" / "sample" / "voa-japan-russia-ukraine.txt"

COPY = """Visit planned

Japanese Foreign Minister Fumio Kishida plans to visit Russia this spring. Abe has met Putin seven times.

Reporters asked about Kushida's comments on the crisis.
"""


def review(page: Page, copy: str = COPY, heading: str = "1 finding") -> None:
    page.get_by_label("Copy", exact=True).fill(copy)
    page.get_by_role("button", name="Review", exact=True).click()
    expect(page.get_by_role("heading", name=heading)).to_be_focused()


def test_a_finding_stands_in_the_text_and_shows_both_passages(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    review(page)
    finding = page.locator(".finding")
    expect(finding).to_contain_text("NAM001")
    expect(finding.locator(".passage b")).to_have_text(["u", "i"])
    expect(page.locator(".copy .found.is-error:not(.is-other)")).to_have_text("Kushida")
    finding.locator(".passage").nth(1).click()
    expect(page.locator(".copy :target")).to_have_text("Kishida")
    expect(page.locator(".copy :target")).to_be_focused()


def test_a_fix_is_written_into_the_copy_and_can_be_undone(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    review(page)
    page.get_by_role("button", name="Write “Kishida”").click()
    expect(page.locator(".copy .found ins")).to_have_text("Kishida")
    expect(page.locator(".beside")).to_contain_text("0 of 1 open")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("#toast")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "about Kishida's comments" in copied
    assert "Kushida" not in copied
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".beside")).to_contain_text("1 of 1 open")


def test_a_dismissed_finding_becomes_a_note_that_keeps_the_next_review_silent(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    review(page)
    page.get_by_role("button", name="Dismiss…").click()
    page.get_by_label("Why it may stay as it is").fill("both are real")
    page.keyboard.press("Enter")
    expect(page.locator(".finding")).to_contain_text("both are real")
    page.get_by_role("button", name="Copy desk notes").click()
    expect(page.locator("#toast")).to_be_visible()
    note = page.evaluate("navigator.clipboard.readText()")
    assert note == "[desk: ignore NAM001 Kushida: both are real]\n"
    page.get_by_role("button", name="Another").click()
    page.get_by_label("Copy", exact=True).fill(f"{COPY}\n{note}")
    page.get_by_role("button", name="Review", exact=True).click()
    expect(page.locator(".beside")).to_contain_text("Nothing to mend was found")
    expect(page.locator(".beside")).to_contain_text("1 finding is silenced by the desk")


def test_claims_are_checked_one_by_one_with_visible_progress(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    review(page)
    rows = page.locator(".worth-row")
    count = rows.count()
    assert count > 0
    page.get_by_role("button", name="Check").first.click()
    expect(page.locator(".beside")).to_contain_text(f"{count} of {count} checked")
    seven = rows.filter(has_text="seven times")
    expect(seven.locator("summary .badge").first).to_have_text("Refuted")
    seven.locator("summary").first.click()
    expect(seven.locator(".differences mark")).to_have_text(["seven", "five"])


def test_files_are_reviewed_and_not_stored_and_reports_are_saved(
    site: str, open_page: OpenPage, tmp_path: Path
) -> None:
    (tmp_path / "copy.txt").write_text(COPY)
    page = open_page(f"{site}/review")
    page.set_input_files("#file", tmp_path / "copy.txt")
    expect(page.locator(".finding")).to_have_count(1)
    with page.expect_download() as saved:
        page.get_by_role("button", name="SARIF").click()
    log = json.loads(Path(saved.value.path()).read_text())
    assert log["runs"][0]["results"][0]["ruleId"] == "NAM001"
    with page.expect_download() as saved:
        page.get_by_role("button", name="HTML").click()
    assert "Kushida" in Path(saved.value.path()).read_text()
    page.goto(f"{site}/archive")
    page.get_by_label("Search titles and text").fill("Reporters comments crisis asked")
    expect(page.locator("#stored-list-none")).to_be_visible()


def test_a_stored_article_is_reviewed_from_the_archive(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/archive")
    page.get_by_role("button", name="Japan's Embrace of Russia").first.click()
    page.get_by_role("link", name="Review it").click()
    expect(page.locator(".finding")).to_contain_text("Kushida")


def test_a_stored_article_is_found_by_its_words_and_reviewed(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    page.get_by_role("button", name="Stored article").click()
    box = page.get_by_role("dialog")
    box.get_by_label("Search titles and text").fill("zebra crossing")
    expect(box).to_contain_text("No article holds all these words")
    box.get_by_label("Search titles and text").fill("Kishida Hokkaido")
    expect(box.locator(".stored-title")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".finding")).to_contain_text("Kushida")


def test_the_sample_is_one_click_away(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    page.get_by_role("button", name="Try the sample").click()
    expect(page.locator(".finding")).to_contain_text("Kushida")


def test_an_unreadable_file_says_what_to_do(site: str, open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    page = open_page(f"{site}/review")
    page.set_input_files("#file", tmp_path / "empty.txt")
    expect(page.get_by_role("alert")).to_contain_text("empty_page")


def test_a_stored_copy_of_the_article_is_no_evidence_for_its_claims(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    page.get_by_label("Copy", exact=True).fill(SAMPLE.read_text().replace("on track", "on a good track"))
    page.get_by_role("button", name="Review", exact=True).click()
    met = page.locator(".worth-row", has_text="met Russian President Vladimir Putin five times")
    met.get_by_role("button", name="Check").click()
    expect(met.locator("summary .badge").first).to_have_text("Not enough evidence")


def test_copy_is_reviewed_and_a_finding_dismissed_by_keyboard_alone(site: str, open_page: OpenPage) -> None:
    page = open_page(f"{site}/review")
    tab_to(page, "#copy")
    page.keyboard.insert_text(COPY)
    tab_to(page, "#hand-in [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#findings-title")).to_be_focused()
    tab_to(page, ".finding .passage")
    page.keyboard.press("Enter")
    expect(page.locator(".copy :target")).to_be_focused()
    tab_to(page, ".finding .button.quiet")
    page.keyboard.press("Enter")
    page.keyboard.type("both are real")
    page.keyboard.press("Enter")
    expect(page.locator(".finding q")).to_have_text("both are real")
    tab_to(page, ".worth-row .button")
    page.keyboard.press("Enter")
    expect(page.locator(".outcome summary .badge").first).to_be_visible()
