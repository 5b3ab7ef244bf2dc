"""`claimdesk worker | jobs`: work that outlives a request."""

from typing import Annotated

import typer

from service.cli.options import AsJson, DeskId, books_of_settings, desks_of_settings, read_settings
from service.domain.scope import MAIN_DESK

group = typer.Typer(no_args_is_help=True, help="Look after jobs: add, list, show, cancel.")


def worker(
    count: Annotated[int, typer.Option("--count", min=1, help="How many jobs to do at once.")] = 1,
    metrics_port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Show the verdicts' figures for Prometheus on this port.")
    ] = None,
    metrics_host: Annotated[str, typer.Option(help="The address of that port.")] = "127.0.0.1",
) -> None:
    """Do queued jobs until told to end (SIGTERM, Ctrl-C); a job that is not done goes on in the next worker."""
    from contextlib import nullcontext
    from functools import partial

    from service.jobs.process import run_workers
    from service.tenancy import known_desks
    from service.web.metrics import Metrics

    metrics = Metrics()
    shown = metrics.shown(metrics_host, metrics_port) if metrics_port else nullcontext()
    with shown, desks_of_settings() as desks:
        typer.echo(f"Working on jobs, {count} at a time. Ctrl-C ends it.", err=True)
        keys = desks.desk(MAIN_DESK).books.keys
        tell = partial(metrics.count_report, "check")
        run_workers(read_settings(), desks.desk, lambda: known_desks(keys), count=count, tell=tell)


@group.command("add")
def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, JSONL archives or addresses to take in.")],
    desk: DeskId = MAIN_DESK,
) -> None:
    """Queue sources to be taken in by a worker; prints the job's id."""
    from pathlib import Path

    from service.domain.job import IngestWork
    from service.jobs.queue import JobQueue

    absolute = tuple(str(Path(source).absolute()) if Path(source).exists() else source for source in sources)
    queue = JobQueue(read_settings())
    with books_of_settings(desk) as books:
        typer.echo(queue.submit(desk, books.jobs, IngestWork(sources=absolute), "local").id)
    queue.close()


@group.command("list")
def list_jobs(desk: DeskId = MAIN_DESK, limit: int = 20, as_json: AsJson = False) -> None:
    """List the newest jobs."""
    from service.terminal import print_json

    with books_of_settings(desk) as books:
        for job in books.jobs.jobs(limit=limit):
            if as_json:
                print_json(job)
            else:
                typer.echo(f"{job.id}  {job.state:<9} {job.kind:<8} {job.done}/{job.total or '?'}  {job.created:%F %T}")


@group.command("show")
def show(job_id: str, desk: DeskId = MAIN_DESK, items: bool = False) -> None:
    """Print one job as JSON; with --items also what came of each of its items, one a line."""
    from service.terminal import print_json

    with books_of_settings(desk) as books:
        print_json(books.jobs.job(job_id))
        after = -1
        while items and (page := books.jobs.items(job_id, after=after)):
            for item in page:
                typer.echo(item.model_dump_json(exclude_none=True))
            after = page[-1].position


@group.command("cancel")
def cancel(job_id: str, desk: DeskId = MAIN_DESK) -> None:
    """Cancel a job: at once when it waits, after the present item when it runs."""
    with books_of_settings(desk) as books:
        typer.echo(f"{job_id} {books.jobs.cancel(job_id).state}")
