"""Sentences become how much each is worth checking, by rule: facts and figures against opinion and prediction."""

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.compare.date_finder import find_dates
from service.compare.lexicon import irregular_forms
from service.compare.mentions import find_names
from service.compare.number_finders import find_quantities
from service.compare.words import words
from service.domain.claim import CheckWorthiness

FEW_WORDS = 6
_QUOTED = re.compile(r"[\"“]([^\"”]*)(?:[\"”]|$)|^([^\"“”]+)[\"”]$")
_CONSEQUENCE = re.compile(
    r"\b(?:kill|die[ds]?\b|dead|death|drown|injur|arrest|convict|jail|fine[ds]\b|banned|bans?\b|sue[ds]?\b|law\b|court|"
    r"tax|budget|profit|sales|price|jobs?\b|unemploy|econom|growth|lending|trade|vote|elect|polic[ey]|weapon|troops|war\b|"
    r"attack|terror|virus|cancer|disease|health|drug|fraud|scandal|immigra|treaty|contract|withdr|bankrupt|"
    r"bought|purchas|takeover|patent|appoint|resign)",
    re.IGNORECASE,
)
_PREDICTION = re.compile(
    r"\b(?:will|would|may|might|could|can|shall|[a-z]+'ll|expect(?:s|ed)?|likely|unlikely|forecasts?|predict(?:s|ed)?|hop(?:e|es|ed|ing)|"
    r"plan(?:s|ned|ning)?|set to|due to|about to|going to|next (?:week|month|year|season)|tomorrow|future|wants?)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:should|must|ought|(?:I|we|they) (?:think|believe|feel|suspect|guess|know)|seem(?:s|ed)?|appear(?:s|ed)? to|perhaps|"
    r"probably|argued?|insisted|criticised|attacked|important|great|good|nice|beautiful|brilliant|fantastic|terrible|awful|"
    r"famous|wonderful|serious|badly|too (?:\w+)|easy|hard|difficult|tricky|simply|precisely|ridiculous|vital|real(?:ly)?|"
    r"opinion|views?|superb|stronger|better)\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:delighted|proud|thrilled|sorry|ashamed|regrets?|happy|glad|sad|worr(?:y|ied|ies)|fears?|confident|disappoint\w+|excited|"
    r"love[ds]?|hate[ds]?|anxious|concerned|looking forward|tragedy|distress\w*|marvel\w*|thank(?:ed|s)?|pressure|pleased)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|we|we're|we've|us|my|our|me|you|your|you'll)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|says?|told|according to|announced|reported|confirmed|claimed|added|showed|found)\b")
_POINTS_AWAY = re.compile(r"[\"“‘'(\s]*(?:it|they|he|she|this|that|these|those|such|so|but|and)\b", re.IGNORECASE)
_PAST_FORM = re.compile(r"[a-z]{2,}ed|was|were|had|did")


class _Cue(NamedTuple):
    """A sign in a sentence, the reason it gives a reader, and its weight in log odds."""

    reason: str
    weight: float
    is_in: Callable[[str], bool]


def _past(text: str) -> bool:
    bases = irregular_forms()
    told = [word.text for word in words(_unquoted(text)) if word.text.islower()]
    return any(_PAST_FORM.fullmatch(word) or word in bases for word in told)


def _unquoted(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _is_mostly_quoted(text: str) -> bool:
    return 2 * sum(len(m.group()) for m in _QUOTED.finditer(text)) > len(text)


# Weights: what logistic regression finds on 230 sentences of news (`python -m eval.tasks.detection --fit`), rounded.
# Questions and the first person are too rare there to tell: theirs are set by hand.
CUES: dict[str, _Cue] = {
    "figure": _Cue("gives a figure", 1.2, lambda text: bool(find_quantities(text))),
    "date": _Cue("says when", 0.2, lambda text: bool(find_dates(text, None))),
    "name": _Cue("names a person, place or organisation", 0.3, lambda text: bool(find_names(text))),
    "past": _Cue("reports something that happened", 1.0, _past),
    "consequence": _Cue("bears on law, money, health or safety", 0.3, lambda text: bool(_CONSEQUENCE.search(text))),
    "said": _Cue("says who said it", -0.3, lambda text: bool(_SAID.search(text))),
    "question": _Cue("asks", -2.0, lambda text: text.rstrip("\"'”’) ").endswith("?")),
    "prediction": _Cue("speaks of what may come", -1.6, lambda text: bool(_PREDICTION.search(text))),
    "opinion": _Cue("gives an opinion", -1.0, lambda text: bool(_OPINION.search(text))),
    "feeling": _Cue("tells a feeling", -0.8, lambda text: bool(_FEELING.search(text))),
    "first person": _Cue("speaks for its speaker", -0.5, lambda text: bool(_FIRST_PERSON.search(text))),
    "quoted": _Cue("is mostly a quotation", -1.2, _is_mostly_quoted),
    "short": _Cue("is too short to say much", -1.0, lambda text: len(text.split()) < FEW_WORDS),
    "points away": _Cue("leans on the sentence before", -0.9, lambda text: bool(_POINTS_AWAY.match(text))),
}
BIAS = -0.6
_WORTH_SAYING = 0.3  # a weaker cue is no reason to show


class RulesDetector:
    """The port `Detector` by cues in the words of each sentence alone."""

    id = "rules-1"

    def rate(self, sentences: Sequence[str]) -> list[CheckWorthiness]:
        """One rating a sentence, in order; the reasons with the most weight first."""
        return [_rate(sentence) for sentence in sentences]


def find_cues(sentence: str) -> tuple[str, ...]:
    """The names of the cues in a sentence, in the order of CUES."""
    return tuple(name for name, cue in CUES.items() if cue.is_in(sentence))


def _rate(sentence: str) -> CheckWorthiness:
    cues = [CUES[name] for name in find_cues(sentence)]
    odds = BIAS + sum(cue.weight for cue in cues)
    telling = sorted((cue for cue in cues if abs(cue.weight) >= _WORTH_SAYING), key=lambda cue: -abs(cue.weight))
    return CheckWorthiness(score=1 / (1 + math.exp(-odds)), reasons=tuple(cue.reason for cue in telling))
