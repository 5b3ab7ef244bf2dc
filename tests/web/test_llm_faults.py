"""Whatever a model's server does, every verb ends as promised, over the API and on the command line.

Either the local models answer and say why, or, where the caller wants the model alone, the failure is told. What is
answered cites stored sentences, and what is judged is what the evidence says.
"""

import re
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from eval.endpoint import Exchange, Server, serve
from eval.enforced import Watched, broken_rules
from eval.fake_models import reply_sensibly
from service import desk as desk_module
from service.backends.llm import call
from service.backends.llm.breaker import Breaker
from service.cli import main
from service.desk import Desk
from service.desks import Desks
from service.domain.report import Answer, Report
from service.domain.verdict import Label
from service.errors import ClaimdeskError, ContextTooLong, LlmBadReply, LlmMisconfigured, LlmRefused, LlmUnavailable
from service.settings import Settings
from service.web.app import create_app
from tests.backends.llm.faults import LISTED, OTHERS, Fault
from tests.desks import make_llm_desk
from tests.web.conftest import STORY
from tests.web.server import serve as serve_on_a_socket
from tests.web.test_observe import MCP

pytestmark = pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
KEY = "sk-0123456789-secret"
HISTORY = [{"question": "Who met Zelenskyy?", "answer": "Kishida met Zelenskyy in Kyiv. [1]"}]
VERBS: dict[str, tuple[str, dict[str, Any]]] = {
    "ask": ("/v1/ask", {"question": "How many times has Kishida met Putin?"}),
    "check": ("/v1/check", {"claim": "Kishida has met Putin seven times."}),
    "chat": ("/v1/ask", {"question": "How many times has he met Putin?", "history": HISTORY}),
}
STATUSES: dict[type[ClaimdeskError], int] = {
    LlmUnavailable: 503, ContextTooLong: 502, LlmBadReply: 502, LlmRefused: 502, LlmMisconfigured: 502
}  # fmt: skip


class Bench:
    """A desk on a model's server that misbehaves as it is told."""

    def __init__(self) -> None:
        self.client: TestClient
        self.desk: Desk
        self.desks: Desks
        self.server: Server
        self.fault = LISTED["label_case"]

    def behave(self, exchange: Exchange) -> None:
        self.fault.behave(lambda exchange: reply_sensibly(exchange.asked))(exchange)

    def meet(self, fault: Fault) -> None:
        """The server starts anew with that fault, and nobody remembers how it was before."""
        self.fault = fault
        self.server.exchanges.clear()
        assert self.desk.model is not None
        self.desk.model.breaker = Breaker()
        self.desk.model.lacks = frozenset()

    def post(self, verb: str, *, llm_only: bool = False, accept: str = "application/json") -> httpx2.Response:
        path, body = VERBS[verb]
        return self.client.post(path, json=body | {"llm_only": llm_only}, headers={"Accept": accept})


@contextmanager
def open_bench(waits: Mapping[str, float], folder: Path) -> Iterator[Bench]:
    bench = Bench()
    with serve(bench.behave) as bench.server, ExitStack() as ending:
        settings = Settings(
            data_dir=folder, threads=1, backend="llm", llm_model="fake", openai_base_url=bench.server.url, workers=0,
            openai_api_key=SecretStr(KEY), llm_cache_days=0, llm_idle_timeout_s=waits.get("idle_s", 20),
            llm_deadline_s=waits.get("deadline_s", 30), _env_file=None,
        )  # fmt: skip
        bench.desks = desks = Desks(settings, lambda _: make_llm_desk(settings))
        ending.callback(desks.close)
        app = create_app(desks)
        bench.client = ending.enter_context(TestClient(app, base_url="http://localhost", raise_server_exceptions=False))
        bench.desk = desks.desk("main")
        assert bench.client.post("/v1/articles", json={"text": STORY, "title": "Ministers meet in Kyiv"}).is_success
        yield bench


@pytest.fixture(scope="module")
def bench_for(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Fault], Bench]]:
    """The desk for a fault: one for all that keep a client waiting equally long."""
    opened: dict[tuple[tuple[str, float], ...], Bench] = {}
    with ExitStack() as ending:

        def find(fault: Fault) -> Bench:
            waits = tuple(fault.waits.items())
            if waits not in opened:
                opened[waits] = ending.enter_context(open_bench(fault.waits, tmp_path_factory.mktemp("desk")))
            return opened[waits]

        yield find


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "FIRST_PAUSE_S", 0.01)


SLOW = {"drip", "http_429_retry_after"}  # seconds that the one client of all verbs waits: one verb shows it


@pytest.mark.parametrize(
    "verb, name", [(verb, name) for name in LISTED for verb in VERBS if verb == "check" or name not in SLOW]
)
def test_a_verb_ends_with_a_result_that_says_what_failed(
    verb: str, name: str, bench_for: Callable[[Fault], Bench]
) -> None:
    fault = LISTED[name]
    bench = bench_for(fault)
    require_result(bench, verb, fault)
    require_failure(bench, verb, fault)


@pytest.mark.parametrize("name", OTHERS)
def test_so_it_does_with_faults_that_are_not_on_the_list(name: str, bench_for: Callable[[Fault], Bench]) -> None:
    fault = OTHERS[name]
    bench = bench_for(fault)
    require_result(bench, "check", fault)
    require_failure(bench, "ask", fault)


