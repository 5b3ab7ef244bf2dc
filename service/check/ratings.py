"""A claim and a sentence become whether the sentence only repeats the claim to rate it, and so tells nothing of it."""

import re

from service.compare.words import content_words

REPEATED = 0.8  # share of the claim's content words: as a sentence must say that supports it (local/rules.py)

# "Fact check: ... Rating: REFUTED", "... has been rated SUPPORTED by every fact-checker", "It is settled that the
# following is true: ...". Courts rule and inquiries find: those are sources of their own, and not meant.
_RATING = re.compile(
    r"\b(?:rat(?:ed?s?|ing)|verdict|fact[\s-]?check\w*|settled|verified|marked|labell?ed)\b[^.?!]{0,60}?"
    r"\b(?P<label>supported|refuted|true|false|accurate|inaccurate|misleading|debunked|unproven|verified"
    r"|not[\s_-]enough[\s_-](?:info\w*|evidence))\b",
    re.IGNORECASE,
)

# What such a sentence opens with where the rating itself is the next one: "Fact check: ... SUPPORTED."
_HEADING = re.compile(
    r"\W*(?:[\w'’-]+\s){0,3}(?:fact[\s-]?check(?:ed|ers?)?|claim(?:\s+review)?|verdict|rating|ruling|verified|confirmed"
    r"|debunked|true|false|supported|refuted)\s*[:–—]",
    re.IGNORECASE,
)


def only_rates(claim: str, sentence: str) -> bool:
    """True for a sentence that holds nearly every word of the claim and a rating which is not part of the claim.

    Who says that a claim was found true or false says nothing of its matter: it is no evidence, whoever wrote it.
    A claim that is itself about a rating ("the statement was rated false") is judged as any other.
    """
    said = {word.stem for word in content_words(sentence)}
    asked = [word.stem for word in content_words(claim)]
    if not asked or sum(stem in said for stem in asked) < REPEATED * len(asked):
        return False
    if _HEADING.match(sentence) and not _HEADING.match(claim):
        return True
    around = sentence.replace(claim, "")  # its words and stops may part the rating from its label
    return any(match["label"].casefold() not in claim.casefold() for match in _RATING.finditer(around))
