"""Claims become a CSV file that a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Iterable, Iterator

from service.domain.desk_claim import DeskClaim

COLUMNS = (
    "id",
    "state",
    "claim",
    "claimant",
    "said",
    "source_url",
    "received",
    "assignee",
    "machine_label",
    "label",
    "note",
    "corrected_text",
    "decided_by",
    "seconded_by",
    "published",
)

# What spreadsheets take for the beginning of a formula, and the full-width letters that some of them fold into it:
# OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(claims: Iterable[DeskClaim]) -> Iterator[str]:
    """The lines of the file, the column names first, in RFC 4180; every cell is quoted."""
    yield _line(COLUMNS)
    for claim in claims:
        yield _line([_safe(cell) for cell in _cells(claim)])


def _cells(claim: DeskClaim) -> Iterator[object]:
    decision = claim.decision
    yield from (claim.id, claim.state, claim.text, claim.claimant, claim.said, claim.source_url)
    yield from (claim.received.isoformat(), claim.assignee, claim.machine_label)
    if decision is None:
        yield from [None] * 5
    else:
        yield from (decision.label, decision.note, decision.corrected_text, decision.decided_by, decision.seconded_by)
    yield claim.published.isoformat() if claim.published else None


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
