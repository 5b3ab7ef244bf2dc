"""The application served on a socket of loopback, for clients that will not talk to it in memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from service.desks import Desks
from service.web.app import create_app


@contextmanager
def serve(desks: Desks, drain_s: int | None = None) -> Iterator[str]:
    """The address of a server over those desks, such as http://127.0.0.1:40001; it is ended with the block.

    `drain_s` is how long requests that are under way may take then; None: as long as they need.
    """
    config = uvicorn.Config(
        create_app(desks), port=0, log_config=None, access_log=False, timeout_graceful_shutdown=drain_s
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server ended before it began: see what it wrote")
            threading.Event().wait(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
