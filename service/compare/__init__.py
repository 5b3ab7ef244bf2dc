"""Exact differences between two sentences: names, numbers, dates and polarity, compared by rule."""
