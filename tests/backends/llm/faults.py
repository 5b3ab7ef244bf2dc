"""Everything that a model's server can do wrong: what it sends, the error that it is, and the requests it takes.

`LISTED` has the faults of ../shared/data/security/llm_faults_dev.jsonl by their ids, `OTHERS` more of the same kind.
Each is made out of a good reply to the very request, so that it can be served to any task of any verb.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from eval.endpoint import Behaviour, Exchange, delta, end, event, usage
from service.errors import ClaimdeskError, ContextTooLong, LlmBadReply, LlmMisconfigured, LlmRefused, LlmUnavailable

Reply = Callable[[Exchange], str]
"""A good reply to a request."""

Misbehaviour = Callable[[Exchange, str], None]
"""Answers a request, given a good reply to it."""


class Fault(NamedTuple):
    """`error` is what a caller who wants the model gets (None: its answer); `requests` is for one task of a verb.

    `waits` are the endpoint's, where a fault keeps its client waiting. `passing`: only the first request meets it.
    """

    do: Misbehaviour
    error: type[ClaimdeskError] | None
    requests: int
    waits: Mapping[str, Any] = MappingProxyType({})
    passing: bool = False

    def behave(self, good: Reply) -> Behaviour:
        """The endpoint with this fault."""

        def behaviour(exchange: Exchange) -> None:
            text = good(exchange)
            if self.passing and exchange.asked.number > 1:
                exchange.say(text)
            else:
                self.do(exchange, text)

        return behaviour


def error(status: int, code: str = "error", message: str = "", **headers: str) -> Misbehaviour:
    """An error whose message holds the key that was sent."""
    return lambda exchange, _: exchange.error(
        status, code, message or f"your key was {exchange.asked.headers['authorization']}", **headers
    )


def body(content: bytes, content_type: str = "text/event-stream", status: int = 200, **headers: str) -> Misbehaviour:
    return lambda exchange, _: exchange.reply(status, content, Content_Type=content_type, **headers)


def say(change: Callable[[str], str], finish: str | None = "stop") -> Misbehaviour:
    """The good reply, changed."""
    return lambda exchange, good: exchange.say(change(good), finish=finish)


def change(edit: Callable[[dict[str, Any]], Any]) -> Misbehaviour:
    """The good reply's object, edited in place or replaced by what `edit` gives."""

    def edited(good: str) -> str:
        value = json.loads(good)
        return json.dumps(edit(value) or value)

    return say(edited)


def stream(make: Callable[[str], list[bytes]], *, done: bool = True) -> Misbehaviour:
    """The events made of the good reply."""
    return lambda exchange, good: exchange.stream(make(good), done=done)


def line(data: str) -> Misbehaviour:
    """A whole stream, with one line of data in its middle."""
    return stream(lambda good: [delta(good[:9]), f"data: {data}\n\n".encode(), delta(good[9:]), end("stop")])


def _hang(exchange: Exchange, _: str) -> None:
    exchange.wait_for_hang_up(10)


def _hang_midstream(exchange: Exchange, good: str) -> None:
    exchange.stream([delta(piece) for piece in good[:3]], done=False)
    exchange.wait_for_hang_up(10)


def _drip(exchange: Exchange, _: str) -> None:
    exchange.stream(_every(0.3, delta(" ")), done=False)


def _ping_for_ever(exchange: Exchange, _: str) -> None:
    exchange.stream(_every(0.3, b": ping\n\n"), done=False)


