"""An article and one of its sentences become the full names that the article gives for the sentence's short ones."""

import re
from itertools import islice

from service.compare.known_names import is_place
from service.compare.mentions import Name, find_names
from service.compare.name_match import same_name

_BEFORE, _AFTER = 60, 30  # characters around a word that hold the rest of its name
_MOST = 100  # places of a word that are looked at: a name is introduced early


def introductions(article: str, start: int, end: int) -> tuple[str, ...]:
    """The full names of whom the sentence `article[start:end]` calls by one word: "Shinzo Abe" for "Abe".

    A word that two bearers share in the article, Akie and Shinzo Abe, is left out: the sentence may mean either.
    """
    found = []
    for name in find_names(article[start:end]):
        if " " not in name.text and not is_place(name.text):
            bearers = _bearers(article, name.text)
            if bearers and all(same_name(bearers[0], other).may_be_one for other in bearers):
                found.append(max((bearer.text for bearer in bearers), key=len))
    return tuple(dict.fromkeys(found))


def _bearers(article: str, word: str) -> list[Name]:
    """The names of more than one word in the article that have the word in them."""
    bearers: dict[str, Name] = {}
    for match in islice(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", article), _MOST):
        begin = max(article.rfind("\n", 0, match.start()) + 1, match.start() - _BEFORE)
        for name in find_names(article[begin : match.end() + _AFTER]):
            if " " in name.text and word in name.text.split():
                bearers.setdefault(name.text, name)
    return list(bearers.values())
