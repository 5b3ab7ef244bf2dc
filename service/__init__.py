"""Claimdesk: a newsroom's claim checker whose every statement cites a stored sentence."""

__version__ = "0.1.0"
