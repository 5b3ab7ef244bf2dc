"""The command line, one module a group of commands.

Exit status: 0 all went well; 1 something needs a look (a finding, a source that failed); 2 could not run.

Chroma, LangChain and the models take seconds to import: each command imports what it needs when it runs, so
that `claimdesk --help` answers at once.
"""

import sys
from typing import Annotated

import typer

from service import __version__
from service.cli import archive, audit, chat, claims, costs, jobs, keys, mcp, operate, review, serve, verdicts
from service.errors import ClaimdeskError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A newsroom's claim checker.",
)
for command in (
    archive.ingest,
    verdicts.ask,
    verdicts.check,
    chat.chat,
    review.review,
    archive.articles,
    archive.reindex,
    serve.serve,
    jobs.worker,
    costs.costs,
    mcp.mcp,
    operate.watch,
    operate.backup,
    operate.restore,
    operate.doctor,
    operate.prune,
):
    app.command()(command)
for name, group in {
    "claims": claims.claims_group,
    "fact-checks": claims.fact_checks_group,
    "jobs": jobs.group,
    "keys": keys.group,
    "audit": audit.group,
}.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Runs the command line; an error ends in one sentence on standard error, never in a traceback."""
    try:
        app()
    except ClaimdeskError as error:
        sys.stderr.write(f"claimdesk: {error} [{error.code}]\n")
        sys.exit(2)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimdesk {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A newsroom's claim checker: every answer and verdict shows the stored sentence that says so."""
