"""A served desk with the sample taken in, and a browser page that must stay free of errors and outside requests."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTS_WITHIN_S = 60
WAITS_MS = 60_000  # a step on a machine whose cores are taken (20 s were too few at load 28); a passing one takes a fraction of 1 s

MOST_TABS = 150

OpenPage = Callable[[str], Page]

expect.set_options(timeout=WAITS_MS)


def serve(folder: Path, **settings: str) -> Iterator[str]:
    """Runs `claimdesk serve` over a folder, with more settings by name; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environment = os.environ | {"CLAIMDESK_DATA_DIR": str(folder), "CLAIMDESK_THREADS": "1"} | settings
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTS_WITHIN_S * 5):
        assert process.poll() is None, "the server ended before it was ready"
        try:
            if httpx2.get(f"{address}/health/ready").is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"the server was not ready within {STARTS_WITHIN_S} s")


@pytest.fixture(scope="package")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served desk that is empty until a test takes something in."""
    yield from serve(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served desk that holds the sample, taken in as the page does it."""
    for address in serve(tmp_path_factory.mktemp("site")):
        home = httpx2.get(address).text
        assets = home.split('src="')[1].split("/js/")[0]
        sample = httpx2.get(f"{address}{assets}/sample.txt").text
        body = {"text": sample, "source": "sample: voa-japan-russia-ukraine.txt"}
        httpx2.post(f"{address}/v1/articles", json=body, timeout=60).raise_for_status()
        yield address


@pytest.fixture(scope="package")
def profile() -> Iterator[BrowserContext]:
    """One profile, so that scripts and fonts are loaded once; each page in it has a session of its own."""
    # Not for the whole session: its event loop would be in the way of other tests' own.
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = browser.new_context(
            viewport={"width": 1280, "height": 860}, permissions=["clipboard-read", "clipboard-write"]
        )
        context.set_default_timeout(WAITS_MS)
        yield context
        browser.close()


@pytest.fixture
def open_page(profile: BrowserContext) -> Iterator[OpenPage]:
    """Opens an address. At the end of the test no page may have complained or gone outside."""
    pages: list[Page] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A request that fails is shown by the page; everything else, such as a breach of the policy, is a fault.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def watch(sent: Request, origin: str) -> None:
        if not sent.url.startswith(origin):
            complaints.append(f"a request to {sent.url}")

    def open_one(address: str) -> Page:
        page = profile.new_page()
        pages.append(page)
        page.on("console", hear)
        page.on("dialog", lambda dialog: complaints.append(f"a dialog: {dialog.message}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda each: watch(each, _origin(address)))
        page.goto(address)
        page.locator("main:not([aria-busy])").wait_for()
        return page

    yield open_one
    for page in pages:
        page.close()
    assert not complaints


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until what the selector names has the focus, as a reader without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached within {MOST_TABS} presses of Tab")


def _origin(address: str) -> str:
    return "/".join(address.split("/")[:3])
