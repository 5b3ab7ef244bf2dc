"""The house's spellings are kept to, in any capitals, and only as whole words."""

import pytest

from service.review.options import ReviewOptions, Spelling
from service.review.pipeline import review
from service.review.rules.style import find_house_spellings, find_misspelt_people
from tests.articles import make_article

KYIV = Spelling(write="Kyiv", instead_of=("Kiev", "Kiyv"), allow=("chicken Kiev",))
ADVISER = Spelling(write="adviser", instead_of=("advisor",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They marched in Kiev.", [("Kiev", "Kyiv")]),
        ("Kiev's mayor left Kiyv.", [("Kiev", "Kyiv"), ("Kiyv", "Kyiv")]),
        ("KIEV BURNS", [("KIEV", "KYIV")]),
        ("They marched in Kyiv.", []),
        ("The Kievan Rus ate chicken Kiev.", []),
        ("Advisor or advisor?", [("Advisor", "Adviser"), ("advisor", "adviser")]),
        ("The advisory council", []),
    ],
)
def test_house_spellings(text: str, expected: list[tuple[str, str]]) -> None:
    found = [f for spelling in (KYIV, ADVISER) for f in find_house_spellings(make_article(text), [spelling])]
    assert [(text[f.passages[0].start : f.passages[0].end], f.suggestion) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fumio Kushida spoke.", [("Kushida", "Kishida")]),
        ("Fumoi Kishida spoke.", [("Fumoi", "Fumio")]),
        ("Fumio Kishida spoke.", []),
        ("Yosuke Kushida spoke.", []),
        ("Mr Kushida spoke.", []),
        ("Hideo Kishida spoke.", []),
        ("Fumio Kushida spoke. Mr Kushida left.", [("Kushida", "Kishida"), ("Kushida", "Kishida")]),
        ("Fumio Kushida spoke. Yosuke Kushida sang. Mr Kushida left.", [("Kushida", "Kishida")]),
        ("Fumoi Kishida spoke. Mr Kishida left.", [("Fumoi", "Fumio")]),
    ],
)
def test_people_the_desk_knows(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_misspelt_people(make_article(text), ["Fumio Kishida"])
    assert [(text[f.passages[0].start : f.passages[0].end], f.suggestion) for f in found] == expected


def test_an_article_that_misspells_a_known_person_but_once_is_not_told_to_do_so_always() -> None:
    article = make_article("Fumio Kushida spoke. Mr Kushida left. Kushida slept. Reporters asked Kishida.")
    assert "NAM001" in [finding.code for finding in review(article).findings]
    known = review(article, ReviewOptions(known_people=("Fumio Kishida",)))
    assert [(finding.code, finding.suggestion) for finding in known.findings] == [("STY002", "Kishida")] * 3
    assert [suppressed.reason for suppressed in known.suppressed] == ["“Kishida” is a person whom the desk knows"]


def test_a_person_of_the_list_is_no_slip_for_another() -> None:
    article = make_article("Fumio Kushida spoke.")
    assert not find_misspelt_people(article, ["Fumio Kishida", "Fumio Kushida"])
