"""The numbers of one sentence become findings where they do not add up (NUM002, NUM003)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.compare.number_finders import find_quantities
from service.compare.quantities import Quantity, QuantityKind
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

NUM002 = RuleSpec(
    code="NUM002",
    name="share that is not its count's",
    kind=FindingKind.NUMBER,
    severity=Severity.ERROR,
    explanation=(
        "A sentence gives a count, the whole that it is part of, and its share, and the share is another one. What "
        "rounding explains stays silent, and so does the share of those who are left."
    ),
    wrong="Of the 560 members, 308 (50%) voted against the plan.",
    right="Of the 560 members, 308 (55%) voted against the plan.",
)
NUM003 = RuleSpec(
    code="NUM003",
    name="parts that do not make the whole",
    kind=FindingKind.NUMBER,
    severity=Severity.ERROR,
    explanation=(
        "A sentence gives a total and lists its parts, and they sum to another number; or the shares of one whole "
        "make more than 100%, or less although it names the rest. Lists that only give examples (“including”) and "
        "what rounding explains stay silent."
    ),
    wrong="The team won 175 medals: 77 gold, 22 silver and 70 bronze.",
    right="The team won 175 medals: 77 gold, 22 silver and 76 bronze.",
)

_PART_OF = re.compile(
    r"\s(?:[\w'’-]+\s){0,3}?(?:out\s)?of\s(?:(?:the|its|their|all|his|her|our|\S+['’]s?)\s){0,2}(?:total\s)?$",
    re.IGNORECASE,
)
_WHOLE_FIRST = re.compile(r"\b(?:of|among|out of)\s(?:the\s|its\s|their\s|all\s|some\s)?$", re.IGNORECASE)
_OF_THEM = re.compile(r"\s(?:[\w'’-]+\s){0,2}?of (?:them|these|those|whom|which)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:not|without|the rest|remaining|others?|left|no)\b|n['’]t\b", re.IGNORECASE)
_MAX_WORDS = 6  # between a count and its share

_TOTAL_BEFORE = re.compile(
    r"\b(?:(?:a|the|in)\s)?(?:total(?:s|led|ling)?|altogether|in all|sum)(?:\sof|\sto)?[\s,]+(?:the\s)?$", re.IGNORECASE
)
_TOTAL_AFTER = re.compile(
    r"[^,;:.\d]{0,25}?,?\s*\b(?:in all|in total|altogether|all told)\b"
    r"|[^,;:.\d]{0,40}?\b(?:made up of|comprising|comprised?s?|consist(?:s|ed|ing)? of)\b"
    r"|[^,;.\d]{0,40}?(?::|\s[-–—])\s",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"\b(?:includ\w+|among them|of which|of whom|such as|mostly|mainly|compared|than|from \d|rose|fell)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r",|;|\band\b|\bplus\b|\s[-–—]\s|/")
_MAX_GAP = 60  # characters between the parts of a list
_REST = re.compile(
    r"\b(?:undecided|unsure|(?:did|do|does) not know|don['’]t know|no opinion|abstain\w*|the rest|remaining|remainder)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\b(?:split|divided|shared out|breakdown|broken down|made up|consist\w*|compris\w*)\b", re.IGNORECASE
)
_FOR = re.compile(
    r"\b(?:back(?:ed|ing|s)?|support\w*|favour\w*|favor\w*|approv\w*|agree\w*|yes|voted for)\b", re.IGNORECASE
)
_AGAINST = re.compile(r"\b(?:oppos\w*|against|reject\w*|disapprov\w*|disagree\w*|no)\b", re.IGNORECASE)


def find_wrong_sums(article: Article) -> list[Finding]:
    """NUM002 and NUM003, sentence by sentence."""
    findings: list[Finding] = []
    for sentence in article.evidence:
        exact = [q for q in find_quantities(sentence.text) if q.low == q.high and q.exact]
        counts = [q for q in exact if q.kind in (QuantityKind.COUNT, QuantityKind.RATING)]
        shares = [q for q in exact if q.kind is QuantityKind.PERCENT]
        findings += [
            *_wrong_shares(sentence, counts, shares),
            *_wrong_totals(sentence, exact),
            *_wrong_wholes(sentence, shares),
        ]
    return findings


def _wrong_shares(sentence: Sentence, counts: Sequence[Quantity], shares: Sequence[Quantity]) -> Iterator[Finding]:
    """NUM002, where a sentence has one part, one whole and one share, and says which is which."""
    if len(counts) == 1:
        counts = [part_of for count in counts for part_of in _out_of(sentence.text, count)]
    if len(counts) != 2 or len(shares) != 1:
        return
    (part, whole), share = sorted(counts, key=lambda q: q.low), shares[0]
    if (
        part.low == whole.low
        or not _is_part(sentence.text, part, whole)
        or not _is_beside(sentence.text, part, share, whole)
    ):
        return
    least = 100 * (part.low - _rounding(part)) / (whole.low + _rounding(whole))
    most = 100 * (part.low + _rounding(part)) / max(1.0, whole.low - _rounding(whole))
    stated = (share.low, 100 - share.low) if _LEFT.search(sentence.text) else (share.low,)
    if any(least - share.step <= value <= most + share.step for value in stated):
        return
    yield NUM002.finding(
        f"“{_cut(sentence, part)}” of “{_cut(sentence, whole)}” is {100 * part.low / whole.low:.3g}%, "
        f"not “{_cut(sentence, share)}”.",
        *(passage(sentence, q.start, q.end) for q in (share, part)),
        confidence=0.9,
    )


def _out_of(text: str, rating: Quantity) -> list[Quantity]:
    """The two counts of "110 out of 440", which a number finder reads as a rating."""
    if rating.kind is not QuantityKind.RATING or "of" not in text[rating.start : rating.end]:
        return [rating]
    split = text.index("out", rating.start)
    ends = (rating.start, split), (split, rating.end)
    return [
        quantity.model_copy(update={"start": quantity.start + start, "end": quantity.end + start})
        for start, end in ends
        for quantity in find_quantities(text[start:end].ljust(end - start))
        if quantity.kind is QuantityKind.COUNT
    ]


def _is_part(text: str, part: Quantity, whole: Quantity) -> bool:
    """Whether the words say that one count is part of the other: "22 of the 30", "of 560 members, 308"."""
    if part.end <= whole.start and _PART_OF.fullmatch(f" {text[part.end : whole.start].lstrip()}"):
        return True
    if whole.end <= part.start and _OF_THEM.match(text, part.end):
        return True
    return _WHOLE_FIRST.search(text, 0, whole.start) is not None


def _is_beside(text: str, part: Quantity, share: Quantity, whole: Quantity) -> bool:
    """Whether the share stands by its count, with at most the whole between."""
    first, second = sorted((part, share), key=lambda q: q.start)
    between = text[first.end : second.start]
    return len(between.split()) <= _MAX_WORDS + (2 if first.end <= whole.start <= second.start else 0)


def _wrong_totals(sentence: Sentence, exact: Sequence[Quantity]) -> Iterator[Finding]:
    """NUM003, where the quantities of one kind and unit are a total and the list of its parts."""
    for total, parts in _totals(exact):
        if not _is_total(sentence.text, total, parts) or not _is_list(sentence.text, parts):
            continue
        summed = sum(q.low for q in parts)
        slack = sum(map(_rounding, (total, *parts)))
        if abs(summed - total.low) > slack and total.low / 2 < summed < 2 * total.low:
            yield NUM003.finding(
                f"The parts sum to {summed:,.10g}, not to “{_cut(sentence, total)}”.",
                *(passage(sentence, q.start, q.end) for q in (total, *parts)),
                confidence=0.85,
            )


def _totals(exact: Sequence[Quantity]) -> Iterator[tuple[Quantity, Sequence[Quantity]]]:
    """The quantities that may be a total, each with its parts: the first and the last of a kind and unit."""
    alike: defaultdict[tuple[QuantityKind, str], list[Quantity]] = defaultdict(list)
    for quantity in exact:
        alike[quantity.kind, quantity.unit].append(quantity)
    for (kind, unit), group in alike.items():
        if kind in (QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE) and unit != "age" and len(group) > 2:
            yield group[0], group[1:]
            yield group[-1], group[:-1]


def _is_total(text: str, total: Quantity, parts: Sequence[Quantity]) -> bool:
    before_all = total.end <= parts[0].start
    if not before_all and total.start < parts[-1].end:
        return False
    if _TOTAL_BEFORE.search(text, 0, total.start):
        return True
    after = _TOTAL_AFTER.match(text, total.end)
    return after is not None and (not before_all or after.end() <= parts[0].start)


def _is_list(text: str, parts: Sequence[Quantity]) -> bool:
    gaps = [text[a.end : b.start] for a, b in pairwise(parts)]
    if _EXAMPLES.search(text):
        return False
    return all(len(gap) <= _MAX_GAP and _JOINT.search(gap) for gap in gaps) and "and" in gaps[-1]


def _wrong_wholes(sentence: Sentence, shares: Sequence[Quantity]) -> Iterator[Finding]:
    """NUM003, where the shares of one whole make more than 100%, or name the rest and make less."""
    if len(shares) < 2 or not _is_list_of_shares(sentence.text, shares):
        return
    text, summed = sentence.text, sum(q.low for q in shares)
    slack = 1.0 + sum(q.step for q in shares) / 2
    is_complete = bool(_REST.search(text)) or (bool(_SPLIT.search(text)) and len(shares) > 2)
    is_exclusive = is_complete or bool(_FOR.search(text) and _AGAINST.search(text))
    if (is_exclusive and summed > 100 + slack) or (is_complete and summed < 100 - slack):
        yield NUM003.finding(
            f"The shares sum to {summed:,.4g}%.",
            *(passage(sentence, q.start, q.end) for q in (shares[-1], *shares[:-1])),
            confidence=0.8,
        )


def _is_list_of_shares(text: str, shares: Sequence[Quantity]) -> bool:
    gaps = [text[a.end : b.start] for a, b in pairwise(shares)]
    return not _EXAMPLES.search(text) and all(len(gap) <= _MAX_GAP and _JOINT.search(gap) for gap in gaps)


def _rounding(quantity: Quantity) -> float:
    """How far the value may be off as written; small counts are exact."""
    return quantity.step / 2 if quantity.kind is not QuantityKind.COUNT or quantity.step > 1 else 0.0


def _cut(sentence: Sentence, quantity: Quantity) -> str:
    return sentence.text[quantity.start : quantity.end]


SUMS = RuleFamily(find=in_english(find_wrong_sums), specs=(NUM002, NUM003))
