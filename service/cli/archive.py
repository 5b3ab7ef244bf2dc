"""`claimdesk ingest | articles | reindex`: what goes into the archive, and what is there."""

import sys
from typing import Annotated

import typer

from service.cli.options import AsJson, desk_of_settings


def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, http(s) addresses, or - for standard input.")],
    as_json: AsJson = False,
) -> None:
    """Take articles in: read, cut into sentences, embed, store, index."""
    from service.ingest.count import count_documents
    from service.terminal import print_ingested, print_json, show_progress

    with desk_of_settings() as desk, show_progress("articles", count_documents(sources)) as progress:
        result = desk.ingest(sources, stdin=sys.stdin.buffer, progress=progress)
    (print_json if as_json else print_ingested)(result)
    raise typer.Exit(1 if result.failed else 0)


def articles(as_json: AsJson = False) -> None:
    """List the stored articles."""
    from service.terminal import print_articles, print_json

    with desk_of_settings() as desk:
        stored = desk.articles()
    if as_json:
        for article in stored:
            print_json(article)
    else:
        print_articles(stored)


def reindex(
    embed: Annotated[
        bool, typer.Option("--embed", help="First embed every sentence with the embedder now set; resumable.")
    ] = False,
) -> None:
    """Rebuild the vector index from the record; nothing is embedded again unless --embed says so."""
    from service.terminal import show_steps

    with desk_of_settings() as desk:
        if embed:
            with show_steps("sentences embedded") as progress:
                changed = desk.reembed(progress)
            typer.echo(f"Embedded {changed:,} sentences." if changed else "The vectors are this embedder's already.")
        with show_steps("vectors indexed") as progress:
            count = desk.reindex(progress)
    typer.echo(f"Indexed {count:,} sentences.")
