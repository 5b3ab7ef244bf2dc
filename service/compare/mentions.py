"""A text becomes the names it mentions, with offsets: of people, places and organisations."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.compare.known_names import COMMON_WORDS, DEMONYMS, is_given_name, is_place
from service.compare.titles import AMBIGUOUS, CALLINGS, MODIFIERS, is_honorific, is_title_word, title_before, trim_title
from service.compare.words import STOP_WORDS
from service.domain.base import Frozen

CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter ramadan""".split()  # noqa: SIM905 - words read best as words
)
_PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le bin ibn ben al el ul ten ter zu y st".split()  # noqa: SIM905
)
_COMPOUND = re.compile(
    r"^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-|-(?:old|born|based|time|winning)$", re.IGNORECASE
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())  # noqa: SIM905
_TOKEN = re.compile(
    r"""(?:[^\W\d_]\.){2,}                # U.S., J.K.
      | [^\W\d_]\.(?=\s[^\W\d_])          # an initial: George W. Bush
      | (?:[^\W_]|[\u0300-\u036f])+(?:['’‑-](?:[^\W_]|[\u0300-\u036f])+)*   # O'Sullivan, Jean-Claude
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_CONTRACTION = re.compile(r"['’](?:m|re|ve|ll|d|t)$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.?!:;\n\r…]|^[-–—*•])[\s\"'“”‘’(\[]*\Z|[\"“‘(\[]\s?\Z")
_LINE = re.compile(r"[^\n]+")
MIN_HEADLINE = 4  # long words; fewer are as often a list of names
MIN_SMALL = 12  # words; fewer without a capital are a caption
CAPITALS_OF_SMALL = 0.02  # at most so many of them have one: a sentence begins with one every 50 words at the least
HEADLINE_SHARE = 0.9  # of the words of five letters and more; a sentence of many names stays below it


class Name(Frozen):
    """A mention: `source[start:end] == text`, without title and possessive ending.

    A person has a given name or a title and a surname; a name of one word, a place or an organisation is
    all surname. `title` holds the words before it: "Foreign Minister", "Mr", "economy minister".
    """

    text: str
    start: int
    end: int
    title: str | None
    given: str | None
    surname: str

    @property
    def is_introduced(self) -> bool:
        """True where the mention presents its bearer: by a given name, or by an office ("Mr" does not)."""
        return self.given is not None or (self.title is not None and not is_honorific(self.title))


# A team sheet is full of surnames that nobody introduces. Reading their bare names raises 7 more findings on
# the 1,000 clean articles of bbc_dev, all of them false (python -m eval.tasks.review).
_MIN_ROLL = 4
_ROLL_SHARE = 0.5


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    opens: bool  # it stands where a capital is owed to the sentence, or to a headline
    ends_name: bool  # a possessive ending or a mark follows, not a space

    @property
    def key(self) -> str:
        return self.text.casefold().rstrip(".")

    @property
    def is_capitalised(self) -> bool:
        head, _, tail = self.text.partition("-")
        return self.text[0].isupper() or (head in _PARTICLES and tail[:1].isupper())

    @property
    def is_plain(self) -> bool:
        """True for a capital that means nothing: a common word where every word, or the first, has one."""
        if self.key in STOP_WORDS or self.text == "I":
            return self.opens or not is_given_name(self.text)  # "Will Smith" within a sentence
        return self.opens and self.key in COMMON_WORDS

    @property
    def is_owed(self) -> bool:
        """True for a word of titles that no title followed: "Foreign investors"; and for "Fifteen-year-old"."""
        return self.opens and (self.key in MODIFIERS or self.is_plain or _COMPOUND.search(self.text) is not None)

    @property
    def is_title(self) -> bool:
        return is_title_word(self.text) or (self.opens and self.key in CALLINGS)


@lru_cache(maxsize=1024)  # a claim is laid beside many sentences
def find_names(text: str) -> tuple[Name, ...]:
    """The names of a text in order of appearance; nationalities, months and weekdays are not names."""
    return tuple(
        name
        for line in _LINE.finditer(text)
        for run in _runs(list(_tokens(text, line.start(), line.end())))
        if (name := _name(text, run)) is not None
    )


def in_small_letters(texts: Sequence[str]) -> bool:
    """True for copy that is written without capitals: of its words, hardly one has any."""
    words = [m.group() for text in texts for m in _TOKEN.finditer(text)]
    return len(words) >= MIN_SMALL and sum(word[0].isupper() for word in words) <= CAPITALS_OF_SMALL * len(words)


def with_capitals(text: str) -> str:
    """Copy without capitals, with one on each word that may be of a name: a title, a given name, or a word no list knows."""
    return _TOKEN.sub(lambda match: _capitalised(match.group()), text)


def _capitalised(word: str) -> str:
    key = _POSSESSIVE.sub("", word).casefold()
    is_common = key in STOP_WORDS or key in COMMON_WORDS or key in CALENDAR
    may_be_name = is_title_word(key) or key in MODIFIERS or is_given_name(key) or not is_common
    return word[0].upper() + word[1:] if may_be_name and key not in STOP_WORDS else word


def is_roll(text: str, names: Sequence[Name]) -> bool:
    """True for a team sheet, a cast or a list of results, where every name stands alone and is new."""
    named = sum(len(name.text.split()) for name in names)
    return len(names) >= _MIN_ROLL and named >= _ROLL_SHARE * len(text.split())


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    matches = list(_TOKEN.finditer(text, start, end))
    headline = _is_headline(text[start:end], [m.group() for m in matches])
    after_short_form = False  # the full stop of "Mr." or "W." ends no sentence
    for m in matches:
        word = _POSSESSIVE.sub("", m.group())
        bare = _CONTRACTION.sub("", word)
        opens = headline or (
            not after_short_form and bool(_SENTENCE_START.search(text, max(start, m.start() - 6), m.start()))
        )
        following = text[m.end() : m.end() + 1]
        is_short_title = is_title_word(word) and following == "."
        ends = len(bare) < len(m.group()) or not (following.isspace() or is_short_title)
        yield _Token(bare, m.start(), m.start() + len(bare), opens or m.start() == start, ends)
        after_short_form = word.endswith(".") or is_short_title


def _is_headline(line: str, words: list[str]) -> bool:
    """True for a line in capitals, or with a capital on nearly every long word and no full stop."""
    long = [w for w in words if len(w) >= 5 and w[0].isalpha()]
    if len(long) < MIN_HEADLINE:
        return False
    if line.rstrip(" \"'”’)").endswith((".", "?", "!")):
        return all(w.isupper() for w in long)
    return sum(w[0].isupper() for w in long) >= HEADLINE_SHARE * len(long)


def _runs(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Capitalised words side by side, with the particles between them: Edwin van der Sar, Bank of England."""
    run: list[_Token] = []
    link: list[_Token] = []  # particles that belong to the run only if a capitalised word follows
    for token in tokens:
        if run and not _is_beside((run + link)[-1], token):
            yield run
            run, link = [], []
        if link and link[-1].key == "of" and is_given_name(token.text):
            yield run  # the Life of | Peter Sellers
            run, link = [], []
        if _is_name_word(token, run):
            run, link = [*run, *link, token], []
        elif run and _is_link(token, run):
            link.append(token)
        elif run:
            yield run
            run, link = [], []
    if run:
        yield run


def _is_name_word(token: _Token, run: list[_Token]) -> bool:
    if token.key in CALENDAR:
        return bool(run) and is_given_name(run[-1].text)  # Theresa May
    may_be_title = token.opens and (token.key in MODIFIERS or token.is_title)  # Foreign Minister, Actor, Mayor
    return token.is_capitalised and (may_be_title or not token.is_plain)


def _is_beside(left: _Token, right: _Token) -> bool:
    gap = right.start - left.end
    return not left.ends_name and (gap == 1 or (gap == 2 and is_title_word(left.text)))


def _is_link(token: _Token, run: list[_Token]) -> bool:
    if token.key == "of":
        return token.text == "of" and not is_title_word(run[-1].text) and not is_given_name(run[0].text)
    return token.text in _PARTICLES


def _name(text: str, run: list[_Token]) -> Name | None:
    """The name that a run of words holds, or None where it holds only a title, nationality or the like."""
    split = _title_length(run)
    titled, words = run[:split], run[split:]
    while words and (words[0].key in DEMONYMS or words[0].is_owed):
        words = words[1:]
    while words and words[-1].key in DEMONYMS | _SUFFIXES:
        words = words[:-1]
    if not words or not any(len(w.key) > 1 for w in words):
        return None
    whole = text[words[0].start : words[-1].end]
    title = trim_title([t.text for t in titled]) if titled else title_before(text, words[0].start)
    given, surname = (None, whole) if _is_whole(whole, words) else _parts(text, words)
    return Name(text=whole, start=words[0].start, end=words[-1].end, title=title, given=given, surname=surname)


def _title_length(run: list[_Token]) -> int:
    """How many words of the run are the title: up to the last title word that a name follows."""
    if len(run) == 1:
        return int(run[0].is_title)
    for i in range(len(run) - 2, -1, -1):
        if not run[i].is_title:
            continue
        rest = run[i + 1 :]
        if run[i].key in AMBIGUOUS and all(w.key in COMMON_WORDS for w in rest):
            return 0
        return i + 1
    return len(run) if run[-1].is_title and not is_given_name(run[0].text) else 0


def _is_whole(whole: str, words: list[_Token]) -> bool:
    """True for a name that has no given part: one word, a place, or one that holds "of" or an acronym."""
    if len(words) == 1 or is_place(whole):
        return True
    return any(w.key == "of" or (len(w.text) > 2 and w.text.isupper() and not w.opens) for w in words)


def _parts(text: str, words: list[_Token]) -> tuple[str | None, str]:
    """Given names and surname; particles go with the surname: Edwin | van der Sar."""
    first = len(words) - 1
    while first > 1 and words[first - 1].key in _PARTICLES:
        first -= 1
    if first == 0 or (first == 1 and words[0].key in _PARTICLES):
        return None, text[words[0].start : words[-1].end]
    return text[words[0].start : words[first - 1].end], text[words[first].start : words[-1].end]
