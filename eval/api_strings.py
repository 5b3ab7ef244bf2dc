"""Naughty strings in every text field of the API become statuses, counted; a 5xx is shown.

`python -m eval.api_strings` sends every string of ../shared/data/security/blns.json to a server of its own.
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import httpx2

from eval.served import Served, serve
from eval.task import SHARED

BODIES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("/v1/ask", "question", {}),
    ("/v1/check", "claim", {}),
    ("/v1/articles", "text", {}),
    ("/v1/articles", "html", {}),
    ("/v1/articles", "title", {"text": "It opened."}),
    ("/v1/articles", "byline", {"text": "It opened."}),
    ("/v1/articles", "source", {"text": "It opened."}),
    ("/v1/articles", "url", {"text": "It opened."}),
    ("/v1/review", "text", {}),
    ("/v1/review", "article_id", {}),
    ("/v1/claims", "text", {}),
    ("/v1/claims", "claimant", {"text": "It opened."}),
    ("/v1/claims", "source_url", {"text": "It opened."}),
    ("/v1/fact-checks/match", "claim", {}),
    ("/v1/keys", "name", {"scopes": ["read"]}),
)
QUERIES = (("/v1/search", "q"), ("/v1/articles", "q"), ("/v1/articles", "source"), ("/v1/claims", "assignee"))


def main() -> int:
    """Sends them all; the exit status is 1 when there was a 5xx."""
    strings: list[str] = json.loads((SHARED / "security" / "blns.json").read_text())
    with tempfile.TemporaryDirectory(prefix="claimdesk-strings-") as folder, serve(Path(folder)) as served:
        counted = _send(served, strings)
    for place, statuses in counted.items():
        print(f"{place:32} " + ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    total = sum(statuses.total() for statuses in counted.values())
    faults = sum(count for statuses in counted.values() for status, count in statuses.items() if status >= 500)
    print(f"{total} requests, {faults} with a 5xx")
    return 1 if faults else 0


def _send(served: Served, strings: list[str]) -> dict[str, Counter[int]]:
    counted: dict[str, Counter[int]] = {}
    with httpx2.Client(base_url=served.url, headers=served.headers, timeout=60) as client:
        for path, field, besides in BODIES:
            statuses = counted.setdefault(f"{path} {field}", Counter())
            statuses.update(client.post(path, json={**besides, field: string}).status_code for string in strings)
        for path, field in QUERIES:
            statuses = counted.setdefault(f"{path}?{field}", Counter())
            statuses.update(client.get(path, params={field: string}).status_code for string in strings)
    return counted


if __name__ == "__main__":
    sys.exit(main())
