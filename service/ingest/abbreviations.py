"""The text around a full stop becomes the answer to whether a sentence ends there: nupunkt's two habits, mended.

It splits "Lt. / Gov. Jones", and it never splits behind the ordinary words that its list of abbreviations,
learnt from scanned papers, holds by mistake ("hand.", "found.", "York.").
"""

import re

# A title or the like is followed by what it belongs to: no sentence ends in it.
_NEVER_LAST = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Fr|Sr|Lt|Gov|Sen|Rep|Gen|Col|Sgt|Capt|Cmdr|Cdr|Maj|Brig|Adm|Pvt|Cpl|Supt|Insp"
    r"|Det|Messrs|Pres|Atty|Asst|Amb|Sec|Treas|Dist|Dep|St|Ste|Mt|Ft|vs|v|cf|approx|e\.g|i\.e)\.$"
)
_BEFORE_NUMBER = re.compile(r"\b(?:No|Nos|Art|Fig|Ch|Vol|pp?|para|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")
_INITIAL = re.compile(r"(?:^|[\s(\"'“‘])(?:[A-Z][\w'’-]+ )?(?:[A-Z]\. ?)*[A-Z]\.$")
# These begin sentences far more often than they are a surname: "vitamin C. The study ...".
_STARTERS = re.compile(
    r"(?:A|An|The|He|She|It|They|We|I|You|But|And|In|On|At|If|When|This|That|These|Those|There|Meanwhile|However|Earlier|Later|After|Before|While|Although|His|Her|Its|As)\b"
)
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_BEHIND_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)|GMT|UTC|BST|CET|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|Eastern|Pacific|Central|Local)\b"
)
_COUNTRY = re.compile(r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C)\.(?:A\.)?$")
_BEHIND_COUNTRY = re.compile(
    r"(?:President|Vice President|Secretary|Senator|Sen\.|Rep\.|Representative|Ambassador|Attorney|Supreme|District"
    r"|Congress|Senate|House|Army|Navy|Air|Marine|Coast|Department|Treasury|Federal|Embassy|Security|Council|General"
    r"|Government|Prime|Foreign|State|Justice|Court|Open|Capitol|Food|Geological)\b"
)
# "1.5 bn. in 2004", "Apple Inc. said", “Yes!” she said: what goes on in lower case was no end, if the mark is weak.
_WEAK_END = re.compile(
    r"(?:\b(?!no\b|so\b|it\b|up\b|in\b|to\b|on\b|me\b|us\b|do\b|go\b)\w{1,4}\.|\.\.\.|…|[.!?][\"'”’»)\]]+|\.\w\.)$"
)
# Written in lower case and three letters or longer, only these are abbreviations in the news.
_LOWER = "etc|approx|dept|est|incl|excl|ext|tel|vol|vols|fig|figs|eds|ref|resp|cont|misc|max|avg|assn|bros|corp|govt"
# Of capitalised words, only one that an opening word follows is surely at an end: "New York. Meanwhile, ...".
_UPPER = (
    "Sept|Corp|Capt|Supt|Messrs|Prof|Cmdr|Atty|Asst|Dept|Assn|Assoc|Bros|Blvd|Univ|Inst|Natl|Intl|Dist|Brig|Comm|Insp"
    "|Calif|Mass|Penn|Conn|Minn|Tenn|Ariz|Colo|Okla|Wash|Miss|Kans|Nebr|Mich"
)
_MISSED = re.compile(
    rf"(?<![\w.'’-])(?!(?:{_LOWER}|{_UPPER})\.)(?:[a-z]{{3,}}|[A-Z][a-z]{{3,}}(?=\.[\"'”’)\]]*\s+(?:[\"“‘(]|{_STARTERS.pattern})))"
    r"\.[\"'”’)\]]*\s+(?=[\"“‘(\[]*[A-Z])"
)


def missed_starts(text: str) -> list[int]:
    """Where a sentence begins for certain, behind a word that is no abbreviation."""
    return [match.end() for match in _MISSED.finditer(text)]


def joins(before: str, after: str) -> bool:
    """Whether a boundary between `before` and `after` is none: it stands behind an abbreviation or within a quote.

    `before` is the sentence up to here, `after` what follows with no white space in front.
    """
    before = before.rstrip()
    if not any(char.isalnum() for char in after[:60]):
        return True  # marks alone are no sentence
    return (
        bool(_NEVER_LAST.search(before))
        or (after[0].isdigit() and bool(_BEFORE_NUMBER.search(before)))
        or (_is_name_part(before, after))
        or bool(_CLOCK.search(before) and _BEHIND_CLOCK.match(after))
        or bool(_COUNTRY.search(before) and _BEHIND_COUNTRY.match(after))
        or (after[0].islower() and bool(_WEAK_END.search(before)))
    )


def _is_name_part(before: str, after: str) -> bool:
    return after[0].isupper() and bool(_INITIAL.search(before)) and not _STARTERS.match(after)
