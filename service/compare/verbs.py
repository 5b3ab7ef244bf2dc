"""A clause becomes the place of its first finite verb, by word lists: nothing here parses."""

import re

AUXILIARIES = frozenset(
    "is are was were be been has have had will would can could may might shall should must does do did".split()  # noqa: SIM905
)
# Pasts that are no participle too, or of verbs without a passive: after "was elected and" they begin a new predicate.
_PLAIN_PASTS = frozenset(
    """ate became began blew broke chose did drank drew drove fell flew forgot froze gave grew hid knew lay rang rode rose
    sang sank saw shook sprang spoke stole swam swore threw took tore went woke wore wrote overtook undertook withdrew
    appeared arrived belonged collapsed died disappeared emerged emigrated failed graduated happened lasted lived migrated
    participated remained resigned retired seemed vanished""".split()  # noqa: SIM905
)
_OTHER_PASTS = frozenset(
    """beat bought brought built burnt came caught cost cut dealt dug fed felt fought found got heard held hit hung hurt kept
    laid led left lent let lit lost made meant met paid put quit ran read said sat sent set shot shut slept sold sought
    spent split spread stood stuck struck swept swung taught thought told understood won wound""".split()  # noqa: SIM905
)
_PRESENTS = frozenset(
    """says plans wants makes takes gives holds keeps owns runs leads lives works serves plays contains includes remains
    becomes comes goes begins produces provides shows stands costs means needs uses sells buys covers lies""".split()  # noqa: SIM905
)
# No verbs, or participles that follow their noun far more often than they follow a subject: "a dog named Archie".
_NO_VERBS = frozenset(
    """indeed speed seed need feed breed hundred sacred naked red bed shed wed united limited
    named called titled entitled based located scheduled aged dated related known""".split()  # noqa: SIM905
)
_REGULAR_PAST = re.compile(r"[a-z]{2,}ed")
# A verb after all: "Holm called it reckless", beside "a plan called Sunrise".
_CALLED = re.compile(r"(?:called|named)\s(?:it|him|her|them|the|an?|for|on|off|in|his|their|its)\b")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ADVERB = re.compile(r"[a-z]+ly|also|then|later|soon|never|still|once|thus")


def find_verb(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first finite verb of `text[start:end]`, or None. A participle before it ("the renamed firm") misleads."""
    for match in _WORD.finditer(text, start, end):
        if is_finite(match.group()) or _CALLED.match(text, match.start()):
            return match.start(), match.end()
    return None


def is_finite(word: str) -> bool:
    """True for a word that can be a finite verb; capitalised words are names."""
    if word in _NO_VERBS:
        return False
    return (
        word in AUXILIARIES
        or is_plain_past(word)
        or word in _OTHER_PASTS
        or word in _PRESENTS
        or bool(_REGULAR_PAST.fullmatch(word))
    )


def is_plain_past(word: str) -> bool:
    """True for a past that cannot continue a passive or a perfect: "was elected in May and resigned"."""
    return word in _PLAIN_PASTS


def opens_with_verb(text: str, start: int, end: int) -> str | None:
    """The finite verb that `text[start:end]` begins with, adverbs skipped, or None."""
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if is_finite(word):
            return word
        if not _ADVERB.fullmatch(word):
            return None
    return None
