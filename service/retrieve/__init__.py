"""Finding stored sentences for a query, and keeping the vector index in step with the record."""
