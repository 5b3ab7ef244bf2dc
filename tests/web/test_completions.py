"""The official openai client talks to the desk as to a model, at once or in pieces, over a real socket."""

from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest

from service.desks import Desks
from service.domain.key import KeyScope
from service.settings import Settings
from service.web.openai_wire import ChatBody, Message, ModelName
from tests.desks import make_desk
from tests.web.server import serve

STORY = "Talks\n\nKishida has met Putin five times. The talks lasted three hours."
QUESTION: Any = [{"role": "user", "content": "How many times has Kishida met Putin?"}]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a served desk with one story, and a key for it."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("desk"), threads=1, workers=0, _env_file=None)
    desks = Desks(settings, lambda desk_id: make_desk(settings, desk_id))
    with serve(desks) as address:
        key = desks.keys.create("test", [KeyScope.READ, KeyScope.CHECK, KeyScope.INGEST]).secret
        body = {"text": STORY, "url": "https://news.example/talks"}
        headers = {"Authorization": f"Bearer {key}"}
        httpx2.post(f"{address}/v1/articles", json=body, headers=headers, timeout=60).raise_for_status()
        yield f"{address}/v1", key


@pytest.fixture
def client(server: tuple[str, str]) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=server[0], api_key=server[1], max_retries=0) as opened:
        yield opened


def test_its_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["claimdesk", "claimdesk-check"]


def test_an_answer_carries_its_citations(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="claimdesk", messages=QUESTION, temperature=0)
    message = done.choices[0].message
    assert message.content is not None
    assert message.content.startswith("Kishida has met Putin five times. [1]\n\n[1]: “Kishida has met")
    assert message.annotations is not None
    cited = message.annotations[0].url_citation
    assert message.content[cited.start_index : cited.end_index] == "[1]"
    assert cited.url == "https://news.example/talks"
    assert done.choices[0].finish_reason == "stop"


def test_in_pieces_it_is_the_same(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="claimdesk", messages=QUESTION)
    pieces = list(
        client.chat.completions.create(
            model="claimdesk",
            messages=QUESTION,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    deltas = [piece.choices[0].delta for piece in pieces if piece.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    extras = [delta.model_extra or {} for delta in deltas]
    (annotations,) = [extra["annotations"] for extra in extras if extra.get("annotations")]
    assert annotations == [each.model_dump() for each in whole.choices[0].message.annotations or ()]
    assert pieces[-1].usage is not None
    assert [piece.choices[0].finish_reason for piece in pieces if piece.choices][-1] == "stop"


def test_the_other_model_checks_a_claim(client: openai.OpenAI) -> None:
    claim: Any = [{"role": "user", "content": "Kishida has met Putin seven times."}]
    done = client.chat.completions.create(model="claimdesk-check", messages=claim)
    said = done.choices[0].message.content or ""
    assert said.startswith("Refuted (confidence")
    assert "“seven”" in said
    assert "Corrected: Kishida has met Putin five times." in said


def test_what_the_archive_does_not_answer_has_no_note(client: openai.OpenAI) -> None:
    asked: Any = [{"role": "user", "content": "Who is Zorblax?"}]
    done = client.chat.completions.create(model="claimdesk", messages=asked)
    assert done.choices[0].message.annotations == []
    assert "[1]" not in (done.choices[0].message.content or "")


@pytest.mark.parametrize("stream", [False, True])
def test_an_error_reaches_the_client_with_its_code(client: openai.OpenAI, stream: bool) -> None:
    empty: Any = [{"role": "user", "content": "?"}]
    with pytest.raises(openai.APIError) as caught:
        list(client.chat.completions.create(model="claimdesk", messages=empty, stream=stream))
    assert caught.value.code == "empty_text"
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="wrong").models.list()
    with pytest.raises(openai.NotFoundError, match="claimdesk and claimdesk-check"):
        client.chat.completions.create(model="gpt-4o", messages=QUESTION, stream=stream)
    with pytest.raises(openai.UnprocessableEntityError, match=r"body\.n"):
        client.chat.completions.create(model="claimdesk", messages=QUESTION, stream=stream, n=2)


@pytest.mark.parametrize("body", [b"\xff", b'{"model":', b"[" * 40 + b"]" * 40, b"{}"])
def test_a_body_that_cannot_be_read_is_an_error_in_openai_s_shape(server: tuple[str, str], body: bytes) -> None:
    headers = {"Authorization": f"Bearer {server[1]}", "Content-Type": "application/json"}
    done = httpx2.post(f"{server[0]}/chat/completions", content=body, headers=headers)
    assert done.status_code in (400, 422)
    assert done.json()["error"] == {
        "message": done.json()["detail"], "type": "invalid_request_error", "param": None, "code": done.json()["code"],
    }  # fmt: skip


def test_a_model_is_read_by_its_name(client: openai.OpenAI) -> None:
    assert client.models.retrieve("claimdesk").id == "claimdesk"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-4o")


def test_parts_of_text_and_settings_of_sampling_are_taken(client: openai.OpenAI) -> None:
    asked: Any = [
        {"role": "system", "content": "Answer in rhyme."},
        {"role": "user", "content": [{"type": "text", "text": "How many times has Kishida met Putin?"}]},
    ]
    done = client.chat.completions.create(
        model="claimdesk", messages=asked, n=1, max_tokens=1, stop=["five"], top_p=0.1, seed=1, user="someone"
    )
    assert (done.choices[0].message.content or "").startswith("Kishida has met Putin five times. [1]")
    assert done.usage is not None
    picture: Any = [
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}]}
    ]
    with pytest.raises(openai.UnprocessableEntityError):
        client.chat.completions.create(model="claimdesk", messages=picture)


def test_a_conversation_becomes_turns_without_their_notes() -> None:
    body = ChatBody(
        model=ModelName.ANSWERS,
        messages=(
            Message(role="system", content="Be brief."),
            Message(role="user", content="Who met Putin?"),
            Message(role="assistant", content="Kishida. [1]\n\n[1]: “Kishida met Putin.”"),
            Message(role="user", content="When?"),
        ),
    )
    assert [(turn.question, turn.answer) for turn in body.history] == [("Who met Putin?", "Kishida. [1]")]
    assert body.question == "When?"
