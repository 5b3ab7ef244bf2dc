"""A behaviour becomes a server on loopback that speaks the OpenAI protocol: a fake model, good, bad or broken."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A request as it came in; `body` is its JSON."""

    number: int  # from 1
    path: str
    headers: dict[str, str]  # names in lower case
    body: dict[str, Any]

    def message(self, role: str) -> str:
        """The last message of that role."""
        return next((m["content"] for m in reversed(self.body["messages"]) if m["role"] == role), "")

    @property
    def prompt(self) -> str:
        """What is asked: the first message of the user, as the next one would only tell of a mistake."""
        return next(str(m["content"]) for m in self.body["messages"] if m["role"] == "user")

    @property
    def task(self) -> str:
        """The name of the schema that the reply is asked for in, which is the prompt's."""
        form = self.body.get("response_format")
        return str(form["json_schema"]["name"] if form else self.body["tool_choice"]["function"]["name"])


class Exchange:
    """One request with the means to answer it, well or badly."""

    def __init__(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        self._handler = handler
        self.asked = asked
        self.hung_up = threading.Event()

    def reply(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        """A plain reply; underscores in header names stand for hyphens."""
        self._head(status, {"Content-Type": "application/json", "Content-Length": str(len(body))} | _names(headers))
        self._handler.wfile.write(body)

    def error(self, status: int, code: str, message: str = "no", **headers: str) -> None:
        """A reply in the form of OpenAI's errors."""
        body = {"error": {"code": code, "type": code, "message": message}}
        self.reply(status, json.dumps(body).encode(), **headers)

    def say(self, text: str, *, finish: str | None = "stop", done: bool = True, pieces: int = 8) -> None:
        """A streamed completion of that text, in about `pieces` pieces, with its count of tokens."""
        size = max(1, -(-len(text) // pieces))
        parts = [text[at : at + size] for at in range(0, len(text), size)]
        self.stream(
            [*(delta(part) for part in parts), *([end(finish)] if finish else []), usage(100, len(parts))], done=done
        )

    def stream(self, events: Iterable[bytes], *, done: bool = True) -> None:
        """Bytes as they are, under the head of an event stream; `done` adds its end mark."""
        self._head(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        try:
            for event in events:
                self._handler.wfile.write(event)
                self._handler.wfile.flush()
            if done:
                self._handler.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.hung_up.set()

    def wait_for_hang_up(self, seconds: float) -> bool:
        """True as soon as the client closes its side, within that time."""
        self._handler.connection.settimeout(seconds)
        try:
            if self._handler.connection.recv(1) == b"":
                self.hung_up.set()
        except OSError as error:
            if not isinstance(error, TimeoutError):
                self.hung_up.set()
        return self.hung_up.is_set()

    def reset(self) -> None:
        """Ends the connection with a TCP reset."""
        self._handler.wfile.flush()
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._handler.connection.close()

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error here."""


Behaviour = Callable[[Exchange], None]


class Server(NamedTuple):
    """Where a fake model listens, and what it was asked."""

    url: str  # up to and with /v1
    exchanges: list[Exchange]

    @property
    def asked(self) -> list[Asked]:
        return [exchange.asked for exchange in self.exchanges]


@contextmanager
def serve(behaviour: Behaviour) -> Iterator[Server]:
    """A server on a free port of loopback, each request in a thread of its own; it ends with the block."""
    exchanges: list[Exchange] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
            with lock:
                headers = {name.lower(): value for name, value in self.headers.items()}
                exchange = Exchange(self, Asked(len(exchanges) + 1, self.path, headers, body))
                exchanges.append(exchange)
            behaviour(exchange)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = _QuietServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/v1", exchanges)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def event(value: dict[str, Any]) -> bytes:
    """One event of a stream."""
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def delta(content: str | None = None, **fields: Any) -> bytes:
    """A piece of a completion."""
    piece: dict[str, Any] = {"role": "assistant"} | ({} if content is None else {"content": content}) | fields
    return event(_chunk([{"index": 0, "delta": piece, "finish_reason": None}]))


def end(finish: str) -> bytes:
    """The piece that says why the completion ended."""
    return event(_chunk([{"index": 0, "delta": {}, "finish_reason": finish}]))


def usage(read: int, written: int) -> bytes:
    """The piece that counts tokens."""
    counts = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    return event(_chunk([]) | {"usage": counts})


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": choices}


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
