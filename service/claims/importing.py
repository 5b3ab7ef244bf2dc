"""A file, a page or a feed of ClaimReviews becomes fact-checks; what cannot be used is told, not dropped.

ClaimReview is found in plain JSON-LD, in a `@graph`, in a DataFeed (as Google's Fact Check Markup Tool writes it), in
an ItemList, and in the script elements of a page.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from lxml import html as lxml_html
from lxml.etree import ParserError

from service.domain.fact_check import FactCheck
from service.errors import UnreadableFile

MOST_DEPTH = 20  # of nested objects: schema.org's own examples stay under 6
LONGEST_CLAIM = 2_000  # characters


class Unusable(str):
    """Why an entry could not be used."""


def read_fact_checks(content: bytes, source: str) -> Iterator[FactCheck | Unusable]:
    """Every ClaimReview in a JSON-LD document or an HTML page.

    Raises UnreadableFile when it is neither, or holds none.
    """
    found = False
    for document in _documents(content, source):
        for review in _claim_reviews(document, 0):
            found = True
            yield _to_fact_check(review, source)
    if not found:
        raise UnreadableFile(
            f"{source} holds no ClaimReview. Give JSON-LD, a page that has it, or a feed of such pages."
        )


def _documents(content: bytes, source: str) -> Iterator[object]:
    text = content.decode("utf-8-sig", "replace").strip()
    if text.startswith(("{", "[")):
        try:
            yield json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UnreadableFile(f"{source} is no valid JSON: {error}. Check the file.") from error
        return
    try:
        page = lxml_html.document_fromstring(content)
    except (ParserError, ValueError) as error:
        raise UnreadableFile(f"{source} is neither JSON nor a page: {error}. Check the file.") from error
    for script in page.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                yield json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue  # pages carry broken markup of other kinds; a page without any good one raises


def _claim_reviews(node: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(node, list):
        for child in node:
            yield from _claim_reviews(child, depth + 1)
    elif isinstance(node, dict):
        types = node.get("@type")
        if "ClaimReview" in (types if isinstance(types, list) else [types]):
            yield node
            return
        for name in ("@graph", "dataFeedElement", "itemListElement", "item", "mainEntity", "review", "hasPart"):
            yield from _claim_reviews(node.get(name), depth + 1)


def _to_fact_check(review: dict[str, object], source: str) -> FactCheck | Unusable:
    claim, url, rating = _text(review.get("claimReviewed")), _text(review.get("url")), _rating(review)
    if not claim or len(claim) > LONGEST_CLAIM:
        return Unusable(f"{source}: a ClaimReview without a claimReviewed of 1 to {LONGEST_CLAIM} characters")
    if not url or not url.startswith(("http://", "https://")):
        return Unusable(f"{source}: the ClaimReview of {claim[:60]!r} has no url")
    if not rating:
        return Unusable(f"{source}: the ClaimReview of {claim[:60]!r} has no rating")
    item = _first(review.get("itemReviewed"))
    return FactCheck(
        id=hashlib.sha256(f"{url}\n{claim}".encode("utf-8", "surrogatepass")).hexdigest()[:16],
        claim=claim,
        rating=rating,
        publisher=_name(review.get("author")) or _name(review.get("publisher")),
        url=url,
        claimant=_name(item.get("author")),
        said=_day(item.get("datePublished")),
        reviewed=_day(review.get("datePublished")),
        language=_text(review.get("inLanguage")),
    )


def _rating(review: dict[str, object]) -> str | None:
    """The publisher's words; without words, the value and its scale."""
    rating = _first(review.get("reviewRating"))
    words = _text(rating.get("alternateName"))
    value, best = _text(rating.get("ratingValue")), _text(rating.get("bestRating"))
    return words or (f"{value} of {best}" if value and best else value)


def _first(node: object) -> dict[str, object]:
    if isinstance(node, list):
        node = next(iter(node), None)
    return node if isinstance(node, dict) else {}


def _name(node: object) -> str | None:
    return _text(node) or _text(_first(node).get("name"))


def _text(node: object) -> str | None:
    if isinstance(node, int | float) and not isinstance(node, bool):
        return f"{node:g}"
    if not isinstance(node, str):
        return None
    return " ".join(node.replace("\0", " ").split()) or None


def _day(node: object) -> date | None:
    """The day of an ISO date or moment; None for anything else, which publishers do write."""
    try:
        return date.fromisoformat((_text(node) or "")[:10])
    except ValueError:
        return None
