"""`claimdesk serve`: the desk over HTTP."""

import ipaddress
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
    settings = read_settings()
    if not is_loopback(host):
        raise BadSettings(
            f"{host} can be reached by others, and no API key is set up: anyone could read and change the archive. "
            "Listen on 127.0.0.1."
        )
    import uvicorn

    from service.web.app import create_app
    from service.web.desks import Desks

    typer.echo(
        f"Claimdesk serves the local user on http://{host}:{port} without a key: no API key is set up.", err=True
    )
    uvicorn.run(
        create_app(Desks(settings)), host=host, port=port, log_level="warning", timeout_graceful_shutdown=DRAIN_S
    )


def is_loopback(host: str) -> bool:
    """True when only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
