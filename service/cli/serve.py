"""`claimdesk serve`: the desk over HTTP."""

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
    uvicorn.run(
        create_app(desks), host=host, port=port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=DRAIN_S,
    )  # fmt: skip
