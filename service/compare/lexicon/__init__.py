"""WordNet 3.0, boiled down: irregular forms to their base, and stems to the stems of related words."""

import gzip
from functools import cache
from importlib.resources import files


def _table(name: str) -> dict[str, str]:
    raw = gzip.decompress(files(__name__).joinpath(name).read_bytes()).decode()
    return dict(line.split("\t") for line in raw.splitlines())


@cache
def irregular_forms() -> dict[str, str]:
    """Forms that no stemmer can undo, with their base: "met" to "meet", "men" to "man"."""
    return _table("irregular.tsv.gz")


@cache
def _related_words() -> dict[str, frozenset[str]]:
    return {word: frozenset(others.split()) for word, others in _table("related.tsv.gz").items()}


def related(stem: str) -> frozenset[str]:
    """The stems of words that share a common sense with this one, or are derived from it."""
    return _related_words().get(stem, frozenset())
