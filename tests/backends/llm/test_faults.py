"""Every fault of a model's server ends as it should: retried, refused, or answered by the local backend that says so."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eval.endpoint import Behaviour, Exchange, delta, end, serve
from service.domain.cost import Price
from service.errors import (
    BudgetExceeded,
    ClaimdeskError,
    ContextTooLong,
    LlmBadReply,
    LlmMisconfigured,
    LlmRefused,
    LlmUnavailable,
)
from service.run import Run
from tests.backends.llm.bench import GOOD, KEY, answer_well, draft, open_model

LIST = Path(__file__).parents[3].parent / "shared" / "data" / "security" / "llm_faults_dev.jsonl"


class Fault(NamedTuple):
    """A behaviour, the error that a caller who wants the model gets (None: an answer), and the requests it takes."""

    behave: Behaviour
    error: type[ClaimdeskError] | None
    requests: int


def once(fault: Behaviour) -> Behaviour:
    return lambda exchange: (fault if exchange.asked.number == 1 else answer_well)(exchange)


def error(status: int, code: str, **headers: str) -> Behaviour:
    return lambda exchange: exchange.error(
        status, code, f"your key was {exchange.asked.headers['authorization']}", **headers
    )


def body(content: bytes, content_type: str) -> Behaviour:
    return lambda exchange: exchange.reply(200, content, Content_Type=content_type)


def say(text: str, finish: str = "stop") -> Behaviour:
    return lambda exchange: exchange.say(text, finish=finish)


def stream(*events: bytes, done: bool = True) -> Behaviour:
    return lambda exchange: exchange.stream(events, done=done)


def hang(exchange: Exchange) -> None:
    exchange.wait_for_hang_up(10)


def hang_midstream(exchange: Exchange) -> None:
    exchange.stream([delta(piece) for piece in ("{", '"sen', "tences")], done=False)
    exchange.wait_for_hang_up(10)


def drip(exchange: Exchange) -> None:
    exchange.stream(_every(0.3), done=False)


def _every(seconds: float) -> Iterator[bytes]:
    while True:
        yield delta(" ")
        time.sleep(seconds)


def reset_midstream(exchange: Exchange) -> None:
    exchange.stream([delta(piece) for piece in GOOD[:5]], done=False)
    exchange.reset()


def huge(exchange: Exchange) -> None:
    piece = delta("x" * 100_000)
    exchange.stream(piece for _ in range(500))


def split_utf8(exchange: Exchange) -> None:
    text = GOOD.replace("five times", "five times – “très” 五")
    whole = delta(text) + end("stop")
    exchange.stream(whole[at : at + 1] for at in range(len(whole)))


def keepalive(exchange: Exchange) -> None:
    pieces = b"".join([delta(GOOD[:20]), delta(GOOD[20:]), end("stop")])
    exchange.stream(
        [b": ping\r\n\r\n", pieces.replace(b"data: ", b"data:").replace(b"\n\n", b"\r\n\r\n: ping\r\n\r\n")]
    )


def too_long(exchange: Exchange) -> None:
    if '"p2"' in exchange.asked.message("user"):
        exchange.error(400, "context_length_exceeded", "maximum context length is 100 tokens")
    else:
        answer_well(exchange)


def call_a_tool(exchange: Exchange) -> None:
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "delete_article", "arguments": "{}"}}
    exchange.stream([delta(None, tool_calls=[call]), delta(GOOD), end("stop")])


UNKNOWN_LABEL = GOOD.replace("sentences", "MOSTLY_TRUE")

# How long a fault that keeps its client waiting is waited for; an answer that does come needs longer on a busy machine.
WAITS: dict[str, dict[str, Any]] = {
    "hang_connect": {"idle_s": 0.5},
    "hang_midstream": {"idle_s": 0.5},
    "drip": {"idle_s": 2.0, "deadline_s": 3.0},
}

FAULTS = {
    "http_429_retry_after": Fault(once(error(429, "rate_limit", Retry_After="2")), None, 2),
    "http_429_forever": Fault(error(429, "rate_limit"), LlmUnavailable, 3),
    "http_500_once": Fault(once(error(500, "server_error")), None, 2),
    "http_500_forever": Fault(error(500, "server_error"), LlmUnavailable, 3),
    "http_401": Fault(error(401, "invalid_api_key"), LlmMisconfigured, 1),
    "http_402_quota": Fault(error(429, "insufficient_quota"), LlmUnavailable, 1),
    "http_404_model": Fault(error(404, "model_not_found"), LlmMisconfigured, 1),
    "http_400_context": Fault(too_long, None, 2),
    "html_200": Fault(body(b"<html>log in</html>", "text/html"), LlmBadReply, 1),
    "empty_200": Fault(body(b"", "application/json"), LlmBadReply, 1),
    "choices_empty": Fault(
        stream(b'data: {"id":"c","object":"chat.completion.chunk","choices":[]}\n\n'), LlmBadReply, 1
    ),
    "content_null": Fault(stream(delta(None), end("stop")), LlmBadReply, 1),
    "finish_length": Fault(say(GOOD[:30], "length"), LlmBadReply, 1),
    "finish_filter": Fault(say(GOOD[:30], "content_filter"), LlmRefused, 1),
    "tool_calls_unasked": Fault(call_a_tool, None, 1),
    "hang_connect": Fault(hang, LlmUnavailable, 1),
    "hang_midstream": Fault(hang_midstream, LlmUnavailable, 1),
    "drip": Fault(drip, LlmUnavailable, 1),
    "reset_midstream": Fault(reset_midstream, LlmBadReply, 1),
    "no_done": Fault(stream(delta(GOOD), end("stop"), done=False), LlmBadReply, 1),
    "sse_split_utf8": Fault(split_utf8, None, 1),
    "sse_comments_keepalive": Fault(keepalive, None, 1),
    "sse_bad_json": Fault(stream(delta(GOOD[:9]), b"data: {oops\n\n", delta(GOOD[9:]), end("stop")), LlmBadReply, 1),
    "huge_reply": Fault(huge, LlmBadReply, 1),
    "json_in_fence": Fault(say(f"```json\n{GOOD}\n```"), None, 1),
    "json_prose_around": Fault(say(f"Here you are: {GOOD} Anything else?"), None, 1),
    "json_trailing_comma": Fault(say(GOOD[:-1] + ",}"), LlmBadReply, 2),
    "label_unknown": Fault(say(UNKNOWN_LABEL), LlmBadReply, 2),
}
"""Those of the list but for http_redirect and label_case, which have tests of their own below and in test_judge.py."""


def test_the_list_has_no_fault_that_is_not_tried() -> None:
    if not LIST.exists():
        pytest.skip("the list of faults (../shared/data/security) is not here")
    listed = {json.loads(line)["id"] for line in LIST.read_text().splitlines()}
    assert listed == set(FAULTS) | {"http_redirect", "label_case"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_caller_who_wants_the_model_gets_its_answer_or_the_error(name: str, caplog: pytest.LogCaptureFixture) -> None:
    fault = FAULTS[name]
    waits = WAITS.get(name, {})
    with serve(fault.behave) as server, open_model(server.url, **waits) as model, caplog.at_level(logging.DEBUG):
        began = time.monotonic()
        if fault.error is None:
            sentences, backend = draft(model, Run(llm_only=True))
            assert [sentence.sentence_ids for sentence in sentences] == [("a.1.1",)]
            usage = backend.account().usage
            assert usage is not None
            assert usage.attempts == fault.requests
        else:
            with pytest.raises(fault.error) as caught:
                draft(model, Run(llm_only=True))
            assert KEY not in str(caught.value)
            assert caught.value.__cause__ is None or KEY not in str(caught.value.__cause__)
            assert not model.answers.kept  # type: ignore[attr-defined] # nothing broken is remembered
        assert time.monotonic() - began < model.endpoint.deadline_s + 1
        assert len(server.asked) == fault.requests
    assert KEY not in caplog.text


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.error is not None])
def test_otherwise_the_local_backend_answers_and_says_why_unless_the_settings_are_wrong(name: str) -> None:
    fault = FAULTS[name]
    assert fault.error is not None
    with serve(fault.behave) as server, open_model(server.url, **WAITS.get(name, {})) as model:
        if fault.error is LlmMisconfigured:
            with pytest.raises(LlmMisconfigured):
                draft(model)
            assert isinstance(model.breaker.problem, LlmMisconfigured)  # what readiness asks for
            return
        sentences, backend = draft(model)
        assert [sentence.text for sentence in sentences] == ["Abe has met Putin five times."]
        (problem,) = backend.account().problems
        assert problem.code == fault.error.code


def test_a_retry_waits_as_long_as_the_server_asks() -> None:
    with serve(FAULTS["http_429_retry_after"].behave) as server, open_model(server.url) as model:
        began = time.monotonic()
        draft(model)
        assert time.monotonic() - began >= 2


def test_a_wait_that_the_deadline_does_not_allow_is_not_begun_and_is_passed_on() -> None:
    with serve(error(429, "rate_limit", Retry_After="60")) as server, open_model(server.url) as model:
        with pytest.raises(LlmUnavailable) as caught:
            draft(model, Run(llm_only=True))
        assert caught.value.retry_after_s == 60
        assert len(server.asked) == 1


@pytest.mark.parametrize("name", ["http_429_forever", "http_500_forever", "http_402_quota"])
def test_a_server_that_is_down_is_left_alone_for_a_while(name: str) -> None:
    with serve(FAULTS[name].behave) as server, open_model(server.url) as model:
        draft(model)
        asked = len(server.asked)
        _, backend = draft(model)
        assert len(server.asked) == asked
        assert "left alone" in backend.account().problems[0].message


def test_passages_that_do_not_fit_are_counted() -> None:
    with serve(too_long) as server, open_model(server.url) as model:
        _, backend = draft(model)
        (problem,) = backend.account().problems
        assert problem.code == ContextTooLong.code
        assert "the 1 passages" in problem.message


def test_a_redirect_is_not_followed_and_the_key_stays_at_home() -> None:
    with serve(answer_well) as other:
        target = f"{other.url}/chat/completions"
        with (
            serve(lambda exchange: exchange.reply(307, b"", Location=target)) as server,
            open_model(server.url) as model,
        ):
            with pytest.raises(LlmMisconfigured, match="redirects"):
                draft(model)
            assert len(server.asked) == 1
        assert not other.asked


def test_a_tool_that_the_model_calls_unasked_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with serve(call_a_tool) as server, open_model(server.url) as model:
        draft(model)
    assert "delete_article" in caplog.text


def test_while_one_request_hangs_others_are_served() -> None:
    def behave(exchange: Exchange) -> None:
        (hang if exchange.asked.number == 1 else answer_well)(exchange)

    with serve(behave) as server, open_model(server.url, idle_s=20.0, deadline_s=20.0) as model:
        run = Run(llm_only=True)
        waiting = _in_thread(lambda: draft(model, run))
        while not server.asked:
            time.sleep(0.01)
        began = time.monotonic()
        sentences, _ = draft(model)
        assert sentences
        assert time.monotonic() - began < 10  # while the first would wait for 20
        run.cancellation.cancel()
        waiting()


def test_a_caller_who_leaves_closes_the_upstream_call_at_once() -> None:
    with serve(drip) as server, open_model(server.url, idle_s=30.0, deadline_s=30.0) as model:
        run = Run()
        ended = _in_thread(lambda: draft(model, run))
        while not server.asked:
            time.sleep(0.01)
        time.sleep(0.2)
        run.cancellation.cancel()
        left = time.monotonic()
        caught = ended()
        assert caught is not None
        assert caught.code == "cancelled"
        assert server.exchanges[0].hung_up.wait(2)
        assert time.monotonic() - left < 2


def _in_thread(work: Callable[[], object]) -> Callable[[], ClaimdeskError | None]:
    """Starts the work; what it returns waits for its end and gives the error that it ended with."""
    caught: list[ClaimdeskError] = []

    def guarded() -> None:
        try:
            work()
        except ClaimdeskError as problem:
            caught.append(problem)

    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()

    def ended() -> ClaimdeskError | None:
        thread.join(10)
        assert not thread.is_alive()
        return caught[0] if caught else None

    return ended


def test_the_day_s_budget_is_an_end_of_its_own() -> None:
    with serve(answer_well) as server, open_model(server.url, Price(input=1, output=1), budget_microusd=100) as model:
        with pytest.raises(BudgetExceeded):
            draft(model, Run(llm_only=True))
        assert not server.asked