def _every(seconds: float, piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece
        time.sleep(seconds)


def _reset_midstream(exchange: Exchange, good: str) -> None:
    exchange.stream([delta(piece) for piece in good[:5]], done=False)
    exchange.reset()


def _reset_at_once(exchange: Exchange, _: str) -> None:
    exchange.reset()


def _short_of_its_length(exchange: Exchange, good: str) -> None:
    exchange.reply(200, delta(good), Content_Type="text/event-stream", Content_Length="100000")


def _huge(exchange: Exchange, _: str) -> None:
    piece = delta("x" * 100_000)
    exchange.stream(piece for _ in range(500))


def _huge_line(exchange: Exchange, _: str) -> None:
    exchange.stream(b"x" * 100_000 for _ in range(500))


def _byte_by_byte(exchange: Exchange, good: str) -> None:
    whole = f"{delta('–“très” 五').decode()}{delta(good).decode()}{end('stop').decode()}".encode()
    exchange.stream(whole[at : at + 1] for at in range(len(whole)))


def _keepalive(exchange: Exchange, good: str) -> None:
    pieces = b"".join([delta(good[:20]), delta(good[20:]), end("stop")])
    exchange.stream(
        [b": ping\r\n\r\n", pieces.replace(b"data: ", b"data:").replace(b"\n\n", b"\r\n\r\n: ping\r\n\r\n")]
    )


def too_long(exchange: Exchange, good: str) -> None:
    """Reads two passages and no more."""
    if '"p3"' in exchange.asked.message("user"):
        exchange.error(400, "context_length_exceeded", "maximum context length is 100 tokens")
    else:
        exchange.say(good)


def call_a_tool(exchange: Exchange, good: str) -> None:
    """Calls a tool that was not offered, and answers."""
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "delete_article", "arguments": "{}"}}
    exchange.stream([delta(None, tool_calls=[call]), delta(good), end("stop")])


def _call_a_tool_in_pieces(exchange: Exchange, good: str) -> None:
    """As servers stream a call: its name first, then its arguments without a name. They are no part of the reply."""
    pieces: list[dict[str, Any]] = [
        {"index": 0, "id": "1", "type": "function", "function": {"name": "delete_article", "arguments": ""}},
        {"index": 0, "function": {"arguments": '{"sentences": []}'}},
    ]
    exchange.stream([*(delta(None, tool_calls=[piece]) for piece in pieces), delta(good), end("stop")])


def _only_calls_a_tool(exchange: Exchange, _: str) -> None:
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "delete_article", "arguments": "{}"}}
    exchange.stream([delta(None, tool_calls=[call]), end("tool_calls")])


@cache
def _bomb() -> bytes:
    """A reply that unpacks to a thousand times its size."""
    return gzip.compress(b"data: " + b" " * 20_000_000)


def _another_label(good: str) -> str:
    """An unknown label where there is one, or else a field of another name."""
    for label in ("supports", "refutes", "neutral"):
        good = good.replace(f'"{label}"', '"MOSTLY_TRUE"')
    return good.replace("sentences", "verdict").replace('"question"', '"verdict"')


def _shouting(good: str) -> str:
    for label in ("supports", "refutes", "neutral"):
        good = good.replace(f'"{label}"', f'" {label.upper()} "')
    return good


