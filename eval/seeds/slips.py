"""A word becomes the same word with one slip of the hand, or of the character set."""

import random

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
EDITS = ("vowel", "key", "drop", "double", "swap")
# Letters of other scripts that look like these, as shared/data/security/confusable_pairs.tsv pairs them.
LOOK_ALIKES = dict(zip("aceiopsxyABEHIKMNOPTX", "асеіорѕхуАВЕНІКМΝОРТΧ", strict=True))
ACCENTED = dict(zip("aceinosuzy", "áçéíñóšúžý", strict=True))


def misspell(word: str, edit: str, rng: random.Random) -> str | None:
    """The word with one slip of the named kind, or None where it cannot take it."""
    i = rng.randrange(len(word))
    if edit == "vowel":
        places = [i for i, c in enumerate(word) if c.lower() in "aeiou"]
        if not places:
            return None
        i = rng.choice(places)
        changed = rng.choice(sorted(set("aeiou") - {word[i].lower()}))
    elif edit == "key":
        row = next((row for row in ROWS if word[i].lower() in row), None)
        if row is None:
            return None
        at = row.index(word[i].lower())
        changed = rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    elif edit == "drop":
        changed = ""
    elif edit == "double":
        changed = word[i] + word[i].lower()
    else:
        i = rng.randrange(len(word) - 1)
        slip = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        return None if slip == word else slip.capitalize()
    return (word[:i] + changed + word[i + 1 :]).capitalize()


def disguise(word: str, rng: random.Random) -> str | None:
    """The word with one letter of another script that looks the same, or None where none does."""
    return _with_one(word, LOOK_ALIKES, rng)


def accent(word: str, rng: random.Random) -> str | None:
    """The word with an accent on one letter after the first, or None where no letter takes one."""
    changed = _with_one(word[1:], ACCENTED, rng)
    return None if changed is None else word[0] + changed


def _with_one(word: str, letters: dict[str, str], rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(word) if c in letters]
    if not places:
        return None
    i = rng.choice(places)
    return word[:i] + letters[word[i]] + word[i + 1 :]
