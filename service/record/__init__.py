"""The SQL truth: articles in every version, their sentences and vectors, on SQLite or PostgreSQL."""
