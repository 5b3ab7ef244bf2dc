"""The review on real copy: nearly silent where it is clean, and seldom silent where one error was seeded."""

import pytest

news = pytest.importorskip("eval.news")
review = pytest.importorskip("eval.tasks.review")

pytestmark = pytest.mark.skipif(not review.ARTICLES.exists(), reason="shared/data/news is not beside the project")


@pytest.fixture(scope="module")
def metrics() -> dict[str, float]:
    measured: dict[str, float] = review.measure(news.read_copies(review.ARTICLES)[:20], held_out=None)
    return measured


def test_clean_copy_is_nearly_silent(metrics: dict[str, float]) -> None:
    assert metrics["all_false_per_clean_article"] <= 0.15
    assert metrics["false_per_pair_of_namesakes"] <= 0.05


@pytest.mark.parametrize("family", ["name", "number", "date", "role"])
def test_most_seeded_errors_are_found(metrics: dict[str, float], family: str) -> None:
    """The bounds are loose: twenty articles make a small sample, and docs/evaluation.md has the figures."""
    assert metrics[f"{family}_recall"] >= 0.7


def test_the_sample_is_measured_too_and_its_own_slip_is_no_false_alarm() -> None:
    measured = review.measure_sample(draws=1)
    assert measured["name_recall"] == 1
    assert measured["findings_per_clean_article"] == 1
    assert measured["all_false_per_clean_article"] == 0
