"""Findings become those that an editor must see, and those that the desk chose to live with, each with its reason."""

import re
from collections.abc import Collection, Iterable, Sequence

from pydantic import ValidationError

from service.compare.mentions import find_names
from service.compare.spelling import fold
from service.domain.article import Article, Section, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, SuppressedFinding
from service.review.options import ReviewOptions, Suppression
from service.review.rules.notes import DSK001, DSK002
from service.review.rules.spec import passage
from service.review.rules.style import STY002

_NOTE = re.compile(r"\[desk:\s*(?P<order>ignore\b)?\s*(?P<rest>.*?)\s*\]", re.IGNORECASE | re.DOTALL)
_ORDER = re.compile(r"(?P<code>\w*)(?:\s+(?P<words>.+?))??\s*:(?:\s+(?P<reason>.*))?", re.DOTALL)


class Sifted(Frozen):
    """Findings apart: those to see, those suppressed, and the suppressions that met a finding."""

    kept: tuple[Finding, ...]
    suppressed: tuple[SuppressedFinding, ...]
    used: tuple[Suppression, ...]


class Notes(Frozen):
    """What the desk's notes in an article ask for, each with its sentence, and what is wrong with the others."""

    orders: tuple[tuple[Sentence, Suppression], ...]
    wrong: tuple[Finding, ...]


def read_notes(article: Article) -> Notes:
    """The notes "[desk: ignore CODE WORDS: REASON]"; a note that does not begin with "ignore" is none of ours."""
    orders: list[tuple[Sentence, Suppression]] = []
    wrong: list[Finding] = []
    for sentence in article.sentences:
        note = _NOTE.fullmatch(sentence.text) if sentence.section is Section.NOTE else None
        if note is None or not note["order"]:
            continue
        problem = "a page from the web cannot give orders" if _is_from_web(article) else None
        try:
            order = _read(note["rest"])
        except ValidationError as error:
            problem = problem or _say(error)
        if problem:
            message = f"This note is not followed: {problem}. Write [desk: ignore NAM001 Kushida: both are real]."
            wrong.append(DSK002.finding(message, passage(sentence, 0, len(sentence.text)), confidence=1.0))
        else:
            orders.append((sentence, order))
    return Notes(orders=tuple(orders), wrong=tuple(wrong))


def _is_from_web(article: Article) -> bool:
    return article.source.lower().startswith(("http://", "https://"))


def _read(rest: str) -> Suppression:
    match = _ORDER.fullmatch(rest)
    stated = match.groupdict() if match else {"code": rest.split(" ")[0], "words": None, "reason": None}
    return Suppression.model_validate({**stated, "reason": stated["reason"] or "", "origin": "a note in the article"})


def _say(error: ValidationError) -> str:
    """The first problem, in words for an editor."""
    problem = error.errors()[0]
    if problem["type"] == "string_too_short":
        return "it names no rule" if problem["loc"][0] == "code" else "it gives no reason"
    return problem["msg"].removeprefix("Value error, ")


def sift(
    article: Article, findings: Sequence[Finding], suppressions: Sequence[Suppression], known_people: Sequence[str]
) -> Sifted:
    """The first suppression that fits a finding takes it; a person whom the desk knows is not misspelt."""
    known = {fold(person) for person in known_people}
    rights = {fold(finding.suggestion or "") for finding in findings if finding.code == STY002.code}
    kept: list[Finding] = []
    suppressed: list[SuppressedFinding] = []
    used: dict[Suppression, None] = {}
    for finding in findings:
        fitting = next((each for each in suppressions if _fits(each, finding, article)), None)
        person = _known_person(finding, article, known, rights) if finding.kind is FindingKind.NAME and known else None
        if fitting is not None:
            used[fitting] = None
            suppressed.append(SuppressedFinding(finding=finding, reason=fitting.reason, origin=fitting.origin))
        elif person is not None:
            reason = f"“{person}” is a person whom the desk knows"
            suppressed.append(SuppressedFinding(finding=finding, reason=reason, origin="known_people"))
        else:
            kept.append(finding)
    return Sifted(kept=tuple(kept), suppressed=tuple(suppressed), used=tuple(used))


def _known_person(finding: Finding, article: Article, known: Collection[str], rights: Collection[str]) -> str | None:
    """The name as written, where the finding marks a part of a known person's full name, or what STY002 would write."""
    first = finding.passages[0]
    sentence = next(s for s in article.sentences if s.id == first.sentence_id)
    at = first.start - sentence.start
    names = [name for name in find_names(sentence.text) if name.start <= at < name.end]
    marked = article.text[first.start : first.end]
    return next((name.text for name in names if fold(name.text) in known), marked if fold(marked) in rights else None)


def _fits(suppression: Suppression, finding: Finding, article: Article) -> bool:
    if not finding.code.startswith(suppression.code):
        return False
    if suppression.words is None:
        return True
    wanted = re.compile(rf"(?<!\w){re.escape(suppression.words)}(?!\w)", re.IGNORECASE)
    return any(wanted.search(article.text[p.start : p.end]) for p in finding.passages)


def find_unused(notes: Notes, used: Sequence[Suppression], options: ReviewOptions, ran: Iterable[str]) -> list[Finding]:
    """DSK001 for each note that met no finding, although a rule that it names was run."""
    codes = [code for code in ran if options.is_selected(code)]
    return [
        DSK001.finding(
            f"This note suppresses nothing: the article raises no such {order.code}. Delete it.",
            passage(sentence, 0, len(sentence.text)),
            confidence=1.0,
        )
        for sentence, order in notes.orders
        if order not in used and any(code.startswith(order.code) for code in codes)
    ]
