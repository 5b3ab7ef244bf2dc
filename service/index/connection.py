"""Turns the address of a Chroma server into its collection of sentences, and its refusals into our errors.

It speaks Chroma's HTTP interface, version 2, without Chroma's client: docs/decisions/0004 says why.
"""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeVar

import httpx2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, RootModel, ValidationError

from service.errors import BadSettings, ClaimdeskError, IndexBroken, IndexUnavailable, WrongDimension
from service.index.server import ServerGone
from service.ports import Hit

WRITE_DEADLINE_S = 60.0
"""A write of 1,000 rows takes 0.5 s, and took 5 s at load 4 on two cores (python -m eval.bench_index)."""

_COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"


class _Space(BaseModel):
    space: str | None = None


class _Configuration(BaseModel):
    hnsw: _Space | None = None
    spann: _Space | None = None


class _Collection(BaseModel):
    id: str
    configuration_json: _Configuration

    @property
    def space(self) -> str | None:
        index = self.configuration_json.hnsw or self.configuration_json.spann
        return index.space if index else None


class _Rows(BaseModel):
    ids: list[str]


class _Found(BaseModel):
    """One list a query vector; we send one."""

    ids: list[list[str]]
    distances: list[list[float]]


class _Count(RootModel[int]):
    """A bare number."""


class _Done(BaseModel):
    """An answer that says nothing further."""


Answer = TypeVar("Answer", bound=BaseModel)


class Connection:
    """The collection of sentences on one server, created there if it is missing.

    Raises ServerGone when the server or the collection is no more, IndexBroken when the server fails over
    its own files, IndexUnavailable when it does not answer as it should, WrongDimension, and BadSettings
    when the collection is not one of ours.
    """

    def __init__(self, url: str, session: httpx2.Client, collection: str) -> None:
        self._session = session
        self._name = collection
        self._collections = f"{url}{_COLLECTIONS}"
        wanted = {"name": collection, "get_or_create": True, "configuration": {"hnsw": {"space": "cosine"}}}
        stored = self._ask(_Collection, "POST", self._collections, wanted)
        if stored.space != "cosine":
            raise BadSettings(
                f"The server at CHROMA_URL has a collection {collection!r} that does not compare by cosine, "
                "so it is not Claimdesk's. Give Claimdesk a server of its own."
            )
        self._rows = f"{self._collections}/{stored.id}"

    def upsert(self, ids: list[str], rows: Sequence[NDArray[np.float32]]) -> None:
        held = self._ask(_Rows, "POST", f"{self._rows}/get", {"ids": ids, "include": []}).ids
        if held:  # writing over a row takes up to 14 ms (measured at 10,000 rows), deleting and adding it 1 ms
            self.delete(held)
        body = {"ids": ids, "embeddings": [_packed(row) for row in rows]}
        self._ask(_Done, "POST", f"{self._rows}/upsert", body, WRITE_DEADLINE_S)

    def delete(self, ids: list[str]) -> None:
        self._ask(_Done, "POST", f"{self._rows}/delete", {"ids": ids})

    def query(self, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        wanted = {"query_embeddings": [vector.tolist()], "n_results": limit, "include": ["distances"]}
        found = self._ask(_Found, "POST", f"{self._rows}/query", wanted)
        return [
            # Rounding makes the distance of a vector to itself a little less than 0 at times.
            Hit(sentence_id=sentence_id, similarity=1.0 - max(0.0, distance))
            for sentence_id, distance in zip(found.ids[0], found.distances[0], strict=True)
        ]

    def count(self) -> int:
        return self._ask(_Count, "GET", f"{self._rows}/count").root

    def drop(self) -> None:
        """Deletes the collection; the connection is of no use after."""
        self._ask(_Done, "DELETE", f"{self._collections}/{self._name}")

    def _ask(
        self, shape: type[Answer], method: str, url: str, body: object = None, deadline_s: float | None = None
    ) -> Answer:
        timeout = httpx2.USE_CLIENT_DEFAULT if deadline_s is None else deadline_s
        with _translated():
            response = self._session.request(method, url, json=body, timeout=timeout)
            if response.is_error:
                raise _refusal(response.status_code, response.text)
            return shape.model_validate_json(response.content)


def _packed(row: NDArray[np.float32]) -> str:
    """As the server reads it four times faster than a list of numbers (python -m eval.bench_index)."""
    return base64.b64encode(row.astype("<f4").tobytes()).decode()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpx2.TimeoutException as error:
        raise IndexUnavailable(
            "The vector index did not answer before its deadline: the machine or the server is overloaded. "
            "Try again; if it lasts, restart the server."
        ) from error
    except httpx2.HTTPError as error:
        raise ServerGone(
            f"The vector index cannot be reached ({error}). If CHROMA_URL is set, see that its server runs; "
            "otherwise see index.log in the data folder."
        ) from error
    except ValidationError as error:
        raise IndexUnavailable("What answers at CHROMA_URL is no Chroma server: check the address.") from error


def _refusal(status: int, text: str) -> ClaimdeskError:
    said = f"{status}: {text[:300]}"
    if status == HTTPStatus.NOT_FOUND:
        return ServerGone(f"The vector index does not know its own collection ({said}). Check CHROMA_URL.")
    if status == HTTPStatus.BAD_REQUEST and "dimension" in text:
        return WrongDimension(f"The vector index was made by another embedder ({said}). Run `claimdesk reindex`.")
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return IndexBroken(f"The vector index failed ({said}). Run `claimdesk reindex`: nothing is lost.")
    return IndexUnavailable(f"The vector index refuses to work ({said}). Check CHROMA_URL and the server's log.")


def new_session(deadline_s: float, *, proxied: bool) -> httpx2.Client:
    """A pool of HTTP connections in which no wait is longer than `deadline_s` seconds, save for a write."""
    return httpx2.Client(timeout=deadline_s, trust_env=proxied)
