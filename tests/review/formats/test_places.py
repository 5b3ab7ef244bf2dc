"""Offsets become the lines and columns that an editor counts."""

import os
from pathlib import Path

import pytest

from service.review.formats.places import Lines, address, has_lines, path_of
from tests.articles import make_article


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_and_columns_are_counted_from_one(newline: str) -> None:
    text = newline.join(["one", "", "three 🙂 four", "five"])
    lines = Lines(text)
    four = text.index("four")
    assert lines.place(0, 3) == (1, 1, 1, 4)
    assert lines.place(four, four + 4) == (3, 9, 3, 13)
    assert lines.place(four, text.index("five") + 4) == (3, 9, 4, 5)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("/desk/a.txt", True),
        ("/desk/a.MD", True),
        ("stdin:0123", True),
        ("/desk/a.pdf", False),
        ("/desk/a.html", False),
        ("/desk/a.jsonl#3", False),
        ("https://news.example/a", False),
    ],
)
def test_only_a_text_file_has_lines_of_its_own(source: str, lines: bool) -> None:
    assert has_lines(make_article("A.").model_copy(update={"source": source})) is lines


def test_a_path_below_the_working_folder_is_told_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = make_article("A.").model_copy(update={"source": os.fspath(tmp_path / "a #1.txt")})
    assert path_of(here) == "a #1.txt"
    assert address(here) == "a%20%231.txt"
    elsewhere = here.model_copy(update={"source": "/other/a.txt"})
    assert address(elsewhere) == "/other/a.txt"
