"""A claim becomes a report on whether it stands."""
