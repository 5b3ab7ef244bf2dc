"""The command line ends every bad input in one sentence with a code, the documented status and no traceback."""

from pathlib import Path

import pytest

from service.domain.report import Ingested
from tests.e2e.command import run
from tests.e2e.conftest import SAMPLE


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("review", "nowhere.txt"), b"[article_not_found]"),
        (("check", "  "), b"[empty_text]"),
        (("check", "Abe met Putin.", "--as-of", "March"), b"[bad_date]"),
        (("check", "Abe met Putin. " * 500), b"[input_too_large]"),
    ],
)
def test_bad_input_is_one_sentence_with_a_code(arguments: tuple[str, ...], code: bytes, tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert code in done.stderr
    assert b"Traceback" not in done.stderr
    assert not done.stdout


def test_an_unusable_data_folder_says_which_setting_to_change(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("articles", folder=tmp_path / "file" / "data")
    assert done.returncode == 2
    assert b"CLAIMDESK_DATA_DIR" in done.stderr
    assert b"[record_unavailable]" in done.stderr


def test_a_review_of_a_file_finds_and_opens_no_database(tmp_path: Path) -> None:
    done = run("review", str(SAMPLE), folder=tmp_path / "data")
    assert done.returncode == 1
    assert b"NAM001" in done.stdout
    assert not (tmp_path / "data").exists()


def test_an_article_cannot_drive_the_terminal(tmp_path: Path) -> None:
    text = b"Port \x1b[2Jreopens\n\nMayor Ann Peeters opened it. Mayor Peeters smiled. Peetars' \x1b]0;x\x07aide wept."
    done = run("review", "-", folder=tmp_path / "data", stdin=text)
    assert done.returncode in (0, 1)
    assert b"\x1b" not in done.stdout


def test_a_failed_source_is_reported_and_the_good_one_goes_in(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"no pdf")
    done = run("ingest", str(SAMPLE), str(tmp_path / "bad.pdf"), "--json", folder=tmp_path / "data")
    assert done.returncode == 1
    assert b'"status":"added"' in done.stdout
    assert b'"code":"unreadable_file"' in done.stdout


def test_a_folder_of_bad_files_takes_in_the_good_ones_and_says_what_is_wrong_with_each(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    article = "The port of Varnell ordered two electric ferries on Monday, it said."
    files = {
        "archive.jsonl": f'{{"text": "{article}"}}\n{{bad\n{{"text": ""}}\n{{"text": "{article}", "published": "soon"}}\n'.encode(),
        "big.txt": b"word " * 500,
        "blank.html": b"<html><body></body></html>",
        "corrupt.docx": b"PK\x03\x04word/" + bytes(range(200)),
        "empty.txt": b"",
        "good.txt": article.encode(),
        "picture.png": b"\x89PNG\r\n\x1a\n",
        "torn.pdf": b"%PDF-1.7\n1 0 obj",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "loop.txt").symlink_to("loop.txt")
    done = run("ingest", str(folder), "--json", folder=tmp_path / "data", CLAIMDESK_MAX_INPUT_BYTES="2000")
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    ingested = Ingested.model_validate_json(done.stdout)
    assert [article.sentences for article in ingested.articles] == [1, 1]
    assert {Path(failure.source).name: failure.code for failure in ingested.failed} == {
        "archive.jsonl#2": "unreadable_file",
        "archive.jsonl#3": "empty_page",
        "archive.jsonl#4": "unreadable_file",
        "big.txt": "input_too_large",
        "blank.html": "empty_page",
        "corrupt.docx": "unreadable_file",
        "empty.txt": "empty_page",
        "picture.png": "unsupported_type",
        "torn.pdf": "unreadable_file",
        "loop.txt": "unreadable_file",
    }
