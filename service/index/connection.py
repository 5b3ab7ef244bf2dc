"""Turns the address of a Chroma server into its collection of sentences, and Chroma's errors into ours.

Importing this module imports chromadb, which takes 1.5 s: `chroma.py` does so on first use.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from json import JSONDecodeError
from typing import cast
from urllib.parse import urlsplit

import httpx
import numpy as np
from chromadb.api.fastapi import FastAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Embedding
from chromadb.config import Settings, System
from numpy.typing import NDArray

from service.errors import BadSettings, ClaimdeskError, IndexUnavailable, WrongDimension
from service.index.server import ServerGone
from service.ports import Hit

WRITE_DEADLINE_S = 60.0
"""A write of 1,000 rows takes 0.5 s, and took 5 s at load 4 on two cores (python -m eval.bench_index)."""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise IndexUnavailable(
            "The vector index did not answer before its deadline: the machine or the server is overloaded. "
            "Try again; if it lasts, restart the server."
        ) from error
    except httpx.HTTPStatusError as error:
        raise _refusal(error.response.status_code, error.response.text) from error
    except httpx.HTTPError as error:
        raise ServerGone(
            f"The vector index cannot be reached ({error}). If CHROMA_URL is set, see that its server runs; "
            "otherwise see index.log in the data folder."
        ) from error
    except JSONDecodeError as error:
        raise IndexUnavailable("What answers at CHROMA_URL is no Chroma server: check the address.") from error


def _refusal(status: int, text: str) -> ClaimdeskError:
    said = f"{status}: {text[:300]}"
    if status == 404:
        return ServerGone(f"The vector index does not know its own collection ({said}). Check CHROMA_URL.")
    if status == 400 and "dimension" in text:
        return WrongDimension(f"The vector index was made by another embedder ({said}). Run `claimdesk reindex`.")
    return IndexUnavailable(f"The vector index failed ({said}). Run `claimdesk reindex`: nothing is lost.")


class Connection:
    """The collection of sentences on one server, created there if it is missing.

    Raises ServerGone when the server or the collection is no more, IndexUnavailable when it does not
    answer as it should, WrongDimension, and BadSettings when the collection is not one of ours.
    """

    @_translated()
    def __init__(self, url: str, session: httpx.Client, collection: str) -> None:
        # The parts of `chromadb.HttpClient`, which would ask the server three questions before its
        # session could be given a deadline.
        settings = Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=url,
            chroma_server_http_port=urlsplit(url).port or 0,  # required, though the URL says it
            chroma_server_ssl_enabled=url.startswith("https:"),
            anonymized_telemetry=False,
        )
        self._api = FastAPI(System(settings))
        session.headers.update(self._api._session.headers)
        self._api._session.close()
        self._api._session = session
        model = self._api.get_or_create_collection(collection, configuration={"hnsw": {"space": "cosine"}})
        stored = model.configuration_json
        if (stored.get("hnsw") or stored.get("spann") or {}).get("space") != "cosine":
            raise BadSettings(
                f"The server at CHROMA_URL has a collection {collection!r} that does not compare by cosine, "
                "so it is not Claimdesk's. Give Claimdesk a server of its own."
            )
        # No embedding function, whatever the stored configuration names: the vectors are ours.
        self._collection = Collection(self._api, model, embedding_function=None, data_loader=None)

    @_translated()
    def upsert(self, ids: list[str], rows: Sequence[NDArray[np.float32]]) -> None:
        held = self._collection.get(ids=ids, include=[])["ids"]
        if held:  # writing over a row takes up to 14 ms (measured at 10,000 rows), deleting and adding it 1 ms
            self._collection.delete(ids=held)
        self._collection.upsert(ids=ids, embeddings=[cast(Embedding, row) for row in rows])

    @_translated()
    def delete(self, ids: list[str]) -> None:
        self._collection.delete(ids=ids)

    @_translated()
    def query(self, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        found = self._collection.query(
            query_embeddings=[cast(Embedding, vector)], n_results=limit, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [
            # Rounding makes the distance of a vector to itself a little less than 0 at times.
            Hit(sentence_id=sentence_id, similarity=1.0 - max(0.0, distance))
            for sentence_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    @_translated()
    def count(self) -> int:
        return self._collection.count()

    @_translated()
    def drop(self) -> None:
        """Deletes the collection; the connection is of no use after."""
        self._api.delete_collection(self._collection.name)


def new_session(deadline_s: float, *, proxied: bool) -> httpx.Client:
    """A pool of HTTP connections in which no wait is longer than `deadline_s` seconds, save for a write."""
    session = httpx.Client(timeout=deadline_s, trust_env=proxied)
    session.event_hooks = {"request": [_let_writes_take_longer], "response": [_raise_for_status]}
    return session


def _let_writes_take_longer(request: httpx.Request) -> None:
    if request.url.path.endswith("/upsert"):
        request.extensions["timeout"] = httpx.Timeout(WRITE_DEADLINE_S).as_dict()


def _raise_for_status(response: httpx.Response) -> None:
    """Before chromadb sees the response: of an error that it does not know it makes a bare Exception."""
    if response.is_error:
        response.read()
        response.raise_for_status()
