"""A published claim becomes a ClaimReview of schema.org's shape; anything else is refused."""

import json
from datetime import UTC, date, datetime

import jsonschema
import pytest

from service.claims.claimreview import to_claim_review
from service.claims.importing import read_fact_checks
from service.domain.desk_claim import ClaimOrigin, ClaimState, Decision, DeskClaim
from service.domain.fact_check import FactCheck
from service.domain.verdict import Label
from service.errors import WrongStep

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DESK = "https://desk.example/"

# schema.org/ClaimReview, with what Google's Fact Check structured data requires.
SHAPE = {
    "type": "object",
    "required": ["@context", "@type", "url", "claimReviewed", "reviewRating", "author", "datePublished"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "@id": {"type": "string", "format": "uri"},
        "url": {"type": "string", "pattern": "^https://"},
        "datePublished": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "claimReviewed": {"type": "string", "minLength": 1},
        "reviewBody": {"type": "string"},
        "inLanguage": {"type": "string"},
        "author": {
            "type": "object",
            "required": ["@type", "name"],
            "properties": {"@type": {"enum": ["Organization", "Person"]}, "name": {"type": "string"}, "url": {}},
            "additionalProperties": False,
        },
        "itemReviewed": {
            "type": "object",
            "required": ["@type"],
            "properties": {
                "@type": {"const": "Claim"},
                "author": {"type": "object", "required": ["@type", "name"]},
                "datePublished": {"type": "string"},
                "appearance": {"type": "object", "required": ["@type", "url"]},
            },
            "additionalProperties": False,
        },
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "properties": {
                "@type": {"const": "Rating"},
                "alternateName": {"type": "string", "minLength": 1},
                "ratingValue": {"type": "number"},
                "bestRating": {"type": "number"},
                "worstRating": {"type": "number"},
            },
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}


def make_claim(label: Label = Label.REFUTED, **changes: object) -> DeskClaim:
    decision = Decision(
        number=1, label=label, note="It has 2 million.", corrected_text=None, decided_by="anna", decided=AT
    )
    values: dict[str, object] = {
        "seq": 1,
        "id": "c1",
        "text": "Crimea has 7 million people.",
        "origin": ClaimOrigin.API,
        "state": ClaimState.PUBLISHED,
        "received": AT,
        "received_by": "k",
        "updated": AT,
        "decision": decision,
        "published": AT,
    }
    return DeskClaim.model_validate(values | changes)


@pytest.mark.parametrize("label", Label)
@pytest.mark.parametrize("whole", [True, False])
def test_it_has_schema_org_s_shape(label: Label, whole: bool) -> None:
    more: dict[str, object] = {"claimant": "A senator", "said": date(2026, 1, 2), "source_url": "https://x.example/y"}
    review = json.loads(to_claim_review(make_claim(label, **(more if whole else {})), "The Desk", DESK))
    jsonschema.validate(review, SHAPE)
    assert review["url"] == "https://desk.example/fact-checks/c1"
    assert ("ratingValue" in review["reviewRating"]) is label.is_decisive


def test_it_can_stand_in_a_script_element() -> None:
    text = "</script><script>alert(1)</script> is a claim."
    review = to_claim_review(make_claim(text=text), "The Desk", DESK)
    assert "<" not in review
    assert json.loads(review)["claimReviewed"] == text


@pytest.mark.parametrize("state", [state for state in ClaimState if state is not ClaimState.PUBLISHED])
def test_what_is_not_published_is_not_exported(state: ClaimState) -> None:
    with pytest.raises(WrongStep, match="published"):
        to_claim_review(make_claim(state=state), "The Desk", DESK)


def test_what_one_desk_exports_another_imports() -> None:
    exported = to_claim_review(make_claim(claimant="A senator", said=date(2026, 1, 2)), "The Desk", DESK)
    (check,) = read_fact_checks(exported.encode(), "export.json")
    assert isinstance(check, FactCheck)
    assert check.model_dump(exclude={"id", "language"}) == {
        "claim": "Crimea has 7 million people.",
        "rating": "Refuted",
        "publisher": "The Desk",
        "url": "https://desk.example/fact-checks/c1",
        "claimant": "A senator",
        "said": date(2026, 1, 2),
        "reviewed": date(2026, 11, 24),
    }
