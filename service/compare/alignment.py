"""A claim laid beside a passage: how much of it the passage says, and what it leaves unsaid."""

from collections.abc import Sequence
from typing import NamedTuple

from service.compare.clauses import is_said_apart
from service.compare.doers import is_same_doer
from service.compare.hedges import is_hedged
from service.compare.identity import find_copula, is_same_one
from service.compare.lexicon import related
from service.compare.limits import is_limited
from service.compare.mentions import find_names
from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.order import Match, is_swapped
from service.compare.slots import is_exchanged
from service.compare.spelling import fold
from service.compare.words import Word, without_possessive, words

NAME_WEIGHT = 2.0  # a claim about someone else is another claim
NUMBER_WEIGHT = 2.0
LIGHT_WEIGHT = 0.25  # words that carry a sentence's grammar more than its content
RELATED_MATCH = 0.8  # a related word may be meant in another sense
INTRODUCED_MATCH = 0.9  # a name of which the sentence says a part, and its article the rest
NEIGHBOUR_MATCH = 0.6  # a name said by the sentence before or after, for which a pronoun stands

_LIGHT = frozenset(
    """hold make take give get go come say tell announc accord occas time total overal current recent now
    still there been about so far plan alreadi mr mrs ms dr""".split()  # noqa: SIM905
)
_PRONOUNS = frozenset("he she it they his her its their him them who".split())  # noqa: SIM905


class Alignment(NamedTuple):
    """How a claim's words stand in a sentence.

    `coverage` is the weighted share of the claim's content words that the sentence says, in [0, 1]; `missing`
    lists those of any weight that it does not. `swapped` says that a name stands on the other side of another
    name, or of its verb, that the verb has another subject, or a figure or place another verb, so that it may be said
    of someone or something else. `hedged` says
    that it is said only as possible, wished, alleged, denied or past, or only in part.
    """

    coverage: float
    missing: tuple[str, ...]
    unnamed: bool  # a name is among what is missing
    swapped: bool
    hedged: bool

    @property
    def asserts(self) -> bool:
        """Whether what the sentence says of the claim, it says as fact and of the same."""
        return not self.swapped and not self.hedged


def align(
    claim: str,
    window: str,
    start: int,
    end: int,
    skip: Sequence[tuple[int, int]] = (),
    introduced: Sequence[str] = (),
) -> Alignment:
    """Lays `claim` beside the sentence `window[start:end]`, and its neighbours for what a pronoun stands for.

    Words of the claim inside a `skip` span (character offsets) are left out: their difference is known. `introduced`
    are full names that the article gives for short ones in the sentence.
    """
    names = _name_words(claim)
    around = words(window)
    here = tuple(word for word in around if start <= word.start < end)
    # A name said only next door counts when the sentence has a pronoun that can stand for it.
    reach = around if any(word.text.lower() in _PRONOUNS for word in here) else ()
    matches = []
    for word in words(claim):
        if not word.is_content or any(begin <= word.start < stop for begin, stop in skip):
            continue
        if word.start in names:
            match = _match(word, NAME_WEIGHT, here, reach)
            matches.append(match if match.others else _introduced(match, claim, names, introduced))
        elif _is_number(claim, word):
            matches.append(_match_number(claim, word, window[start:end], here))
        else:
            matches.append(_match(word, LIGHT_WEIGHT if word.stem in _LIGHT else 1.0, here, ()))
    total = sum(match.weight for match in matches)
    sentence, said = window[start:end], [match for match in matches if match.others]
    return Alignment(
        coverage=sum(m.weight * m.strength for m in matches) / total if total else 0.0,
        missing=tuple(m.word.text for m in matches if m.strength == 0 and m.weight > LIGHT_WEIGHT),
        unnamed=any(m.strength == 0 and m.word.start in names for m in matches),
        swapped=_is_of_another(claim, window, start, end, said, names),
        # A denial whose words are known to differ is no hedge: it refutes.
        hedged=is_hedged(claim, sentence, {other.start - start for match in said for other in match.others})
        or (not skip and is_limited(claim, sentence)),
    )


def _is_of_another(claim: str, window: str, start: int, end: int, said: Sequence[Match], names: frozenset[int]) -> bool:
    sentence = window[start:end]
    if is_said_apart(claim, sentence, start, said) or is_exchanged(claim, sentence):
        return True
    copula = find_copula(claim)
    if copula is not None:
        return bool(names) and not is_same_one(claim, copula, sentence, start, said)
    same = is_same_doer(claim, sentence, start, said)
    return same is False or (same is None and is_swapped(claim, window, said, names))


def _name_words(text: str) -> frozenset[int]:
    """Offsets of the words that are part of a name, titles apart."""
    spans = [(name.start, name.end) for name in find_names(text)]
    return frozenset(word.start for word in words(text) if any(s <= word.start < e for s, e in spans))


def _is_number(text: str, word: Word) -> bool:
    return any(q.start <= word.start < q.end for q in find_quantities(text)) or word.text[0].isdigit()


def _match(word: Word, weight: float, here: Sequence[Word], reach: Sequence[Word]) -> Match:
    kin = related(word.stem)
    for place, factor in ((here, 1.0), (reach, NEIGHBOUR_MATCH)):
        same = tuple(o for o in place if o.stem == word.stem or fold(o.text) == fold(word.text))
        if same:
            return Match(word, weight, factor, same)
        near = tuple(o for o in place if o.stem in kin)
        if near:
            return Match(word, weight, factor * RELATED_MATCH, near)
    return Match(word, weight, 0.0)


def _introduced(match: Match, claim: str, names: frozenset[int], introduced: Sequence[str]) -> Match:
    """The match of a name's word that the article says elsewhere: "Shinzo", where it has one Abe, Shinzo Abe."""
    whole = {fold(word.text) for word in words(claim) if word.start in names}
    for name in introduced:
        parts = {fold(part) for part in name.split()}
        if fold(without_possessive(match.word.text)) in parts and len(parts & whole) > 1:
            return match._replace(strength=INTRODUCED_MATCH)
    return match


def _match_number(claim: str, word: Word, sentence: str, here: Sequence[Word]) -> Match:
    mine = [q for q in find_quantities(claim) if q.start <= word.start < q.end]
    said = any(is_comparable(a, b) and is_compatible(a, b) for a in mine for b in find_quantities(sentence))
    said = said or any(other.stem == word.stem for other in here)
    return Match(word, NUMBER_WEIGHT, float(said))
