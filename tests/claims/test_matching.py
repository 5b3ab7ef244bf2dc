"""A claim meets earlier fact-checks of itself, and is never taken for one that differs in a number, a name or a word."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.backends.local.judge import LocalJudge
from service.claims.collect import import_fact_checks
from service.claims.matching import match, tier_of
from service.desk import Desk
from service.domain.claim import DifferenceKind, Statement
from service.domain.fact_check import MatchTier
from service.errors import UnreadableFile
from service.ingest.document import Document
from service.settings import Settings
from tests.desks import make_desk

PAIRS = [
    json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "claim_pairs.jsonl").read_text().splitlines()
]


@pytest.fixture(scope="module")
def judge() -> LocalJudge:
    return LocalJudge(threads=1)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair["same"]], ids=lambda pair: str(pair["b"])[:40])
def test_a_claim_that_differs_is_never_confirmed_however_near(pair: dict[str, str], judge: LocalJudge) -> None:
    a, b = Statement(text=pair["a"]), Statement(text=pair["b"])
    assert tier_of(a, b, 1.0, judge) is tier_of(b, a, 1.0, judge) is MatchTier.SUGGESTED


@pytest.mark.parametrize(
    "a, b",
    [
        ("Vaccines cause autism.", "Autism is caused by vaccines."),
        ("The minister resigned on Monday.", "On Monday, the minister resigned."),
        ("NASA faked the moon landing.", "The moon landing was faked by NASA."),
        ("Five people were killed in the fire.", "The fire killed 5 people."),
        ("Three out of four voters support the measure.", "The measure is supported by three out of four voters."),
        ("Finland joined NATO in 2023.", "In 2023, Finland became a member of NATO."),
        ("Abe and Putin have met five times.", "Putin and Abe have met five times."),
    ],
)
def test_the_same_claim_told_otherwise_is_confirmed(a: str, b: str, judge: LocalJudge) -> None:
    assert tier_of(Statement(text=a), Statement(text=b), 0.95, judge) is MatchTier.CONFIRMED
    assert tier_of(Statement(text=a), Statement(text=b), 0.5, judge) is MatchTier.SUGGESTED


@pytest.mark.parametrize(
    "a, b",
    [
        ("The film earned millions worldwide.", "The film earned billions worldwide."),
        ("Prices rose to 12 euros.", "Prices rose by 12 euros."),
        ("Bill Gates owns most farmland.", "Bill Gates sold most farmland."),
        ("The police shot the robber.", "The robber shot the police."),
        ("More than 30 people came.", "Fewer than 31 people came."),
    ],
)
def test_words_that_a_judge_reads_past_confirm_nothing(a: str, b: str, judge: LocalJudge) -> None:
    assert tier_of(Statement(text=a), Statement(text=b), 1.0, judge) is MatchTier.SUGGESTED


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        yield opened


def test_stored_fact_checks_are_found_for_a_claim(desk: Desk, judge: LocalJudge, tmp_path: Path) -> None:
    reviews = [
        {
            "@type": "ClaimReview",
            "claimReviewed": claim,
            "url": f"https://checks.example/{number}",
            "reviewRating": {"alternateName": "False"},
        }
        for number, claim in enumerate(
            ["Putin and Abe have met five times.", "Putin and Abe have met seven times.", "Bananas are blue.", ""]
        )
    ]
    file = tmp_path / "checks.json"
    file.write_text(json.dumps(reviews))
    first = import_fact_checks(desk, str(file))
    assert (first.added, first.known, len(first.failed)) == (3, 0, 1)
    assert import_fact_checks(desk, str(file)).known == 3
    found = match("Abe and Putin have met five times.", None, desk.books.fact_checks, desk.embedder, judge)
    assert [each.tier for each in found] == [MatchTier.CONFIRMED, MatchTier.SUGGESTED]
    assert found[0].fact_check.url == "https://checks.example/0"
    assert [difference.kind for difference in found[1].differences] == [DifferenceKind.NUMBER]


def test_a_source_that_is_not_there_is_an_error(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        import_fact_checks(desk, str(tmp_path / "gone.json"))


def test_a_feed_s_pages_are_read_and_one_that_fails_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    review = {
        "@type": "ClaimReview",
        "claimReviewed": "Bananas are blue.",
        "url": "https://checks.example/1",
        "reviewRating": {"alternateName": "False"},
    }
    items = "".join(f"<item><link>https://checks.example/{number}</link></item>" for number in (1, 2))
    pages = {
        "https://checks.example/feed": f"<rss version='2.0'><channel>{items}</channel></rss>",
        "https://checks.example/1": f'<html><script type="application/ld+json">{json.dumps(review)}</script></html>',
        "https://checks.example/2": "<html><p>No review.</p></html>",
    }
    monkeypatch.setattr(
        desk.reader,
        "fetch",
        lambda url, types=None: Document(source=url, media_type="text/html", content=pages[url].encode(), url=url),
    )
    imported = import_fact_checks(desk, "https://checks.example/feed")
    assert (imported.added, len(imported.failed)) == (1, 1)
    assert "https://checks.example/2" in imported.failed[0]
    (stored,) = desk.books.fact_checks.fact_checks()
    assert stored.source == "https://checks.example/feed"
