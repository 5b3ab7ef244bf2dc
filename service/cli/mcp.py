"""`claimdesk mcp`: the desk for a program on this machine that speaks the Model Context Protocol."""

from service.cli.options import desk_of_settings


def mcp() -> None:
    """Serve the desk's tools and articles over standard input and output, for a local MCP client."""
    from service.run import Cancellation
    from service.web.caller import Caller
    from service.web.logs import configure_logs
    from service.web.mcp import DeskServer
    from service.web.metrics import Metrics

    configure_logs()  # to standard error: standard output belongs to the protocol
    with desk_of_settings() as desk:
        desk.prepare()
        DeskServer(lambda: Caller(desk, None, Cancellation()), Metrics()).run("stdio")  # figures that nobody asks for
