"""`claimdesk review`: one article read against itself."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from service.cli.options import desk_of_settings


class Format(StrEnum):
    text = "text"
    json = "json"


def review(
    article: Annotated[str, typer.Argument(help="A file, an address, - or the id of a stored article.")],
    output: Annotated[Format, typer.Option("--format", help="How to print the findings.")] = Format.text,
) -> None:
    """Read one article against itself. Exit status 1 when there are findings."""
    from service.terminal import print_json, print_review

    with desk_of_settings() as desk:
        opened = desk.open_article(article, stdin=sys.stdin.buffer)
        result = desk.review(opened)
    if output is Format.json:
        print_json(result)
    else:
        print_review(result, opened)
    raise typer.Exit(1 if result.findings else 0)
