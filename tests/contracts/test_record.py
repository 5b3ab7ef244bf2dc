"""The contract of the port `Record`, on SQLite and on a real PostgreSQL server."""

from datetime import date
from functools import partial

import numpy as np
import pytest

from service.domain.article import ArticleSummary, Section
from service.errors import ArticleNotFound, InputError, NotFound, OtherEmbedder, RecordLocked, WrongDimension
from service.ports import Vectors
from service.record.articles import SqlRecord, open_record
from service.record.prove import find_faults
from tests.record.samples import DIMENSION, add, in_parallel, make_article, make_vectors

pytest_plugins = ["tests.record.databases"]


class TestArticles:
    def test_an_article_comes_back_as_it_was_stored(self, record: SqlRecord) -> None:
        article = add(record, make_article(("Überschrift 🗞️", Section.HEADLINE), "Mr. Erdoğan spoke. 🇹🇷", "Ende."))
        assert record.article("a") == record.latest("a") == record.article("a", 1) == article

    def test_it_is_there_after_the_record_is_opened_again(self, address: str) -> None:
        first = open_record(address)
        article = add(first, make_article("It stays."))
        first.close()
        second = open_record(address)
        assert second.article("a") == article
        second.close()

    def test_an_unknown_article_is_none_or_an_error_that_says_where_to_look(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        assert record.latest("b") is None
        with pytest.raises(ArticleNotFound, match="claimdesk articles"):
            record.article("b")
        with pytest.raises(ArticleNotFound, match="version 2"):
            record.article("a", 2)

    def test_the_list_holds_newest_versions_and_the_last_stored_comes_first(self, record: SqlRecord) -> None:
        add(record, make_article("One.", article_id="a"))
        add(record, make_article("Two.", article_id="b"))
        add(record, make_article("One.", ("Aside.", Section.COMMENT), article_id="a", version=2))
        assert [(line.id, line.version, line.sentences) for line in record.articles()] == [("a", 2, 2), ("b", 1, 1)]
        assert record.articles()[1] == ArticleSummary(
            id="b",
            version=1,
            source="https://example.org/b",
            title="Title b",
            url="https://example.org/b",
            published=date(2023, 3, 21),
            sentences=1,
        )

    def test_an_article_without_evidence_can_be_stored(self, record: SqlRecord) -> None:
        article = add(record, make_article(("Menu", Section.NAVIGATION)))
        assert record.latest("a") == article
        assert (record.count(), record.embedder_id()) == (0, None)

    def test_a_nul_character_is_refused_and_nothing_is_stored(self, record: SqlRecord) -> None:
        with pytest.raises(InputError, match="NUL"):
            add(record, make_article("Half a\0sentence."))
        assert record.articles() == []

    @pytest.mark.parametrize("article_id", ["'; DROP TABLE articles; --", "a\udc80b", ""])
    def test_a_strange_id_finds_nothing_and_harms_nothing(self, record: SqlRecord, article_id: str) -> None:
        add(record, make_article("One."))
        with pytest.raises((ArticleNotFound, InputError)):
            record.article(article_id)
        assert record.count() == 1


class TestVersions:
    @pytest.fixture
    def replaced(self, record: SqlRecord) -> SqlRecord:
        add(record, make_article("Kishida visited Kyiv.", "He left."))
        add(record, make_article("Yoon visited Kyiv.", version=2))
        return record

    def test_both_versions_can_be_read(self, replaced: SqlRecord) -> None:
        assert replaced.article("a", 1).text.startswith("Kishida")
        assert replaced.article("a").version == 2

    def test_only_the_newest_is_searched_counted_and_cited(self, replaced: SqlRecord) -> None:
        assert replaced.search(["Kyiv", "Kishida", "left"], 9) == ["a:2:0"]
        assert replaced.count() == 1
        assert replaced.canaries(5) == ["a:2:0"]
        assert [ids for ids, _ in replaced.all_vectors(10)] == [["a:2:0"]]
        assert [p.sentence_id for p in replaced.passages(["a:1:0", "a:2:0", "nobody"])] == ["a:2:0"]

    def test_names_of_the_old_version_are_forgotten(self, replaced: SqlRecord) -> None:
        assert replaced.similar_terms("Kushida", 5) == []
        assert replaced.similar_terms("Kyif", 5) == ["Kyiv"]

    def test_the_outbox_tells_the_index_what_to_hold_and_what_to_drop(self, replaced: SqlRecord) -> None:
        first, second = replaced.pending(9)
        assert (first.upsert, first.delete) == (("a:1:0", "a:1:1"), ())
        assert (second.upsert, second.delete) == (("a:2:0",), ("a:1:0", "a:1:1"))

    def test_vectors_of_the_old_version_can_still_be_read(self, replaced: SqlRecord) -> None:
        """An index that lags behind asks for them when it works through the outbox."""
        assert replaced.vectors(["a:1:1"]).shape == (1, DIMENSION)

    def test_the_same_version_with_the_same_content_is_stored_once(self, record: SqlRecord) -> None:
        for _ in range(2):
            add(record, make_article("One."))
        assert (record.count(), len(record.pending(9))) == (1, 1)

    def test_the_same_version_with_other_content_is_refused(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        with pytest.raises(RecordLocked, match="Ingest the source again"):
            add(record, make_article("Two."))
        assert record.article("a").text == "One. "

    def test_of_writers_at_once_one_wins_and_the_record_stays_whole(self, record: SqlRecord) -> None:
        raised = in_parallel([partial(add, record, make_article(f"Text {n}.")) for n in range(6)])
        assert [type(error) for error in raised] == [RecordLocked] * 5
        assert (record.count(), len(record.pending(9)), len(record.search(["text"], 9))) == (1, 1, 1)
        with record.database.reading() as connection:
            assert find_faults(connection) == []


class TestVectors:
    def test_they_come_back_in_the_order_asked_for_and_of_length_one(self, record: SqlRecord) -> None:
        article = make_article("One.", ("Not I.", Section.COMMENT), "Three.")
        given = make_vectors(article)
        record.add(article, given, "embedder-1")
        stored = record.vectors(["a:1:2", "a:1:0", "a:1:2"])
        assert stored.dtype == np.float32
        np.testing.assert_allclose(stored, given[[1, 0, 1]], atol=1e-3)  # float16 keeps three digits
        np.testing.assert_allclose(np.linalg.norm(stored, axis=1), 1, atol=1e-6)

    def test_no_id_gives_no_row(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        assert record.vectors([]).shape == (0, DIMENSION)

    def test_a_sentence_without_a_vector_is_an_error(self, record: SqlRecord) -> None:
        add(record, make_article("One.", ("Not I.", Section.COMMENT)))
        with pytest.raises(NotFound, match="2 missing"):
            record.vectors(["a:1:0", "a:1:1", "nobody"])

    def test_more_ids_than_one_statement_takes(self, record: SqlRecord) -> None:
        article = add(record, make_article(*(f"Sentence {n}." for n in range(1100))))
        ids = [sentence.id for sentence in article.sentences][::-1]
        np.testing.assert_allclose(record.vectors(ids), make_vectors(article)[::-1], atol=1e-3)
        assert [p.sentence_id for p in record.passages(ids)] == ids

    def test_all_of_them_come_in_batches(self, record: SqlRecord) -> None:
        articles = [add(record, make_article(*"1234567", article_id=name)) for name in "abc"]
        batches = list(record.all_vectors(4))
        assert [len(ids) for ids, _ in batches] == [4, 4, 4, 4, 4, 1]
        assert [i for ids, _ in batches for i in ids] == [s.id for a in articles for s in a.sentences]
        np.testing.assert_allclose(batches[0][1], make_vectors(articles[0])[:4], atol=1e-3)

    def test_another_dimension_is_refused(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        other = make_article("Two.", article_id="b")
        with pytest.raises(WrongDimension, match="reindex --embed"):
            record.add(other, make_vectors(other, dimension=4), "embedder-2")
        assert record.latest("b") is None

    def test_another_embedder_is_refused(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        other = make_article("Two.", article_id="b")
        with pytest.raises(OtherEmbedder, match="embedder-1, not by embedder-2"):
            record.add(other, make_vectors(other), "embedder-2")
        assert record.embedder_id() == "embedder-1"

    @pytest.mark.parametrize("rows", [np.zeros((2, DIMENSION)), np.full((1, DIMENSION), np.nan)])
    def test_vectors_that_do_not_fit_the_sentences_are_a_mistake(self, record: SqlRecord, rows: Vectors) -> None:
        with pytest.raises(ValueError, match="vector"):
            record.add(make_article("One."), rows.astype(np.float32), "embedder-1")
        assert (record.count(), record.embedder_id()) == (0, None)

    def test_canaries_are_few_and_spread_over_the_record(self, record: SqlRecord) -> None:
        for number in range(10):
            add(record, make_article("1", "2", "3", article_id=f"a{number}"))
        canaries = record.canaries(5)
        assert canaries == record.canaries(5)
        assert [sentence_id.split(":")[0] for sentence_id in canaries] == ["a0", "a1", "a3", "a5", "a7"]
        assert len(set(record.canaries(30))) == 30
        assert len(record.canaries(100)) == 30


class TestOutbox:
    def test_confirmed_changes_are_gone_and_their_numbers_are_not_used_again(self, record: SqlRecord) -> None:
        add(record, make_article("One.", article_id="a"))
        (first,) = record.pending(9)
        record.confirm([first.seq, 999])
        assert record.pending(9) == []
        add(record, make_article("Two.", article_id="b"))
        (second,) = record.pending(9)
        assert second.seq > first.seq

    def test_the_oldest_come_first(self, record: SqlRecord) -> None:
        for name in "abc":
            add(record, make_article("One.", article_id=name))
        assert [change.upsert for change in record.pending(2)] == [("a:1:0",), ("b:1:0",)]


class TestSeveralAtOnce:
    def test_readers_and_writers_do_not_disturb_each_other(self, record: SqlRecord) -> None:
        def write(name: str) -> None:
            for version in range(1, 6):
                add(record, make_article(f"Kyiv in version {version}.", article_id=name, version=version))

        def read() -> None:
            for _ in range(20):
                found = record.search(["Kyiv"], 9)
                assert len(record.passages(found)) <= len(found) <= 3

        raised = in_parallel([*(partial(write, name) for name in "abc"), read, read])
        assert raised == []
        assert (record.count(), len(record.pending(99))) == (3, 15)
        with record.database.reading() as connection:
            assert find_faults(connection) == []
