"""The command line: `claimdesk ingest | ask | check | review | articles | reindex`.

Exit status: 0 all went well; 1 something needs a look (a finding, a source that failed); 2 could not run.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from service import __version__
from service.errors import BadSettings, ClaimdeskError

if TYPE_CHECKING:
    from service.desk import Desk

# Chroma, LangChain and the models take seconds to import: each command imports what it needs, so that
# `claimdesk --help` answers at once.

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A newsroom's claim checker.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to judge by, YYYY-MM-DD; later articles do not count.")
]


class Format(StrEnum):
    text = "text"
    json = "json"


def main() -> None:
    """Runs the command line; an error ends in one sentence on standard error, never in a traceback."""
    try:
        app()
    except ClaimdeskError as error:
        sys.stderr.write(f"claimdesk: {error} [{error.code}]\n")
        sys.exit(2)


@app.command()
def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, http(s) addresses, or - for standard input.")],
    as_json: AsJson = False,
) -> None:
    """Take articles in: read, cut into sentences, embed, store, index."""
    from service.terminal import print_ingested, print_json, show_progress

    with _desk() as desk, show_progress("articles") as progress:
        result = desk.ingest(sources, stdin=sys.stdin.buffer, progress=progress)
    (print_json if as_json else print_ingested)(result)
    raise typer.Exit(1 if result.failed else 0)


@app.command()
def ask(question: str, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """Answer a question with cited sentences, or abstain."""
    from service.requests import parse_day
    from service.terminal import print_answer, print_json

    day = parse_day(as_of) if as_of else None
    with _desk() as desk:
        result = desk.ask(question, day)
    (print_json if as_json else print_answer)(result)


@app.command()
def check(claim: str, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """Judge a claim: supported, refuted, conflicting evidence or not enough evidence."""
    from service.requests import parse_day
    from service.terminal import print_json, print_report

    day = parse_day(as_of) if as_of else None
    with _desk() as desk:
        result = desk.check(claim, day)
    (print_json if as_json else print_report)(result)


@app.command()
def review(
    article: Annotated[str, typer.Argument(help="A file, an address, - or the id of a stored article.")],
    output: Annotated[Format, typer.Option("--format", help="How to print the findings.")] = Format.text,
) -> None:
    """Read one article against itself. Exit status 1 when there are findings."""
    from service.terminal import print_json, print_review

    with _desk() as desk:
        opened = desk.open_article(article, stdin=sys.stdin.buffer)
        result = desk.review(opened)
    if output is Format.json:
        print_json(result)
    else:
        print_review(result, opened)
    raise typer.Exit(1 if result.findings else 0)


@app.command()
def articles(as_json: AsJson = False) -> None:
    """List the stored articles."""
    from service.terminal import print_articles, print_json

    with _desk() as desk:
        stored = desk.articles()
    if as_json:
        for article in stored:
            print_json(article)
    else:
        print_articles(stored)


@app.command()
def reindex() -> None:
    """Rebuild the vector index from the record; nothing is embedded again."""
    from service.terminal import show_steps

    with _desk() as desk, show_steps("vectors") as progress:
        count = desk.reindex(progress)
    typer.echo(f"Indexed {count:,} sentences.")


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


@contextmanager
def _desk() -> "Iterator[Desk]":
    from pydantic import ValidationError

    from service.desk import open_desk
    from service.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        raise BadSettings(f"A setting is wrong: {wrong}. See .env.example.") from error
    with open_desk(settings) as desk:
        yield desk
