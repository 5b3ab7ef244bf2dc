"""The review on real copy: nearly silent where it is clean, and seldom silent where one error was seeded."""

import pytest

review = pytest.importorskip("eval.tasks.review")

pytestmark = pytest.mark.skipif(not review.ARTICLES.exists(), reason="shared/data/news is not beside the project")


@pytest.fixture(scope="module")
def metrics() -> dict[str, float]:
    measured: dict[str, float] = review.measure(review.read_copies(review.ARTICLES)[:40], held_out=None)
    return measured


def test_clean_copy_is_nearly_silent(metrics: dict[str, float]) -> None:
    assert metrics["name_false_per_clean_article"] <= 0.05
    assert metrics["all_false_per_clean_article"] <= 0.15
    assert metrics["near_pair_false"] <= 0.02


def test_most_seeded_slips_in_names_are_found(metrics: dict[str, float]) -> None:
    slips = ("vowel", "key", "drop", "double", "swap")
    found = sum(metrics[f"recall_NAM001_{slip}"] * metrics[f"seeds_NAM001_{slip}"] for slip in slips)
    assert found / sum(metrics[f"seeds_NAM001_{slip}"] for slip in slips) >= 0.8
