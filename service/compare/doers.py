"""A claim's subject and verb, laid beside a sentence's, tell whether the sentence says it of the same one."""

import re
from collections.abc import Sequence

from service.compare.known_names import is_place
from service.compare.mentions import CALENDAR
from service.compare.order import MUTUAL, Match
from service.compare.verbs import AUXILIARIES, find_verb, is_finite
from service.compare.words import Word, without_possessive, words

_ADVERB = re.compile(r"\w+ly|not|never|also|still|already|now|later|then|since|just|only|even|again|once|recently")
_PRONOUNS = frozenset("he she it they we i you there to".split())  # noqa: SIM905
_RELATIVE = frozenset("who which that".split())  # noqa: SIM905
_PREPOSITIONS = frozenset("of in at from for with on near under over against between during".split())  # noqa: SIM905
_ARTICLES = frozenset("the a an its his her their this these those some".split())  # noqa: SIM905
_COUNTS = frozenset(
    """all both each most some many few several none half third quarter majority number dozens hundreds thousands one two
    three four five six seven eight nine ten""".split()  # noqa: SIM905
)
_JOINTS = frozenset("and or but".split())  # noqa: SIM905 - before a verb: its subject is further off
_BE = frozenset("is are was were be been being".split())  # noqa: SIM905
_ASIDE = re.compile(r"[,()]|\s[-–—]")
_STOP = re.compile(r"[,;:.!?()\"“”]|\s[-–—]")
_TRADES = {"buy": "sell", "sell": "buy", "lend": "borrow", "borrow": "lend"}  # stems: what the other party does
_MOST_STEPS = 6  # phrases stepped over on the way from a verb to its subject
_NEAR = 4  # words within which an object follows its verb, and a doer "by"


def is_same_doer(claim: str, sentence: str, at: int, said: Sequence[Match]) -> bool | None:
    """Whether the sentence says the claim's verb of the claim's subject; None where the words do not tell.

    `at` is the sentence's offset in the text that `said` has its places in. The subject is looked for to the left of
    the verb, over "of the city", "who" and what stands between commas; no parse is made.
    """
    ours = words(claim)
    verb = _main_verb(claim, ours)
    match = next((m for m in said if verb is not None and m.word.start == ours[verb].start), None)
    if verb is None:
        return None
    if match is None and ours[verb].stem not in _TRADES:
        return None
    subject = subject_words(claim, ours, verb)
    meant = {m.word.start for m in said} & {ours[place].start for place in subject or ()}
    if not meant:
        return None
    theirs = words(sentence)
    same = {other.start - at for m in said if m.word.start in meant for other in m.others}
    if match is None:
        return _is_other_party(sentence, theirs, _TRADES[ours[verb].stem], same, _is_passive(ours, verb))
    if match.word.stem in MUTUAL:  # whoever meets is met
        named = {m.word.start for m in said if m.word.text[0].isupper()}
        same |= {other.start - at for m in said if m.word.start in named for other in m.others}
    verbs, passive = {other.start - at for other in match.others}, _is_passive(ours, verb)
    answers = [
        _answer(sentence, theirs, place, same, passive) for place, word in enumerate(theirs) if word.start in verbs
    ]
    if True in answers or not answers:
        return True if answers else None
    return None if None in answers else False


def _is_other_party(sentence: str, theirs: Sequence[Word], converse: str, same: set[int], passive: bool) -> bool | None:
    """False where the sentence has the claim's buyer sell: `converse` is the stem of what the other party does."""
    places = [place for place, word in enumerate(theirs) if word.stem == converse]
    return False if any(_answer(sentence, theirs, place, same, passive) for place in places) else None


def _answer(sentence: str, theirs: Sequence[Word], verb: int, same: set[int], passive: bool) -> bool | None:
    """The same for one verb of the sentence; `same` are the offsets of words that say the claim's subject."""
    if _is_noun(theirs, verb):
        return None
    subject = subject_words(sentence, theirs, verb)
    after = theirs[verb + 1 : verb + 1 + 2 * _NEAR]
    if passive == _is_passive(theirs, verb):
        return None if subject is None else bool({theirs[place].start for place in subject} & same)
    if passive:  # "Smith was arrested" beside "police arrested Smith"
        return any(word.start in same for word in after[:_NEAR]) or None
    by = next((place for place, word in enumerate(after[:_NEAR]) if word.text.lower() == "by"), None)
    return by is not None and any(word.start in same for word in after[by + 1 : by + 1 + _NEAR])


