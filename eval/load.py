"""Rising rates of checks and questions become latencies and errors, and the rate that the server holds.

`python -m eval.load [--seconds 15] [--sustain 600] [--plot OUT.png]` drives a server of its own, the sample in it.
Requests are sent when they are due, whether or not those before are answered: a server that falls behind shows it in
the latencies, as it would to its users (no coordinated omission).
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import httpx2
import numpy as np

from eval.served import Served, serve

RATES = (1, 2, 4, 6, 8, 12, 16, 24, 32)  # requests a second
SLOW_S = 2.0  # a rate is held while 95 of 100 answers come within this time and none is an error
SHARE = 0.7  # of the rate that is held: what the long run drives

WORK: tuple[tuple[str, dict[str, str]], ...] = (
    ("/v1/check", {"claim": "Abe has met Putin seven times."}),
    ("/v1/check", {"claim": "Kishida still plans to visit Russia this spring."}),
    ("/v1/ask", {"question": "Who is Japan's foreign minister?"}),
    ("/v1/check", {"claim": "Japan imposed no sanctions on Russia."}),
    ("/v1/ask", {"question": "How many times has Abe met Putin?"}),
)


class Measured(NamedTuple):
    """What became of the requests of one rate; times in seconds from when each was due."""

    rate: float
    seconds: list[float]
    statuses: Counter[int]

    @property
    def errors(self) -> int:
        """Answers other than 200; 0 stands for no answer."""
        return sum(count for status, count in self.statuses.items() if status != 200)

    def percentile(self, share: int) -> float:
        return float(np.percentile(self.seconds, share))

    @property
    def is_held(self) -> bool:
        return not self.errors and self.percentile(95) <= SLOW_S

    def __str__(self) -> str:
        times = "  ".join(f"p{share} {self.percentile(share) * 1000:6.0f} ms" for share in (50, 95, 99))
        server = sum(count for status, count in self.statuses.items() if status >= 500)
        return f"{self.rate:5.1f}/s  {len(self.seconds):5} sent  {times}  errors {self.errors}  5xx {server}"


def main() -> int:
    """Drives the rates, then a share of what was held; the exit status is 1 when that had a 5xx or no answer."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="how long each rate is driven")
    parser.add_argument("--sustain", type=float, default=600, help="how long the share of the held rate is driven")
    parser.add_argument("--plot", type=Path, help="write a picture of latency by rate here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimdesk-load-") as folder, serve(Path(folder)) as served:
        rising = list(_rise(served, arguments.seconds))
        held = max((each.rate for each in rising if each.is_held), default=0.0)
        print(f"held: {held:g}/s (p95 within {SLOW_S:g} s, no error)")
        if arguments.plot:
            _plot(rising, arguments.plot)
        if not held:
            return 1
        long = asyncio.run(_drive(served, held * SHARE, arguments.sustain))
        print(f"for {arguments.sustain:g} s:", long)
    return 1 if long.errors else 0


def _rise(served: Served, seconds: float) -> Iterator[Measured]:
    """Each rate in turn, up to the first that is not held."""
    asyncio.run(_drive(served, 1.0, 3.0))  # models are loaded and connections are open
    for rate in RATES:
        measured = asyncio.run(_drive(served, rate, seconds))
        print(measured, flush=True)
        yield measured
        if not measured.is_held:
            return


async def _drive(served: Served, rate: float, seconds: float) -> Measured:
    measured = Measured(rate, [], Counter())
    work = itertools.cycle(WORK)
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=served.url, headers=served.headers, timeout=60, limits=limits) as client:
        began, tasks = time.perf_counter(), []
        for number in range(max(1, round(rate * seconds))):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            path, body = next(work)
            tasks.append(asyncio.create_task(_send(client, path, body, due, measured)))
        await asyncio.gather(*tasks)
    return measured


async def _send(client: httpx2.AsyncClient, path: str, body: dict[str, str], due: float, measured: Measured) -> None:
    try:
        status = (await client.post(path, json=body)).status_code
    except httpx2.HTTPError:
        status = 0
    measured.statuses[status] += 1
    measured.seconds.append(time.perf_counter() - due)


def _plot(rising: Sequence[Measured], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (axes, below) = plt.subplots(2, sharex=True, figsize=(7, 5), height_ratios=(3, 1))
    for share in (50, 95, 99):
        axes.plot([each.rate for each in rising], [each.percentile(share) for each in rising], label=f"p{share}")
    axes.axhline(SLOW_S, color="grey", linestyle=":", linewidth=1)
    axes.set(ylabel="seconds", yscale="log", title="Latency and errors of checks and questions by rate")
    axes.legend()
    below.bar([each.rate for each in rising], [each.errors for each in rising], color="firebrick")
    below.set(xlabel="requests a second", ylabel="errors", ylim=(0, max(1, *(each.errors for each in rising))))
    figure.savefig(path, dpi=120, bbox_inches="tight")


if __name__ == "__main__":
    sys.exit(main())
