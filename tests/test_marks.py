"""Any text can be shown in a terminal, and two texts differ where one has letters that the other has not."""

from hypothesis import given
from hypothesis import strategies as st

from service.marks import differing, printable


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b")


def test_joiners_of_emoji_and_scripts_are_kept() -> None:
    family, persian = "👩\u200d👧", "می\u200cخواهم"
    assert printable(family + persian) == family + persian


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_the_letters_that_do_not_differ_stand_in_the_other_text_in_the_same_order(ours: str, theirs: str) -> None:
    kept, rest = ours, iter(theirs)
    for start, end in reversed(differing(ours, theirs)):
        kept = kept[:start] + kept[end:]
    assert all(letter in rest for letter in kept)


def test_a_text_alone_differs_from_nothing() -> None:
    assert not differing("Kushida", "")
