"""Word lists, kept as text files, become lines and sections."""

from importlib.resources import files


def lines(name: str) -> list[str]:
    """The lines of a list, comments left out."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def sections(name: str) -> dict[str, list[str]]:
    """The lines of a list by the "[heading]" above them; those above the first have none and are left out."""
    parts: dict[str, list[str]] = {}
    heading = ""
    for line in lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
            parts[heading] = []
        elif heading:
            parts[heading].append(line)
    return parts
