"""A record goes over to a remote embedding model and back, only where it is told to, and pays for it."""

import json
from pathlib import Path

import pytest

from eval.endpoint import Exchange, serve
from service.domain.cost import Price
from service.errors import OtherEmbedder
from service.retrieve.search import Scope
from service.settings import Settings
from tests.desks import make_desk, make_llm_desk
from tests.fakes import HashEmbedder
from tests.ledgers import today
from tests.web.conftest import STORY

QUESTION = "How many times has Kishida met Putin?"


def embed(exchange: Exchange) -> None:
    """Two numbers for each word's place: not the local embedder's vectors, nor as many numbers."""
    rows = [[*row, *row] for row in HashEmbedder().embed(exchange.asked.body["input"]).tolist()]
    data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    used = {"prompt_tokens": len(rows), "total_tokens": len(rows)}
    exchange.reply(200, json.dumps({"object": "list", "model": "e", "data": data, "usage": used}).encode())


def test_a_remote_embedding_model_is_refused_until_the_record_is_embedded_by_it(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY)
    local = Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)
    with make_desk(local) as desk:
        assert not desk.ingest([str(story)]).failed
        sentences = desk.record.count()
    with serve(embed) as server:
        remote = local.model_copy(
            update={"openai_base_url": server.url, "llm_embedding_model": "e", "llm_prices": {"e": Price(input=1.0, output=0.0)}}
        )  # fmt: skip
        with make_llm_desk(remote) as desk:
            with pytest.raises(OtherEmbedder, match="reindex --embed"):
                desk.search(QUESTION, 1, Scope())
            assert not server.asked
            assert desk.reembed() == sentences
            assert desk.reindex() == sentences
            assert len(server.asked) == 1  # one batch, and no further request for what it tells already
            assert desk.books.costs.spent(today(), "local") == sentences
            assert desk.search(QUESTION, 1, Scope()).passages[0].similarity is not None
    with make_desk(local) as desk, pytest.raises(OtherEmbedder, match="by e@"):
        desk.search(QUESTION, 1, Scope())
