"""Ours and theirs do the same work in turn, and become speeds side by side."""

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple, TypeVar

OURS, THEIRS = "Claimdesk, int8", "sentence-transformers, float32"
WARM_UP = 50

Item = TypeVar("Item")


class Cost(NamedTuple):
    """Seconds by the clock, and of processor time over all threads (other processes do not count there)."""

    wall: float
    cpu: float


def measure_costs(
    ways: Mapping[str, Callable[[Sequence[Item]], object]], items: Sequence[Item], rounds: int
) -> dict[str, list[Cost]]:
    """The cost of all items, by round, after a warm-up; within a round the ways take turns."""
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for work in ways.values():
        work(items[:WARM_UP])
    for _ in range(rounds):
        for name, work in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work(items)
            costs[name].append(Cost(time.perf_counter() - wall, time.process_time() - cpu))
    return costs


def print_speeds(costs: Mapping[str, Sequence[Cost]], items: int, unit: str) -> None:
    """What OURS and THEIRS did a second, and how much less ours took; `unit` is what an item is, in the plural."""
    print(f"{items} {unit}, {len(costs[OURS])} rounds: {unit} a second, processor time each")
    print(f"{'':32}{'median/s':>10}{'best/s':>10}{'median ms':>11}")
    for name, spent in costs.items():
        walls = [cost.wall for cost in spent]
        cpu = median(cost.cpu for cost in spent)
        print(f"{name:32}{items / median(walls):10.0f}{items / min(walls):10.0f}{1000 * cpu / items:11.2f}")
    turns = list(zip(costs[OURS], costs[THEIRS], strict=True))
    for name, ratios in {
        f"{unit} a second": [theirs.wall / ours.wall for ours, theirs in turns],
        "processor time": [theirs.cpu / ours.cpu for ours, theirs in turns],
    }.items():
        print(f"gain in {name}: {median(ratios):.2f} times, by round {min(ratios):.2f} to {max(ratios):.2f}")
