"""What stands twice in an article is told once, where it stands again."""

from service.review.rules.duplicates import MOST_SLIPS, find_repetitions
from tests.articles import make_article


def test_the_later_copy_points_to_the_first() -> None:
    line = "The port reopened at noon on Monday."
    (finding,) = find_repetitions(make_article(f"{line}\nRain fell.\n{line}"))
    assert [p.start for p in finding.passages] == [48, 0]


def test_an_article_that_is_made_of_repetitions_has_none_by_mistake() -> None:
    lines = [f"Take number {number} from the list below, and mix it." for number in range(MOST_SLIPS + 1)]
    assert len(find_repetitions(make_article("\n".join([*lines[1:], *lines[1:]])))) == MOST_SLIPS
    assert not find_repetitions(make_article("\n".join([*lines, *lines])))
