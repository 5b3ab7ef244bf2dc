"""The page in a real browser becomes three figures: its first load, a citation's click, and how an article scrolls.

`python -m eval.page [--words 10000]` drives Chromium against a server of its own, the sample and a long article in it.
Times are those that the browser's own clock tells in the page, so that the driver's way there does not count.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import httpx2
import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from eval.served import Served, serve

PORT = 8791
LOADS = 5
CLICKS = 5
SMOOTH_MS = 50.0  # a frame that takes longer is a long task: a stutter that a reader may see
SENTENCE = "The ministry said in report {n} that the port had handled {n} ships since the spring."  # 15 words

LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
READY = """() => new Promise((done) => {
  const main = document.querySelector("main");
  const look = () => main.hasAttribute("aria-busy") ? requestAnimationFrame(look) : done(performance.now());
  look();
})"""
CLICK = """() => new Promise((done) => {
  const start = performance.now();
  document.querySelector(".sources .cite").click();
  const look = () => document.querySelector("mark.is-current") ? done(performance.now() - start) : requestAnimationFrame(look);
  look();
})"""
SCROLL = """() => new Promise((done) => {
  const pane = document.querySelector("#pane");
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    pane.scrollTop += 120;
    if (pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1) requestAnimationFrame(step);
    else done(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=10_000)
    words = parser.parse_args().words
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), PORT) as served, sync_playwright() as driver:
        _store(served, words)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        loads = [_load(browser, served) for _ in range(LOADS)]
        for name, times in (
            ("load event", [load for load, _ in loads]),
            ("page answers", [ready for _, ready in loads]),
        ):
            print(f"first load, {name}: median {np.median(times):.0f} ms, worst {max(times):.0f} ms of {LOADS}")
        _click(_open(browser, served, "/"))
        _read(_open(browser, served, "/archive"), words)
        browser.close()


def _store(served: Served, words: int) -> None:
    sentences = [SENTENCE.format(n=n) for n in range(words // 15)]
    text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
    body = {"text": text, "title": "Ships"}
    httpx2.post(f"{served.url}/v1/articles", json=body, headers=served.headers, timeout=600).raise_for_status()


def _open(browser: Browser, served: Served, path: str) -> Page:
    """A page in a profile of its own, so that nothing was kept from before."""
    page = browser.new_context().new_page()
    secret = served.headers["Authorization"].removeprefix("Bearer ")
    page.add_init_script(f"sessionStorage.setItem('key', '{secret}')")
    page.goto(served.url + path)
    return page


def _load(browser: Browser, served: Served) -> tuple[float, float]:
    """Milliseconds from the navigation's start to its load event, and to where the page answers its reader."""
    page = _open(browser, served, "/")
    ready = float(page.evaluate(READY))
    loaded = float(page.evaluate(LOADED))
    page.context.close()
    return loaded, ready


def _click(page: Page) -> None:
    page.get_by_label("Claim or question").fill("Abe has met Putin seven times.")
    page.keyboard.press("Enter")
    page.locator(".sources .cite").first.wait_for()
    page.wait_for_load_state("networkidle")
    times = []
    for _ in range(CLICKS):
        times.append(float(page.evaluate(CLICK)))
        page.keyboard.press("Escape")
    print(f"citation click to its sentence: first {times[0]:.0f} ms, worst {max(times):.0f} ms of {CLICKS}")


def _read(page: Page, words: int) -> None:
    page.locator(".stored-title", has_text="Ships").click()
    page.locator(".paper").wait_for()
    frames = page.evaluate(SCROLL)
    late = [frame for frame in frames if frame > SMOOTH_MS]
    shown = f"median {np.median(frames):.1f} ms, 95 of 100 within {np.percentile(frames, 95):.1f} ms, worst {max(frames):.0f} ms"
    print(f"{words:,} words, top to bottom: {len(frames)} frames, {shown}, {len(late)} over {SMOOTH_MS:.0f} ms")


if __name__ == "__main__":
    main()
