"""Turns the port `Index` into requests to a Chroma server that is started when first needed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2
import numpy as np
from numpy.typing import NDArray

from service.errors import BadSettings
from service.index.connection import Connection, new_session
from service.index.server import STARTS, ChromaServer, ServerGone
from service.ports import Hit, Vectors

COLLECTION = "sentences"

DEADLINE_S = 10.0
"""python -m eval.bench_index: a query takes 3 ms, the slowest of 1,000 took 48 ms at load 6 on two cores."""

BATCH = 1000
"""Rows in one write; the server takes 5,461 at most, and writes of 250 are a fifth slower in all."""

T = TypeVar("T")


class ChromaIndex:
    """One collection with cosine distance, on our own server or on the one at an address.

    `deadline_s` bounds every wait of a request for the server, in seconds; writes and the start of our
    own server have longer ones. Safe to call from several threads. Every method raises IndexUnavailable; those
    with vectors raise WrongDimension when the collection holds vectors of another length. IndexBroken says
    that waiting will not help: the index must be rebuilt.
    """

    def __init__(
        self, server: ChromaServer | str, deadline_s: float = DEADLINE_S, collection: str = COLLECTION
    ) -> None:
        self._server = server
        self._collection = collection
        self._deadline_s = deadline_s
        self._session: httpx2.Client | None = None
        self._connection: Connection | None = None
        self._mutex = threading.Lock()

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        """Idempotent; any number of rows. Of an id that is given twice, the last vector is kept."""
        rows = dict(zip(sentence_ids, vectors, strict=True))
        for ids in _batches(list(rows)):
            self._upsert(ids, [rows[sentence_id] for sentence_id in ids])

    def delete(self, sentence_ids: Sequence[str]) -> None:
        """Idempotent; unknown ids are no error."""
        for ids in _batches(sentence_ids):
            self._delete(ids)

    def query(self, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        """The nearest sentences, nearest first; fewer than `limit` when the collection holds fewer."""
        return self._ask(lambda connection: connection.query(vector, limit))

    def count(self) -> int:
        """How many vectors the collection says that it holds; `probe` tells whether it finds them."""
        return self._ask(lambda connection: connection.count())

    def reset(self) -> None:
        """Starts again, empty: our own server's folder is set aside, an outside collection is deleted."""
        if isinstance(self._server, ChromaServer):
            self._server.set_aside()
        else:
            self._ask(lambda connection: connection.drop())
        self._connection = None
        self._connect()

    def close(self) -> None:
        """Ends the connection, and the server if this process started it."""
        with self._mutex:
            self._connection = None
            if self._session:
                self._session.close()
                self._session = None
        if isinstance(self._server, ChromaServer):
            self._server.stop()

    def _upsert(self, ids: list[str], rows: list[NDArray[np.float32]]) -> None:
        self._ask(lambda connection: connection.upsert(ids, rows))

    def _delete(self, ids: list[str]) -> None:
        self._ask(lambda connection: connection.delete(ids))

    def _ask(self, request: Callable[[Connection], T]) -> T:
        """Every request is idempotent: when the server died it is started again, and asked again.

        One that dies of the request each time is found broken: `ChromaServer` counts its starts.
        """
        for _ in range(STARTS):
            try:
                return request(self._connect())
            except ServerGone:
                self._connection = None
        return request(self._connect())

    def _connect(self) -> Connection:
        with self._mutex:
            if self._connection is None:
                url = self._server.url() if isinstance(self._server, ChromaServer) else self._server
                if self._session is None:  # kept from server to server: other threads may be using it
                    self._session = new_session(self._deadline_s, proxied=isinstance(self._server, str))
                self._connection = Connection(url, self._session, self._collection)
            return self._connection


def open_index(data_dir: Path, chroma_url: str | None, collection: str = COLLECTION) -> ChromaIndex:
    """The index in the data folder, or in a collection of an outside server. Nothing is started before its first use.

    Raises BadSettings when `chroma_url` is no address.
    """
    if chroma_url is None:
        return ChromaIndex(ChromaServer(data_dir), collection=collection)
    address = urlsplit(chroma_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise BadSettings("CHROMA_URL is no address: write it like http://chroma:8000, or unset it.")
    return ChromaIndex(chroma_url.rstrip("/"), collection=collection)


def _batches(sentence_ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(sentence_ids), BATCH):
        yield list(sentence_ids[start : start + BATCH])
