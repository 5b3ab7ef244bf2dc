"""ClaimReviews are found wherever publishers put them; what cannot be used is told."""

import json
from datetime import date

import pytest

from service.claims.importing import Unusable, read_fact_checks
from service.domain.fact_check import FactCheck
from service.errors import UnreadableFile

REVIEW: dict[str, object] = {
    "@type": "ClaimReview",
    "claimReviewed": "The Earth is  flat.",
    "url": "https://checks.example/1",
    "author": {"@type": "Organization", "name": "Checks"},
    "datePublished": "2024-05-06T07:08:09+02:00",
    "itemReviewed": {"@type": "Claim", "author": [{"name": "A man"}], "datePublished": "yesterday"},
    "reviewRating": {"ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}


def read_one(document: object) -> FactCheck | Unusable:
    (found,) = read_fact_checks(json.dumps(document).encode(), "x.json")
    return found


@pytest.mark.parametrize(
    "document",
    [
        REVIEW,
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": REVIEW}]},
        REVIEW | {"@type": ["ClaimReview", "Review"]},
    ],
)
def test_a_review_is_found_in_every_shape(document: object) -> None:
    check = read_one(document)
    assert isinstance(check, FactCheck)
    assert (check.claim, check.rating, check.publisher) == ("The Earth is flat.", "False", "Checks")
    assert (check.claimant, check.said, check.reviewed) == ("A man", None, date(2024, 5, 6))


def test_it_is_found_in_a_page_beside_broken_markup() -> None:
    page = (
        '<html><script type="application/ld+json">{broken</script>'
        f'<script type="application/ld+json; charset=utf-8">{json.dumps(REVIEW)}</script></html>'
    )
    (check,) = read_fact_checks(page.encode(), "page")
    assert isinstance(check, FactCheck)


def test_a_rating_without_words_is_its_value_and_scale() -> None:
    check = read_one(REVIEW | {"reviewRating": {"ratingValue": "2", "bestRating": 5.0}})
    assert isinstance(check, FactCheck)
    assert check.rating == "2 of 5"


@pytest.mark.parametrize(
    "change",
    [
        {"claimReviewed": ""},
        {"claimReviewed": "x" * 2_001},
        {"claimReviewed": {"a": 1}},
        {"url": "javascript:alert(1)"},
        {"url": None},
        {"reviewRating": {}},
        {"reviewRating": True},
    ],
)
def test_what_cannot_be_used_says_why(change: dict[str, object]) -> None:
    assert isinstance(read_one(REVIEW | change), Unusable)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"@type": "WebPage"}', b"<html><p>No.</p></html>", b"[" * 100_000, b"\x00\xff", b"plain"],
)
def test_a_source_without_any_is_an_error(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="x"):
        list(read_fact_checks(content, "x"))


def test_nesting_without_end_is_not_followed() -> None:
    document: object = REVIEW
    for _ in range(50):
        document = {"@graph": [document]}
    with pytest.raises(UnreadableFile):
        list(read_fact_checks(json.dumps(document).encode(), "x"))
