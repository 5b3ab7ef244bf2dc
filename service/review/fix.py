"""Findings become a corrected text: only where the rule is safe to fix and sure, and never two edits in one place."""

from collections.abc import Sequence
from difflib import unified_diff
from typing import NamedTuple

from service.domain.article import Article
from service.domain.finding import Finding
from service.domain.report import Review
from service.errors import NotFixable
from service.marks import printable
from service.review.catalogue import SPECS

# NAM001 is less sure where each spelling stands once. On bbc_dev ten findings are such slips of the newsroom, and in three
# of them the name that is introduced is the wrong one (`_confidence` in rules/names.py; docs/evaluation.md lists them).
SURE = 0.85


class Edit(NamedTuple):
    """Write `words` in place of `text[start:end]`."""

    start: int
    end: int
    words: str


class Fixed(NamedTuple):
    """A corrected text, the edits that made it, and the findings that are left to the editor."""

    text: str
    edits: tuple[Edit, ...]
    left: tuple[Finding, ...]


def fix(review: Review, article: Article) -> Fixed:
    """The article's text with the safe suggestions written in.

    Where two findings would write different words into one place, neither is followed.
    """
    edits = {finding: edit for finding in review.findings if (edit := _edit(finding)) is not None}
    agreed = {
        edit for edit in edits.values() if all(other == edit or not _overlap(edit, other) for other in edits.values())
    }
    text = article.text
    for edit in sorted(agreed, reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    left = (finding for finding in review.findings if edits.get(finding) not in agreed)
    return Fixed(text=text, edits=tuple(sorted(agreed)), left=tuple(left))


def _edit(finding: Finding) -> Edit | None:
    if finding.suggestion is None or finding.confidence < SURE or not SPECS[finding.code].is_safe_to_fix:
        return None
    first = finding.passages[0]
    return Edit(first.start, first.end, finding.suggestion)


def _overlap(a: Edit, b: Edit) -> bool:
    return a.start < b.end and b.start < a.end


def diff(name: str, before: str, after: str) -> list[str]:
    """The lines of a unified diff, safe to show; none when nothing changed."""
    lines = unified_diff(_lines(before), _lines(after), name, f"{name} (corrected)", lineterm="")
    return [printable(line) for line in lines]


def _lines(text: str) -> Sequence[str]:
    return text.splitlines()


def write_back(content: bytes, before: str, after: str, name: str) -> bytes:
    """The file's bytes with the corrected text. Raises NotFixable where the text is not all that the file holds."""
    for encoding in ("utf-8", "utf-8-sig"):
        try:
            if content.decode(encoding) == before:
                return after.encode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotFixable(
        f"{name} is not plain UTF-8 text, or holds characters that nobody sees, and writing it back would lose them. "
        "Use --output FILE to write a corrected copy of its text."
    )
