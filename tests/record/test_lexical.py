"""Lexical search finds the same on SQLite and on PostgreSQL, and any string is safe."""

from collections.abc import Sequence

from service.domain.article import Section
from service.record.articles import SqlRecord
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]

FORMS = [
    ("Missiles were fired.", "missile"),
    ("He pledged a visit.", "VISITS"),
    ("Erdoğan spoke.", "erdogan"),
    ("Orban spoke.", "Orbán"),
    ("The Cafe\u0301 closed.", "café"),
    ("The F-16 took off.", "F-16"),
    ("O'Brien said so.", "O'Brien"),
    ("Conan O’Neill said so.", "O'Neill"),
    ("The U.S. agreed.", "U.S."),
    ("It cost 1,200 euros.", "1,200"),
    ("They will pay.", "will"),
    ("Зеленский прибыл.", "ЗЕЛЕНСКИЙ"),
    ("Groundbreaking: see https://example.org/today now.", "today"),
]
STRANGE = ['"', "'", "ky*", "NOT kyiv", "text:kyiv", "NEAR(a b)", "a\0kyiv", "(", "kyiv & ! | <->", "\\", "%", ":"]
STRANGE += ["🗞️", "a" * 5000, "kyiv " * 300, "\u200b", "\u0301", "\ud800"]


class TestSearch:
    def ids(self, record: SqlRecord, lines: Sequence[str], *terms: str) -> list[int]:
        add(record, make_article(*lines))
        return [int(sentence_id.split(":")[-1]) for sentence_id in record.search(terms, 10)]

    def test_a_word_is_found_in_another_form(self, record: SqlRecord) -> None:
        add(record, make_article(*(line for line, _ in FORMS)))
        found = {term: record.search([term], 9) for _, term in FORMS}
        assert found == {term: [f"a:1:{index}"] for index, (_, term) in enumerate(FORMS)}

    def test_the_parts_of_a_term_must_stand_together(self, record: SqlRecord) -> None:
        assert self.ids(record, ["F took 16 days.", "An F-16 flew."], "F-16") == [1]

    def test_more_of_the_terms_is_better(self, record: SqlRecord) -> None:
        lines = ["Kishida slept badly there.", "Kishida visited Kyiv today.", "Kyiv was very quiet."]
        assert self.ids(record, lines, "Kishida", "Kyiv")[0] == 1

    def test_a_rare_term_is_better_than_a_frequent_one(self, record: SqlRecord) -> None:
        lines = ["The minister said so.", "The minister said no.", "The minister said yes.", "Thus spoke Kishida then."]
        filler = [f"Filler number {n} stands here." for n in range(8)]
        assert self.ids(record, lines + filler, "minister", "Kishida")[0] == 3

    def test_of_equals_the_shorter_sentence_is_better(self, record: SqlRecord) -> None:
        lines = ["Kyiv was quiet on that long and very cold evening.", "Kyiv was quiet."]
        assert self.ids(record, lines, "Kyiv") == [1, 0]

    def test_only_evidence_is_found(self, record: SqlRecord) -> None:
        add(record, make_article(("Kyiv in a comment.", Section.COMMENT), ("Kyiv.", Section.HEADLINE)))
        assert record.search(["Kyiv"], 9) == ["a:1:1"]

    def test_the_limit_holds(self, record: SqlRecord) -> None:
        assert len(self.ids(record, [f"Kyiv {n}." for n in range(20)], "Kyiv")) == 10

    def test_no_word_finds_nothing(self, record: SqlRecord) -> None:
        add(record, make_article("Kyiv was quiet."))
        assert [record.search(terms, 9) for terms in ([], [""], ["?!"], ["_"], [" ", "\n"])] == [[]] * 5

    def test_any_string_is_safe(self, record: SqlRecord) -> None:
        add(record, make_article("Moscow was quiet."))
        found = {term: record.search([term, "Moscow"], 9) for term in STRANGE}
        assert found == {key: ["a:1:0"] for key in STRANGE}