def _main_verb(text: str, all_words: Sequence[Word]) -> int | None:
    """The place of the first finite verb, or of the participle that its auxiliaries lead to."""
    found = find_verb(text, 0, len(text))
    place = next((i for i, word in enumerate(all_words) if found and word.start == found[0]), None)
    while place is not None and place + 1 < len(all_words) and _in_verb_group(all_words[place]):
        place += 1
    return place


def subject_words(text: str, all_words: Sequence[Word], verb: int) -> set[int] | None:
    """The places of the words of the verb's subject, its possessors and what follows its "of" left out; None: unknown."""
    place = _before_group(all_words, verb)
    bare = place == verb - 1
    if (place >= 0 and all_words[place].text.lower() in _JOINTS) or (bare and all_words[verb].text.endswith("ing")):
        return None  # "..., and left"; "after defeating Honduras"
    for _ in range(_MOST_STEPS):
        place = _before_group(all_words, place + 1)
        if place >= 0 and _ASIDE.search(text, all_words[place].end, all_words[place + 1].start):
            place = _before_aside(text, all_words, place)
        if place < 0 or all_words[place].text.lower() in _JOINTS or _stands_for_another(all_words, place):
            return None
        if all_words[place].text.lower() in _RELATIVE:
            place -= 1
            continue
        phrase = _phrase(text, all_words, place)
        first = min(phrase)
        if first < 2 or all_words[first - 1].text.lower() not in _PREPOSITIONS or _counts(all_words[first - 2]):
            return phrase
        place = first - 2
    return None


def _counts(word: Word) -> bool:
    """True in "12 of the councillors": it is they who do it."""
    return word.text[0].isdigit() or word.text.lower() in _COUNTS


def _stands_for_another(all_words: Sequence[Word], place: int) -> bool:
    """True for a pronoun; one with a capital inside a sentence is of a name: "While She Sleeps"."""
    return all_words[place].text.lower() in _PRONOUNS and (place == 0 or all_words[place].text.islower())


def _before_group(all_words: Sequence[Word], verb: int) -> int:
    """The place of the word before the verb's auxiliaries and adverbs, or -1."""
    place = verb - 1
    while place >= 0 and _in_verb_group(all_words[place]):
        place -= 1
    return place


def _before_aside(text: str, all_words: Sequence[Word], place: int) -> int:
    """From the last word of what stands between commas to the word before it; -1 where it has no beginning."""
    while place > 0 and not _ASIDE.search(text, all_words[place - 1].end, all_words[place].start):
        place -= 1
    return place - 1


def _phrase(text: str, all_words: Sequence[Word], last: int) -> set[int]:
    """The words of the noun phrase that ends with `last`, and of those that "and" ties to it."""
    kept: set[int] = set()
    place = last
    while place >= 0:
        word = all_words[place]
        owner = without_possessive(word.text)
        if owner == word.text or place == last or is_place(owner):
            kept.add(place)
        if place == 0 or _STOP.search(text, all_words[place - 1].end, word.start):
            break
        before = all_words[place - 1].text
        if before.lower() == "and" and place >= 2:
            place -= 2
            continue
        if word.text.lower() in _ARTICLES or _ends_phrase(before):
            break
        place -= 1
    return kept or {last}


def _ends_phrase(word: str) -> bool:
    low = word.lower()
    return low in _PREPOSITIONS | _RELATIVE | _PRONOUNS | CALENDAR or (word.islower() and is_finite(word))


def _in_verb_group(word: Word) -> bool:
    low = word.text.lower()
    return low in AUXILIARIES or bool(_ADVERB.fullmatch(low) and not word.text[0].isupper())


def _is_passive(all_words: Sequence[Word], verb: int) -> bool:
    after = [word.text.lower() for word in all_words[verb + 1 : verb + 3]]
    if after[:1] == ["by"] and not (after[1:] and after[1][0].isdigit()):  # "fell by 3 percent"
        return True
    group = all_words[_before_group(all_words, verb) + 1 : verb]
    return any(word.text.lower() in _BE for word in group) and not all_words[verb].text.endswith("ing")


def _is_noun(all_words: Sequence[Word], place: int) -> bool:
    """True for "the rise", "its eviction", "the eviction of": no verb whose subject could be looked for."""
    before = all_words[place - 1].text.lower() if place else ""
    after = all_words[place + 1].text.lower() if place + 1 < len(all_words) else ""
    return before in _ARTICLES or after == "of"
