"""What every implementation of the port `Embedder` keeps: one unit vector a text, the same in any company."""

from collections.abc import Callable

import numpy as np
import pytest

from service.backends.local.embedder import LocalEmbedder
from service.ports import Embedder
from tests.fakes import HashEmbedder

MAKERS: dict[str, Callable[[], Embedder]] = {
    "hash": HashEmbedder,
    "local": lambda: LocalEmbedder(threads=1),
}
TEXTS = [
    "Japan's foreign minister spoke about the sanctions against Russia.",
    "Rice prices fell.",
    "The central bank raised interest rates by a quarter of a percentage point on Thursday, its third rise this "
    "year, and said that inflation was still too high for a household on an average wage.",
    "A lorry hit a bridge in Leeds.",
    "No one was hurt.",
]


@pytest.fixture(scope="module", params=MAKERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return MAKERS[request.param]()


def test_a_row_is_a_unit_vector_of_float32(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    vectors = embedder.embed([])
    assert vectors.shape == (0, embedder.dimension)
    assert vectors.dtype == np.float32


def test_rows_keep_the_order_of_the_texts(embedder: Embedder) -> None:
    forwards, backwards = embedder.embed(TEXTS), embedder.embed(TEXTS[::-1])
    np.testing.assert_allclose(forwards, backwards[::-1], atol=1e-5)
    nearest = (forwards @ backwards.T).argmax(axis=1)
    assert nearest.tolist() == [4, 3, 2, 1, 0]


def test_a_text_has_the_same_vector_alone_and_in_company(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    np.testing.assert_allclose((together * alone).sum(axis=1), 1, atol=1e-4)


def test_two_of_a_kind_agree() -> None:
    """Vectors in the record outlive the process: a second instance has the same id and the same vectors."""
    for make in MAKERS.values():
        one, other = make(), make()
        assert one.id == other.id
        np.testing.assert_array_equal(one.embed(TEXTS), other.embed(TEXTS))


@pytest.mark.parametrize("text", ["", " \n\t", "?!", "\u200b", "\x00", "東京", "🙂", "word " * 3000, "x" * 5000])
def test_an_odd_text_has_a_unit_vector_too(embedder: Embedder, text: str) -> None:
    vector = embedder.embed([text])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        (
            "The minister announced new sanctions against Russia.",
            "New sanctions against Russia were announced by the minister.",
            "The striker scored twice in the second half.",
        ),
        (
            "Oil imports rose by 45 percent in 2013.",
            "In 2013 imports of oil rose 45 percent.",
            "The museum opens a show of modern painting.",
        ),
    ],
)
def test_a_rewording_is_nearer_than_another_subject(embedder: Embedder, text: str, near: str, far: str) -> None:
    vector, near_vector, far_vector = embedder.embed([text, near, far])
    assert vector @ near_vector > vector @ far_vector + 0.3
