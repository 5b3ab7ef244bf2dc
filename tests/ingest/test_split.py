"""Blocks become sentences that can be cut out of the text again."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.domain.article import Article, Block, Page, Section, Sentence
from service.errors import InputTooLarge
from service.ingest import limits
from service.ingest import split as splitting
from service.ingest.blocks import read_dump
from service.ingest.document import Document
from service.ingest.extract import extract
from service.ingest.split import split

SAMPLE = Path(__file__).parents[2] / "service" / "sample" / "voa-japan-russia-ukraine.txt"


def page_of(*blocks: str, language: str | None = "en") -> Page:
    text, cut = "", []
    for block in blocks:
        cut.append(Block(start=len(text), end=len(text) + len(block), section=Section.BODY))
        text += block + "\n\n"
    return Page(text=text, blocks=tuple(cut), language=language)


def sentences(*blocks: str, language: str | None = "en") -> list[str]:
    return [sentence.text for sentence in split(page_of(*blocks, language=language), "a", 1)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Lt. Gov. Jones spoke.", "He left."],
        ["U.S. President Barack Obama met Mr. Abe in Washington D.C. on Monday.", "They talked."],
        ["In the U.S. President Obama is popular.", "He was in St. Petersburg."],
        ["At 8 a.m. Monday, the court met.", "At 5 p.m. Eastern it rose."],
        ["He lives at No. 10 Downing Street.", "She does not."],
        ["J. K. Rowling wrote it.", "George W. Bush read it.", "Samuel L. Jackson did not."],
        ["Apple Inc. said on Tuesday it would.", "Shares of Sony Corp. fell."],
        ["“We won.", "It was hard.", "We are happy,” he said.", "(It was late.)", "He left."],
        ['"Is it true?" he asked.', '"Yes!" she said.', "They left."],
        ["He said: “I am done.”", "Then he left."],
        ["The company made $1.5 bn. in 2004.", "Sen. John McCain and Rep. Paul Ryan agreed."],
        ["Maj. Gen. Oleg Ivanov met Brig. Gen. Smith on Jan. 5.", "The Rev. Al Sharpton did not."],
        ["It was out of hand.", "Manchester United had won.", "He lives in New York.", "Meanwhile, she moved."],
        ["Prices rose 3.5 per cent in the U.K. in May.", "They fell 0.2 per cent in June."],
        ["It was late… and cold.", "He left."],
    ],
)
def test_english_is_cut_at_its_sentence_ends(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("fr", ["Il a dit non.", "M. Dupont est là.", "Où est-il ?"]),
        ("ja", ["日本は反対した。", "東京は待つ。"]),
        ("ar", ["مرحبا.", "كيف حالك؟"]),
        ("ru", ["Он живёт здесь.", "Где она?"]),
        ("xx", ["Un.", "Deux."]),
    ],
)
def test_other_languages_are_cut_too(language: str, parts: list[str]) -> None:
    joint = "" if language == "ja" else " "
    assert sentences(joint.join(parts), language=language) == parts


def test_no_sentence_crosses_a_block() -> None:
    assert sentences("He said", "that it was late") == ["He said", "that it was late"]


def test_a_line_break_within_a_block_is_a_space() -> None:
    wrapped = (
        "The council voted on Monday to close the old bridge after engineers\r\n"
        "found cracks in two of its piers. Traffic will be sent by the other\r\n"
        "road until a new one opens, the mayor said."
    )
    assert [text.split()[0] for text in sentences(wrapped)] == ["The", "Traffic"]


def test_ids_sections_and_paragraphs() -> None:
    page = read_dump(SAMPLE.read_text(encoding="utf-8"))
    cut = split(page, "abc", 3)
    assert [s.id for s in cut] == [f"abc.3.{n}" for n in range(len(cut))]
    assert all(page.blocks[s.paragraph].section is s.section for s in cut)
    quote = next(s for s in cut if s.text.startswith("Japan is hoping"))
    assert quote.text.endswith("Kushida's comments on the crisis.")
    assert cut[quote.index - 1].text == "“As a G7 member, we agreed on the statement."


def check(page: Page, cut: tuple[Sentence, ...]) -> None:
    """Offsets hold, nothing overlaps, and nothing but white space is left out."""
    Article(id="a", version=1, source="s", content_hash="0", text=page.text, sentences=cut)
    assert all(1 <= len(s.text) <= 1_000 and s.text == s.text.strip() for s in cut)
    starts = [(s.paragraph, s.start) for s in cut]
    assert starts == sorted(starts)
    for paragraph, block in enumerate(page.blocks):
        own = [s for s in cut if s.paragraph == paragraph]
        assert all(a.end <= b.start for a, b in itertools.pairwise(own))
        assert all(block.start <= s.start < s.end <= block.end for s in own)
        whole = "".join(page.text[block.start : block.end].split())
        assert "".join("".join(s.text.split()) for s in own) == whole


ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        st.sampled_from(" .!?…\"'”’»)\r\n\t\u0301\u200d\u200f\u2028\x1c\x85😀👩🏽Aaא。"),
    ),
    max_size=200,
)


@settings(max_examples=300)
@given(st.lists(ODD, max_size=4), st.sampled_from(["en", None, "ar", "ja", "fr"]))
@example(["", " \n ", "a"], "en")
@example(["👩\u200d💻" * 600 + "e\u0301" * 900], "en")
def test_every_character_is_in_one_sentence(blocks: list[str], language: str | None) -> None:
    page = page_of(*blocks, language=language)
    check(page, split(page, "a", 1))


@pytest.mark.parametrize("unit", ["a", ".", "!?", "word ", "a? ", "e\u0301", '." ', "日本。", "A. ", "Lt. "], ids=ascii)
def test_what_has_no_end_goes_to_the_cutter_in_pieces_once_each(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cutters take quadratic time over some runs of marks: bounded pieces keep the whole linear."""
    monkeypatch.setattr(splitting, "MOST_SENTENCES", 1_000_000)
    pieces: list[int] = []

    def count(text: str, cut: Callable[[str], list[int]] = splitting._cut_english) -> list[int]:
        pieces.append(len(text))
        return cut(text)

    monkeypatch.setattr(splitting, "_cut_english", count)
    page = page_of((unit * 100_000)[:100_000])
    check(page, split(page, "a", 1))
    assert max(pieces) <= 2_000
    assert sum(pieces) == 100_000
    assert len(pieces) <= 100_000 / 900  # none is cut far below its bound


def test_what_runs_on_is_cut_at_spaces() -> None:
    cut = sentences("word " * 1_000)
    assert all(len(text) > 900 for text in cut[:-1])
    assert all(set(text.split()) == {"word"} for text in cut)


def test_a_character_is_not_taken_apart() -> None:
    assert all(text.startswith("e\u0301") for text in sentences("e\u0301" * 2_000))


def test_a_text_of_more_sentences_than_an_article_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "MOST_SENTENCES", 3)
    assert len(sentences("It rained. It snowed. It hailed.")) == 3
    with pytest.raises(InputTooLarge, match="several articles"):
        sentences("It rained. It snowed.", "It hailed. It froze.")


def test_a_text_that_must_have_too_many_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 100)
    document = Document(source="a.txt", media_type="text/plain", content=b"word " * 21)
    with pytest.raises(InputTooLarge, match="several articles"):
        extract(document)
