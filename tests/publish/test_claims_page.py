"""The page of claims is what the code makes, and the reviews are what schema.org asks for."""

from __future__ import annotations

import json

import jsonschema
import pytest

from stats.home import home
from stats.publish.claims_page import PAGE
from stats.run.claims import every_claim, facts_of, page_of, reviews_of

DATE = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
NAMED = {"type": "object", "required": ["@type", "name"]}
REVIEW = {
    "type": "object",
    "required": ["@type", "claimReviewed", "itemReviewed", "author", "reviewRating"],
    "properties": {
        "@type": {"const": "ClaimReview"},
        "claimReviewed": {"type": "string", "minLength": 1},
        "itemReviewed": {
            "type": "object",
            "required": ["@type", "author", "datePublished", "appearance"],
            "properties": {"@type": {"const": "Claim"}, "author": NAMED, "datePublished": DATE},
        },
        "author": NAMED,
        "reviewRating": {
            "type": "object",
            "required": ["@type", "ratingValue", "bestRating", "worstRating", "alternateName"],
            "properties": {
                "@type": {"const": "Rating"},
                "ratingValue": {"type": "integer", "minimum": 1, "maximum": 5},
            },
        },
    },
}
GRAPH = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {"type": "array", "minItems": 1, "items": REVIEW},
    },
}


@pytest.fixture(scope="module")
def facts():
    """All that is to hand."""
    return facts_of(home())


def test_committed_page_is_what_the_code_makes(facts):
    """A stale page fails; `make claims` mends it."""
    assert (home() / PAGE).read_bytes() == page_of(facts)


def test_page_holds_every_claim(facts):
    """Each registered claim has a heading with its verdict."""
    page = page_of(facts).decode("utf-8")
    assert [c.id for c in every_claim(facts.registers) if f"\n### {c.id}: " not in page] == []


def test_reviews_validate(facts):
    """Each review has what schema.org's ClaimReview asks for; what was not checked has no rating and no review."""
    graph = json.loads(reviews_of(facts))
    jsonschema.validate(graph, GRAPH)
    assert "not-checked" not in {review["reviewRating"]["alternateName"] for review in graph["@graph"]}
    del graph["@graph"][0]["reviewRating"]
    with pytest.raises(jsonschema.ValidationError, match="reviewRating"):
        jsonschema.validate(graph, GRAPH)
