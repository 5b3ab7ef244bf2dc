"""Clean copy becomes copy with one known error, so that a rule's findings can be counted right or wrong."""
