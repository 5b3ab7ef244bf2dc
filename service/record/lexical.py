"""Words become the ids of the searchable sentences that hold them, best first.

Both databases stem English, fold case and accents, and drop no word; a term of several words
("F-16", "O'Brien") is a phrase. Both rank by how rare the found terms are and how short the sentence is.
SQLite: BM25 of FTS5. PostgreSQL: the sum of the terms' inverse document frequencies, which is BM25
for sentences that hold a term once; its own `ts_rank_cd` knows no rarity, and would rank "said minister"
above "Kishida".
"""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, Integer, Select, bindparam, column, select, text

from service.record.fold import fold

_NOT_WORD = re.compile(r"[\W_]+")

_SQLITE_FIND = text(
    """SELECT sentences.id FROM lexical JOIN sentences ON sentences.key = lexical.rowid
       WHERE lexical MATCH :query ORDER BY bm25(lexical), lexical.rowid LIMIT :limit"""
)

# The greatest key stands for the number of rows: it is no smaller, and costs nothing to look up.
_POSTGRES_FIND = text(
    """WITH wanted AS MATERIALIZED (
           SELECT query, (SELECT count(*) FROM lexical WHERE lexemes @@ query) AS holders
           FROM (SELECT DISTINCT phraseto_tsquery('claimdesk', phrase) AS query
                 FROM unnest(CAST(:phrases AS text[])) AS phrase) AS parsed),
       weighed AS MATERIALIZED (
           SELECT query, ln(1 + (SELECT max(key) FROM sentences) / CAST(holders + 0.5 AS float8)) AS weight
           FROM wanted),
       best AS (
           SELECT sentence_key, sum(weight) AS score, max(length(lexemes)) AS words
           FROM weighed JOIN lexical ON lexemes @@ query
           GROUP BY sentence_key ORDER BY score DESC, words, sentence_key LIMIT :limit)
       SELECT sentences.id FROM best JOIN sentences ON sentences.key = best.sentence_key
       ORDER BY score DESC, words, sentence_key"""
)


def find(connection: Connection, terms: Sequence[str], limit: int) -> list[str]:
    """Ids of at most `limit` sentences that hold any of the terms. Any string is safe as a term."""
    known = [term for term in dict.fromkeys(terms) if any(char.isalnum() for char in term)]
    if not known:
        return []
    if connection.dialect.name == "sqlite":
        query = " OR ".join(_quote(term) for term in known)
        return list(connection.scalars(_SQLITE_FIND, {"query": query, "limit": limit}))
    phrases = [_plain(term) for term in known]
    return list(connection.scalars(_POSTGRES_FIND, {"phrases": phrases, "limit": limit}))


def holders(connection: Connection, term: str) -> Select[tuple[int]]:
    """The keys of the searchable sentences that hold a term, as a part of a query. Any string is safe."""
    plain = _plain(term)
    if connection.dialect.name == "sqlite":
        rows = text("SELECT rowid AS key FROM lexical WHERE lexical MATCH :term")
        plain = _quote(plain)
    else:
        rows = text("SELECT sentence_key AS key FROM lexical WHERE lexemes @@ phraseto_tsquery('claimdesk', :term)")
    found = rows.bindparams(bindparam("term", plain, unique=True)).columns(column("key", Integer)).subquery()
    return select(found.c.key)


def index(connection: Connection, article_key: int) -> None:
    """Makes the searchable sentences of an article findable."""
    if connection.dialect.name == "sqlite":
        _sqlite_write(connection, "INSERT INTO lexical (rowid, text) SELECT key, text", article_key)
        return
    rows = connection.execute(
        text("SELECT key, text FROM sentences WHERE article_key = :article AND searchable"),
        {"article": article_key},
    ).all()
    if rows:
        connection.execute(
            text("INSERT INTO lexical VALUES (:key, to_tsvector('claimdesk', :plain))"),
            [{"key": row.key, "plain": _plain(row.text)} for row in rows],
        )


def unindex(connection: Connection, article_key: int) -> None:
    """Takes them out again; they must still be marked as searchable."""
    if connection.dialect.name == "sqlite":
        # An FTS5 table that keeps no text of its own must be told the text that it forgets.
        _sqlite_write(connection, "INSERT INTO lexical (lexical, rowid, text) SELECT 'delete', key, text", article_key)
        return
    connection.execute(
        text(
            """DELETE FROM lexical WHERE sentence_key IN
               (SELECT key FROM sentences WHERE article_key = :article AND searchable)"""
        ),
        {"article": article_key},
    )


def _sqlite_write(connection: Connection, insert_select: str, article_key: int) -> None:
    connection.execute(
        text(f"{insert_select} FROM sentences WHERE article_key = :article AND searchable"),
        {"article": article_key},
    )


def _quote(term: str) -> str:
    """An FTS5 string, which its tokenizer reads as it read the sentences; a NUL would end the query."""
    return '"' + term.replace("\0", " ").replace('"', '""') + '"'


def _plain(words: str) -> str:
    """Words and spaces only: PostgreSQL's parser would read "F-16" as a number and "U.S." as a host."""
    return _NOT_WORD.sub(" ", fold(words)).strip()
