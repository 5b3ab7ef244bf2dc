"""Script payloads in every field that a page shows: each is shown as text, and none runs or calls out."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.web.page.conftest import OpenPage
from tests.web.page.test_review import review

PAYLOADS = Path(__file__).parents[4] / "shared" / "data" / "security" / "xss_payloads_dev.jsonl"
LONGEST_CLAIM = 2_000

# What markup would leave behind if a payload were read as such: none of it is in our own pages.
FOREIGN = """() => [...document.querySelectorAll("*")].filter((each) =>
    /^(img|iframe|object|embed|video|audio|math|base|frame|applet|template|marquee|foreignobject|animate|set)$/i
      .test(each.localName)
    || (each.localName === "script" && !each.src.startsWith(location.origin + "/assets/"))
    || [...each.attributes].some(({ name, value }) =>
      name.startsWith("on") || (/^(href|src|action|formaction)$/.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value)))
  ).map((each) => each.outerHTML.slice(0, 200))"""

OPEN_EACH = """async () => {
  const bylines = [];
  for (const title of document.querySelectorAll(".stored-title")) {
    title.click();
    await new Promise((resolve) => new MutationObserver((_, seen) => {
      if (document.querySelector("#pane .paper")) { seen.disconnect(); resolve(); }
    }).observe(document.querySelector("#pane"), { childList: true }));
    bylines.push(document.querySelector("#pane .facts").textContent);
    document.querySelector("#pane").replaceChildren();
  }
  return bylines;
}"""


class Canary(HTTPServer):
    """A server on loopback that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Listener)


