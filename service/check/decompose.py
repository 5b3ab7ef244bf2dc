"""A claim becomes atomic claims: its sentences, cut again where clauses and predicates are joined."""

import re
from collections.abc import Iterator

from service.check.subjects import Subject, find_subject, resolve
from service.compare.verbs import AUXILIARIES, find_verb, is_plain_past, opens_with_verb
from service.compare.words import content_words
from service.domain.article import Block, Page, Section
from service.domain.claim import AtomicClaim
from service.ingest.split import split

# "..., and Kishida plans ..." joins two clauses; "Abe and Putin met" joins two names.
_JOINT = re.compile(
    r";\s+|,\s+(?:and|but|while|whereas|although)\s+"
    r"(?=(?:(?:the|an?|its|his|her|their)\s+)?[A-Z]|(?:he|she|it|they|the|his|her|its|their)\b)"
)
_AND = re.compile(r",?\s+(?:and|but)\s+")
# What stands behind one of these need not be the subject's own doing: "said that Putin lied and left".
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|when|where|while|because|if|after|before|since|until|although|than|said|says|told|"
    r"claim\w*|believe\w*|announc\w*|to)\b|[\"“”:;()]"
)


def decompose(claim: str) -> tuple[AtomicClaim, ...]:
    """The parts of a claim that can be judged alone, with their offsets; at least one when it has words.

    A part's text has the subject that it shares with the part before, and the name that its first pronoun stands
    for. Only what a word list is sure of is cut: a claim left whole is judged strictly, a claim cut wrongly would
    be judged on words that it never said.
    """
    block = Block(start=0, end=len(claim), section=Section.BODY)
    sentences = [(s.start, s.end) for s in split(Page(text=claim, blocks=(block,), language="en"), "claim", 1)]
    if sentences and not all(find_verb(claim, start, end) for start, end in sentences):
        sentences = [(sentences[0][0], sentences[-1][1])]  # "Shout! Factory released it" is no two sentences
    parts: list[AtomicClaim] = []
    known: Subject | None = None
    for sentence in sentences:
        for start, end in _clauses(claim, *sentence):
            subject = find_subject(claim, start, end)
            for at, to in _predicates(claim, start, end, subject):
                parts.append(_part(claim, at, to, subject if at > start else None, known))
            known = subject if subject and subject.name else known
    return tuple(parts)


def _clauses(claim: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, at = [], start
    for joint in _JOINT.finditer(claim, start, end):
        if _is_quoted(claim, start, joint.start()):
            continue
        spans.append((at, joint.start()))
        at = joint.end()
    spans.append((at, end))
    return spans if all(find_verb(claim, s, e) for s, e in spans) else [(start, end)]


def _predicates(claim: str, start: int, end: int, subject: Subject | None) -> Iterator[tuple[int, int]]:
    """The clause, cut at each "and" behind which its subject does something else."""
    verb = find_verb(claim, start, end)
    at = start
    if subject and verb and not _SUBORDINATE.search(subject.text):
        first = claim[slice(*verb)]
        for joint in _AND.finditer(claim, verb[1], end):
            said = claim[verb[1] : joint.start()]
            if _SUBORDINATE.search(said):
                break
            other = opens_with_verb(claim, joint.end(), end)
            if other and content_words(said) and _is_own(first, other) and content_words(claim[joint.end() : end])[1:]:
                yield at, joint.start()
                at = joint.end()
    yield at, end


def _is_own(first: str, other: str) -> bool:
    """Whether the second verb needs nothing of the first: "was born and raised" shares its "was"."""
    return first not in AUXILIARIES or other in AUXILIARIES or is_plain_past(other)


def _part(claim: str, start: int, end: int, shared: Subject | None, known: Subject | None) -> AtomicClaim:
    text = claim[start:end]
    if shared:
        text = f"{shared.text} {text}"
    return AtomicClaim(text=resolve(text, known) if known else text, start=start, end=end)


def _is_quoted(claim: str, start: int, at: int) -> bool:
    return claim.count('"', start, at) % 2 == 1 or claim.count("“", start, at) > claim.count("”", start, at)
