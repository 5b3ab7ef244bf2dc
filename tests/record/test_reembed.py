"""Every vector is replaced together, or none is: whatever ends the work, and whoever stores meanwhile."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from service.errors import OtherEmbedder, WrongDimension
from service.ports import Vectors
from service.record import reembed
from service.record.articles import SqlRecord, open_record
from service.record.prove import find_faults
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]


class Lengths:
    """An embedder whose vector tells the length of the text; `interrupt` is called before each batch."""

    id = "lengths"
    dimension = 3

    def __init__(self, interrupt: Callable[[], object] = lambda: None) -> None:
        self.embedded: list[str] = []
        self._interrupt = interrupt

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._interrupt()
        self.embedded += texts
        rows = np.array([[1, len(text), 0] for text in texts], np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reembed, "BATCH", 2)


def fill(record: SqlRecord) -> list[str]:
    """Two versions of one article and one of another: six vectors, five of them searchable."""
    add(record, make_article("One."))
    add(record, make_article("One more.", "And another one.", version=2))
    add(record, make_article("Three.", "Four sentences.", "Five.", article_id="b"))
    return ["a:1:0", "a:2:0", "a:2:1", "b:1:0", "b:1:1", "b:1:2"]


def test_every_vector_is_the_new_embedder_s_of_replaced_versions_too(record: SqlRecord) -> None:
    ids = fill(record)
    reported: list[tuple[int, int]] = []
    assert record.reembed(Lengths(), lambda done, total: reported.append((done, total))) == 6
    assert record.embedder_id() == "lengths"
    texts = ["One.", "One more.", "And another one.", "Three.", "Four sentences.", "Five."]
    np.testing.assert_allclose(record.vectors(ids), Lengths().embed(texts), atol=1e-3)
    assert reported == [(2, 6), (4, 6), (6, 6)]
    with record.database.reading() as connection:
        assert find_faults(connection) == []


def test_the_old_embedder_is_refused_after_it(record: SqlRecord) -> None:
    fill(record)
    record.reembed(Lengths())
    new = make_article("Six.", article_id="c")
    with pytest.raises(OtherEmbedder, match="reindex --embed"):
        record.add(new, np.ones((1, 3), np.float32), "embedder-1")
    record.add(new, Lengths().embed(["Six."]), "lengths")


def test_work_that_was_cut_off_changes_nothing_and_is_gone_on_with(record: SqlRecord) -> None:
    ids = fill(record)
    before = record.vectors(ids)
    calls = iter(range(9))

    def fail_at_the_third() -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record.reembed(Lengths(fail_at_the_third))
    assert record.embedder_id() == "embedder-1"
    np.testing.assert_array_equal(record.vectors(ids), before)
    second = Lengths()
    assert record.reembed(second) == 6
    assert second.embedded == ["Four sentences.", "Five."]


def test_what_another_embedder_left_half_done_is_thrown_away(record: SqlRecord) -> None:
    fill(record)

    def stop() -> None:
        raise KeyboardInterrupt

    calls = iter([lambda: None, stop])
    with pytest.raises(KeyboardInterrupt):
        record.reembed(Lengths(lambda: next(calls)()))
    other = Lengths()
    other.id = "lengths-2"
    record.reembed(other)
    assert len(other.embedded) == 6
    assert record.embedder_id() == "lengths-2"


def test_an_article_that_is_stored_meanwhile_gets_its_new_vector(record: SqlRecord) -> None:
    fill(record)
    late = make_article("Late news.", article_id="late")
    store = iter([partial(add, record, late)])
    assert record.reembed(Lengths(lambda: next(store, lambda: None)())) == 7
    np.testing.assert_allclose(record.vectors(["late:1:0"]), Lengths().embed(["Late news."]), atol=1e-3)


def test_the_embedder_is_not_asked_while_the_record_is_locked(record: SqlRecord) -> None:
    """A remote one books what it costs, in the same record."""
    fill(record)

    class Asking(Lengths):
        def __getattribute__(self, name: str) -> object:
            if name == "dimension":
                add(record, make_article("Booked.", article_id="z"))
            return super().__getattribute__(name)

    assert record.reembed(Asking(lambda: None)) == 6
    assert record.vectors(["a:1:0"]).shape == (1, 3)


def test_an_embedder_that_changes_on_the_way_leaves_the_vectors_as_they_were_and_begins_anew(record: SqlRecord) -> None:
    ids = fill(record)
    before = record.vectors(ids)

    class Growing(Lengths):
        def embed(self, texts: Sequence[str]) -> Vectors:
            rows = super().embed(texts)
            return np.pad(rows, ((0, 0), (0, 1))) if len(self.embedded) > 2 else rows

    with pytest.raises(WrongDimension, match="reindex --embed"):
        record.reembed(Growing())
    assert record.embedder_id() == "embedder-1"
    np.testing.assert_array_equal(record.vectors(ids), before)
    assert record.reembed(Lengths()) == 6
    assert record.vectors(ids).shape == (6, 3)


def test_vectors_that_are_this_embedder_s_already_are_left_alone(record: SqlRecord) -> None:
    fill(record)
    record.reembed(Lengths())
    again = Lengths()
    assert record.reembed(again) == 0
    assert again.embedded == []


WORK = """
import sys
from service.record import reembed
from service.record.articles import open_record
from tests.record.test_reembed import Lengths
reembed.BATCH = 2
record = open_record(sys.argv[1])
print("ready", flush=True)
record.reembed(Lengths(), lambda done, total: print(done, flush=True))
"""


def test_a_kill_at_any_moment_leaves_one_embedder_s_vectors(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/record.sqlite3"
    record = open_record(address)
    ids = [s.id for n in range(20) for s in add(record, make_article("One.", "Two.", article_id=f"a{n}")).evidence]
    old, new = record.vectors(ids), Lengths().embed(["One.", "Two."] * 20)
    for delay in (0.0, 0.01, 0.03, 0.06, 0.1):
        worker = subprocess.Popen([sys.executable, "-c", WORK, address], stdout=subprocess.PIPE)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        time.sleep(delay)
        worker.kill()
        worker.wait()
        worker.stdout.close()
        swapped = record.embedder_id() == "lengths"
        np.testing.assert_allclose(record.vectors(ids), new if swapped else old, atol=1e-3)
    record.reembed(Lengths())
    np.testing.assert_allclose(record.vectors(ids), new, atol=1e-3)
    record.close()
