"""What the desk speaks of: articles, passages, claims, verdicts, findings and reports, all immutable."""
