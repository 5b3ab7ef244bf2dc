"""A published claim, or a machine's report as a draft, becomes a ClaimReview in JSON-LD as schema.org describes it.

https://schema.org/ClaimReview; the fields that Google requires are claimReviewed, reviewRating and url.
"""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from service.domain.base import Frozen
from service.domain.desk_claim import ClaimState, DeskClaim
from service.domain.passage import Citation
from service.domain.report import Report
from service.domain.verdict import Label
from service.errors import WrongStep

WORDS = {
    Label.SUPPORTED: "Supported",
    Label.REFUTED: "Refuted",
    Label.CONFLICTING: "Conflicting evidence",
    Label.NOT_ENOUGH: "Not enough evidence",
}

_BEST, _WORST = 5, 1
# Only what is true or false has a place between best and worst; the other verdicts are words alone.
_VALUES = {Label.SUPPORTED: _BEST, Label.REFUTED: _WORST}


class _Node(Frozen):
    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)


class _Organization(_Node):
    type: Literal["Organization"] = Field(default="Organization", alias="@type")
    name: str
    url: str | None = None


class _Thing(_Node):
    """Who said it: a person or an organisation; the desk does not tell which."""

    type: Literal["Thing"] = Field(default="Thing", alias="@type")
    name: str


class _Appearance(_Node):
    type: Literal["CreativeWork"] = Field(default="CreativeWork", alias="@type")
    url: str


class _Claim(_Node):
    type: Literal["Claim"] = Field(default="Claim", alias="@type")
    author: _Thing | None = None
    datePublished: str | None = None  # noqa: N815  schema.org's own name, as are those below
    appearance: _Appearance | None = None


class _Rating(_Node):
    type: Literal["Rating"] = Field(default="Rating", alias="@type")
    ratingValue: int | None = None  # noqa: N815
    bestRating: int | None = None  # noqa: N815
    worstRating: int | None = None  # noqa: N815
    alternateName: str  # noqa: N815


class _ClaimReview(_Node):
    context: Literal["https://schema.org"] = Field(default="https://schema.org", alias="@context")
    type: Literal["ClaimReview"] = Field(default="ClaimReview", alias="@type")
    id: str = Field(alias="@id")
    url: str
    datePublished: str | None = None  # noqa: N815
    dateCreated: str | None = None  # noqa: N815
    creativeWorkStatus: Literal["Draft"] | None = None  # noqa: N815
    author: _Organization
    claimReviewed: str  # noqa: N815
    itemReviewed: _Claim  # noqa: N815
    reviewRating: _Rating  # noqa: N815
    reviewBody: str  # noqa: N815
    inLanguage: str = "en"  # noqa: N815


def url_of(claim_id: str, public_url: str) -> str:
    """The address of a published verdict: it stays the same over corrections."""
    return f"{public_url.rstrip('/')}/fact-checks/{claim_id}"


def to_claim_review(claim: DeskClaim, publisher: str, public_url: str) -> str:
    """The JSON-LD, safe to stand inside a script element. Raises WrongStep when the claim is not published."""
    decision, published = claim.decision, claim.published
    if claim.state is not ClaimState.PUBLISHED or decision is None or published is None:
        raise WrongStep(
            f"The claim {claim.id} is {claim.state}. Only a published one can be exported as a ClaimReview."
        )
    url = url_of(claim.id, public_url)
    review = _ClaimReview(
        id=url,
        url=url,
        datePublished=published.date().isoformat(),
        author=_Organization(name=publisher, url=public_url),
        claimReviewed=claim.text,
        itemReviewed=_Claim(
            author=_Thing(name=claim.claimant) if claim.claimant else None,
            datePublished=claim.said.isoformat() if claim.said else None,
            appearance=_Appearance(url=claim.source_url) if claim.source_url else None,
        ),
        reviewRating=_rate(decision.label),
        reviewBody=decision.note,
    )
    return _write(review)


def draft_claim_review(report: Report, said: date | None, checked: date, url: str, publisher: str) -> str:
    """A report as a draft, which says of itself that no person has decided: `url` is where the desk shows it."""
    body = [
        f"Drafted by Claimdesk ({report.backend}). No person has decided on it yet.",
        *([f"As the source has it: {report.corrected_claim}"] if report.corrected_claim else []),
        *(_quote(citation) for citation in report.citations),
    ]
    return _write(
        _ClaimReview(
            id=url,
            url=url,
            dateCreated=checked.isoformat(),
            creativeWorkStatus="Draft",
            author=_Organization(name=publisher),
            claimReviewed=report.claim,
            itemReviewed=_Claim(datePublished=said.isoformat() if said else None),
            reviewRating=_rate(report.label),
            reviewBody="\n".join(body),
        )
    )


def _quote(citation: Citation) -> str:
    source = ", ".join(str(each) for each in (citation.title, citation.published, citation.url) if each)
    return f"“{citation.quote}” ({source or 'untitled'})"


def _rate(label: Label) -> _Rating:
    value = _VALUES.get(label)
    ends = {"bestRating": _BEST, "worstRating": _WORST} if value else {}
    return _Rating(ratingValue=value, **ends, alternateName=WORDS[label])


def _write(review: _ClaimReview) -> str:
    """The JSON-LD: "</script>" in a claim must not end the element that it is put into."""
    return review.model_dump_json(exclude_none=True).replace("<", "\\u003c")
