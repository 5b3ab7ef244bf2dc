"""A claim becomes the earlier fact-checks of the same claim (confirmed) and of like ones (suggested).

Nearness in meaning alone confirms nothing: "met five times" and "met seven times" have nearly the same vector. A match
is confirmed when each claim says what the other does: no name, number, date or negation differs, no word took
another's place, nobody changed sides, and the local judge finds each supported by the other. (Paraphrase is mutual
entailment: Androutsopoulos and Malakasiotis, "A Survey of Paraphrasing and Textual Entailment Methods", JAIR 2010.)
"""

import re
from datetime import date

from service.compare.alignment import align
from service.compare.differences import find_differences
from service.compare.lexicon import related
from service.compare.number_finders import find_quantities
from service.compare.words import content_words
from service.domain.article import Section
from service.domain.claim import Statement
from service.domain.fact_check import FactCheckMatch, MatchTier
from service.domain.passage import Passage
from service.ledgers import FactChecks
from service.ports import Embedder, Judge, Pair

LONGEST_CLAIM = 2_000  # characters

CONFIRMED = 0.85
SUGGESTED = 0.5
"""Cosines. `python -m eval.tasks.claim_matching` (2026-11-24): of 557 claims among as many passages that say the same in
other words (FM2), 74 of 100 stand in a list of 10 from 0.5 on, and 30 in one from 0.7 on."""

EQUIVALENT = 0.86
"""The least probability, either way, that one claim supports the other. The same command: 20 of 30 tellings of one claim
are confirmed, and 17 of 30 that it was not set on; of 72 pairs written by hand that differ in one point none is, and of
2,000 of VitaminC four, all but one in words that mean the same ("political leader", "politician")."""

_SCALES = re.compile(r"\b(?:dozen|score|hundred|thousand|million|billion|trillion)s\b", re.IGNORECASE)


def match(
    claim: str, said: date | None, fact_checks: FactChecks, embedder: Embedder, judge: Judge, limit: int = 10
) -> list[FactCheckMatch]:
    """The stored fact-checks near the claim, confirmed ones first, then the nearest."""
    near = fact_checks.near(embedder.embed([claim]), embedder.id, limit, SUGGESTED)
    ours = Statement(text=claim, dated=said)
    matches = []
    for found, cosine in near:
        theirs = Statement(text=found.claim, dated=found.said)
        matches.append(
            FactCheckMatch(
                fact_check=found,
                tier=tier_of(ours, theirs, cosine, judge),
                similarity=round(cosine, 3),
                differences=find_differences(ours, theirs),
            )
        )
    return sorted(matches, key=lambda found: (found.tier is not MatchTier.CONFIRMED, -found.similarity))


def tier_of(claim: Statement, other: Statement, cosine: float, judge: Judge) -> MatchTier:
    """Whether two claims near each other are the same one."""
    same = (
        cosine >= CONFIRMED
        and not find_differences(claim, other)
        and not find_differences(other, claim)
        and _is_of_same_numbers(claim.text, other.text)
        and not _is_one_word_changed(claim.text, other.text)
        and not (_is_swapped(claim.text, other.text) and _is_swapped(other.text, claim.text))
        and _is_equivalent(claim.text, other.text, judge)
    )
    return MatchTier.CONFIRMED if same else MatchTier.SUGGESTED


def _is_equivalent(claim: str, other: str, judge: Judge) -> bool:
    there, back = judge.judge(
        [Pair(claim=claim, passage=_as_passage(other)), Pair(claim=other, passage=_as_passage(claim))]
    )
    return min(there.supports, back.supports) >= EQUIVALENT


def _is_of_same_numbers(claim: str, other: str) -> bool:
    """Whether both say the same numbers, vague ones too, and none went *to* the one and *by* the other."""
    ours, theirs = _numbers(claim), _numbers(other)
    return ours.keys() == theirs.keys() and not any(
        ours[number] and theirs[number] and ours[number] != theirs[number] for number in ours
    )


def _numbers(text: str) -> dict[tuple[object, ...], str]:
    """Each number, however it is written, with "to", "by" or "from" where that stands before it."""
    numbers: dict[tuple[object, ...], str] = {(scale.lower(),): "" for scale in _SCALES.findall(text)}
    for each in find_quantities(text):
        before = text[: each.start].split()[-1:]
        direction = before[0] if before and before[0] in ("to", "by", "from") else ""
        numbers[each.kind, each.low, each.high, each.exact, each.unit] = direction
    return numbers


def _is_one_word_changed(claim: str, other: str) -> bool:
    """Whether the one is the other with another word in a word's place: "sold" for "owns" makes another claim."""
    ours, theirs = _content(claim), _content(other)
    if len(ours) != len(theirs):
        return False
    changed = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(changed) == 1 and changed[0][1] not in related(changed[0][0])


def _content(text: str) -> list[str]:
    """The stems of a claim's content words, its numbers apart: those are compared as numbers."""
    numbers = find_quantities(text)
    return [
        word.stem
        for word in content_words(text)
        if not any(number.start <= word.start < number.end for number in numbers)
    ]


def _is_swapped(claim: str, other: str) -> bool:
    return align(claim, other, 0, len(other)).swapped


def _as_passage(text: str) -> Passage:
    """A claim as a judge reads what is said elsewhere; it stands in no article."""
    return Passage(
        sentence_id="",
        article_id="",
        version=1,
        index=0,
        start=0,
        end=len(text),
        text=text,
        section=Section.BODY,
        window=text,
        window_start=0,
        title=None,
        url=None,
        published=None,
    )
