"""`claimdesk costs`: what the remote model was asked and what it cost, by day, key and task."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from service.cli.options import AsJson, desk_of_settings


def costs(
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How many days back, today included.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show what the remote model used and cost, by day (UTC), key, task and model."""
    from service.terminal import print_costs, print_json

    today = datetime.now(UTC).date()
    with desk_of_settings() as desk:
        lines = desk.books.costs.lines(today - timedelta(days=days - 1), today)
    if as_json:
        for line in lines:
            print_json(line)
    else:
        print_costs(lines)
