"""The path of a key in a TOML text becomes the line where it stands: tomllib and pydantic know the path only."""

import re
from collections import Counter
from collections.abc import Sequence

_HEADER = re.compile(r"\s*\[{1,2}\s*([\w-]+)\s*\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?(?:\.([\w-]+))?\s*=")


def find_line(text: str, path: Sequence[int | str]) -> int | None:
    """The line, from 1, of the nearest thing to the key: itself, its table, or None where neither has a line.

    `path` is a table and a key, with the number of the table between them where there are several, as pydantic has it.
    """
    first, *rest = path
    number = rest[0] if rest and isinstance(rest[0], int) else 0
    wanted = next((part for part in rest if isinstance(part, str)), None)
    seen: Counter[str] = Counter()
    table, at = "", None
    for line, words in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(words):
            table = header[1]
            if table == first and seen[table] == number:
                at = line
            seen[table] += 1
        elif key := _KEY.match(words):
            is_inside = table == first and seen[table] == number + 1
            if (not table and key[1] == first and key[2] in (None, wanted)) or (is_inside and key[1] == wanted):
                return line
    return at
