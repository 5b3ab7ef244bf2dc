"""`claimdesk backup | restore | doctor | prune | watch`: keeping a desk alive."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import AsJson, DeskId, books_of_settings, desk_of_settings, read_settings
from service.domain.scope import MAIN_DESK


def backup(
    file: Annotated[Path, typer.Argument(help="The zip file to write; it is replaced when it is there.")],
) -> None:
    """Write every desk to a file, while people work. Keep it as you keep secrets."""
    from service.backup import back_up

    manifest = back_up(read_settings(), file, _tell)
    rows, desks = sum(manifest.desks.values()), len(manifest.desks)
    typer.echo(
        f"{file}: {rows:,} rows of {desks} desk(s), {manifest.documents:,} documents, taken {manifest.taken:%F %T}."
    )


def restore(file: Annotated[Path, typer.Argument(help="A file that `claimdesk backup` wrote.")]) -> None:
    """Fill an empty data folder or database from a backup, and build the index from it."""
    from service.backup import restore as restore_file
    from service.terminal import show_steps

    manifest = restore_file(read_settings(), file, _tell)
    for desk_id in manifest.desks:
        with desk_of_settings(desk_id) as desk, show_steps("vectors indexed") as progress:
            desk.reindex(progress)
    typer.echo(f"Restored {len(manifest.desks)} desk(s) as they were at {manifest.taken:%F %T}.")


def doctor(as_json: AsJson = False, desk: DeskId = MAIN_DESK) -> None:
    """Look at every part, one line each with what to do. Exit status 1 when something is ill."""
    from service.doctor import Verdict, examine
    from service.terminal import print_json

    ill = False
    with desk_of_settings(desk) as opened:
        for finding in examine(opened):
            ill = ill or finding.verdict is Verdict.ILL
            if as_json:
                print_json(finding)
            else:
                typer.echo(f"{finding.verdict:<4}  {finding.what:<8}  {finding.message}")
    raise typer.Exit(1 if ill else 0)


def prune(
    days: Annotated[
        float | None, typer.Option(min=0, help="Delete what is older; CLAIMDESK_KEEP_DAYS when left out.")
    ] = None,
    desk: DeskId = MAIN_DESK,
) -> None:
    """Delete old jobs that ended, their uploads, sent messages and files of no article. Servers do so every hour."""
    from datetime import timedelta

    from service.jobs.prune import prune as delete_old
    from service.tenancy import place_of

    settings = read_settings()
    keep = settings.keep_days if days is None else days
    if days is None and not keep:
        typer.echo("CLAIMDESK_KEEP_DAYS is 0: everything is kept. --days says what to delete all the same.")
        return
    with books_of_settings(desk) as books:
        typer.echo(f"Deleted {delete_old(books, place_of(settings, desk), timedelta(days=keep))}.")


def watch(
    target: Annotated[str, typer.Argument(help="A feed's address, or a folder.")],
    every: Annotated[float, typer.Option("--every", min=1, help="Seconds between two looks.")] = 300,
    once: Annotated[bool, typer.Option("--once", help="Look once, then end.")] = False,
    webhook: Annotated[
        str | None, typer.Option("--webhook", help="Tell this address of findings; its secret is printed once.")
    ] = None,
    as_json: AsJson = False,
    desk: DeskId = MAIN_DESK,
) -> None:
    """Take new articles of a feed or a folder in, review them, and tell the webhooks what was found. Ctrl-C ends it."""
    import signal
    import threading

    from service.domain.webhook import Event
    from service.terminal import print_json
    from service.watch import Arrived
    from service.watch import watch as look

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with desk_of_settings(desk) as opened:
        hooks = opened.books.webhooks
        if webhook and not any(known.url == webhook for known in hooks.webhooks()):
            made = hooks.subscribe(webhook, [Event.ARTICLE_REVIEWED], "local")
            typer.echo(f"{made.webhook.id}: messages are signed with {made.secret}", err=True)
        for arrived in look(opened, target, every, stop, once=once):
            if as_json:
                print_json(arrived)
            elif isinstance(arrived, Arrived):
                found = ", ".join(finding.code for finding in arrived.review.findings) or "no finding"
                typer.echo(f"{arrived.status:<9} {arrived.article_id}  {arrived.title or arrived.source}: {found}")
            else:
                typer.echo(f"failed    {arrived.source}: {arrived.message} [{arrived.code}]", err=True)


def _tell(desk_id: str, rows: int) -> None:
    typer.echo(f"desk {desk_id}: {rows:,} rows", err=True)
