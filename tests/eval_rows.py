"""Labelled pairs made by hand, for tests of the harness."""

from pathlib import Path

from eval.labelled import Gold, Row


def as_rows(*triples: tuple[str, str, str]) -> list[Row]:
    """Of (premise, claim, label)."""
    return [Row(premise=premise, hypothesis=claim, label=Gold(label)) for premise, claim, label in triples]


def write_rows(path: Path, *triples: tuple[str, str, str]) -> Path:
    path.write_text("\n".join(row.model_dump_json() for row in as_rows(*triples)))
    return path
