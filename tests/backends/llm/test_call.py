"""A request adapts to its server, and a broken server is left alone until it has had its pause."""

import pytest

from eval.endpoint import Exchange, delta, end, serve
from service.backends.llm.breaker import FAILURES, PAUSE_S, Breaker
from service.backends.llm.failures import LONGEST_WAIT_S, retry_after_s
from service.errors import ContextTooLong, LlmBadReply, LlmMisconfigured, LlmUnavailable
from service.run import Run
from tests.backends.llm.bench import GOOD, KEY, answer_well, draft, open_model


def test_the_request_forces_the_schema_and_offers_no_tool() -> None:
    with serve(answer_well) as server, open_model(server.url) as model:
        draft(model)
        body = server.asked[0].body
        assert body["response_format"]["json_schema"]["strict"] is True
        assert body["response_format"]["json_schema"]["schema"]["additionalProperties"] is False
        assert body["stream"] is True
        assert body["temperature"] == 0
        assert "tools" not in body
        assert body["max_completion_tokens"] == body["max_tokens"] == 500


def test_a_server_without_schemas_is_asked_through_a_function_from_then_on() -> None:
    def behave(exchange: Exchange) -> None:
        if "response_format" in exchange.asked.body:
            exchange.error(400, "invalid_request", "'response_format' of type 'json_schema' is not supported")
            return
        function = {"name": exchange.asked.task, "arguments": GOOD}
        call = {"index": 0, "id": "1", "type": "function", "function": function}
        exchange.stream([delta(None, tool_calls=[call]), end("tool_calls")])

    with serve(behave) as server, open_model(server.url) as model:
        sentences, _ = draft(model, Run(llm_only=True))
        assert sentences
        assert ["tools" in asked.body for asked in server.asked] == [False, True]
        model.answers.kept.clear()  # type: ignore[attr-defined]
        draft(model, Run(llm_only=True))
        assert len(server.asked) == 3


def test_a_server_that_knows_neither_schema_nor_forced_function_may_answer_in_words() -> None:
    def behave(exchange: Exchange) -> None:
        if "response_format" in exchange.asked.body:
            exchange.error(400, "invalid_request", "'response_format' is not supported")
        else:
            exchange.say(GOOD)

    with serve(behave) as server, open_model(server.url) as model:
        sentences, _ = draft(model, Run(llm_only=True))
        assert sentences


@pytest.mark.parametrize("refused", [["temperature"], ["max_tokens", "temperature"], ["max_completion_tokens"]])
def test_a_parameter_that_is_refused_by_name_is_left_out_from_then_on(refused: list[str]) -> None:
    def behave(exchange: Exchange) -> None:
        for name in refused:
            if name in exchange.asked.body:
                hint = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
                exchange.error(400, "unsupported_parameter", f"Unsupported parameter: '{name}'.{hint}")
                return
        answer_well(exchange)

    with serve(behave) as server, open_model(server.url) as model:
        sentences, backend = draft(model, Run(llm_only=True))
        assert sentences
        assert not backend.account().problems
        assert len(server.asked) == len(refused) + 1
        model.answers.kept.clear()  # type: ignore[attr-defined]
        draft(model, Run(llm_only=True))
        assert len(server.asked) == len(refused) + 2


SAID = {
    "openai_tokens": (400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                      "'max_completion_tokens' instead.", "max_tokens"),
    "openai_temperature": (400, "Unsupported value: 'temperature' does not support 0.0 with this model. Only the default "
                           "(1) value is supported.", "temperature"),
    "openai_schema": (400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
                      "response_format"),
    "vllm_unknown_field": (400, "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra "
                           "inputs are not permitted'}]", "max_completion_tokens"),
    "vllm_grammar": (400, "The provided JSON schema contains features not supported by xgrammar.", "response_format"),
    "litellm": (400, "litellm.UnsupportedParamsError: bedrock does not support parameters: ['temperature'], for model=x.",
                "temperature"),
}  # fmt: skip
"""What servers say of a field that they or their model do not take, in words as they are documented or reported."""


@pytest.mark.filterwarnings("ignore:This model does not support OpenAI's structured output")
@pytest.mark.parametrize("server", SAID)
def test_each_server_s_words_for_a_field_that_it_does_not_take_are_understood(server: str) -> None:
    status, words, field = SAID[server]

    def behave(exchange: Exchange) -> None:
        if field in exchange.asked.body:
            exchange.error(status, "invalid_request_error", words)
        elif "tools" in exchange.asked.body:
            call = {"index": 0, "id": "1", "type": "function", "function": {"name": "answer", "arguments": GOOD}}
            exchange.stream([delta(None, tool_calls=[call]), end("tool_calls")])
        else:
            answer_well(exchange)

    with serve(behave) as endpoint, open_model(endpoint.url) as model:
        sentences, _ = draft(model, Run(llm_only=True))
        assert sentences
        assert len(endpoint.asked) == 2


