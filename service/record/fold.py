"""A word becomes the form that its spellings with other accents and capitals share."""

import re
import unicodedata

# The combining marks of Latin, Greek and Cyrillic. Marks of other scripts tell words apart: they stay.
_ACCENTS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """ "Erdoğan" and "ERDOGAN" both give "erdogan"."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text))).casefold()
