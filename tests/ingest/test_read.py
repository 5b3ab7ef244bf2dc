"""Files, folders, lines and standard input become documents; what cannot be read is reported in its place."""

import io
import json
import os
from pathlib import Path

import pytest

from service.ingest.document import Document
from service.ingest.read import Unread, is_address, read


def read_all(*sources: str, stdin: bytes = b"", max_bytes: int = 10_000) -> list[Document | Unread]:
    def refuse(url: str) -> Document:
        raise AssertionError(url)

    return list(read(sources, stdin=io.BytesIO(stdin), max_bytes=max_bytes, fetch=refuse))


def codes(results: list[Document | Unread]) -> list[str]:
    return [result.error.code if isinstance(result, Unread) else result.media_type for result in results]


def test_a_bad_file_in_a_folder_does_not_stop_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Good.")
    (tmp_path / "b.exe").write_bytes(b"MZ\x00\x01")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.md").write_text("# Good")
    (tmp_path / ".hidden.txt").write_text("No.")
    assert codes(read_all(str(tmp_path))) == ["text/plain", "unsupported_type", "text/markdown"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"<!DOCTYPE html><p>x", "text/html"),
        ("a.txt", b"%PDF-1.4", "application/pdf"),
        ("a.txt", b"\x00\x01\x02", "unsupported_type"),
        ("a.pdf", b"not a pdf", "unreadable_file"),
        ("a.docx", b"not a docx", "unreadable_file"),
        ("a.xyz", b"text", "unsupported_type"),
        ("a.txt", b"x" * 20_000, "input_too_large"),
    ],
)
def test_a_file_is_taken_for_what_it_is(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert codes(read_all(str(tmp_path / name))) == [expected]


def test_a_line_that_is_no_article_is_reported_with_its_number(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "One.", "id": 1, "published": "2014-03-04T10:00:00Z"}),
        "{not json",
        json.dumps({"title": "No text"}),
        json.dumps({"text": "x" * 20_000}),
        json.dumps({"html": "<p>Two.</p>", "url": "https://news.example/2"}),
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines))
    results = read_all(str(path))
    assert codes(results) == ["text/plain", "unreadable_file", "empty_page", "input_too_large", "text/html"]
    assert [result.source.rpartition("#")[2] for result in results[:4]] == ["1", "2", "3", "4"]
    assert results[4].source == "https://news.example/2"
    assert isinstance(results[0], Document)
    assert str(results[0].published) == "2014-03-04"


def test_standard_input_is_read_and_named_by_what_it_says() -> None:
    (one,), (again,), (other,) = (read_all("-", stdin=text) for text in (b"One.", b"One.", b"Two."))
    assert one.source == again.source != other.source


@pytest.mark.parametrize("source", ["nowhere.txt", "a" * 5_000, "a\0b"])
def test_a_name_of_nothing_is_a_clear_error(source: str) -> None:
    assert codes(read_all(source)) == ["unreadable_file"]
    assert not is_address(source)


def test_an_empty_folder_and_a_pipe_are_reported(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert codes(read_all(str(tmp_path / "empty"))) == ["unreadable_file"]
    assert codes(read_all(str(tmp_path / "pipe.txt"))) == ["unsupported_type"]


def test_a_link_to_itself_and_a_folder_that_may_not_be_listed_cost_only_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "a-locked"
    locked.mkdir()
    (tmp_path / "b-loop.txt").symlink_to("b-loop.txt")
    (tmp_path / "c.txt").write_text("The port reopened.")
    list_folder = Path.iterdir

    def refuse(path: Path) -> object:
        if path == locked:  # tests may run as root, who may list every folder
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    results = read_all(str(tmp_path))
    assert [Path(result.source).name for result in results] == ["a-locked", "b-loop.txt", "c.txt"]
    assert codes(results[:2]) == ["unreadable_file", "unreadable_file"]
    assert isinstance(results[2], Document)
