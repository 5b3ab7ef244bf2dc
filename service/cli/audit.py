"""`claimdesk audit`: the log of what was done, shown and proved."""

from typing import Annotated

import typer

from service.cli.options import AsJson, DeskId, books_of_settings
from service.domain.scope import MAIN_DESK

group = typer.Typer(no_args_is_help=True, help="Show and prove the log of what was done.")


@group.command("verify")
def verify(
    desk: DeskId = MAIN_DESK,
    head: Annotated[
        str | None, typer.Option("--head", help="What `audit head` printed earlier: shows a cut at the end too.")
    ] = None,
) -> None:
    """Prove that no row was changed, moved or lost. Exit status 1 when the log does not prove itself."""
    seq, known_hash = _parse_head(head) if head else (None, None)
    with books_of_settings(desk) as books:
        newest = books.audit.head()
        faults = books.audit.faults(seq, known_hash)
    for fault in faults:
        typer.echo(f"{fault.fault}: {fault.message}")
    if faults:
        raise typer.Exit(1)
    typer.echo(f"The audit log is whole: {newest.seq if newest else 0} rows, and what they vouch for is as they say.")


@group.command("head")
def show_head(desk: DeskId = MAIN_DESK) -> None:
    """Print the newest row's number and hash, to be kept outside this machine."""
    with books_of_settings(desk) as books:
        newest = books.audit.head()
    if newest is not None:
        typer.echo(f"{newest.seq}:{newest.hash}")


@group.command("list")
def list_entries(desk: DeskId = MAIN_DESK, limit: int = 20, as_json: AsJson = False) -> None:
    """List the newest rows."""
    from service.terminal import print_json

    with books_of_settings(desk) as books:
        for entry in books.audit.entries(limit=limit):
            if as_json:
                print_json(entry)
            else:
                typer.echo(f"{entry.seq}  {entry.at:%F %T}  {entry.action}  {entry.subject}  {entry.payload}")


def _parse_head(head: str) -> tuple[int, str]:
    seq, _, known_hash = head.partition(":")
    if not seq.isdecimal() or len(known_hash) != 64:
        raise typer.BadParameter("write it as `claimdesk audit head` printed it, NUMBER:HASH", param_hint="--head")
    return int(seq), known_hash
