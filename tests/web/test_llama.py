"""Ask, check, chat and streaming through a real llama.cpp server (dev extra): whatever its small model says.

The wire, the schema and the cancellation are real. The model has no wit, so nothing is asked of its words but that
code's rules hold, and that its failures are told.
"""

import sys
from collections.abc import Iterator
from contextlib import nullcontext

import httpx2
import pytest

from eval.enforced import Watched, broken_rules
from service import desk as desk_module
from service.cli import main
from service.desk import Desk
from service.desks import Desks
from service.domain.chat import Turn
from service.domain.report import Answer, Report
from service.domain.verdict import Label
from service.settings import Settings
from tests.backends.llm.llama import running, wait_until
from tests.desks import make_llm_desk
from tests.web.server import serve
from tests.web.test_stream import STREAM, events

STORY = "Talks in Kyiv\n\nKishida has met Putin five times. The talks lasted three hours."
QUESTION = "How many times has Kishida met Putin?"
CLAIM = "Kishida has met Putin seven times."


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture(scope="module")
def desks(llama: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("desk"), threads=1, backend="llm", llm_model="smollm2", openai_base_url=llama,
        llm_most_tokens=160, llm_idle_timeout_s=60, llm_deadline_s=120, workers=0, _env_file=None,
    )  # fmt: skip
    opened = Desks(settings, lambda _: make_llm_desk(settings))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def desk(desks: Desks, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    opened = desks.desk("main")
    story = tmp_path_factory.mktemp("story") / "story.txt"
    story.write_text(STORY)
    assert not opened.ingest([str(story)]).failed
    return opened


def require_sound(desk: Desk, result: Answer | Report) -> None:
    """The model was asked, and nothing of what it said broke a rule; where it said nothing of use, that is told."""
    answers, reports = ((result,), ()) if isinstance(result, Answer) else ((), (result,))
    assert broken_rules(desk, Watched(answers=answers, reports=reports), "") == set()
    assert result.usage is not None
    assert result.usage.input_tokens > 100
    assert result.usage.calls or result.problems
    assert result.degraded == bool(result.problems)


def test_a_claim_is_checked(desk: Desk) -> None:
    report = desk.check(CLAIM)
    require_sound(desk, report)
    assert report.label is not Label.SUPPORTED  # whatever the model says: a number differs


def test_a_question_is_answered_and_remembered_for_the_command_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = desk.ask(QUESTION)
    require_sound(desk, answer)
    monkeypatch.setattr(desk_module, "open_desk", lambda *_: nullcontext(desk))
    monkeypatch.setattr(sys, "argv", ["claimdesk", "ask", QUESTION])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "smollm2: " in capsys.readouterr().out


def test_a_follow_up_is_understood_and_answered(desk: Desk) -> None:
    answer = desk.chat([Turn(question="Who met Zelenskyy?", answer="Kishida did. [1]")], "Has he met Putin?")
    require_sound(desk, answer)


def test_a_reader_who_watches_gets_stages_and_a_result_and_one_who_leaves_frees_the_server(
    desks: Desks, desk: Desk, llama: str
) -> None:
    with serve(desks) as url:
        watched = httpx2.post(f"{url}/v1/ask", json={"question": QUESTION}, headers=STREAM, timeout=120).text
        told = events(watched)
        assert [data["stage"] for name, data in told if name == "stage"][:3] == ["searching", "reading", "drafting"]
        assert told[-1][0] == "result"
        asked = {"question": "Write down all that is known of Kishida, Putin and the talks, at length."}
        with httpx2.stream("POST", f"{url}/v1/ask", json=asked, headers=STREAM, timeout=60) as response:
            lines = response.iter_lines()
            while "drafting" not in next(lines):
                pass
            wait_until(llama, busy=True)
        wait_until(llama, busy=False)
