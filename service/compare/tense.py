"""A date in a sentence becomes whether the sentence tells it as past."""

import re

from service.compare.lexicon import irregular_forms

_PREPOSITION = re.compile(r"\b(?:on|in|early in|late in)\s(?:the\s)?$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
# What a writer may say of the future with a verb in the past: "agreed to sell in 2007", "was due to open in 2007".
_OPEN = re.compile(
    r"\b(?:will|would|shall|should|could|can|might|must|to be|to have|to [a-z]+ in|due|looking|seek\w*|consider\w*|expect\w*|plan(?:s|ned|ning)\b|schedul\w*|set|hop\w+"
    r"|fiction\w*|story|scenario|simulat\w*"
    r"|intend\w*|aim\w*|target\w*|propos\w*|until|till|through|next|deadline|contract|deal"
    r"|agree\w*|promis\w*|pledg\w*|predict\w*|forecast\w*|project\w*|bid\w*|candidate|election|if|unless|goal"
    r"|ahead|upcoming|coming|future|expir\w*|extend\w*|delay\w*|postpon\w*|put back|brought forward|call\w*|want\w*|so that"
    r"|would-be|probabl\w*|possibl\w*|likely|potential\w*|available|budget\w*|estimat\w*|games|olympic\w*|cup|championships?|tour)\b",
    re.IGNORECASE,
)
_PAST = frozenset(
    """was were had did became began broke brought built bought came caught chose cost cut drew drove ended fell felt
    fought found gave got grew held hit kept knew led left lost made met paid put quit ran rose sang sank saw sold sent
    shot shut spent split spoke stood stole struck swam swore taught told thought threw took won wrote born""".split()  # noqa: SIM905
)
_NO_VERBS = frozenset("red bed shed speed need seed breed hundred united wicked sacred so-called indeed".split())  # noqa: SIM905
_WINDOW = 8  # words on the side of the date in which its verb stands


def is_told_as_past(text: str, start: int) -> bool:
    """Whether the date at `start` follows "in" or "on", its nearest verb is in the past, and nothing is left open."""
    preposition = _PREPOSITION.search(text, 0, start)
    if preposition is None and text[:start].strip(" ("):
        return False
    if _OPEN.search(text) or " may " in text:  # the month has a capital
        return False
    head = text[: preposition.start()] if preposition else ""
    before = _WORD.findall(head)[-_WINDOW:]
    words = before or _WORD.findall(text[start:])[: 2 * _WINDOW]
    return any(_is_past(word) for word in words)


def _is_past(word: str) -> bool:
    key = word.lower()
    if key in _PAST:
        return True
    regular = key.endswith("ed") and len(key) > 4 and key not in _NO_VERBS and word[0].islower()
    return regular or (key in irregular_forms() and key.endswith(("ew", "ought", "ept")))
