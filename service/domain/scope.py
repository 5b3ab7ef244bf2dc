"""What an API key may do, and the desk of whoever needs none: plain names, which the command line loads at once."""

from enum import StrEnum

MAIN_DESK = "main"
"""The desk of whoever needs no key: the local user, and today's data folder."""


class KeyScope(StrEnum):
    """What a key may do; ADMIN includes all others."""

    READ = "read"  # articles, claims, results
    CHECK = "check"  # ask, check, chat
    INGEST = "ingest"  # take articles and fact-checks in, delete them
    REVIEW = "review"  # work on the desk's claims: assign, decide, publish
    ADMIN = "admin"  # keys, webhooks, jobs of others, audit
