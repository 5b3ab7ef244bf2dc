"""The people and posts of an article become findings where they exclude each other (ROL001, ROL002)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from service.compare.mentions import find_names
from service.compare.posts import Holding, Post, find_holdings
from service.compare.spelling import Spelling, compare_spelling, fold
from service.domain.article import Article, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

ROL001 = RuleSpec(
    code="ROL001",
    name="one person, two posts",
    kind=FindingKind.ROLE,
    severity=Severity.ERROR,
    explanation=(
        "The article gives one person two posts that no one holds at once. Former, future and acting holders, "
        "appointments and reshuffles, and a post that is only named more closely (“minister”, “finance minister”) "
        "stay silent."
    ),
    wrong="Defence Minister Ruth Tanner flew in on Friday. On Saturday Finance Minister Tanner flew home.",
    right="Defence Minister Ruth Tanner flew in on Friday. On Saturday Defence Minister Tanner flew home.",
)
ROL002 = RuleSpec(
    code="ROL002",
    name="one post, two holders",
    kind=FindingKind.ROLE,
    severity=Severity.ERROR,
    explanation=(
        "The article gives one post of one country, place or organisation to two people. Predecessors and successors, "
        "posts of which there are several (“minister of state”), and posts whose country is not named stay silent."
    ),
    wrong="Norway's justice minister, Ruth Tanner, called for calm. Calm is near, said Norway's justice minister, Alan Marsh.",
    right="Norway's justice minister, Ruth Tanner, called for calm. Calm is near, said Sweden's justice minister, Alan Marsh.",
)

# Words by which a sentence tells of another time than the article's, or of a post that changes hands.
_OTHER_TIME = re.compile(
    r"\b(?:former\w*|ex|then|late|acting|interim|incoming|outgoing|future|next|previous\w*|would-be|elect|designate|once"
    r"|appoint\w*|nam(?:ed|es|ing)|nominat\w*|nominee|candidate\w*|replac\w*|succe(?:ed|ss)\w*|predecessor|resign\w*|quit"
    r"|step(?:s|ped)?\sdown|stood\sdown|took\sover|sack\w*|reshuffle\w*|promot\w*|became|becomes?|becoming|elected|ousted"
    r"|moved|switched|transferred|retir\w*|was\s(?:the|a|an)|inaugurat\w*|sworn|rivals?|challenger|had\sbeen|served|his\sfather|her\sfather|his\sson|new)\b",
    re.IGNORECASE,
)
_JOINABLE = r"(?:minister|secretary|president|chancellor|executive|chairman|mayor|manager)"
_BOTH = re.compile(rf"{_JOINABLE}\s(?:and|as\swell\sas)\s(?:the\s)?(?:\w+\s){{0,2}}{_JOINABLE}\b", re.IGNORECASE)
_PAST_YEAR = re.compile(r"\b(?:in|since|from|until|between)\s(?:1[89]|20)\d\d\b")


class _Held(Frozen):
    """A post and its holder where they stand in the article."""

    sentence: Sentence
    holding: Holding

    @property
    def post(self) -> str:
        return self.sentence.text[self.holding.start : self.holding.end]

    def of_post(self) -> FindingPassage:
        return passage(self.sentence, self.holding.start, self.holding.end)

    def of_person(self) -> FindingPassage:
        return passage(self.sentence, self.holding.name.start, self.holding.name.end)


def find_role_conflicts(article: Article) -> list[Finding]:
    """ROL001 and ROL002 between sentences that tell of the article's own time; the later one is the suspect."""
    held = [
        _Held(sentence=sentence, holding=holding)
        for sentence in article.evidence
        for holding in find_holdings(sentence.text)
        if not _is_of_other_time(sentence.text, holding)
    ]
    shared = _shared_surnames(article.evidence)
    both = {fold(n.surname) for s in article.evidence if _BOTH.search(s.text) for n in find_names(s.text)}
    by_person: defaultdict[str, list[_Held]] = defaultdict(list)
    by_post: defaultdict[tuple[Post, str], list[_Held]] = defaultdict(list)
    for one in held:
        if (person := fold(one.holding.name.surname)) not in both:
            by_person[person].append(one)
        if one.holding.place and one.holding.post.is_single:
            by_post[one.holding.post, one.holding.place].append(one)
    found = [
        *(_two_posts(*pair, shared) for group in by_person.values() for pair in combinations(group, 2)),
        *(_two_holders(*pair) for group in by_post.values() for pair in combinations(group, 2)),
    ]
    findings: dict[int, Finding] = {}
    for finding in filter(None, found):
        findings.setdefault(finding.passages[0].start, finding)
    return list(findings.values())


def _is_of_other_time(text: str, holding: Holding) -> bool:
    """Whether words near the post tell of another time than the article's."""
    start, end = min(holding.start, holding.name.start), max(holding.end, holding.name.end)
    return bool(_OTHER_TIME.search(text[max(0, start - 40) : end + 40]) or _PAST_YEAR.search(text))


def _shared_surnames(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Surnames that two people of the article have: alone they tell neither."""
    given: dict[str, str] = {}
    shared = set()
    for sentence in sentences:
        for name in find_names(sentence.text):
            if name.given is not None:
                key, first = fold(name.surname), fold(name.given.split()[0])
                if compare_spelling(given.setdefault(key, first), first) is Spelling.DIFFERENT:
                    shared.add(key)
    return frozenset(shared)


def _two_posts(earlier: _Held, later: _Held, shared: frozenset[str]) -> Finding | None:
    a, b = earlier.holding, later.holding
    if not a.post.excludes(b.post):
        return None
    if fold(a.name.surname) in shared and (a.name.given is None or b.name.given is None):
        return None
    if a.name.given and b.name.given and fold(a.name.given) != fold(b.name.given):
        return None
    if a.place and b.place and a.place != b.place:
        return None
    return ROL001.finding(
        f"“{b.name.text}” is “{later.post}” here, “{earlier.post}” elsewhere. Check which is right.",
        later.of_post(),
        earlier.of_post(),
        confidence=0.8,
    )


def _two_holders(earlier: _Held, later: _Held) -> Finding | None:
    a, b = earlier.holding, later.holding
    spelling = compare_spelling(a.name.surname, b.name.surname)
    if spelling is not Spelling.DIFFERENT and not _differ_by_given(a, b):
        return None
    if spelling is Spelling.MISSPELT:
        return None  # NAM001's
    return ROL002.finding(
        f"“{later.post}” is “{b.name.text}” here, “{a.name.text}” elsewhere. Check which is right.",
        later.of_person(),
        earlier.of_person(),
        confidence=0.8,
    )


def _differ_by_given(a: Holding, b: Holding) -> bool:
    if a.name.given is None or b.name.given is None:
        return False
    return compare_spelling(a.name.given.split()[0], b.name.given.split()[0]) is Spelling.DIFFERENT


ROLES = RuleFamily(find=in_english(find_role_conflicts), specs=(ROL001, ROL002))
