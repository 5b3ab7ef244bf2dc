"""The chat at a desk with a remote model: what the model may not say is held back, told and shown as text."""

import json
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import expect

from eval.endpoint import Exchange
from eval.endpoint import serve as serve_model
from eval.fake_models import sensible
from tests.e2e.conftest import SAMPLE
from tests.web.page.conftest import OpenPage, serve
from tests.web.page.test_chat import send
from tests.web.page.test_hostile import FOREIGN

HOSTILE = "<img src=x onerror=alert(1)>"


class Scripted:
    """A model that is sensible until a test gives it another reply, or takes it away."""

    reply: object = None
    down = False

    def __call__(self, exchange: Exchange) -> None:
        if self.down:
            exchange.error(402, "insufficient_quota")
        elif self.reply is None:
            sensible(exchange)
        else:
            exchange.say(json.dumps(self.reply))


@pytest.fixture(scope="module")
def model() -> Scripted:
    return Scripted()


@pytest.fixture(scope="module")
def llm_site(model: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served desk that holds the sample and asks that model."""
    with serve_model(model) as server:
        settings = {
            "CLAIMDESK_BACKEND": "llm", "CLAIMDESK_LLM_MODEL": "fake", "OPENAI_BASE_URL": server.url,
            "CLAIMDESK_LLM_CACHE_DAYS": "0",
        }  # fmt: skip
        for address in serve(tmp_path_factory.mktemp("llm"), **settings):
            body = {"text": SAMPLE.read_text(encoding="utf-8"), "source": SAMPLE.name}
            httpx2.post(f"{address}/v1/articles", json=body, timeout=60).raise_for_status()
            yield address


def test_a_follow_up_is_shown_as_it_was_understood(llm_site: str, open_page: OpenPage) -> None:
    page = open_page(llm_site)
    send(page, "Who is Japan's foreign minister?")
    expect(page.locator(".answer-text")).to_contain_text("Fumio Kishida")
    send(page, "Does he plan to visit Russia?")
    expect(page.locator(".answer q")).to_have_text("Does Fumio Kishida plan to visit Russia?")


def test_what_the_model_invents_is_held_back_with_the_reason(
    llm_site: str, open_page: OpenPage, model: Scripted
) -> None:
    said = ["Abe has met Putin five times.", 'Abe called Putin "a dear old friend".', f"Abe is {HOSTILE} well."]
    model.reply = {"sentences": [{"text": text, "passages": ["p1"]} for text in said]}
    page = open_page(llm_site)
    send(page, "How many times has Abe met Putin?")
    expect(page.locator(".answer-text")).to_have_text("Abe has met Putin five times. 1")
    page.locator(".withheld summary").click()
    expect(page.locator(".withheld li")).to_contain_text(["a dear old friend", "[link removed]"])
    expect(page.locator(".withheld li").first).to_contain_text("word for word")
    assert page.evaluate(FOREIGN) == []


def test_where_model_and_local_judge_differ_both_are_shown(llm_site: str, open_page: OpenPage, model: Scripted) -> None:
    model.reply = {f"p{n}": {"rationale": f"So it is. {HOSTILE}", "stance": "supports"} for n in range(1, 9)}
    page = open_page(llm_site)
    send(page, "Abe will visit Sochi again with Obama.")
    page.locator(".disagreements summary").click()
    expect(page.locator(".disagreements li").first).to_contain_text("So it is. [link removed]")
    assert page.evaluate(FOREIGN) == []


def test_a_model_that_fails_is_told_and_not_taken_for_the_index(
    llm_site: str, open_page: OpenPage, model: Scripted
) -> None:
    model.down = True
    page = open_page(llm_site)
    send(page, "How many times has Abe met Putin?")
    expect(page.locator(".turn .note")).to_contain_text("no quota left")
    expect(page.locator(".answer-text")).to_contain_text("five times")
    expect(page.locator("#degraded")).to_be_hidden()
