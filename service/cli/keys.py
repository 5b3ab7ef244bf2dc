"""`claimdesk keys`: API keys made, listed and revoked."""

from typing import Annotated

import typer

from service.cli.options import AsJson, DeskId, books_of_settings
from service.domain.scope import MAIN_DESK, KeyScope

group = typer.Typer(no_args_is_help=True, help="Make, list and revoke API keys.")


@group.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Who or what the key is for.")],
    scope: Annotated[
        list[KeyScope] | None, typer.Option("--scope", help="What it may do; repeat it. Default: all of them.")
    ] = None,
    desk: DeskId = MAIN_DESK,
    rate: Annotated[int, typer.Option("--rate", min=1, help="Requests a minute.")] = 120,
    budget_usd: Annotated[
        float | None, typer.Option("--budget-usd", min=0, help="Most to spend on paid models in a day.")
    ] = None,
) -> None:
    """Make a key. Its secret is printed this once: nobody can read it again."""
    budget = None if budget_usd is None else round(budget_usd * 1_000_000)
    with books_of_settings() as books:
        made = books.keys.create(
            name, scope or [KeyScope.ADMIN], desk=desk, rate_per_minute=rate, daily_budget_microusd=budget
        )
    key = made.key
    typer.echo(f"{key.id} for {key.name}: desk {key.desk}, scopes {', '.join(key.scopes)}", err=True)
    typer.echo("Keep this secret now; it is not stored and cannot be shown again:", err=True)
    typer.echo(made.secret)


@group.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List every key, revoked ones too; secrets are not among what is known."""
    from service.terminal import print_json

    with books_of_settings() as books:
        for key in books.keys.all_keys():
            if as_json:
                print_json(key)
            else:
                state = f"revoked {key.revoked:%F}" if key.revoked else "works"
                scopes = ",".join(key.scopes)
                typer.echo(
                    f"{key.id}  {key.prefix}…  {key.desk}  {scopes}  {key.rate_per_minute}/min  {state}  {key.name}"
                )


@group.command("revoke")
def revoke(key_id: str) -> None:
    """Revoke a key: it opens nothing from now on."""
    with books_of_settings() as books:
        key = books.keys.revoke(key_id)
    typer.echo(f"{key.id} ({key.name}) is revoked.")