def require_result(bench: Bench, verb: str, fault: Fault) -> None:
    """Who takes what comes gets the model's result, or the local one with the reason; wrong settings must be mended."""
    bench.meet(fault)
    sent = bench.post(verb)
    assert KEY not in sent.text
    if fault.error is LlmMisconfigured:
        assert (sent.status_code, sent.json()["code"]) == (502, "llm_misconfigured")
        return
    assert sent.status_code == 200, sent.text
    if verb == "check":
        report = Report.model_validate_json(sent.text)
        assert (report.label, report.corrected_claim) == (Label.REFUTED, "Kishida has met Putin five times.")
        assert broken_rules(bench.desk, Watched(answers=(), reports=(report,)), "") == set()
    else:
        answer = Answer.model_validate_json(sent.text)
        assert answer.answer == "Kishida has met Putin five times. [1]"
        assert [citation.state for citation in answer.citations] == ["verified"]
        assert broken_rules(bench.desk, Watched(answers=(answer,), reports=()), "") == set()
    codes = [problem["code"] for problem in sent.json()["problems"]]
    assert sent.json()["degraded"] == bool(codes)
    if fault.error:
        assert codes[0] == fault.error.code


def require_failure(bench: Bench, verb: str, fault: Fault) -> None:
    """Who wants the model or nothing gets the model's result or the failure."""
    bench.meet(fault)
    sent = bench.post(verb, llm_only=True)
    assert KEY not in sent.text
    if fault.error is None:
        assert sent.status_code == 200, sent.text
        assert sent.json()["usage"]["calls"] > 0
        return
    assert (sent.status_code, sent.json()["code"]) == (STATUSES[fault.error], fault.error.code)
    assert ("Retry-After" in sent.headers) == (sent.status_code == 503)


@pytest.mark.parametrize("name", ["http_500_forever", "finish_filter", "hang_midstream", "reset_midstream"])
def test_a_stream_ends_with_the_result_or_with_the_problem(name: str, bench_for: Callable[[Fault], Bench]) -> None:
    fault = LISTED[name]
    assert fault.error is not None
    bench = bench_for(fault)
    bench.meet(fault)
    events = bench.post("ask", accept="text/event-stream").text
    assert "event: result\n" in events
    assert "event: problem\n" not in events
    bench.meet(fault)
    events = bench.post("ask", llm_only=True, accept="text/event-stream").text
    assert events.rstrip().rpartition("event: ")[2].startswith("problem\n")
    assert fault.error.code in events
    assert "event: sentence\n" not in events


@pytest.mark.parametrize("verb", VERBS)
def test_who_hangs_up_ends_the_call_of_the_model(verb: str, tmp_path: Path) -> None:
    path, body = VERBS[verb]
    stream = {"Accept": "text/event-stream"}
    # A desk of its own, as the server on the socket closes it; its endpoint would wait for 20 s.
    with open_bench({}, tmp_path) as bench, serve_on_a_socket(bench.desks) as url:
        bench.meet(LISTED["hang_connect"])
        with httpx2.stream("POST", url + path, json=body, headers=stream, timeout=20) as response:
            lines = response.iter_lines()
            while not re.search("drafting|judging|rewriting", next(lines)):
                pass
            while not bench.server.exchanges:
                time.sleep(0.01)
        assert bench.server.exchanges[0].hung_up.wait(8)  # the model's server would go on for 10


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/check", "/v1/chat/completions", "/mcp"])
def test_who_hangs_up_before_a_whole_answer_ends_the_call_of_the_model_too(path: str, tmp_path: Path) -> None:
    question = "How many times has Kishida met Putin?"
    bodies: dict[str, dict[str, object]] = {
        "/v1/ask": {"question": question},
        "/v1/check": {"claim": "Kishida has met Putin seven times."},
        "/v1/chat/completions": {"model": "claimdesk", "messages": [{"role": "user", "content": question}]},
        "/mcp": {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                 "params": {"name": "ask", "arguments": {"question": question}}},
    }  # fmt: skip
    sent = httpx2.Request("POST", f"http://localhost{path}", json=bodies[path], headers=MCP if path == "/mcp" else {})
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.headers.items())
    with open_bench({}, tmp_path) as bench, serve_on_a_socket(bench.desks) as url:
        bench.meet(LISTED["hang_connect"])
        with socket.create_connection(("127.0.0.1", httpx2.URL(url).port or 0)) as client:
            client.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + sent.content)
            while not bench.server.exchanges:
                time.sleep(0.01)
        assert bench.server.exchanges[0].hung_up.wait(8)  # the model's server would go on for 10


@pytest.mark.parametrize("name", ["http_429_forever", "http_401", "html_200", "finish_filter", "sse_split_utf8"])
@pytest.mark.parametrize("verb", ["ask", "check", "chat"])
def test_the_command_line_says_it_too(
    verb: str,
    name: str,
    bench_for: Callable[[Fault], Bench],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = LISTED[name]
    bench = bench_for(fault)
    monkeypatch.setattr(desk_module, "open_desk", lambda *_: nullcontext(bench.desk))
    said = [VERBS[verb][1].get("claim") or VERBS["ask"][1]["question"]]
    for llm_only in (False, True):
        bench.meet(fault)
        if verb == "chat":
            monkeypatch.setattr(sys, "stdin", StringIO(f"{said[0]}\n"))
        arguments = [verb, *(said if verb != "chat" else []), *(["--llm-only"] if llm_only else [])]
        monkeypatch.setattr(sys, "argv", ["claimdesk", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert KEY not in out + err
        fails = fault.error is not None and (llm_only or fault.error is LlmMisconfigured)
        if not fails:
            assert "five times" in out
            assert ("degraded" in out) == (fault.error is not None)
        else:
            assert fault.error is not None
            assert f"[{fault.error.code}]" in err
        # A chat goes on after a failure that the next question may not meet.
        assert ended.value.code == (2 if fails and (verb != "chat" or fault.error is LlmMisconfigured) else 0)
