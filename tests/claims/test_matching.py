"""A claim meets earlier fact-checks of itself, and is never taken for one that differs in a number, a name or a word."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair["same"]], ids=lambda pair: str(pair["b"])[:40])
def test_a_claim_that_differs_is_never_confirmed_however_near(pair: dict[str, str]) -> None:
    a, b = Statement(text=pair["a"]), Statement(text=pair["b"])
    assert tier_of(a, b, 1.0) is tier_of(b, a, 1.0) is MatchTier.SUGGESTED


@pytest.mark.parametrize(
    "a, b",
    [
        ("Vaccines cause autism.", "Autism is caused by vaccines."),
        ("The minister resigned on Monday.", "On Monday, the minister resigned."),
        ("NASA faked the moon landing.", "The moon landing was faked by NASA."),
        ("Five people were killed in the fire.", "5 people were killed in the fire!"),
        ("Mayor Adams cut the police budget by $1 billion.", "The police budget was cut by $1 billion by Mayor Adams."),
    ],
)
def test_the_same_claim_told_otherwise_is_confirmed(a: str, b: str) -> None:
    assert tier_of(Statement(text=a), Statement(text=b), 0.95) is MatchTier.CONFIRMED
    assert tier_of(Statement(text=a), Statement(text=b), 0.5) is MatchTier.SUGGESTED


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        yield opened


def test_stored_fact_checks_are_found_for_a_claim(desk: Desk, tmp_path: Path) -> None:
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
    confirmed, suggested = match("Abe and Putin have met five times.", None, desk.books.fact_checks, desk.embedder)
    # The names stand in another order here, so even the right one is left to a person.
    assert {confirmed.tier, suggested.tier} == {MatchTier.SUGGESTED}
    confirmed, suggested = match("Putin and Abe have met five times.", None, desk.books.fact_checks, desk.embedder)
    assert (confirmed.tier, confirmed.fact_check.url) == (MatchTier.CONFIRMED, "https://checks.example/0")
    assert suggested.tier is MatchTier.SUGGESTED
    assert [difference.kind for difference in suggested.differences] == [DifferenceKind.NUMBER]


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
