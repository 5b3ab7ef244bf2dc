"""A sentence and the passages that it cites become the quotations in it that the passages do not hold."""

import re
from collections.abc import Iterable

from service.domain.passage import Passage

# Double marks of any script, guillemets either way round, and single marks that stand at the edge of a word: the one
# in "Abe's" does not. What opens with a double mark and does not close is a quotation to its end. A typist's marks are
# ``these'', and Markdown's for words as they are `these`.
_DOUBLE, _ANGLE = '"“”„‟″＂❝❞〝〞〟「」『』', "«»‹›"
_QUOTED = re.compile(
    rf"[{_DOUBLE}]([^{_DOUBLE}]+)(?:[{_DOUBLE}]|$)|[{_ANGLE}]([^{_ANGLE}]+)(?:[{_ANGLE}]|$)"
    r"|(?<!\w)(?:[‘‚']|`+)((?:[^‘’'`\n]|(?<=\w)[’'](?=\w))+)[‘’'`](?!\w)"
)
# "$38" is not "€38"; and what runs over a mark of the stored text gives a speaker words that are not the speaker's.
_WORD = re.compile(rf"\w+(?:[.,’'-]\w+)*|[%‰°$€£¥₹₽]|[{_DOUBLE}{_ANGLE}]")


def unfound_quotes(text: str, passages: Iterable[Passage]) -> list[str]:
    """The quotations in `text` that stand word for word in none of the passages' windows.

    Words must be the same, with their case except for the first one's; the marks and the punctuation between
    them may differ, as a full stop goes inside the marks in one house and outside in another.
    """
    stored = [_words(passage.window) for passage in passages]
    quotes = [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
    return [quote for quote in quotes if not any(_holds(words, _words(quote)) for words in stored)]


def _words(text: str) -> list[str]:
    """Words, signs and marks; which mark it is does not matter."""
    return ['"' if word in _DOUBLE + _ANGLE else word.replace("’", "'") for word in _WORD.findall(text)]


def _holds(words: list[str], quote: list[str]) -> bool:
    if not quote:
        return True  # marks around nothing that can be said
    first = {quote[0], quote[0][:1].upper() + quote[0][1:], quote[0][:1].lower() + quote[0][1:]}
    return any(
        words[at] in first and words[at + 1 : at + len(quote)] == quote[1:] for at in range(len(words) - len(quote) + 1)
    )
