"""Measures Claimdesk: how well it judges, and how fast it works."""
