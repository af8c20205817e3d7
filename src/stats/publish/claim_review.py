"""Verdicts as schema.org ClaimReview, for whoever collects fact checks (https://schema.org/ClaimReview)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stats.claims.facts import Facts
from stats.claims.verdicts import VERDICTS, Verdict
from stats.registers.claims import Claim

REVIEWER = "Plain Figures"
BEST, WORST = 5, 1


def claim_reviews(judged: Sequence[tuple[Claim, Verdict]], facts: Facts) -> dict[str, Any]:
    """Return a JSON-LD graph with a review for each claim that got a verdict; what was not checked is left out."""
    rated = [(claim, found) for claim, found in judged if VERDICTS[found.verdict][1]]
    return {"@context": "https://schema.org", "@graph": [_review(claim, found, facts) for claim, found in rated]}


def _review(claim: Claim, found: Verdict, facts: Facts) -> dict[str, Any]:
    document = facts.document_of(claim)
    appearance = {"@type": "CreativeWork", "headline": document.title, "datePublished": document.published}
    if document.url:
        appearance["url"] = document.url
    return {
        "@type": "ClaimReview",
        "@id": f"docs/claims.md#{claim.id.lower()}-{found.verdict}",
        "claimReviewed": claim.quote,
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": document.publisher},
            "datePublished": document.published,
            "appearance": appearance,
        },
        "author": {"@type": "Organization", "name": REVIEWER},
        "reviewBody": found.reason,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": VERDICTS[found.verdict][1],
            "bestRating": BEST,
            "worstRating": WORST,
            "alternateName": found.verdict,
        },
        "citation": [
            {"@type": "CreativeWork", "name": e.title, "publisher": e.publisher, "url": e.url} for e in found.evidence
        ],
    }
