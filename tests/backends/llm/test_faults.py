"""Every fault of a model's server ends as it should: retried, refused, or answered by the local backend that says so."""

import gc
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import AsyncGeneratorType
from typing import Any

import pytest

from eval.endpoint import Exchange, serve
from service.backends.llm import call
from service.domain.cost import Price
from service.errors import BudgetExceeded, Cancelled, ClaimdeskError, ContextTooLong, LlmMisconfigured, LlmUnavailable
from service.run import Cancellation, Run
from tests.backends.llm.bench import GOOD, KEY, answer_well, draft, open_model
from tests.backends.llm.faults import LISTED, OTHERS, Fault, error

LIST = Path(__file__).parents[3].parent / "shared" / "data" / "security" / "llm_faults_dev.jsonl"
pytestmark = pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
FAULTS = LISTED | OTHERS


TOLD = {
    "html_200": "text/html", "empty_200": "application/json", "choices_empty": "no end", "content_null": "empty",
    "finish_length": "cut at its longest", "hang_connect": "in time", "hang_midstream": "in time", "drip": "in time",
    "reset_midstream": "broke off", "no_done": "before its end mark", "sse_bad_json": "no completion",
    "huge_reply": "passed 2,000,000 bytes", "json_trailing_comma": "missed the form twice",
    "label_unknown": "missed the form twice", "a_line_without_end": "passed 2,000,000 bytes",
    "error_of_10_mb": "passed 2,000,000 bytes", "reply_that_unpacks": "gzip", "type_is_text": "text/plain",
    "only_a_tool": "empty", "two_objects": "holds 2", "a_key_twice": "a key twice", "another_role": "another role",
}  # fmt: skip
"""What the error says, so that none is caught by chance: an endless reply ends without its mark as well."""


def good(_: Exchange) -> str:
    return GOOD


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "FIRST_PAUSE_S", 0.01)


def test_the_list_has_no_fault_that_is_not_tried() -> None:
    if not LIST.exists():
        pytest.skip("the list of faults (../shared/data/security) is not here")
    listed = {json.loads(line)["id"] for line in LIST.read_text().splitlines()}
    assert listed == set(LISTED)


@pytest.mark.parametrize("name", ["label_case", "another_role"])
def test_no_stream_is_left_half_read_for_the_garbage_collector(name: str) -> None:
    fault, others, error = FAULTS[name], half_read(), None
    with serve(fault.behave(good)) as server, open_model(server.url) as model:
        try:
            draft(model, Run(llm_only=True))
        except ClaimdeskError as caught:
            error = caught  # its frames hold the stream
        assert type(error) is (fault.error or type(None))
        assert [stream for stream in half_read() if stream not in others] == []


def half_read() -> list[AsyncGeneratorType[Any, Any]]:
    return [o for o in gc.get_objects() if isinstance(o, AsyncGeneratorType) and o.ag_frame is not None]


@pytest.mark.parametrize("name", FAULTS)
def test_a_caller_who_wants_the_model_gets_its_answer_or_the_error(name: str, caplog: pytest.LogCaptureFixture) -> None:
    fault = FAULTS[name]
    with (
        serve(fault.behave(good)) as server,
        open_model(server.url, **fault.waits) as model,
        caplog.at_level(logging.DEBUG),
    ):
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
            assert TOLD.get(name, "") in str(caught.value)
            assert caught.value.__cause__ is None or KEY not in str(caught.value.__cause__)
            assert not model.answers.kept  # type: ignore[attr-defined] # nothing broken is remembered
        assert time.monotonic() - began < model.endpoint.deadline_s + 5  # what hangs would hang for 10
        assert len(server.asked) == fault.requests
    assert KEY not in caplog.text


def test_a_retry_waits_as_long_as_the_server_asks() -> None:
    with serve(LISTED["http_429_retry_after"].behave(good)) as server, open_model(server.url) as model:
        began = time.monotonic()
        draft(model)
        assert time.monotonic() - began >= 2


def test_a_wait_that_the_deadline_does_not_allow_is_not_begun_and_is_passed_on() -> None:
    with (
        serve(Fault(error(429, Retry_After="60"), LlmUnavailable, 1).behave(good)) as server,
        open_model(server.url) as model,
    ):
        with pytest.raises(LlmUnavailable) as caught:
            draft(model, Run(llm_only=True))
        assert caught.value.retry_after_s == 60
        assert len(server.asked) == 1


@pytest.mark.parametrize("name", ["http_429_forever", "http_500_forever", "http_402_quota"])
def test_a_server_that_is_down_is_left_alone_for_a_while(name: str) -> None:
    with serve(LISTED[name].behave(good)) as server, open_model(server.url) as model:
        draft(model)
        asked = len(server.asked)
        _, backend = draft(model)
        assert len(server.asked) == asked
        assert "left alone" in backend.account().problems[0].message


def test_passages_that_do_not_fit_are_counted() -> None:
    with serve(LISTED["http_400_context"].behave(good)) as server, open_model(server.url) as model:
        _, backend = draft(model)
        (problem,) = backend.account().problems
        assert problem.code == ContextTooLong.code
        assert "the 2 passages" in problem.message


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
    with serve(LISTED["tool_calls_unasked"].behave(good)) as server, open_model(server.url) as model:
        draft(model)
    assert "delete_article" in caplog.text


def test_while_one_request_hangs_others_are_served() -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.asked.number == 1:
            exchange.wait_for_hang_up(10)
        else:
            answer_well(exchange)

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
    with serve(LISTED["drip"].behave(good)) as server, open_model(server.url, idle_s=30.0, deadline_s=30.0) as model:
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
        assert server.exchanges[0].hung_up.wait(5)
        assert time.monotonic() - left < 10  # it would wait for 30


def test_a_caller_who_leaves_while_the_request_is_being_sent_closes_it_too() -> None:
    class Leaving(Cancellation):
        @contextmanager
        def stopping(self, stop: Callable[[], object]) -> Iterator[None]:
            while not server.asked:
                time.sleep(0.01)
            self.cancel()
            with super().stopping(stop):
                yield

    with serve(LISTED["hang_connect"].behave(good)) as server, open_model(server.url, idle_s=30.0) as model:
        with pytest.raises(Cancelled):
            draft(model, Run(cancellation=Leaving()))
        assert server.exchanges[0].hung_up.wait(8)  # the model's server would go on for 10


def test_a_desk_that_closes_ends_its_calls_with_an_error_that_says_so() -> None:
    with serve(LISTED["drip"].behave(good)) as server, open_model(server.url, idle_s=30.0, deadline_s=30.0) as model:
        ended = _in_thread(lambda: draft(model))
        while not server.asked:
            time.sleep(0.01)
        model.streamer.close()
        caught = ended()
        assert caught is not None
        assert caught.code == "cancelled"


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
