"""Names are found by near spellings on both databases."""

from service.record.articles import SqlRecord
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]

NEAR = {
    "Kishida": "Kihsida",
    "Yoon's": "Yoom",
    "Putin": "PUTEN’s",
    "Erdoğan": "Erdogan",
    "Zelenskyy": "Zelensky",
    "Hussein": "Husain",
    "Abe": "Ade",
    "Kyiv": "Kyif",
    "O'Brien": "O'Brian",
    "Ocasio-Cortez": "Ocasio-Kortes",
    "Шойгу": "Шойга",
}


class TestSimilarTerms:
    def test_the_nearest_spelling_comes_first_then_the_most_frequent(self, record: SqlRecord) -> None:
        add(record, make_article("Kishido met Kashidas and Kishida.", "Then Kashidas left.", "Yoon stayed.", "kishidi"))
        assert record.similar_terms("Kushida", 5) == ["Kishida", "Kashidas", "Kishido"]
        assert record.similar_terms("Kushida", 1) == ["Kishida"]

    def test_a_near_spelling_is_found(self, record: SqlRecord) -> None:
        add(record, make_article(*(f"It was {known} who spoke." for known in NEAR)))
        assert {known: record.similar_terms(term, 3) for known, term in NEAR.items()} == {
            known: [known.removesuffix("'s")] for known in NEAR
        }

    def test_the_word_itself_and_far_ones_are_left_out(self, record: SqlRecord) -> None:
        add(record, make_article("It was Kishida who spoke."))
        strange = ["Kishida", "Biden", "", "?", "Ki", "%", "a\0b", "\ud800", "K" * 5000]
        assert {term: record.similar_terms(term, 3) for term in strange} == {key: [] for key in strange}

    def test_a_name_that_is_still_in_another_article_is_kept(self, record: SqlRecord) -> None:
        add(record, make_article("Kishida spoke.", article_id="a"))
        add(record, make_article("Kishida left.", article_id="b"))
        add(record, make_article("Yoon spoke.", article_id="a", version=2))
        assert record.similar_terms("Kushida", 3) == ["Kishida"]

    def test_a_word_too_long_for_a_name_is_not_kept(self, record: SqlRecord) -> None:
        add(record, make_article("A" * 20_000 + " spoke."))
        assert record.similar_terms("A" * 20_000 + "b", 3) == []
