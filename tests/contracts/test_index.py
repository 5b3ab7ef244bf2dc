"""What every implementation of the port `Index` keeps, and what Chroma keeps when its server or files fail."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from service.errors import IndexUnavailable, WrongDimension
from service.index.chroma import ChromaIndex, open_index
from service.index.lock import Served
from service.index.server import ChromaServer
from service.ports import Index
from service.retrieve.indexing import Health, probe, rebuild, sync
from tests.index.fake import MemoryIndex
from tests.index.vectors import make_long_article, make_vectors
from tests.record_fake import MemoryRecord

pytestmark = pytest.mark.enable_socket  # loopback only

ENOUGH_TO_SAVE = 2500
"""Chroma writes its index files at 1,000 rows and again at each further 1,000; fewer stay in its log."""


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = ChromaServer(tmp_path_factory.mktemp("outside"))
    yield server.url()
    server.stop()


@pytest.fixture(params=["memory", "own server", "outside server"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    index: Index
    if request.param == "memory":
        index = MemoryIndex()
    else:
        is_outside = request.param == "outside server"
        index = open_index(tmp_path, request.getfixturevalue("outside") if is_outside else None)
        if is_outside:
            index.reset()
    yield index
    index.close()


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaIndex]:
    index = open_index(tmp_path, None)
    yield index
    index.close()


@pytest.fixture
def record() -> MemoryRecord:
    record = MemoryRecord()
    record.add(make_long_article(ENOUGH_TO_SAVE), make_vectors(ENOUGH_TO_SAVE), "test")
    return record


def served(data_dir: Path) -> Served:
    return Served.model_validate_json((data_dir / "index.server.json").read_bytes())


def test_the_nearest_come_first_with_their_cosine(index: Index) -> None:
    vectors = make_vectors(50)
    index.upsert([f"s{i}" for i in range(50)], vectors)
    hits = index.query(vectors[7], 5)
    cosines = vectors @ vectors[7]
    assert [hit.sentence_id for hit in hits] == [f"s{i}" for i in np.argsort(-cosines)[:5]]
    assert [hit.similarity for hit in hits] == pytest.approx(sorted(cosines)[:-6:-1], abs=1e-5)
    assert max(hit.similarity for hit in hits) <= 1.00001


def test_an_empty_index_answers_with_nothing(index: Index) -> None:
    assert index.count() == 0
    assert index.query(make_vectors(1)[0], 3) == []


def test_fewer_than_the_limit_is_no_error(index: Index) -> None:
    index.upsert(["a", "b"], make_vectors(2))
    assert len(index.query(make_vectors(1)[0], 500)) == 2


def test_any_number_of_rows_is_taken_at_once(index: Index) -> None:
    index.upsert([f"s{i}" for i in range(2001)], make_vectors(2001, dimension=4))
    assert index.count() == 2001
    index.delete([f"s{i}" for i in range(2001)])
    assert index.count() == 0
    index.upsert([], np.zeros((0, 4), dtype=np.float32))
    index.delete([])


def test_an_upsert_twice_holds_the_last_vector_once(index: Index) -> None:
    old, new = make_vectors(2)
    index.upsert(["a"], np.stack([old]))
    index.upsert(["a"], np.stack([new]))
    index.upsert(["b", "b"], np.stack([old, new]))
    assert index.count() == 2
    assert [hit.similarity for hit in index.query(new, 2)] == pytest.approx([1.0, 1.0], abs=1e-5)


def test_unknown_ids_are_deleted_without_error(index: Index) -> None:
    index.upsert(["a", "b"], make_vectors(2))
    index.delete(["a", "never seen"])
    index.delete(["a"])
    assert [hit.sentence_id for hit in index.query(make_vectors(1)[0], 5)] == ["b"]


def test_reset_starts_empty_and_takes_another_dimension(index: Index) -> None:
    index.upsert(["a"], make_vectors(1, dimension=8))
    index.reset()
    assert index.count() == 0
    index.upsert(["a"], make_vectors(1, dimension=4))
    assert index.count() == 1


def test_vectors_of_another_length_are_refused(index: Index) -> None:
    index.upsert(["a"], make_vectors(1, dimension=8))
    with pytest.raises(WrongDimension):
        index.upsert(["b"], make_vectors(1, dimension=4))
    with pytest.raises(WrongDimension):
        index.query(make_vectors(1, dimension=4)[0], 1)


def test_a_killed_server_is_started_again_and_lost_nothing(chroma: ChromaIndex, tmp_path: Path) -> None:
    vectors = make_vectors(20)
    chroma.upsert([f"s{i}" for i in range(20)], vectors)
    killed = served(tmp_path)
    os.kill(killed.pid, signal.SIGKILL)
    assert chroma.query(vectors[3], 1)[0].sentence_id == "s3"
    assert served(tmp_path).pid != killed.pid


def test_a_server_that_keeps_dying_is_given_up(chroma: ChromaIndex, tmp_path: Path) -> None:
    for _ in range(3):
        chroma.count()
        os.kill(served(tmp_path).pid, signal.SIGKILL)
    with pytest.raises(IndexUnavailable, match="3 times within 60 s"):
        chroma.count()


def test_a_server_that_hangs_costs_no_more_than_the_deadline(tmp_path: Path) -> None:
    index = ChromaIndex(ChromaServer(tmp_path), deadline_s=0.5)
    try:
        index.upsert(["a"], make_vectors(1))
        os.kill(served(tmp_path).pid, signal.SIGSTOP)
        with pytest.raises(IndexUnavailable, match="deadline"):
            index.query(make_vectors(1)[0], 1)
        os.kill(served(tmp_path).pid, signal.SIGCONT)
        assert index.query(make_vectors(1)[0], 1)[0].sentence_id == "a"
    finally:
        index.close()


def test_a_collection_that_another_client_replaced_is_opened_anew(outside: str, tmp_path: Path) -> None:
    first, second = open_index(tmp_path, outside), open_index(tmp_path, outside)
    first.reset()
    first.upsert(["a"], make_vectors(1))
    second.reset()
    assert first.count() == 0
    first.upsert(["b"], make_vectors(1))
    assert second.count() == 1
    first.close()
    second.close()


def test_desks_on_one_server_do_not_see_each_other(outside: str, tmp_path: Path) -> None:
    first, second = (open_index(tmp_path, outside, f"sentences-{desk_id}") for desk_id in ("a-b", "ab"))
    first.upsert(["a"], make_vectors(1))
    second.upsert(["b"], make_vectors(1))
    assert [hit.sentence_id for hit in first.query(make_vectors(1)[0], 5)] == ["a"]
    second.reset()
    assert (first.count(), second.count()) == (1, 0)
    first.close()
    second.close()


def test_an_outside_server_that_went_away_is_unavailable(tmp_path: Path) -> None:
    server = ChromaServer(tmp_path)
    index = open_index(tmp_path, server.url())
    assert index.count() == 0
    server.stop()
    with pytest.raises(IndexUnavailable, match="CHROMA_URL"):
        index.count()
    index.close()


def test_an_index_in_step_with_the_record_is_healthy(chroma: ChromaIndex, record: MemoryRecord) -> None:
    assert sync(record, chroma) == 1
    assert probe(record, chroma).health is Health.HEALTHY


def lose_every_index_file(index: Path) -> None:
    for folder in (path for path in index.iterdir() if path.is_dir()):
        shutil.rmtree(folder)


def lose_the_vectors_of_the_index(index: Path) -> None:
    for file in index.glob("*/*.bin"):
        file.unlink()


def overwrite_the_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(os.urandom(200_000))


@pytest.mark.parametrize("damage", [lose_every_index_file, lose_the_vectors_of_the_index, overwrite_the_database])
def test_a_damaged_folder_is_found_broken_and_rebuilt(
    damage: Callable[[Path], None], record: MemoryRecord, tmp_path: Path
) -> None:
    index = open_index(tmp_path, None)
    sync(record, index)
    index.close()
    damage(tmp_path / "index")
    try:
        assert probe(record, index).health is Health.BROKEN
        assert rebuild(record, index) == record.count()
        assert probe(record, index).health is Health.HEALTHY
        assert len(list(tmp_path.glob("index.broken-*"))) == 1
    finally:
        index.close()


def test_two_broken_folders_are_kept(chroma: ChromaIndex, tmp_path: Path) -> None:
    for _ in range(4):
        chroma.reset()
    assert len(list(tmp_path.glob("index.broken-*"))) == 2
