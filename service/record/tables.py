"""The record's tables, as the newest migration leaves them, for queries that are built rather than written.

The lexical index is not here: it is an FTS5 table on SQLite and a tsvector table on PostgreSQL (`lexical.py`).
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

REVISION = "0005"
"""The newest migration. Opening compares it with the database, so that Alembic is only loaded to migrate."""

METADATA = MetaData()

# Keys are handed out under the write lock and never used again: a greater key was stored later.
ARTICLES = Table(
    "articles",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("newest", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("byline", Text),
    Column("published", Date),
    Column("published_inferred", Boolean, nullable=False),
    Column("site", Text),
    Column("language", String),
    Column("url", Text),
    Column("hidden_chars", Integer, nullable=False),
    Column("sentence_count", Integer, nullable=False),
    UniqueConstraint("id", "version", name="articles_id_version"),
    Index("articles_newest", "id", unique=True, sqlite_where=text("newest = 1"), postgresql_where=text("newest")),
)

# A partial index serves a query only when its condition reads the same: SQLAlchemy writes "= 1" for SQLite.
# `searchable` marks the evidence of newest versions: what search finds and the vector index must hold.
SENTENCES = Table(
    "sentences",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("article_key", Integer, ForeignKey("articles.key"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("section", String, nullable=False),
    Column("searchable", Boolean, nullable=False),
    Column("vector", LargeBinary),  # of evidence: `dimension` little-endian float16
    UniqueConstraint("article_key", "position", name="sentences_article_position"),
    Index(
        "sentences_searchable",
        "key",
        sqlite_where=text("searchable = 1"),
        postgresql_where=text("searchable"),
    ),
)

# One row, once there is a vector.
EMBEDDER = Table(
    "embedder",
    METADATA,
    Column("id", String, primary_key=True),
    Column("dimension", Integer, nullable=False),
)

# Vectors of the next embedder while `reembed` computes them; empty at any other time.
STAGED_VECTORS = Table(
    "staged_vectors",
    METADATA,
    Column("sentence_key", Integer, ForeignKey("sentences.key"), primary_key=True, autoincrement=False),
    Column("embedder", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

# The capitalised words of searchable sentences, and the keys that near spellings share.
TERMS = Table(
    "terms",
    METADATA,
    Column("word", String, primary_key=True),
    Column("folded", String, nullable=False),
    Column("occurrences", Integer, nullable=False),
)
TERM_KEYS = Table(
    "term_keys",
    METADATA,
    Column("key", String, primary_key=True),
    Column("word", String, primary_key=True),
    sqlite_with_rowid=False,
)

# `sqlite_autoincrement`: a confirmed row is deleted, and its number must not be given to a later change.
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("upsert", JSON, nullable=False),
    Column("delete", JSON, nullable=False),
    sqlite_autoincrement=True,
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),  # ISO 8601, UTC: text, so that the hashed bytes are the stored ones
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("payload", Text, nullable=False),  # canonical JSON
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("audit_subject", "subject"),
)
