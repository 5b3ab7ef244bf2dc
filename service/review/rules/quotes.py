"""The quotations of an article become findings: marks that do not pair, words that nobody or two people said (QUO)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from service.compare.known_names import is_given_name
from service.compare.mentions import Name, find_names
from service.compare.name_match import NameMatch, same_name
from service.domain.article import Article
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.quotations import SAYING, Quotation, StrayMark, find_quotations
from service.review.quote_marks import Stray
from service.review.rules.spec import RuleFamily, RuleSpec, excerpt, passage
from service.review.wording import Wording, compare_wording

QUO001 = RuleSpec(
    code="QUO001",
    name="quotation mark without its counterpart",
    kind=FindingKind.QUOTE,
    severity=Severity.WARNING,
    explanation=(
        "A quotation is opened and never closed, or closed and never opened, so that the reader cannot tell whose words "
        "they read. A quotation that runs on in the next paragraph opens each paragraph and closes only the last; that "
        "is as it should be, and so are inches."
    ),
    wrong="Mr Cole said: “Of course he'll learn. He is likely to play on Saturday.",
    right="Mr Cole said: “Of course he'll learn.” He is likely to play on Saturday.",
)
QUO002 = RuleSpec(
    code="QUO002",
    name="quotation that nobody is said to have said",
    kind=FindingKind.QUOTE,
    severity=Severity.NOTE,
    explanation=(
        "A whole sentence is quoted, and neither its paragraph nor the ones beside it tell who said or wrote it. A few "
        "quoted words are no quotation in this sense: they may be a title, a term, or words held at a distance."
    ),
    wrong="The port reopened.\nThe cranes turned.\n“This will cost every family in the valley dearly.”\nRain fell at noon.",
    right="The port reopened.\n“This will cost every family in the valley dearly,” the mayor said.\nRain fell at noon.",
)
QUO003 = RuleSpec(
    code="QUO003",
    name="one quotation, two speakers",
    kind=FindingKind.QUOTE,
    severity=Severity.ERROR,
    explanation=(
        "The same words are put into the mouths of two people: at both ends of one quotation, or where it stands a "
        "second time. Slogans of a few words are left alone."
    ),
    wrong="“We will never close this port again,” said Ann Peeters.\nTom Claes said: “We will never close this port again.”",
    right="“We will never close this port again,” said Ann Peeters.\nMs Peeters said: “We will never close this port again.”",
)
QUO005 = RuleSpec(
    code="QUO005",
    name="quotation in two wordings",
    kind=FindingKind.QUOTE,
    severity=Severity.WARNING,
    explanation=(
        "The article quotes the same words twice, and not alike. A shorter piece of a longer quotation is no other "
        "wording, and two people may well say nearly the same."
    ),
    wrong="“We will never close this old port again,” said Ann Peeters.\nMs Peeters said: “We will not close this old port again.”",
    right="“We will never close this old port again,” said Ann Peeters.\nMs Peeters said: “We will never close this old port.”",
)

_WHY = {
    Stray.UNCLOSED: "The quotation that begins “{words}” is never closed. Find where the quoted words end.",
    Stray.UNOPENED: "The mark behind “{words}” closes no quotation. Find where the quoted words begin.",
    Stray.MISSING: "The words “{words}” are announced as a quotation and have no mark. Open it.",
    Stray.DOUBLED: "The mark before “{words}” stands twice. Take one away.",
}
_SPEAKS_BEFORE = re.compile(r":\s*[\"“‘']*\Z")
_SPEAKS_AFTER = re.compile(r"[\"”’']*,? ?[a-z]")
# Shorter ones are slogans, titles and terms, which anybody may repeat.
LEAST_WORDS = 5
LEAST_SHARED = 2  # pairs of neighbouring words
MOST_SHARING = 20  # quotations that hold one pair


def find_quotation_errors(article: Article) -> list[Finding]:
    """QUO001, QUO002, QUO003 and QUO005, in English copy: other languages have other marks and other customs.

    Only the body is read, for headlines quote by leaving out.
    """
    if article.language not in (None, "en"):
        return []
    found = find_quotations(article)
    return [
        *(_stray(mark) for mark in found.stray),
        *_unattributed(article, found.quotations),
        *_two_speakers(found.quotations),
        *_repeated(found.quotations),
    ]


def mark_quotation(quotation: Quotation) -> FindingPassage:
    """The quotation as far as the sentence goes that it begins in."""
    sentence = quotation.sentence
    return passage(sentence, quotation.start - sentence.start, min(quotation.end, sentence.end) - sentence.start)


def _stray(mark: StrayMark) -> Finding:
    start, end = mark.start - mark.sentence.start, mark.end - mark.sentence.start
    before, after = mark.sentence.text[:start], mark.sentence.text[end:].lstrip("\"“”'")
    words = " ".join(before.split()[-4:]) if mark.why is Stray.UNOPENED else excerpt(after)
    return QUO001.finding(_WHY[mark.why].format(words=words), passage(mark.sentence, start, end), confidence=0.9)


def _unattributed(article: Article, quotations: Sequence[Quotation]) -> Iterator[Finding]:
    for speech in _speeches(quotations):
        if speech[0].length >= LEAST_WORDS and _is_sentence(speech) and not _is_said(article, speech):
            yield QUO002.finding(
                f"Nobody is said to have said “{excerpt(speech[0].text)}”. Name the speaker.",
                mark_quotation(speech[0]),
                confidence=0.6,
            )


def _speeches(quotations: Sequence[Quotation]) -> list[list[Quotation]]:
    """The quotations that go on from one another, together."""
    speeches: list[list[Quotation]] = []
    for quotation in quotations:
        if quotation.goes_on:
            speeches[-1].append(quotation)
        else:
            speeches.append([quotation])
    return speeches


def _is_sentence(speech: Sequence[Quotation]) -> bool:
    return speech[0].text[:1].isupper() and speech[-1].text.rstrip()[-1:] in (".", "?", "!", "…")


def _is_said(article: Article, speech: Sequence[Quotation]) -> bool:
    """True where its paragraphs or one beside them say that somebody speaks.

    A verb of saying does, a name or a colon before the quotation (an interview, a list of voices), and words in
    small letters right behind it.
    """
    first, last = speech[0].sentence.paragraph, speech[-1].sentence.paragraph
    before, after = article.text[speech[0].sentence.start : speech[0].start], article.text[speech[-1].end :][:20]
    if _SPEAKS_BEFORE.search(before) or find_names(before) or _SPEAKS_AFTER.match(after):
        return True
    beside = [s.text for s in article.evidence if first - 1 <= s.paragraph <= last + 1]
    return any(SAYING.search(text) or text.rstrip().endswith(":") for text in beside)


def _two_speakers(quotations: Sequence[Quotation]) -> Iterator[Finding]:
    for quotation in quotations:
        before, after = quotation.before, quotation.after
        if quotation.length >= LEAST_WORDS and before and after and are_two_people(before, after):
            yield _spoken_twice(quotation, quotation, after, before)


def _repeated(quotations: Sequence[Quotation]) -> Iterator[Finding]:
    """A quotation that stands somewhere else word for word needs no other wording: it is a pull quote."""
    pairs = [(a, b, compare_wording(a.text, b.text)) for a, b in _alike(quotations)]
    copied = {start for a, b, wording in pairs if wording is Wording.SAME for start in (a.start, b.start)}
    for first, second, wording in pairs:
        earlier, later = first.speaker, second.speaker
        if earlier and later and are_two_people(earlier, later):
            if wording is Wording.SAME:
                yield _spoken_twice(second, first, later, earlier)
        elif wording is Wording.CHANGED and not _are_one_speech(first, second) and second.start not in copied:
            yield QUO005.finding(
                f"“{excerpt(second.text)}” is quoted as “{excerpt(first.text)}” too. Check what was said.",
                mark_quotation(second),
                mark_quotation(first),
                confidence=0.7,
            )


def _alike(quotations: Sequence[Quotation]) -> list[tuple[Quotation, Quotation]]:
    """The pairs of longer quotations that share enough pairs of neighbouring words to be worth comparing."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, quotation in enumerate(quotations):
        if quotation.length >= LEAST_WORDS:
            for pair in set(pairwise(quotation.text.casefold().split())):
                holders[pair].append(number)
    # What more quotations share than an article has by chance is a turn of phrase, or a page made to be slow.
    shared = Counter(
        pair for found in holders.values() if len(found) <= MOST_SHARING for pair in combinations(found, 2)
    )
    return [(quotations[a], quotations[b]) for (a, b), count in sorted(shared.items()) if count >= LEAST_SHARED]


def _are_one_speech(first: Quotation, second: Quotation) -> bool:
    """True within one paragraph: speakers repeat themselves."""
    return first.sentence.paragraph == second.sentence.paragraph


def are_two_people(first: Name, second: Name) -> bool:
    """True for two people. A bare word that nothing presents can be a firm, a place or a party, and speak for one."""
    return all(_is_person(name) for name in (first, second)) and same_name(first, second) is NameMatch.DIFFERENT


def _is_person(name: Name) -> bool:
    return name.title is not None or (name.given is not None and is_given_name(name.given.split()[0]))


def _spoken_twice(later: Quotation, earlier: Quotation, speaker: Name, other: Name) -> Finding:
    others = () if earlier is later else (mark_quotation(earlier),)
    return QUO003.finding(
        f"“{excerpt(later.text)}” is said by “{speaker.text}” and by “{other.text}”. Check who said it.",
        mark_quotation(later),
        *others,
        confidence=0.8,
    )


QUOTES = RuleFamily(find=find_quotation_errors, specs=(QUO001, QUO002, QUO003, QUO005))
