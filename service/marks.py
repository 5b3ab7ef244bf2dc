"""Two texts become the letters in which they differ, and any text becomes one that a terminal can show safely."""

import unicodedata
from difflib import SequenceMatcher


def printable(text: str) -> str:
    """The text with control characters shown as U+FFFD: an article must not drive the reader's terminal."""
    return "".join(
        "\ufffd" if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\u200c\u200d" else c for c in text
    ).replace("\n", " ")


def differing(text: str, other: str) -> list[tuple[int, int]]:
    """The ranges of `text` that `other` has not, when both are laid side by side; none where there is no other."""
    if not other:
        return []
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_opcodes()
    return [(start, end) for tag, start, end, _, _ in blocks if tag != "equal" and end > start]
