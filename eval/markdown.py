"""Cells become a table in Markdown, and a rate becomes a cell."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def rate(value: float, interval: tuple[float, float] | None = None) -> str:
    """So many a second, an article or a pair: what is rare keeps its decimals."""
    if value > 1:
        return f"{value:,.4g}"
    return f"{value:.4f}" + (f" [{interval[0]:.4f}, {interval[1]:.4f}]" if interval else "")
