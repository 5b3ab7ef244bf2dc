"""`claimdesk serve`: the desk over HTTP."""

import socket
from contextlib import closing, suppress
from typing import Annotated

import typer

from service.cli.options import read_settings
from service.errors import BadSettings

PORT = 8765
DRAIN_S = 20  # how long requests that are under way may take after a signal to stop


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = PORT,
) -> None:
    """Serve the web page at /, the API at /v1 and its description at /docs."""
    import uvicorn

    from service.desks import Desks
    from service.web.app import create_app
    from service.web.caller import is_loopback
    from service.web.logs import configure_logs

    desks = Desks(read_settings())
    if not desks.keys.any():
        if not is_loopback(host):
            desks.close()
            raise BadSettings(
                f"{host} can be reached by others, and there is no API key: anyone could read and change the archive. "
                "Make one with `claimdesk keys create`, or listen on 127.0.0.1."
            )
        typer.echo(
            f"No API key is set up: Claimdesk serves the local user on http://{host}:{port} without one.", err=True
        )
    configure_logs()
    with closing(desks), bind(host, port) as bound:
        config = uvicorn.Config(
            create_app(desks), log_config=None, access_log=False, server_header=False,
            timeout_graceful_shutdown=DRAIN_S,
        )  # fmt: skip
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt):  # it has ended as it should by then
            server.run(sockets=[bound])
    if not server.started:
        raise typer.Exit(2)  # the log says why


def bind(host: str, port: int) -> socket.socket:
    """A socket with that address, which nobody listens on yet. Raises BadSettings when it cannot be had."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host.strip("[]"), port))
    except OSError as error:
        bound.close()
        raise BadSettings(
            f"Nothing can be served on {host}:{port}: {error.strerror}. End what listens there, or choose another "
            "--port or --host."
        ) from error
    return bound
