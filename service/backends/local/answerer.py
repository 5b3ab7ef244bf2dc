"""A question and its passages become an extractive draft: the stored sentences that answer it, or nothing."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.compare.alignment import Alignment, align
from service.compare.date_finder import find_dates
from service.compare.mentions import find_names
from service.compare.number_finders import find_quantities
from service.compare.words import content_words
from service.domain.passage import Passage
from service.ports import DraftSentence

ANSWERING_COVERAGE = 0.75  # share of the question that a sentence must say before it may answer it
MOST_SENTENCES = 2
# Only the sentences nearly as good as the best one are worth a reader's time.
NEARLY_AS_GOOD = 0.1

_ASKED = re.compile(
    r"\b(?P<who>who|whom|whose)\b|\b(?P<when>when|what\s+(?:year|day|date|month)|which\s+(?:year|day|month))\b"
    r"|\b(?P<count>how\s+(?:many|much|often|old|long|far|high|large|big)|what\s+(?:share|percentage|number))\b"
    r"|\b(?P<where>where|(?:what|which)\s+(?:country|city|place))\b",
    re.IGNORECASE,
)


class _Candidate(NamedTuple):
    passage: Passage
    alignment: Alignment


class ExtractiveAnswerer:
    """Answers with whole stored sentences: it can be unhelpful, but it cannot misquote.

    A sentence answers when it says what the question says, every name and number of it, and holds the kind
    of thing that is asked for: a name for "who", a date for "when", a quantity for "how many".
    """

    id = "extractive-1"

    def draft(self, question: str, passages: Sequence[Passage]) -> list[DraftSentence]:
        """At most two sentences, best first; none is an abstention."""
        rest = _without_question_words(question)
        asked = _ASKED.search(question)
        holds = _expected(asked.lastgroup if asked else None)
        asks_who = asked is not None and asked.lastgroup == "who"
        candidates = []
        for passage in passages:
            alignment = align(rest, passage.window, *passage.place, introduced=passage.introduced)
            if _covers(alignment) and holds(rest, passage):
                candidates.append(_Candidate(passage, alignment))
        if (holders := [c for c in candidates if _names_holder(rest, c.passage)]) and asks_who:
            candidates = holders
        candidates.sort(key=lambda c: (-round(c.alignment.coverage, 1), -(c.passage.similarity or 0.0)))
        best = candidates[0].alignment.coverage if candidates else 0.0
        return [
            DraftSentence(text=c.passage.text, sentence_ids=(c.passage.sentence_id,))
            for c in candidates[:MOST_SENTENCES]
            if c.alignment.coverage >= best - NEARLY_AS_GOOD
        ]


def _covers(alignment: Alignment) -> bool:
    return alignment.coverage >= ANSWERING_COVERAGE and not any(
        word[0].isupper() or word[0].isdigit() for word in alignment.missing
    )


def _without_question_words(question: str) -> str:
    return re.sub(r"\b(?:what|which|how|many|much|often|name|tell\s+me)\b", " ", question, flags=re.IGNORECASE)


def _expected(asked: str | None) -> Callable[[str, Passage], bool]:
    """A test for the kind of thing that the question asks for."""
    tests: dict[str | None, Callable[[str, Passage], bool]] = {
        "who": _has_new_name,
        "where": _has_new_name,
        "when": lambda _, passage: bool(find_dates(passage.text, passage.published)),
        "count": lambda _, passage: bool(find_quantities(passage.text)),
    }
    return tests.get(asked, _has_more)


def _names_holder(question: str, passage: Passage) -> bool:
    """True when a name stands with the office that is asked for: "Foreign Minister Fumio Kishida"."""
    asked = {word.stem for word in content_words(question)}
    titles = [content_words(name.title) for name in find_names(passage.text) if name.title]
    return any(title and {word.stem for word in title} & asked for title in titles)


def _has_new_name(question: str, passage: Passage) -> bool:
    known = {word.stem for word in content_words(question)}
    return any(not {word.stem for word in content_words(name.text)} <= known for name in find_names(passage.text))


def _has_more(question: str, passage: Passage) -> bool:
    """A sentence that only repeats the question answers nothing."""
    known = {word.stem for word in content_words(question)}
    return any(word.stem not in known for word in content_words(passage.text))
