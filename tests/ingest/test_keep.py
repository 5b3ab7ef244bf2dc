"""A file that is being written is there whole, or leaves nothing behind."""

import errno
from pathlib import Path

import pytest

from service.errors import RecordUnavailable
from service.ingest.keep import whole_file


def test_what_is_written_is_there_once_it_is_moved(tmp_path: Path) -> None:
    with whole_file(tmp_path / "new") as kept:
        kept.write(b"whole")
        kept.flush()
        Path(kept.name).replace(tmp_path / "new" / "a")
    assert [(each.name, each.read_bytes()) for each in (tmp_path / "new").iterdir()] == [("a", b"whole")]


def test_a_disk_that_fills_meanwhile_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(RecordUnavailable, match="No space left"), whole_file(tmp_path):
        raise full
    assert list(tmp_path.iterdir()) == []


def test_another_error_passes_and_leaves_nothing_either(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
