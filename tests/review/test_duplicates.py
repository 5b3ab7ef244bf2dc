"""What stands twice in an article is told once, where it stands again."""

from service.review.rules.duplicates import find_repetitions
from tests.articles import make_article


def test_each_later_copy_points_to_the_first() -> None:
    line = "The port reopened at noon on Monday."
    found = find_repetitions(make_article(f"{line}\n{line}\n{line}"))
    assert [[p.start for p in f.passages] for f in found] == [[37, 0], [74, 0]]