@pytest.mark.parametrize(
    "words",
    [
        "This model's maximum context length is 4096 tokens. However, you requested 4000 output tokens and your prompt "
        "contains at least 900 input tokens.",  # vLLM
        "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096 tokens.",
        "litellm.ContextWindowExceededError: too many tokens for the model's context window",
        "request (5000 tokens) exceeds the available context size (2048 tokens), try increasing it",  # llama.cpp
    ],
)
def test_a_window_that_is_too_small_is_told_with_what_to_set(words: str) -> None:
    with (
        serve(lambda exchange: exchange.error(400, "BadRequestError", words)) as server,
        open_model(server.url) as model,
        pytest.raises(ContextTooLong, match="CLAIMDESK_LLM_MOST_TOKENS"),
    ):
        draft(model, Run(llm_only=True))


REFUSED = {
    "openai": b'{"error": {"message": "No such thing.", "type": "invalid_request_error", "param": null, "code": null}}',
    "vllm_older": b'{"object": "error", "message": "No such thing.", "type": "BadRequestError", "code": 400}',
    "ollama": b'{"error": "No such thing."}',
    "fastapi": b'{"detail": "No such thing."}',
    "none": b"No such thing.",
}
"""How servers put an error."""


@pytest.mark.parametrize("server", REFUSED)
def test_a_refusal_is_told_in_the_server_s_own_words(server: str) -> None:
    with (
        serve(lambda exchange: exchange.reply(400, REFUSED[server])) as endpoint,
        open_model(endpoint.url) as model,
        pytest.raises(LlmBadReply, match=r"400: .*No such thing\."),
    ):
        draft(model, Run(llm_only=True))


UNKNOWN = {
    "openai": (404, b'{"error": {"message": "The model `x` does not exist", "code": "model_not_found"}}'),
    "vllm": (404, b'{"error": {"message": "The model `x` does not exist.", "type": "NotFoundError", "code": 404}}'),
    "ollama": (404, b'{"error": {"message": "model \\"x\\" not found", "type": "api_error", "code": null}}'),
    "without_v1": (404, b"404 page not found"),
    "litellm": (
        400,
        b'{"error": {"message": "/chat/completions: Invalid model name passed in model=x.", "code": "400"}}',
    ),
    "litellm_1_61": (400, b'{"error": {"message": {"error": "Invalid model name passed in model=x."}, "code": "400"}}'),
}
"""What servers say to a name or an address that they do not know."""


@pytest.mark.parametrize("server", UNKNOWN)
def test_a_model_that_its_server_does_not_know_is_for_somebody_to_mend(server: str) -> None:
    status, said = UNKNOWN[server]
    with (
        serve(lambda exchange: exchange.reply(status, said)) as endpoint,
        open_model(endpoint.url) as model,
        pytest.raises(LlmMisconfigured, match="CLAIMDESK_LLM_MODEL"),
    ):
        draft(model)


def test_the_key_is_sent_as_a_bearer_and_nowhere_else() -> None:
    with serve(answer_well) as server, open_model(server.url) as model:
        draft(model)
        (asked,) = server.asked
        assert asked.headers["authorization"] == f"Bearer {KEY}"
        assert KEY not in str(asked.body)


def test_a_breaker_opens_after_failures_in_a_row_and_lets_one_try_after_its_pause() -> None:
    now = 0.0
    breaker = Breaker(clock=lambda: now)
    for _ in range(FAILURES - 1):
        breaker.fail(LlmUnavailable("down"))
    breaker.succeed()
    for _ in range(FAILURES):
        breaker.enter()
        breaker.fail(LlmUnavailable("down"))
    with pytest.raises(LlmUnavailable) as caught:
        breaker.enter()
    assert caught.value.retry_after_s == PAUSE_S
    now = PAUSE_S + 1
    breaker.enter()
    with pytest.raises(LlmUnavailable):
        breaker.enter()  # one is enough to tell
    breaker.succeed()
    breaker.enter()
    assert breaker.problem is None


def test_a_breaker_stays_open_as_long_as_the_server_asks() -> None:
    now = 0.0
    breaker = Breaker(clock=lambda: now)
    breaker.fail(LlmUnavailable("busy", retry_after_s=120), at_once=True)
    now = 119
    with pytest.raises(LlmUnavailable):
        breaker.enter()


@pytest.mark.parametrize(
    ("said", "wait"),
    [("2", 2), ("-5", 0), ("0.5", 0.5), ("999999999", LONGEST_WAIT_S), ("inf", LONGEST_WAIT_S), ("nan", None), ("", None),
     ("soon", None), ("Wed, 01 Jan 2020 00:00:00 GMT", 0), ("Fri, 01 Jan 2100 00:00:00 GMT", LONGEST_WAIT_S),
     ("Fri, 99 Jan 2100", None)],
)  # fmt: skip
def test_a_server_may_ask_for_an_hour_s_rest_and_no_more(said: str, wait: float | None) -> None:
    assert retry_after_s({"retry-after": said}) == wait


def test_a_server_that_closes_late_after_its_end_mark_has_answered() -> None:
    def behave(exchange: Exchange) -> None:
        exchange.say(GOOD)
        exchange.wait_for_hang_up(0.5)

    with serve(behave) as server, open_model(server.url) as model:
        sentences, backend = draft(model, Run(llm_only=True))
        assert sentences
        assert not backend.account().problems


def test_openai_itself_is_sent_one_bound_only() -> None:
    for url, sent in (("https://api.openai.com/v1", False), ("http://localhost:11434/v1", True)):
        with open_model(url) as model:
            assert ("max_tokens" in model.options("answer", {})["extra_body"]) is sent
