"""An empty database becomes the first record: articles, sentences, words, the outbox and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = (
    # The text stays in `sentences`; "porter" makes "missile" find "missiles", as Snowball does on PostgreSQL.
    """CREATE VIRTUAL TABLE lexical USING fts5(
         text, content = 'sentences', content_rowid = 'key',
         tokenize = 'porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit
         BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_loses_no_row BEFORE DELETE ON audit
         BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)

_POSTGRES = (
    # PostgreSQL's own "english" drops "will" and "it", which can be names: stem, and drop nothing.
    "CREATE TEXT SEARCH DICTIONARY claimdesk_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION claimdesk (COPY = simple)",
    """ALTER TEXT SEARCH CONFIGURATION claimdesk
         ALTER MAPPING FOR asciiword, word WITH claimdesk_stem""",
    """CREATE TABLE lexical (
         sentence_key integer PRIMARY KEY REFERENCES sentences (key), lexemes tsvector NOT NULL)""",
    "CREATE INDEX lexical_lexemes ON lexical USING gin (lexemes)",
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
    """CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE ON audit
         FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_loses_no_row BEFORE TRUNCATE ON audit
         FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
)


def upgrade() -> None:
    _create_articles()
    _create_sentences()
    _create_terms()
    _create_logs()
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("key", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("newest", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("published_inferred", sa.Boolean, nullable=False),
        sa.Column("site", sa.Text),
        sa.Column("language", sa.String),
        sa.Column("url", sa.Text),
        sa.Column("hidden_chars", sa.Integer, nullable=False),
        sa.Column("sentence_count", sa.Integer, nullable=False),
        sa.UniqueConstraint("id", "version", name="articles_id_version"),
    )
    op.create_index(
        "articles_newest",
        "articles",
        ["id"],
        unique=True,
        sqlite_where=sa.text("newest = 1"),
        postgresql_where=sa.text("newest"),
    )


def _create_sentences() -> None:
    op.create_table(
        "sentences",
        sa.Column("key", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("article_key", sa.Integer, sa.ForeignKey("articles.key"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("paragraph", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("section", sa.String, nullable=False),
        sa.Column("searchable", sa.Boolean, nullable=False),
        sa.Column("vector", sa.LargeBinary),
        sa.UniqueConstraint("article_key", "position", name="sentences_article_position"),
    )
    op.create_index(
        "sentences_searchable",
        "sentences",
        ["key"],
        sqlite_where=sa.text("searchable = 1"),
        postgresql_where=sa.text("searchable"),
    )
    op.create_table(
        "embedder",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("dimension", sa.Integer, nullable=False),
    )


def _create_terms() -> None:
    op.create_table(
        "terms",
        sa.Column("word", sa.String, primary_key=True),
        sa.Column("folded", sa.String, nullable=False),
        sa.Column("occurrences", sa.Integer, nullable=False),
    )
    op.create_table(
        "term_keys",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("word", sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )


def _create_logs() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("upsert", sa.JSON, nullable=False),
        sa.Column("delete", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
