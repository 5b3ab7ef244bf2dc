"""The desk's notes in an article become suppressions, and findings where they say nothing or suppress nothing.

An editor writes, on a line of its own: [desk: ignore NAM001 Kushida: both are real]
"""

from service.domain.finding import FindingKind, Severity
from service.review.rules.spec import RuleSpec

DSK001 = RuleSpec(
    code="DSK001",
    name="note that suppresses nothing",
    kind=FindingKind.DESK,
    severity=Severity.NOTE,
    explanation=(
        "A note of the desk suppresses a finding that the article does not raise, or does not raise any more. Delete "
        "the note, or it may hide tomorrow's mistake."
    ),
    wrong="Fumio Kishida spoke.\n[desk: ignore NAM001 Kushida: both are real]",
    right="Fumio Kishida spoke. Reporters asked about Kushida's words.\n[desk: ignore NAM001 Kushida: both are real]",
)
DSK002 = RuleSpec(
    code="DSK002",
    name="note that cannot be followed",
    kind=FindingKind.DESK,
    severity=Severity.WARNING,
    explanation=(
        "A note of the desk that begins with “ignore” must name a rule and give a reason: [desk: ignore CODE WORDS: "
        "REASON], where the words may be left out. Notes in pages from the web are shown but never followed: whoever "
        "wrote the page is not the desk."
    ),
    wrong="Fumio Kishida spoke. Reporters asked about Kushida's words.\n[desk: ignore NAM001 Kushida]",
    right="Fumio Kishida spoke. Reporters asked about Kushida's words.\n[desk: ignore NAM001 Kushida: both are real]",
)
