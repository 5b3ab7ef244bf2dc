"""The contract of the port `Record` for lists, versions and withdrawal, on SQLite and on PostgreSQL."""

from datetime import date

import pytest

from service.domain.article import ArticleFilter, Section
from service.errors import ArticleNotFound
from service.record.articles import SqlRecord
from service.record.prove import find_faults
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]


class TestPages:
    def test_pages_hold_every_article_once_whatever_is_stored_in_between(self, record: SqlRecord) -> None:
        for name in "abcde":
            add(record, make_article("One.", article_id=name))
        first = record.list_articles(ArticleFilter(), 2)
        add(record, make_article("One.", article_id="f"))
        record.withdraw("d")
        second = record.list_articles(ArticleFilter(), 2, first.next)
        third = record.list_articles(ArticleFilter(), 2, second.next)
        assert [line.id for page in (first, second, third) for line in page.articles] == ["e", "d", "c", "b", "a"]
        assert third.next is None

    def test_a_full_last_page_has_no_next(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        assert record.list_articles(ArticleFilter(), 1).next is None


class TestFilters:
    @pytest.fixture
    def filled(self, record: SqlRecord) -> SqlRecord:
        add(record, make_article("Kishida visited Kyiv.", "Ministers met.", article_id="kyiv"))
        add(record, make_article("Yoon stayed.", ("Ann wrote.", Section.COMMENT), article_id="seoul"))
        return record

    @pytest.mark.parametrize(
        ("wanted", "ids"),
        [
            (ArticleFilter(source="EXAMPLE.org/k"), ["kyiv"]),
            (ArticleFilter(source="%"), []),
            (ArticleFilter(section=Section.COMMENT), ["seoul"]),
            (ArticleFilter(words=("minister", "kishida")), ["kyiv"]),  # stemmed, in different sentences
            (ArticleFilter(words=("kishida", "yoon")), []),
            (ArticleFilter(words=("Ann",)), []),  # a reader's comment is no evidence
            (ArticleFilter(words=('" OR yoon',)), []),
            (ArticleFilter(words=("!?",)), []),
            (ArticleFilter(published_from=date(2023, 3, 21)), ["seoul", "kyiv"]),
            (ArticleFilter(published_from=date(2023, 3, 22)), []),
            (ArticleFilter(published_to=date(2023, 3, 20)), []),
        ],
    )
    def test_only_what_passes_is_listed(self, filled: SqlRecord, wanted: ArticleFilter, ids: list[str]) -> None:
        assert [line.id for line in filled.list_articles(wanted, 9).articles] == ids


class TestWithdrawal:
    @pytest.fixture
    def withdrawn(self, record: SqlRecord) -> SqlRecord:
        add(record, make_article("Kishida visited Kyiv."))
        record.withdraw("a")
        return record

    def test_it_is_no_longer_listed_found_or_counted(self, withdrawn: SqlRecord) -> None:
        assert withdrawn.latest("a") is None
        assert withdrawn.articles() == []
        assert withdrawn.search(["Kyiv"], 9) == []
        assert withdrawn.count() == 0
        assert withdrawn.pending(9)[-1].delete == ("a:1:0",)

    def test_what_cited_it_still_opens_its_words(self, withdrawn: SqlRecord) -> None:
        assert withdrawn.article("a", 1).sentences[0].text == "Kishida visited Kyiv."
        assert [(v.version, v.current) for v in withdrawn.versions("a")] == [(1, False)]
        with pytest.raises(ArticleNotFound):
            withdrawn.article("a")

    def test_it_stands_in_the_audit_chain(self, withdrawn: SqlRecord) -> None:
        with withdrawn.database.reading() as connection:
            assert find_faults(connection) == []

    def test_twice_is_an_error(self, withdrawn: SqlRecord) -> None:
        with pytest.raises(ArticleNotFound):
            withdrawn.withdraw("a")
        with pytest.raises(ArticleNotFound):
            withdrawn.versions("b")

    def test_what_is_taken_in_again_becomes_the_next_version(self, withdrawn: SqlRecord) -> None:
        assert withdrawn.last_version("a") == 1
        assert withdrawn.last_version("b") == 0
        add(withdrawn, make_article("Kishida visited Kyiv.", version=2))
        assert withdrawn.search(["Kyiv"], 9) == ["a:2:0"]
        assert [v.current for v in withdrawn.versions("a")] == [False, True]
