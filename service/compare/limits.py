"""A claim beside a sentence with the same words tells whether the sentence says less: not all, not first, not agreed.

"All but two of the nine judges agreed" has every word of "All nine judges agreed".
"""

import re

from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.quantities import Quantity
from service.compare.words import content_words, words

_UNIVERSAL = re.compile(r"\b(?:all|every|each|everyone|everybody|everything|entire|whole|always)\b", re.IGNORECASE)
_IN_PART = re.compile(
    r"\b(?:(?:all|every|everyone|everybody|everything) (?:but|except)|(?:not|nearly|almost|virtually) (?:all|every\w*|each)"
    r"|(?:most|some|many|several|half|part|few|one|two|three) of|half the|except|apart from|not always)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(r"\b(?:[a-z]{2,}est|(?:most|least) [a-z]+|worst|best)\b")
_RANK = re.compile(
    r"(?:\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th))[\s-]|(?<!no )\b(?:one of|among)"
    r"(?: the| its| his| her| their| \w+['’]s)?(?: \w+)? )$",
    re.IGNORECASE,
)
_NO_SUPERLATIVES = frozenset(
    """test rest west interest request protest arrest forest harvest invest suggest guest quest contest conquest chest nest
    manifest honest modest digest northwest southwest midwest priest""".split()  # noqa: SIM905
)
# What somebody said, and somebody else took back. A claim that tells of the saying has a verb of it.
_TAKEN_BACK = re.compile(
    r"\b(?:claim|allegation|accusation|charge|assertion|suggestion|report|story|rumou?r)s?\b[^.;:]{0,40}"
    r"\b(?:reject|den[iy]|disput|dismiss|refut|debunk|retract|withdr|false\b|untrue\b|baseless|unfounded|unproven)\w*"
    r"|\bwhich \w+(?: \w+)? (?:denie[sd]|den(?:y|ied)|reject\w*|disput\w*)"
    r"|\b(?:falsely|wrongly|mistakenly|incorrectly) (?:claim|said\b|alleg|stat|report|suggest|assert|attribut)"
    r"|\bwithout evidence\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:sa(?:y|id|ys)|claim\w*|alleg\w*|accus\w*|tell|told|deni\w+|deny|reject\w*|disput\w*|according|suggest\w*"
    r"|assert\w*|false\w*|wrong\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\brul(?:e|ed|es|ing) out\b", re.IGNORECASE)  # what is not ruled out is not so yet
_NEGATION = re.compile(r"\b(?:not(?! only)|never|cannot|nobody|hardly|scarcely|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_BY_LITTLE = frozenset("narrowly barely slightly marginally".split())  # noqa: SIM905
_BY_MUCH = frozenset("overwhelmingly widely comfortably easily sharply heavily greatly resoundingly".split())  # noqa: SIM905
_NOT_SO = re.compile(r"^(?:Had|Were) .{3,90}?\bwould")  # what would be, had it been so


def is_limited(claim: str, sentence: str) -> bool:
    """True where the sentence says the claim's words of fewer, of a lower rank, within other bounds, or as not so."""
    return (
        _of_fewer(claim, sentence)
        or _of_lower_rank(claim, sentence)
        or _within_other_bounds(claim, sentence)
        or _by_another_measure(claim, sentence)
        or _is_denied(claim, sentence)
        or (bool(_OPEN.search(sentence)) and not _OPEN.search(claim))
        or (bool(_TAKEN_BACK.search(sentence)) and not _REPORTS.search(claim))
        or (bool(_NOT_SO.search(sentence)) and not re.search(r"\bwould\b", claim))
    )


def fits_bounds(claim: str, sentence: str) -> bool:
    """Whether a bound ("at least ten") on either side leaves room for the other's number: no model need judge that."""
    return any(
        (_is_open(quantity) or _is_open(other)) and is_comparable(quantity, other) and is_compatible(quantity, other)
        for quantity in find_quantities(claim)
        for other in find_quantities(sentence)
    )


def _of_fewer(claim: str, sentence: str) -> bool:
    return bool(_UNIVERSAL.search(claim) and _IN_PART.search(sentence) and not _IN_PART.search(claim))


def _of_lower_rank(claim: str, sentence: str) -> bool:
    """The claim has "the largest", and wherever the sentence has the word it is the second-largest or one of them."""
    for match in _SUPERLATIVE.finditer(claim):
        word = match.group().lower()
        if word in _NO_SUPERLATIVES or _RANK.search(claim[: match.start()]):
            continue
        ranks = [bool(_RANK.search(sentence[: m.start()])) for m in re.finditer(rf"\b{re.escape(word)}\b", sentence)]
        if ranks and all(ranks):
            return True
    return False


def _is_denied(claim: str, sentence: str) -> bool:
    """Whether one denies what the other says: "never really in danger" has every word of "really in danger"."""
    ours, theirs = bool(_NEGATION.search(claim)), bool(_NEGATION.search(sentence))
    if ours is theirs:
        return False
    denying, other = (claim, sentence) if ours else (sentence, claim)
    said = {word.stem for word in content_words(other)}
    for match in _NEGATION.finditer(denying):
        after = (word for word in words(denying[match.end() :]) if word.is_content)
        if (denied := next(after, None)) is not None and denied.stem in said:
            return True
    return False


def _by_another_measure(claim: str, sentence: str) -> bool:
    ours, theirs = set(claim.lower().split()), set(sentence.lower().split())
    return any(ours & one and theirs & other for one, other in ((_BY_LITTLE, _BY_MUCH), (_BY_MUCH, _BY_LITTLE)))


def _within_other_bounds(claim: str, sentence: str) -> bool:
    """ "More than 30" does not say "fewer than 50", nor "31", though each may be so."""
    stated = find_quantities(sentence)
    for quantity in find_quantities(claim):
        fitting = [other for other in stated if is_comparable(quantity, other) and is_compatible(quantity, other)]
        if quantity.exact and fitting and not any(_holds(other, quantity) for other in fitting):
            return True
    return False


def _holds(stated: Quantity, claimed: Quantity) -> bool:
    """Whether every value that is stated is one that is claimed; a value with two ends counts by its digits."""
    return not _is_open(stated) or (claimed.low <= stated.low and stated.high <= claimed.high)


def _is_open(quantity: Quantity) -> bool:
    return quantity.low == float("-inf") or quantity.high == float("inf")
