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
from tests.web.conftest import make_desk
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
        httpx2.post(f"{address}/v1/articles", json=body, headers=headers).raise_for_status()
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
    with pytest.raises(openai.UnprocessableEntityError):
        client.chat.completions.create(model="gpt-4o", messages=QUESTION)


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
