"""A review asks other articles, never the one under review or its copies, and shows who says otherwise."""

from collections.abc import Sequence
from datetime import date

import pytest

from service.domain.article import Article
from service.domain.claim import CheckWorthiness, DifferenceKind
from service.domain.passage import CitationState
from service.domain.report import CitedDifference, Report
from service.domain.verdict import Label
from service.retrieve.cite import Citer
from service.review.archive import Archive
from service.review.options import ReviewOptions
from service.review.pipeline import review
from service.review.rules.claims import MOST_CLAIMS
from tests.articles import make_article
from tests.fakes import HashEmbedder
from tests.record_fake import MemoryRecord

STORY = (
    "Dockers and the port agreed on a new contract in Antwerp.\n"
    "“We will never close this old port again,” said Ann Peeters.\n"
    "The strike lasted seven days and cost the city dearly.\n"
    "Ships from all over the world had waited outside."
)
DRAFT = "The strike lasted nine days.\n“We will not close this old port again,” said Ann Peeters."


class Figures:
    """Rates a sentence by its figures and names; every sentence with "days" is worth checking."""

    id = "figures"

    def rate(self, sentences: Sequence[str]) -> list[CheckWorthiness]:
        return [CheckWorthiness(score=0.9 if "days" in s else 0.1, reasons=()) for s in sentences]


class Checker:
    """`Desk.check` without models: the stored sentence with most of the claim's words refutes or disputes it."""

    def __init__(self, record: MemoryRecord, label: Label = Label.REFUTED) -> None:
        self.record = record
        self.label = label
        self.asked: list[tuple[str, date | None, frozenset[str]]] = []

    def __call__(self, claim: str, as_of: date | None, *, without_articles: frozenset[str]) -> Report:
        self.asked.append((claim, as_of, without_articles))
        found = self.record.passages(self.record.search(claim.rstrip(".").split(), 20))
        passages = [passage for passage in found if passage.article_id not in without_articles]
        citer = Citer(self.record)
        cited = citer.cite_all(passages[:1], CitationState.VERIFIED)
        at = claim.find("nine")
        differences = tuple(
            CitedDifference(
                kind=DifferenceKind.NUMBER,
                claim_text="nine",
                claim_start=at,
                claim_end=at + 4,
                evidence_text="seven",
                evidence_start=0,
                evidence_end=5,
                correction="seven",
                citation=citation,
            )
            for citation in cited
            if at >= 0
        )
        return Report(
            claim=claim,
            label=self.label if cited else Label.NOT_ENOUGH,
            confidence=0.8,
            abstained=not cited,
            corrected_claim=None,
            corrected_label=None,
            parts=(),
            differences=differences,
            citations=cited,
            degraded=False,
            backend="stub",
            timings_ms={},
        )


def stored(*articles: Article) -> MemoryRecord:
    record, embedder = MemoryRecord(), HashEmbedder()
    for article in articles:
        record.add(article, embedder.embed([s.text for s in article.evidence]), embedder.id)
    return record


def named(text: str, article_id: str) -> Article:
    article = make_article(text, title=f"Story {article_id}", published=date(2024, 5, 1))
    sentences = tuple(s.model_copy(update={"id": f"{article_id}.1.{s.index}"}) for s in article.sentences)
    return article.model_copy(update={"id": article_id, "sentences": sentences})


def test_a_claim_and_a_quotation_that_another_article_has_otherwise_are_found_with_their_sources() -> None:
    record = stored(named(STORY, "old"))
    checker = Checker(record)
    result = review(named(DRAFT, "new"), archive=Archive(record, Figures(), checker))
    claim, quotation = result.findings
    assert (claim.code, quotation.code) == ("CLM001", "QUO004")
    assert DRAFT[claim.passages[0].start : claim.passages[0].end] == "nine"
    assert claim.suggestion == "seven"
    assert "The strike lasted seven days" in claim.message
    assert [c.article_id for c in (*claim.citations, *quotation.citations)] == ["old", "old"]
    assert "never close this old port" in quotation.message
    assert [report.label for report in result.reports] == [Label.REFUTED]
    assert checker.asked == [("The strike lasted nine days.", date(2024, 5, 1), frozenset({"new"}))]


def test_a_dateline_is_no_part_of_the_claim() -> None:
    record = stored(named(STORY, "old"))
    checker = Checker(record)
    draft = f"ANTWERP, May 1, 2024 (Reuters) - {DRAFT}"
    claim = review(named(draft, "new"), archive=Archive(record, Figures(), checker)).findings[0]
    assert [asked for asked, *_ in checker.asked] == ["The strike lasted nine days."]
    assert draft[claim.passages[0].start : claim.passages[0].end] == "nine"


def test_an_archive_that_disagrees_with_itself_is_a_note() -> None:
    record = stored(named(STORY, "old"))
    archive = Archive(record, Figures(), Checker(record, Label.CONFLICTING))
    assert [f.code for f in review(named(DRAFT, "new"), archive=archive).findings] == ["CLM002", "QUO004"]


@pytest.mark.parametrize("own_id", ["old", "new"])
def test_an_article_is_never_its_own_witness_stored_or_not(own_id: str) -> None:
    """The draft is the stored article with a word changed, at its own address and at another."""
    changed = STORY.replace("seven days", "nine days").replace("never close", "not close")
    record = stored(named(STORY, "old"))
    checker = Checker(record)
    result = review(named(changed, own_id), archive=Archive(record, Figures(), checker))
    assert not result.findings
    assert [report.label for report in result.reports] == [Label.NOT_ENOUGH]
    assert "old" in checker.asked[0][2]


def test_a_sentence_that_two_stories_share_makes_no_copy() -> None:
    shared = STORY.splitlines()[0]
    record = stored(named(STORY, "old"))
    checker = Checker(record)
    other = f"{shared}\n{DRAFT}\nRain fell on Antwerp all day long.\nThe mayor went home early.\nSchools stayed shut."
    review(named(other, "new"), archive=Archive(record, Figures(), checker))
    assert checker.asked[0][2] == frozenset({"new"})


def test_a_quotation_that_the_archive_has_word_for_word_is_right() -> None:
    record = stored(named(STORY, "old"), named(DRAFT.replace("nine", "ten"), "other"))
    result = review(named(DRAFT, "new"), ReviewOptions(select=("QUO",)), Archive(record, Figures(), Checker(record)))
    assert not result.findings


def test_the_words_of_another_person_are_no_other_wording() -> None:
    record = stored(named(STORY.replace("Ann Peeters", "Tom Claes"), "old"))
    result = review(named(DRAFT, "new"), ReviewOptions(select=("QUO",)), Archive(record, Figures(), Checker(record)))
    assert not result.findings


def test_what_is_not_selected_is_not_asked() -> None:
    record = stored(named(STORY, "old"))
    checker = Checker(record)
    result = review(named(DRAFT, "new"), ReviewOptions(ignore=("CLM",)), Archive(record, Figures(), checker))
    assert [f.code for f in result.findings] == ["QUO004"]
    assert not checker.asked


def test_only_the_claims_that_are_worth_most_are_checked() -> None:
    record = stored(named(STORY, "old"))
    checker = Checker(record)
    draft = "\n".join(f"It took ship {number} several days." for number in range(MOST_CLAIMS + 5))
    result = review(named(draft, "new"), archive=Archive(record, Figures(), checker))
    assert len(result.reports) == MOST_CLAIMS


def test_without_an_archive_nothing_is_checked_and_no_note_for_it_is_called_unused() -> None:
    result = review(named(DRAFT, "new"))
    assert not result.findings
    assert not result.reports
