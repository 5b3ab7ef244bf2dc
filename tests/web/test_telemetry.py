"""Traces and metrics go to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, and nowhere without it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

# Of a process of its own: OpenTelemetry's providers are the process's, and stay.
ASK = """
from starlette.testclient import TestClient
from service.desks import Desks
from service.settings import Settings
from service.web.app import create_app

with TestClient(create_app(Desks(Settings()))) as client:
    client.get("/health/live").raise_for_status()
"""


@contextmanager
def collector() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The address of a collector, and what it was sent, by path."""
    sent: dict[str, bytes] = {}

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Collect)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(folder: Path, **settings: str) -> None:
    environment = {**os.environ, "CLAIMDESK_DATA_DIR": str(folder), **settings}
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True)


def test_a_collector_is_sent_traces_and_metrics_but_no_log(tmp_path: Path) -> None:
    with collector() as (address, sent):
        ask(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=address, OTEL_EXPORTER_OTLP_COMPRESSION="none")
    assert set(sent) == {"/v1/traces", "/v1/metrics"}
    assert b"/health/live" in sent["/v1/traces"]


def test_without_an_address_nothing_is_sent(tmp_path: Path) -> None:
    with collector() as (_, sent):
        ask(tmp_path)
    assert sent == {}
