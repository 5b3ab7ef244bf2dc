"""The desk on a remote model: a scripted one that means well, over a real socket, with a real record."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.endpoint import Exchange, Server, serve
from eval.fake_models import sensible
from service.backends.llm.judge import MODEL_RIGHT
from service.backends.llm.prompts import load
from service.desk import Desk, open_desk
from service.domain.chat import Turn
from service.domain.cost import Price
from service.domain.event import Event, RewrittenEvent, SentenceEvent, StageEvent
from service.domain.verdict import Label
from service.errors import BadSettings, LlmBadReply
from service.run import Run
from service.settings import Settings
from tests.e2e.conftest import SAMPLE

PRICES = {"fake": Price(input=2.0, output=10.0)}


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(
        data_dir=folder, threads=1, backend="llm", llm_model="fake", openai_base_url=url, llm_prices=PRICES,
        _env_file=None,
    )  # fmt: skip


class Scripted:
    """A model that is sensible until a test gives it another reply."""

    def __init__(self) -> None:
        self.text: str | None = None

    def __call__(self, exchange: Exchange) -> None:
        if self.text is None:
            sensible(exchange)
        else:
            exchange.say(self.text)


@pytest.fixture(scope="module")
def script() -> Scripted:
    return Scripted()


@pytest.fixture(scope="module")
def server(script: Scripted) -> Iterator[Server]:
    with serve(script) as opened:
        yield opened


@pytest.fixture(scope="module")
def llm_desk(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(settings_for(server.url, tmp_path_factory.mktemp("llm"))) as desk:
        assert not desk.ingest([str(SAMPLE)]).failed
        yield desk


@pytest.fixture(autouse=True)
def _sensible(script: Scripted) -> None:
    script.text = None


def test_an_answer_is_cited_counted_and_paid_for(llm_desk: Desk) -> None:
    heard: list[Event] = []
    answer = llm_desk.ask("How many times has Abe met Putin?", run=Run(listen=heard.append, key="k1"))
    assert "five times" in answer.answer
    assert answer.citations[0].state == "verified"
    assert answer.backend.startswith("llm: fake at 127.0.0.1:")
    assert not answer.degraded
    assert answer.usage is not None
    assert answer.usage.calls == answer.usage.attempts == 1
    assert answer.usage.cost_usd is not None
    assert answer.usage.cost_usd == pytest.approx((100 * 2 + answer.usage.output_tokens * 10) / 1e6)
    assert answer.usage.prompts == {"answer": load("answer").hash}
    spent = llm_desk.books.costs.spent(datetime.now(UTC).date(), "k1")
    assert spent == round(answer.usage.cost_usd * 1e6)
    stages = [event.stage for event in heard if isinstance(event, StageEvent)]
    assert stages == ["searching", "reading", "drafting", "verifying"]
    assert isinstance(heard[-1], SentenceEvent)


def test_the_same_question_again_asks_and_costs_nothing(llm_desk: Desk, server: Server) -> None:
    first = llm_desk.ask("When did Abe return to power?")
    asked = len(server.asked)
    again = llm_desk.ask("When did Abe return to power?")
    assert len(server.asked) == asked
    assert again.answer == first.answer
    assert again.usage is not None
    assert (again.usage.cached, again.usage.cost_usd) == (1, 0.0)


def test_a_claim_is_cut_judged_and_weighed(llm_desk: Desk) -> None:
    report = llm_desk.check("Abe has met Putin seven times.")
    assert report.label is Label.REFUTED
    assert [difference.kind for difference in report.differences] == ["number"]
    assert report.corrected_claim == "Abe has met Putin five times."
    assert report.usage is not None
    assert "judge" in report.usage.prompts


def test_what_a_model_invents_never_reaches_the_answer(llm_desk: Desk, script: Scripted) -> None:
    lines = [
        {"text": "Abe has met Putin five times.", "passages": ["p42"]},  # right, but it cites what was not offered
        {"text": "Abe has met Putin nine times.", "passages": ["p1", "p2"]},
        {"text": 'Abe called Putin "a dear old friend".', "passages": ["p1"]},
    ]
    script.text = json.dumps({"sentences": lines})
    answer = llm_desk.ask("How often did Abe and Putin meet?")
    assert answer.answer == "Abe has met Putin five times. [1]"
    assert answer.citations[0].state == "repaired"
    assert [withheld.text for withheld in answer.withheld] == [lines[1]["text"], lines[2]["text"]]
    assert "word for word" in answer.withheld[1].reason


def test_an_answer_of_which_nothing_is_left_is_an_abstention(llm_desk: Desk, script: Scripted) -> None:
    script.text = json.dumps({"sentences": [{"text": "Abe resigned on Monday.", "passages": ["p1"]}]})
    answer = llm_desk.ask("Did Abe resign after the talks?")
    assert answer.abstained
    assert not answer.citations
    assert answer.unsupported == ("Abe resigned on Monday.",)


def test_a_model_that_sees_nothing_does_not_overrule_an_exact_difference(llm_desk: Desk, script: Scripted) -> None:
    opinions = {f"p{n}": {"rationale": "No.", "stance": "neutral"} for n in range(1, 9)}
    script.text = json.dumps(opinions)
    report = llm_desk.check("Abe has met Putin six times.")
    assert report.label is Label.REFUTED
    told = [(item.model, item.local) for item in report.disagreements]
    assert told == [("neutral", "refutes")]
    assert report.confidence < llm_desk.check("Abe has met Putin seven times.").confidence


def test_a_model_that_contradicts_the_local_judge_is_less_sure_and_both_are_shown(
    llm_desk: Desk, script: Scripted
) -> None:
    opinions = {f"p{n}": {"rationale": "See http://x.example/.", "stance": "supports"} for n in range(1, 9)}
    script.text = json.dumps(opinions)
    report = llm_desk.check("Abe will visit Sochi again with Obama.")
    assert report.label is Label.SUPPORTED
    assert report.confidence < MODEL_RIGHT
    assert report.disagreements
    assert {item.model for item in report.disagreements} == {"supports"}
    assert "http" not in str([item.rationale for item in report.disagreements])


def test_a_follow_up_is_rewritten_and_shown(llm_desk: Desk) -> None:
    heard: list[Event] = []
    turn = Turn(question="Who is Japan's foreign minister?", answer="Foreign Minister Fumio Kishida. [1]")
    answer = llm_desk.chat([turn], "Does he plan to visit Russia?", run=Run(listen=heard.append))
    assert answer.rewritten == "Does Fumio Kishida plan to visit Russia?"
    assert any(isinstance(event, RewrittenEvent) for event in heard)
    assert answer.usage is not None
    assert set(answer.usage.prompts) == {"rewrite", "answer"}


def test_a_follow_up_that_names_a_stranger_is_rewritten_by_rule_instead(llm_desk: Desk, script: Scripted) -> None:
    script.text = json.dumps({"question": "Does Angela Merkel plan to visit Russia?"})
    turn = Turn(question="Who is Japan's foreign minister?", answer="Foreign Minister Fumio Kishida. [1]")
    answer = llm_desk.chat([turn], "Will he visit Russia?")
    assert answer.rewritten == "Will Fumio Kishida visit Russia?"
    assert answer.degraded
    assert answer.problems[0].code == LlmBadReply.code


def test_a_budget_stops_before_it_is_passed_and_the_local_backend_answers(llm_desk: Desk, server: Server) -> None:
    asked = len(server.asked)
    answer = llm_desk.ask("Who evicted 17,000 Japanese?", run=Run(key="poor", budget_microusd=500))
    assert len(server.asked) == asked
    assert answer.degraded
    assert [problem.code for problem in answer.problems] == ["budget_exceeded"]
    assert llm_desk.books.costs.spent(datetime.now(UTC).date(), "poor") == 0


@pytest.mark.parametrize(
    "wrong", [{"llm_model": None}, {"openai_base_url": "ollama"}, {"openai_base_url": "https://api.openai.com/v1"}]
)
def test_a_backend_without_what_it_needs_says_which_setting(wrong: dict[str, object], tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1/v1", tmp_path).model_copy(update=wrong)
    with pytest.raises(BadSettings, match=r"CLAIMDESK_LLM_MODEL|OPENAI_"):
        open_desk(settings)


def test_a_budget_without_a_price_is_refused(server: Server, tmp_path: Path) -> None:
    settings = settings_for(server.url, tmp_path).model_copy(update={"llm_prices": {}})
    with open_desk(settings) as desk, pytest.raises(BadSettings, match="CLAIMDESK_LLM_PRICES"):
        desk.ask("Who is Japan's foreign minister?", run=Run(budget_microusd=1))


def test_the_command_line_chats_and_counts(server: Server, tmp_path: Path) -> None:
    environment = {
        "CLAIMDESK_DATA_DIR": str(tmp_path), "CLAIMDESK_THREADS": "1", "COLUMNS": "200", "PATH": "",
        "CLAIMDESK_BACKEND": "llm", "CLAIMDESK_LLM_MODEL": "fake", "OPENAI_BASE_URL": server.url,
        "CLAIMDESK_LLM_PRICES": '{"fake": {"input": 2, "output": 10}}',
    }  # fmt: skip

    def run(*arguments: str, stdin: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "service", *arguments], env=environment, input=stdin, text=True,
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    run("ingest", str(SAMPLE))
    said = run("chat", stdin="Who is Japan's foreign minister?\n??\nDoes he plan to visit Russia?\n\n")
    assert said.count("Fumio Kishida still plans to visit Russia") >= 2
    assert "understood as: Does Fumio Kishida plan to visit Russia?" in said
    (line,) = [json.loads(row) for row in run("costs", "--json").splitlines() if '"task":"answer"' in row]
    assert (line["calls"], line["key_id"], line["unpriced"]) == (2, "local", 0)
    assert line["microusd"] > 0
    assert "all" in run("costs")
