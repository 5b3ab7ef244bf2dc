"""Lines become paragraphs again, where a width broke them (mail, lynx) or a tag within a sentence did (get_text)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

# Mail and plain-text archives wrap at 65 to 80 columns; shorter lines are more likely a list.
_NARROWEST, _WIDEST = 45, 100
_FEWEST = 3  # lines of a paragraph that shows how wide the whole text is: two can be a headline and its summary
_MARKED = re.compile(r"[•·▪◦‣*#>–—-]\s|\(?\d{1,3}[.)]\s")
_STOP = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")
_GOES_ON = re.compile(
    r"(?!(?:by|from|via) [A-Z]\S*(?: \S+){0,3}$|(?:published|posted|updated)\b)[a-zß-öø-ÿ]|[,.;:!?)\]%’”]|['’]s\b"
)
_CLOSES = re.compile(r"[,.;:!?)\]]|['’]s\b")
_OPEN = re.compile(
    r"(?:[,(\[“‘\"–—-]|\b(?:an?|and|as|at|but|by|for|from|has|have|he|her|his|in|is|it|its|of|on|or|our|said|she|than|that"
    r"|the|their|they|this|to|was|were|when|which|who|with))$",
    re.IGNORECASE,
)
_LINK = 6  # words of a name or a title that a tag set apart
_AHEAD = 2  # lines that a sentence may go on over, and open with a capital each
_MENU = 2  # words in lower case, as some menus are written
_LONG = 8  # words without an end: no headline or button, but a sentence that was cut
_LEAST_WORDS = 4  # of a joined sentence: shorter ones are a caption's or a menu's parts
_LEAST_LOWER = 0.5  # share of a long line's words: a headline in title case has fewer


def find_column(groups: Sequence[Sequence[str]]) -> int | None:
    """The column at which a text's paragraphs were broken, None where nothing tells; a group has no empty line."""
    widths = [max(map(len, group)) for group in groups if len(group) >= _FEWEST and is_wrapped(group)]
    return max(widths, default=None)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether a paragraph was broken over these lines by its width rather than by its writer.

    Every break must be where the next word would not have fitted, and half of the lines
    must go on in lower case: a list of headlines does neither.
    """
    width = max(len(line) for line in lines)
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return False
    full = all(_is_full(line, after, width) for line, after in pairwise(lines))
    lower = sum(line[0].islower() for line in lines[1:])
    return full and lower * 2 >= len(lines) - 1


def paragraph_ends(lines: Sequence[str], column: int | None) -> Iterator[int]:
    """The places of the lines that close a paragraph; `lines` have no empty line among them."""
    if is_wrapped(lines):
        return iter([len(lines) - 1])
    wrapped = {
        place
        for place, (line, after) in enumerate(pairwise(lines))
        if column and _is_full(line, after, column) and not _MARKED.match(after)
    }
    joined = wrapped | _cut_sentences(lines)
    return (place for place in range(len(lines)) if place not in joined)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next word would not have fitted behind this line."""
    return len(line) <= width < len(line) + 1 + len(after.split(None, 1)[0])


def _cut_sentences(lines: Sequence[str]) -> set[int]:
    """The places of lines that go on in the next one: "said that", "Ukraine", "would not give in."

    A tag within a sentence (a link, a name in bold) breaks it in texts that were stripped with a newline a tag.
    Only what ends as a sentence is joined, so that a headline keeps apart from "by Ana Swanson".
    """
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end + 1 < len(lines) and _goes_on(lines, start, end):
            end += 1
        words = sum(len(line.split()) for line in lines[start : end + 1])
        if end > start and words >= _LEAST_WORDS and _STOP.search(lines[end]):
            found.update(range(start, end))
        start = end + 1
    return found


def _goes_on(lines: Sequence[str], start: int, place: int) -> bool:
    """Whether the sentence that runs since `start` goes on behind the line at `place`."""
    line, after = lines[place], lines[place + 1]
    if _MARKED.match(after):
        return False
    if _STOP.search(line):
        return after[0] in ",;:)]”’" and len(after.split()) > 1
    if _GOES_ON.match(after):
        return place > start or not (line.islower() and len(line.split()) <= _MENU)
    # A name in capitals: it belongs to the sentence where what stands behind it does.
    is_running = place > start
    behind = lines[place + 2 : place + (_AHEAD if is_running else 1) + 2]
    is_within = _STOP.search(after) is not None or any(map(_GOES_ON.match, behind))
    is_open = is_running or _OPEN.search(line) or _is_long(line) or any(map(_CLOSES.match, behind))
    return is_within and bool(is_open) and min(len(after.split()), len(line.split())) <= _LINK


def _is_long(line: str) -> bool:
    words = line.split()
    return len(words) >= _LONG and sum(word[0].islower() for word in words) >= _LEAST_LOWER * len(words)
