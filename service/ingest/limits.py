"""How long an article may be: what is longer is a book, a dump or an attack, and would be read for minutes."""

from service.errors import InputTooLarge

LONGEST_SENTENCE = 1_000  # characters: the embedder reads 256 tokens, and a reader is shown the sentence whole
MOST_SENTENCES = 10_000  # a novel has as many; a million took 15 s to cut, 1.5 GB and would take an hour to embed
MOST_CHARACTERS = 150 * MOST_SENTENCES  # news has 120 a sentence; 1,000 in each would take six minutes to embed


def refuse_long(text: str) -> None:
    """Raises InputTooLarge for a text that is too long, before any time is spent on it."""
    if len(text) > MOST_CHARACTERS:
        raise too_long()


def too_long() -> InputTooLarge:
    return InputTooLarge(
        f"This has more than {MOST_SENTENCES:,} sentences or {MOST_CHARACTERS:,} characters. Give it as several articles."
    )
