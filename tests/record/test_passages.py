"""Passages are cut out of the stored text with their neighbours."""

from service.domain.article import Section
from service.record.articles import SqlRecord
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]


class TestPassages:
    def test_the_window_is_the_sentence_with_its_neighbours(self, record: SqlRecord) -> None:
        article = add(record, make_article("One.", "Zwölf 🗞️.", "Three.", "Four."))
        (passage,) = record.passages(["a:1:1"])
        assert passage.window == "One. Zwölf 🗞️. Three."
        inside = slice(passage.start - passage.window_start, passage.end - passage.window_start)
        assert passage.window[inside] == passage.text == "Zwölf 🗞️."
        assert (passage.article_id, passage.version, passage.index) == ("a", 1, 1)
        assert (passage.title, passage.url, passage.published) == (article.title, article.url, article.published)

    def test_a_neighbour_of_another_section_is_left_out(self, record: SqlRecord) -> None:
        add(record, make_article("One.", ("Caption.", Section.CAPTION), "Three.", "Four."))
        assert [p.window for p in record.passages(["a:1:2", "a:1:0", "a:1:1"])] == ["Three. Four.", "One.", "Caption."]

    def test_a_neighbour_behind_other_text_is_left_out(self, record: SqlRecord) -> None:
        add(record, make_article("One.", "Two.", between=" [repeated caption] "))
        assert record.passages(["a:1:0"])[0].window == "One."

    def test_they_come_in_the_order_asked_for(self, record: SqlRecord) -> None:
        add(record, make_article("One.", article_id="a"))
        add(record, make_article("Two.", article_id="b"))
        assert [p.text for p in record.passages(["b:1:0", "unknown", "a:1:0"])] == ["Two.", "One."]
        assert record.passages([]) == []
