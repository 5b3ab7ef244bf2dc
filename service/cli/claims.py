"""`claimdesk claims | fact-checks`: the desk's queue as files, and what others have checked."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from service.cli.options import AsJson, AsOf, DeskId, books_of_settings, desk_of_settings, read_settings
from service.domain.scope import MAIN_DESK

claims_group = typer.Typer(no_args_is_help=True, help="Export the desk's claims.")
fact_checks_group = typer.Typer(no_args_is_help=True, help="Import fact-checks of others, and match claims with them.")


class ExportFormat(StrEnum):
    csv = "csv"
    claimreview = "claimreview"


@claims_group.command("export")
def export(
    output: Annotated[ExportFormat, typer.Option("--format", help="csv: every claim; claimreview: published ones.")],
    desk: DeskId = MAIN_DESK,
) -> None:
    """Write the claims to standard output: CSV for a spreadsheet, or ClaimReview JSON-LD, one object a line."""
    from service.claims.claimreview import to_claim_review
    from service.claims.listing import every_claim
    from service.claims.sheet import to_csv
    from service.domain.desk_claim import ClaimState

    settings = read_settings()
    with books_of_settings(desk) as books:
        if output is ExportFormat.csv:
            sys.stdout.writelines(to_csv(every_claim(books.claims)))
            return
        for claim in every_claim(books.claims, ClaimState.PUBLISHED):
            typer.echo(to_claim_review(claim, settings.publisher, settings.public_url))


@fact_checks_group.command("import")
def import_(
    sources: Annotated[list[str], typer.Argument(help="ClaimReview JSON-LD, pages that have it, or feeds.")],
    desk: DeskId = MAIN_DESK,
) -> None:
    """Take fact-checks in. Exit status 1 when some could not be used."""
    from service.claims.collect import import_fact_checks

    failed = False
    with desk_of_settings(desk) as opened:
        for source in sources:
            imported = import_fact_checks(opened, source)
            typer.echo(f"{source}: {imported.added} added, {imported.known} known")
            for problem in imported.failed:
                typer.echo(f"failed    {problem}", err=True)
            failed = failed or bool(imported.failed)
    raise typer.Exit(1 if failed else 0)


@fact_checks_group.command("match")
def match(claim: str, as_json: AsJson = False, said: AsOf = None, desk: DeskId = MAIN_DESK) -> None:
    """Find earlier fact-checks of a claim: confirmed ones say the same, suggested ones are near."""
    from service.claims.matching import LONGEST_CLAIM
    from service.claims.matching import match as find
    from service.requests import parse_day, require_text
    from service.terminal import print_json

    text, day = require_text(claim, "claim", LONGEST_CLAIM), parse_day(said) if said else None
    with desk_of_settings(desk) as opened:
        for found in find(text, day, opened.books.fact_checks, opened.embedder, opened.judge):
            if as_json:
                print_json(found)
            else:
                check = found.fact_check
                typer.echo(f"{found.tier:<9} {found.similarity:.2f}  {check.rating}: {check.claim}  {check.url}")
