"""The official MCP client uses the desk's tools and reads its articles, in memory, over HTTP and over stdio."""

import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from service.desk import Desk
from service.desks import Desks
from service.domain.key import KeyScope
from service.domain.report import Report
from service.run import Cancellation
from service.settings import Settings
from service.web.caller import Caller
from service.web.mcp import DeskServer
from service.web.metrics import Metrics
from tests.desks import make_desk
from tests.web.server import serve

STORY = "Talks\n\nKishida has met Putin five times. The talks lasted three hours."
CLAIM = {"claim": "Kishida has met Putin seven times."}
TOOLS = ["ask", "check_claim", "get_article", "review_article", "search_sentences"]

Talk = Callable[[Client], Awaitable[Any]]


def take_story(desk: Desk) -> str:
    from service.ingest.document import Document

    document = Document(source="https://news.example/talks", media_type="text/plain", content=STORY.encode())
    return desk.take([document]).articles[0].id


def in_memory(desk: Desk, talk: Talk) -> Any:
    async def run() -> Any:
        async with Client(DeskServer(lambda: Caller(desk, None, Cancellation()), Metrics())) as client:
            return await talk(client)

    return anyio.run(run)


def test_every_verb_is_a_tool_that_only_reads(desk: Desk) -> None:
    tools = in_memory(desk, lambda client: client.list_tools()).tools
    assert sorted(tool.name for tool in tools) == TOOLS
    assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools)


def test_a_verdict_comes_whole_and_its_quote_can_be_looked_up(desk: Desk) -> None:
    story_id = take_story(desk)

    async def talk(client: Client) -> None:
        report = Report.model_validate((await client.call_tool("check_claim", CLAIM)).structured_content)
        assert report.corrected_claim == "Kishida has met Putin five times."
        (citation,) = report.citations
        article = (await client.call_tool("get_article", {"article_id": citation.article_id})).structured_content
        assert article is not None
        assert article["text"][citation.start : citation.end] == citation.quote
        answer = await client.call_tool("ask", {"question": "How many times has Kishida met Putin?"})
        assert "five times. [1]" in answer.structured_content["answer"]
        found = await client.call_tool("search_sentences", {"query": "talks", "limit": 1})
        assert found.structured_content["passages"][0]["article_id"] == story_id
        review = await client.call_tool("review_article", {"text": STORY})
        assert review.structured_content["findings"] == []

    in_memory(desk, talk)


def test_each_article_is_a_resource(desk: Desk) -> None:
    story_id = take_story(desk)

    async def talk(client: Client) -> None:
        (resource,) = (await client.list_resources()).resources
        assert resource.uri == f"claimdesk://articles/{story_id}"
        (content,) = (await client.read_resource(resource.uri)).contents
        assert "five times" in content.text  # type: ignore[union-attr]
        with pytest.raises(MCPError, match="holds no article"):
            await client.read_resource("claimdesk://articles/nobody")

    in_memory(desk, talk)


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("ask", {"question": "?"}, "empty_text"),
        ("get_article", {"article_id": "nobody"}, "article_not_found"),
        ("review_article", {}, "bad_input"),
        ("review_article", {"article_id": "../../etc/passwd"}, "article_not_found"),
        ("search_sentences", {"query": "x", "limit": 51}, "less than or equal to 50"),
    ],
)
def test_an_error_says_what_to_do(desk: Desk, tool: str, arguments: dict[str, object], code: str) -> None:
    done = in_memory(desk, lambda client: client.call_tool(tool, arguments))
    assert done.is_error
    assert code in done.content[0].text


class TestOverHttp:
    @pytest.fixture
    def address(self, settings: Settings) -> Iterator[tuple[str, Desks]]:
        desks = Desks(settings, lambda desk_id: make_desk(settings, desk_id))
        with serve(desks) as url:
            yield f"{url}/mcp", desks

    def talk(self, address: str, secret: str | None, talk: Talk) -> Any:
        async def run() -> Any:
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            async with (
                httpx2.AsyncClient(headers=headers) as http,
                Client(streamable_http_client(address, http_client=http)) as client,
            ):
                return await talk(client)

        return anyio.run(run)

    def test_each_key_sees_its_own_desk_and_does_what_it_may(self, address: tuple[str, Desks]) -> None:
        url, desks = address
        story_id = take_story(desks.desk("main"))
        ours = desks.keys.create("ours", [KeyScope.READ, KeyScope.CHECK]).secret
        theirs = desks.keys.create("theirs", [KeyScope.ADMIN], desk="rival").secret
        reader = desks.keys.create("reader", [KeyScope.READ]).secret
        look = lambda client: client.call_tool("get_article", {"article_id": story_id})  # noqa: E731
        assert self.talk(url, ours, look).structured_content["id"] == story_id
        assert "article_not_found" in self.talk(url, theirs, look).content[0].text
        assert self.talk(url, theirs, lambda client: client.list_resources()).resources == []
        assert len(self.talk(url, reader, lambda client: client.list_resources()).resources) == 1
        refused = self.talk(url, reader, lambda client: client.call_tool("check_claim", CLAIM))
        assert "scope_missing" in refused.content[0].text

    def test_without_a_key_there_is_no_answer_where_keys_are_needed(self, address: tuple[str, Desks]) -> None:
        url, desks = address
        assert sorted(tool.name for tool in self.talk(url, None, lambda client: client.list_tools()).tools) == TOOLS
        desks.keys.create("first", [KeyScope.READ])
        done = httpx2.post(url, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
        assert (done.status_code, done.json()["code"]) == (401, "key_required")


def test_over_standard_input_it_serves_the_local_user(tmp_path: Path) -> None:
    environment = {"CLAIMDESK_DATA_DIR": str(tmp_path), "CLAIMDESK_THREADS": "1", "PATH": ""}
    server = StdioServerParameters(command=sys.executable, args=["-m", "service", "mcp"], env=environment)

    async def run() -> None:
        async with Client(server) as client:
            done = await client.call_tool("review_article", {"text": STORY, "title": "Talks"})
            assert not done.is_error
            assert done.structured_content["title"] == "Talks"

    anyio.run(run)
