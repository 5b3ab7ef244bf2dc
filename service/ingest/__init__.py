"""Documents become articles in the record."""
