"""A sentence becomes the places from which on it says something only as possible, wished, alleged, denied or past."""

import re
from collections.abc import Collection

from service.compare.words import Word, stem, words

# Each governs what follows it: "accused of killing", "could rise", "the former minister". Words of reporting ("said",
# "announced") are left out on purpose: news says nearly everything by them.
_VERBS = frozenset(
    stem(word)
    for word in """accuse suspect allege indict clear acquit deny dispute reject refute dismiss hope want wish plan intend
    aim seek try attempt threaten threat promise pledge vow urge ask call demand propose consider offer agree refuse decline
    expect predict forecast fear worry warn believe think assume speculate rumour rumor claim suggest doubt pretend
    possibility chance risk bid prepare likely unlikely invite order tell advise recommend apply cancel postpone delay avoid
    fail prevent stop""".split()  # noqa: SIM905
)
_OF_WHAT = frozenset(stem(word) for word in "accuse suspect clear acquit".split())  # noqa: SIM905
_MODALS = frozenset("could may might would should must shall can ought".split())  # noqa: SIM905
_FUTURE = frozenset({"will", "ll", "set", "due"})  # nothing is taken back by them where the claim looks ahead too
_ADVERBS = frozenset(
    "yet nearly almost allegedly reportedly supposedly possibly perhaps probably maybe apparently reputedly".split()  # noqa: SIM905
)
_CONDITIONS = frozenset("if unless whether lest".split())  # noqa: SIM905
_PRIVATIVES = frozenset(
    "former ex vice deputy lieutenant acting alleged fake ousted late outgoing incoming would-be aspiring".split()  # noqa: SIM905
)
_DEPARTURES = frozenset(stem(word) for word in "leave quit resign retire step stand oust sack dismiss remove".split())  # noqa: SIM905
_ARTICLES = frozenset("the a an its his her their".split())  # noqa: SIM905
_LOOKS_AHEAD = re.compile(r"\b(?:will|to|plan\w*|going|expect\w*|due|set)\b|['’]ll\b", re.IGNORECASE)
# How many words on a hedge still governs, as far as no clause ends before.
_REACH = ((_PRIVATIVES, 3), (_MODALS, 3), (_ADVERBS, 2), (_CONDITIONS, 8))
_VERB_REACH = 5
_ENDS = re.compile(r"[,;:.!?()]|\s[-–—]|\b(?:and|but|as|while|after|when|because|since|who|which|where|although)\b")


def is_hedged(claim: str, sentence: str, said: Collection[int]) -> bool:
    """True when a word that the claim does not have takes from the sentence that it says the claim's words as fact.

    `said` are the offsets in `sentence` of the words that say the claim's.
    """
    own = {word.stem for word in words(claim)} | {word.text.lower() for word in words(claim)}
    ahead = _LOOKS_AHEAD.search(claim)
    all_words = words(sentence)
    for place, word in enumerate(all_words):
        reach = 0 if word.stem in own or word.text.lower() in own else _reach(word, future=not ahead)
        if word.text == "as" and any(w.stem in _DEPARTURES - own for w in all_words[max(place - 3, 0) : place]):
            reach = _VERB_REACH  # "left as chief executive"
        for step, governed in enumerate(all_words[place + 1 : place + 1 + reach]):
            if _ENDS.search(sentence, word.end, governed.start) or _is_past(word, governed, step):
                break
            if governed.start in said and _is_object(sentence, word, governed):
                return True
    return False


def _is_object(sentence: str, hedge: Word, governed: Word) -> bool:
    """Whether it is what the hedge is about: Smith is accused, but what he is accused OF is not said to be so."""
    return hedge.stem not in _OF_WHAT or " of " in sentence[hedge.end : governed.start]


def _is_past(hedge: Word, governed: Word, step: int) -> bool:
    """Whether it governs no more: "could" ends at "the", "former" at a name that is not the next word."""
    text = hedge.text.lower()
    if text in _MODALS | _FUTURE:
        return governed.text.lower() in _ARTICLES
    return text in _PRIVATIVES and step > 0 and governed.text[0].isupper()


def _reach(word: Word, future: bool) -> int:
    text = word.text.lower()
    if future and text in _FUTURE:
        return 3
    for family, reach in _REACH:
        if text in family:
            return reach
    return _VERB_REACH if word.stem in _VERBS and not word.text[0].isupper() else 0