class _Listener(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is logged: `asked` is looked at."""


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with Canary() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        assert not server.asked
        server.shutdown()


@pytest.fixture(scope="module")
def payloads(canary: Canary) -> list[str]:
    """Every payload, with a call to the canary in it."""
    if not PAYLOADS.exists():
        pytest.skip("shared/data/security is not beside the repository")
    call = f'<img src="http://127.0.0.1:{canary.server_port}/x">'
    return [json.loads(line)["payload"] + call for line in PAYLOADS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def hostile_site(empty_site: str, payloads: list[str]) -> str:
    """A desk whose articles carry payloads as title, byline and source, and one that is made of them all."""
    stories = [
        {"text": f"Story {at} says little.", "title": each, "byline": each, "id": each}
        for at, each in enumerate(batches(payloads))
    ]
    stories += [
        {"text": f"Address {at}.", "title": f"Address {at}", "url": each} for at, each in enumerate(payloads[::8])
    ]
    stories.append({"text": "\n\n".join(payloads), "title": "All of them", "id": "all"})
    lines = "\n".join(json.dumps(story) for story in stories)
    files = {"file": ("stories.jsonl", lines.encode())}
    taken = httpx2.post(f"{empty_site}/v1/articles", files=files, timeout=120).raise_for_status()
    assert not taken.json()["failed"]
    return empty_site


def require_harmless(page: Page) -> None:
    assert page.evaluate(FOREIGN) == []


def test_titles_sources_bylines_and_text_are_shown_as_text(
    hostile_site: str, payloads: list[str], open_page: OpenPage
) -> None:
    titles = [*stored_titles(hostile_site)]
    assert len(titles) > len(list(batches(payloads)))
    page = open_page(f"{hostile_site}/archive")
    while page.locator(".stored-title").count() < len(titles):
        page.get_by_role("button", name="Show more").click()
    shown = page.locator(".stored-title").evaluate_all("(each) => each.map((one) => one.textContent)")
    assert sorted(shown) == sorted(titles)
    require_harmless(page)
    bylines = page.evaluate(OPEN_EACH)
    assert sum("<" in each for each in bylines) >= len(list(batches(payloads)))
    require_harmless(page)
    page.locator(".stored-title", has_text="All of them").click()
    text = page.locator(".paper").text_content() or ""
    assert payloads[0] in text
    require_harmless(page)


def stored_titles(site: str) -> Iterator[str]:
    cursor: str | None = None
    while True:
        page = httpx2.get(f"{site}/v1/articles", params={"limit": 100, **({"cursor": cursor} if cursor else {})}).json()
        yield from (each["title"] for each in page["articles"])
        cursor = page["next"]
        if cursor is None:
            return


def test_claims_and_questions_are_shown_as_text(hostile_site: str, payloads: list[str], open_page: OpenPage) -> None:
    page = open_page(hostile_site)
    for number, batch in enumerate(list(batches(payloads))[:4]):
        page.get_by_label("Claim or question").fill(batch)
        page.locator(".kinds").get_by_text("Question" if number % 2 else "Claim").click()
        page.get_by_role("button", name="Send", exact=True).click()
        turn = page.locator(".turn").nth(number)
        expect(turn.locator(".turn-foot, .problem")).to_be_visible()
        assert (turn.locator(".asked").text_content() or "").split() == batch.split()
        require_harmless(page)


def test_every_field_of_a_verdict_is_shown_as_text(site: str, payloads: list[str], open_page: OpenPage) -> None:
    """The real route is asked above; here its answer carries a payload wherever a string can stand."""
    citations = [
        {"number": number, "article_id": each, "version": 1, "sentence_id": each, "quote": each, "start": 0, "end": 1}
        | {"section": "body", "title": each, "url": each, "published": "2014-03-04", "state": "verified"}
        for number, each in enumerate(payloads, start=1)
    ]
    differences = [
        {"kind": "name", "claim_text": each, "claim_start": 0, "claim_end": 1, "evidence_text": each[::-1]}
        | {"evidence_start": 0, "evidence_end": 3, "correction": each, "citation": citation}
        for each, citation in zip(payloads, citations, strict=True)
    ]
    parts = [
        {"text": each, "start": 0, "end": 1, "label": "refuted", "confidence": 0.5, "citations": [citation]}
        for each, citation in zip(payloads, citations, strict=True)
    ]
    verdict = {"claim": payloads[0], "label": "refuted", "confidence": 0.5, "abstained": False} | {
        "corrected_claim": payloads[1], "corrected_label": "supported", "parts": parts, "differences": differences,
        "citations": citations, "degraded": True, "backend": payloads[2], "timings_ms": {payloads[3]: 1.0},
        "problems": [{"code": each, "message": each} for each in payloads], "usage": None,
    }  # fmt: skip
    page = open_page(site)
    turn = f"event: result\ndata: {json.dumps({'number': 1, 'answer': None, 'report': verdict})}\n\n"
    page.route("**/turns", lambda route: route.fulfill(body=turn, content_type="text/event-stream"))
    page.route("**/v1/articles/*?version=1", lambda route: route.fulfill(status=404, json={"detail": payloads[4]}))
    page.get_by_label("Claim or question").fill("A claim.")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_visible()
    shown = page.locator(".verdict .source blockquote").evaluate_all("(each) => each.map((one) => one.textContent)")
    assert len(shown) == len(payloads)
    require_harmless(page)
    page.locator(".sources .cite").first.click()
    expect(page.locator("#pane .problem")).to_contain_text(payloads[4].strip()[:40])
    require_harmless(page)


def batches(payloads: list[str]) -> Iterator[str]:
    batch = ""
    for payload in payloads:
        if len(batch) + len(payload) + 1 > LONGEST_CLAIM:
            yield batch
            batch = ""
        batch = f"{batch} {payload}".strip()[:LONGEST_CLAIM]
    yield batch


def test_file_names_are_shown_as_text(hostile_site: str, payloads: list[str], open_page: OpenPage) -> None:
    page = open_page(f"{hostile_site}/archive")
    names = [payload.replace("\0", "") for payload in payloads]
    files = [{"name": name, "mimeType": "text/plain", "buffer": b""} for name in names]
    page.set_input_files("#files", files)  # type: ignore[arg-type]
    expect(page.locator("#taking-count")).to_have_text(f"{len(names)} of {len(names)} done", timeout=60_000)
    shown = page.locator("#taking-list > li > strong").evaluate_all("(each) => each.map((one) => one.textContent)")
    assert len(shown) == len(names)
    assert sum(one.strip() == name.strip() for one, name in zip(shown, names, strict=True)) > len(names) * 0.8
    require_harmless(page)


def test_copy_under_review_and_an_editors_notes_are_shown_as_text(
    hostile_site: str, payloads: list[str], open_page: OpenPage
) -> None:
    page = open_page(f"{hostile_site}/review")
    review(page, "\n\n".join(payloads), "0 findings")
    require_harmless(page)
    page.get_by_role("button", name="Another").click()
    review(page)
    page.get_by_role("button", name="Dismiss…").click()
    note = " ".join(payloads)
    page.get_by_label("Why it may stay as it is").fill(note)
    page.keyboard.press("Enter")
    expect(page.locator(".finding q")).to_contain_text(note[:200].strip())
    require_harmless(page)


def test_a_claims_file_is_shown_as_text(hostile_site: str, payloads: list[str], open_page: OpenPage) -> None:
    """Claim, claimant, source, assignee, note, decision and reason carry payloads, all of them between them."""

    def post(path: str, **body: str) -> str:
        done = httpx2.post(f"{hostile_site}/v1/claims{path}", json={k: v for k, v in body.items() if k})
        return str(done.raise_for_status().json()["id"])

    for at, batch in enumerate(batches(payloads)):
        address = f"https://news.example/{payloads[at]}"[:2_000]
        claim = post("", text=batch, claimant=payloads[at][:500], source_url=address)
        post(f"/{claim}/steps", step="assign", to=payloads[at][:200])
        post(f"/{claim}/steps", step="note", note=batch)
        post(f"/{claim}/steps", step="decide", label="refuted", note=batch, corrected_text=batch)
        post(f"/{claim}/steps", step="reopen", reason=batch)
    page = open_page(f"{hostile_site}/desk")
    for at, batch in enumerate(reversed(list(batches(payloads)))):
        page.locator(".claim-row").nth(at).click()
        expect(page.locator(".file-head .claim")).to_have_text(batch)
        expect(page.locator(".timeline li")).to_have_count(5)
        require_harmless(page)
