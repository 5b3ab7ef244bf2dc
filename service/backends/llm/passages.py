"""Passages become numbered data for a prompt, and a model's numbers become passages again."""

from collections.abc import Mapping, Sequence

from service.backends.llm.prompts import as_data
from service.domain.passage import Passage


def number(passages: Sequence[Passage]) -> dict[str, Passage]:
    """The passages by the ids that a model sees: p1, p2 and on. It never sees an id of ours."""
    return {f"p{place}": passage for place, passage in enumerate(passages, start=1)}


def show(numbered: Mapping[str, Passage]) -> str:
    """One JSON object a line. A passage's version is in it, so that a remembered reply is never about older words."""
    return as_data(_row(name, passage) for name, passage in numbered.items())


def _row(name: str, passage: Passage) -> dict[str, str]:
    start = passage.start - passage.window_start
    row = {
        "id": name,
        "source": f"{passage.article_id} v{passage.version}",
        "title": passage.title or "",
        "date": "" if passage.published is None else passage.published.isoformat(),
        "before": passage.window[:start].strip(),
        "text": passage.text,
        "after": passage.window[start + len(passage.text) :].strip(),
    }
    return {key: value for key, value in row.items() if value}