def _with_usage(**counts: object) -> Misbehaviour:
    return stream(lambda good: [delta(good), end("stop"), usage(1, 1).replace(
        json.dumps({"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}).encode(), json.dumps(counts).encode()
    )])  # fmt: skip


SLOW = {"idle_s": 0.5, "deadline_s": 4.0}
BRIEF = {"idle_s": 1.5, "deadline_s": 2.0}

LISTED = {
    "http_429_retry_after": Fault(error(429, Retry_After="2"), None, 2, passing=True),
    "http_429_forever": Fault(error(429), LlmUnavailable, 3),
    "http_500_once": Fault(error(500), None, 2, passing=True),
    "http_500_forever": Fault(error(500), LlmUnavailable, 3),
    "http_401": Fault(error(401), LlmMisconfigured, 1),
    "http_402_quota": Fault(error(429, "insufficient_quota"), LlmUnavailable, 1),
    "http_404_model": Fault(error(404, "model_not_found"), LlmMisconfigured, 1),
    "http_400_context": Fault(too_long, None, 2),
    "http_redirect": Fault(body(b"", status=307, Location="http://127.0.0.1:9/"), LlmMisconfigured, 1),
    "html_200": Fault(body(b"<html>log in</html>", "text/html"), LlmBadReply, 1),
    "empty_200": Fault(body(b"", "application/json"), LlmBadReply, 1),
    "choices_empty": Fault(stream(lambda _: [event({"id": "c", "choices": []})]), LlmBadReply, 1),
    "content_null": Fault(stream(lambda _: [delta(None), end("stop")]), LlmBadReply, 1),
    "finish_length": Fault(say(lambda good: good[:-2], "length"), LlmBadReply, 1),
    "finish_filter": Fault(say(lambda good: good[:30], "content_filter"), LlmRefused, 1),
    "tool_calls_unasked": Fault(call_a_tool, None, 1),
    "hang_connect": Fault(_hang, LlmUnavailable, 1, SLOW),
    "hang_midstream": Fault(_hang_midstream, LlmUnavailable, 1, SLOW),
    "drip": Fault(_drip, LlmUnavailable, 1, BRIEF),
    "reset_midstream": Fault(_reset_midstream, LlmBadReply, 1),
    "no_done": Fault(stream(lambda good: [delta(good), end("stop")], done=False), LlmBadReply, 1),
    "sse_split_utf8": Fault(_byte_by_byte, None, 1),
    "sse_comments_keepalive": Fault(_keepalive, None, 1),
    "sse_bad_json": Fault(line("{oops"), LlmBadReply, 1),
    "huge_reply": Fault(_huge, LlmBadReply, 1),
    "json_in_fence": Fault(say(lambda good: f"```json\n{good}\n```"), None, 1),
    "json_prose_around": Fault(say(lambda good: f"Here you are: {good} Anything else?"), None, 1),
    "json_trailing_comma": Fault(say(lambda good: f"{good[:-1]},}}"), LlmBadReply, 2),
    "label_unknown": Fault(say(_another_label), LlmBadReply, 2),
    "label_case": Fault(say(_shouting), None, 1),
}

OTHERS = {
    **{f"http_{status}": Fault(error(status), LlmUnavailable, 3) for status in (408, 409, 425, 502, 503, 504, 529)},
    **{f"http_{status}": Fault(error(status), LlmMisconfigured, 1) for status in (301, 302, 303, 308, 403)},
    **{f"http_{status}": Fault(error(status), LlmBadReply, 1) for status in (400, 405, 410, 418, 422, 451)},
    "http_402": Fault(error(402), LlmUnavailable, 1),
    "http_204": Fault(body(b"", status=204), LlmBadReply, 1),
    "http_413": Fault(error(413), ContextTooLong, 2),
    "retry_after_a_date_gone_by": Fault(
        error(429, Retry_After=format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)),
        None,
        2,
        passing=True,
    ),
    "retry_after_negative": Fault(error(503, Retry_After="-5"), None, 2, passing=True),
    "retry_after_no_number": Fault(error(503, Retry_After="soon"), None, 2, passing=True),
    "retry_after_nan": Fault(error(503, Retry_After="nan"), None, 2, passing=True),
    "retry_after_a_date_to_come": Fault(
        error(429, Retry_After=format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)), LlmUnavailable, 1
    ),
    "retry_after_31_years": Fault(error(429, Retry_After="999999999"), LlmUnavailable, 1),
    "retry_after_for_ever": Fault(error(429, Retry_After="inf"), LlmUnavailable, 1),
    "error_in_html": Fault(body(b"<h1>Bad gateway</h1>", "text/html", 502), LlmUnavailable, 3),
    "error_that_unpacks": Fault(
        lambda e, _: e.reply(500, _bomb(), Content_Type="application/json", Content_Encoding="gzip"), LlmUnavailable, 3
    ),
    "reply_that_unpacks": Fault(
        lambda e, _: e.reply(200, _bomb(), Content_Type="text/event-stream", Content_Encoding="gzip"), LlmBadReply, 1
    ),
    "error_of_10_mb": Fault(lambda e, _: e.reply(500, b"x" * 10_000_000), LlmBadReply, 1),
    "type_is_json": Fault(body(b'{"choices":[{"message":{"content":"{}"}}]}', "application/json"), LlmBadReply, 1),
    "type_is_text": Fault(body(delta("{}") + end("stop") + b"data: [DONE]\n\n", "text/plain"), LlmBadReply, 1),
    "reset_at_once": Fault(_reset_at_once, LlmUnavailable, 3),
    "short_of_its_length": Fault(_short_of_its_length, LlmBadReply, 1),
    "pings_and_nothing_else": Fault(_ping_for_ever, LlmUnavailable, 1, BRIEF),
    "a_line_without_end": Fault(_huge_line, LlmBadReply, 1),
    "cut_json": Fault(say(lambda good: good[:-4]), LlmBadReply, 2),
    "no_json": Fault(say(lambda _: "The claim is SUPPORTED. [1]"), LlmBadReply, 2),
    "two_objects": Fault(say(lambda good: f"{good}\n{good}"), LlmBadReply, 2),
    "only_thinking": Fault(say(lambda _: "<think>Hm.</think>"), LlmBadReply, 2),
    "thoughts_before_it": Fault(say(lambda good: f'<think>Say {{"a": 1}}?</think>\n{good}'), None, 1),
    "thoughts_in_a_field_of_their_own": Fault(
        stream(
            lambda good: [
                delta("", reasoning_content='{"a": 1}'),
                delta(None, reasoning="Hm."),
                delta(good),
                end("stop"),
            ]
        ),
        None,
        1,
    ),
    "another_object": Fault(change(lambda _: {"verdict": "SUPPORTED", "confidence": 1.0}), LlmBadReply, 2),
    "one_field_more": Fault(change(lambda value: value.update(verdict="SUPPORTED")), LlmBadReply, 2),
    "a_key_twice": Fault(say(lambda good: f"{good[:-1]}, {good[1:]}"), LlmBadReply, 2),
    "nested_without_end": Fault(say(lambda _: '{"a":' * 100_000), LlmBadReply, 2),
    "half_a_surrogate": Fault(
        stream(lambda good: [delta(f"HALF{good}").replace(b"HALF", rb"\ud800"), end("stop")]), LlmBadReply, 1
    ),
    "half_a_surrogate_inside": Fault(say(lambda good: good.replace('": "', '": "\\ud800')), LlmBadReply, 2),
    "not_utf_8": Fault(stream(lambda good: [delta(good).replace(b"{", b"\xff{", 1), end("stop")]), LlmBadReply, 1),
    "refusal": Fault(stream(lambda _: [delta(None, refusal="I cannot."), end("stop")]), LlmRefused, 1),
    "refusal_after_a_reply": Fault(
        stream(lambda good: [delta(good), delta(None, refusal="No."), end("stop")]), LlmRefused, 1
    ),
    "no_finish": Fault(say(str, None), LlmBadReply, 1),
    "a_tool_in_pieces": Fault(_call_a_tool_in_pieces, None, 1),
    "only_a_tool": Fault(_only_calls_a_tool, LlmBadReply, 1),
    "done_at_once": Fault(stream(lambda _: []), LlmBadReply, 1),
    "error_event": Fault(line('{"error": {"message": "overloaded"}}'), LlmBadReply, 1),
    "another_role": Fault(stream(lambda good: [delta(good, role="user"), end("stop")]), LlmBadReply, 1),
    **{f"line_{data}": Fault(line(data), LlmBadReply, 1) for data in ("null", "[]", "5", '"x"', '{"choices": "x"}')},
    "line_choices_null": Fault(line('{"choices": [null]}'), LlmBadReply, 1),
    "content_a_number": Fault(stream(lambda _: [delta("N").replace(b'"N"', b"5"), end("stop")]), LlmBadReply, 1),
    "another_model": Fault(stream(lambda good: [delta(good).replace(b'"fake"', b'"gpt-9"'), end("stop")]), None, 1),
    "usage_left_out": Fault(stream(lambda good: [delta(good), end("stop")]), None, 1),
    "usage_negative": Fault(_with_usage(prompt_tokens=-9_000, completion_tokens=-9_000, total_tokens=-18_000), None, 1),
    "usage_absurd": Fault(_with_usage(prompt_tokens=10**30, completion_tokens=1, total_tokens=1), None, 1),
    "usage_of_words": Fault(
        _with_usage(prompt_tokens="many", completion_tokens="few", total_tokens="x"), LlmBadReply, 1
    ),
}
