"""The capitalised words of sentences become a vocabulary that finds a name by a near spelling."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from service.record.batches import batches
from service.record.fold import fold
from service.record.tables import TERM_KEYS, TERMS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # "O'Brien" and "Ocasio-Cortez" are one word
_POSSESSIVE = re.compile(r"['’][sS]$")
_LONGEST = 40
"""Letters in a word that can be a name: the longest in shared/data/names has 24, and PostgreSQL cannot
index a run of 10,000."""

_SHORT = 5
"""Letters up to which a word is only sought at one edit (the AUTO fuzziness of Elasticsearch)."""

_CANDIDATES = 500
"""Words whose distance is measured: those that share the most keys. `python -m eval.bench_record` with the
162,166 surnames of shared/data/names: every word at one edit is found, and about 60 % of those at two (at
200 44 %, at 3,000 86 % in four times the time). A newsroom's names are fewer and lie further apart."""


def add(connection: Connection, texts: Iterable[str]) -> None:
    """Counts the capitalised words of texts in."""
    counts = _count(texts)
    known = _known(connection, counts)
    _change(connection, {word: counts[word] for word in known})
    new = [word for word in counts if word not in known]
    if not new:
        return
    connection.execute(
        insert(TERMS), [{"word": word, "folded": fold(word), "occurrences": counts[word]} for word in new]
    )
    connection.execute(insert(TERM_KEYS), [row for word in new for row in _key_rows(word)])


def remove(connection: Connection, texts: Iterable[str]) -> None:
    """Counts them out again; a word that no text holds any more is forgotten."""
    counts = _count(texts)
    known = _known(connection, counts)
    _change(connection, {word: -counts[word] for word in known if known[word] > counts[word]})
    gone = [word for word in known if known[word] <= counts[word]]
    if not gone:
        return
    rows = [{"a_key": row["key"], "a_word": row["word"]} for word in gone for row in _key_rows(word)]
    connection.execute(
        delete(TERM_KEYS).where(TERM_KEYS.c.key == bindparam("a_key"), TERM_KEYS.c.word == bindparam("a_word")),
        rows,
    )
    connection.execute(delete(TERMS).where(TERMS.c.word == bindparam("a_word")), [{"a_word": word} for word in gone])


def similar(connection: Connection, term: str, limit: int) -> list[str]:
    """Known words other than `term` within its reach, nearest first, then the most frequent.

    The distance is Damerau and Levenshtein's, without case and accents. Its reach is 0 for words of up
    to two letters, 1 up to five and 2 above (the AUTO fuzziness of Elasticsearch and Lucene). A term
    that is not one word has none.
    """
    folded = fold(_POSSESSIVE.sub("", term))
    reach = _reach(folded)
    if not _WORD.fullmatch(term) or len(folded) > _LONGEST + reach:
        return []
    ranked = []
    for word, spelt, count in _candidates(connection, folded, reach):
        distance = DamerauLevenshtein.distance(folded, spelt, score_cutoff=reach)
        if distance <= reach and word != term:
            ranked.append((distance, -count, word))
    return [word for _, _, word in sorted(ranked)[:limit]]


def _candidates(connection: Connection, folded: str, reach: int) -> Sequence[tuple[str, str, int]]:
    """Known words that may be within reach, with their folded form and how often they are known."""
    keys = _grams(folded) if reach > 1 else _deletions(folded)
    shared = func.count()
    nearest = (
        select(TERM_KEYS.c.word, shared.label("shared"))
        .where(TERM_KEYS.c.key.in_(keys))
        .group_by(TERM_KEYS.c.word)
        .order_by(shared.desc(), TERM_KEYS.c.word)
        .limit(_CANDIDATES)
        .subquery()
    )
    columns = (TERMS.c.word, TERMS.c.folded, TERMS.c.occurrences)
    rows = connection.execute(select(*columns).join(nearest, nearest.c.word == TERMS.c.word))
    return [(word, spelt, occurrences) for word, spelt, occurrences in rows]


def _count(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _capitalised(text))


def _capitalised(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if word[0].isupper() and 1 < len(word) <= _LONGEST:
            yield word


def _known(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for batch in batches(list(words)):
        rows = connection.execute(select(TERMS.c.word, TERMS.c.occurrences).where(TERMS.c.word.in_(batch)))
        known.update((row.word, row.occurrences) for row in rows)
    return known


def _change(connection: Connection, differences: dict[str, int]) -> None:
    if not differences:
        return
    connection.execute(
        update(TERMS)
        .where(TERMS.c.word == bindparam("a_word"))
        .values(occurrences=TERMS.c.occurrences + bindparam("difference")),
        [{"a_word": word, "difference": difference} for word, difference in differences.items()],
    )


def _key_rows(word: str) -> list[dict[str, str]]:
    folded = fold(word)
    keys = _grams(folded)
    if len(folded) <= _SHORT + 1:  # within one edit of a short word
        keys |= _deletions(folded)
    return [{"key": key, "word": word} for key in sorted(keys)]


def _grams(folded: str) -> set[str]:
    """The trigrams of a word with its ends marked: "abe" gives "^ab", "abe", "be$".

    Words at two edits mostly share some (Gravano et al., "Approximate String Joins in a Database
    (Almost) for Free", VLDB 2001): an edit changes at most three of them, a swap of neighbours four.
    """
    marked = f"^{folded}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def _deletions(folded: str) -> set[str]:
    """A word, and it without any one of its letters, marked apart from trigrams: "abe" gives "-abe", "-be", ...

    Words at one edit share at least one (the deletion neighbourhoods of Mor and Fraenkel, 1982, which
    SymSpell uses): short words share too few trigrams.
    """
    return {f"-{folded}"} | {f"-{folded[:at]}{folded[at + 1 :]}" for at in range(len(folded))}


def _reach(folded: str) -> int:
    if len(folded) <= 2:
        return 0
    return 1 if len(folded) <= _SHORT else 2
