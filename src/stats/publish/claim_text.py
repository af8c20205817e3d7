"""A claim with its verdict, as text for a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stats import present
from stats.claims.facts import Facts
from stats.claims.history import Then
from stats.claims.verdicts import VERDICTS, Verdict
from stats.registers.claims import Claim


def claim_text(claim: Claim, found: Verdict, past: Sequence[Then], facts: Facts) -> str:
    """Return everything that can be said of a claim, a label before each line."""
    document = facts.document_of(claim)
    lines = [
        ("claim", f"{claim.id}  “{claim.quote}”"),
        ("said by", f"{document.cited}: {document.title}"),
        *_bound(claim, facts),
        ("verdict", f"{found.verdict}: {VERDICTS[found.verdict][0]}" + (f", as at {facts.day}" if facts.day else "")),
        ("reason", found.reason),
        *(("caveat", text) for text in found.caveats),
        ("slip", found.slip),
        *(("evidence", text) for text in _evidence(found)),
        *(("history", f"{then.day}  {then.verdict}  {then.value}  ({then.release})") for then in past),
        *(("say", text) for text in found.may_say),
        ("do not say", present.listed(found.may_not_say, "or")),
    ]
    return "\n".join(f"{label:<10}  {text}" for label, text in lines if text)


def claims_lines(judged: Sequence[tuple[Claim, Verdict]], facts: Facts) -> str:
    """Return a line for each claim under the document that makes it."""
    lines, last = [], ""
    for claim, found in judged:
        document = facts.document_of(claim)
        if document.id != last:
            lines.append(f"{document.id}  {document.title} ({document.cited})")
            last = document.id
        lines.append(f"  {claim.id:<8} {found.verdict:<22} “{claim.words}”  {found.reason}")
    return "\n".join(lines)


def claim_record(claim: Claim, found: Verdict, past: Sequence[Then], facts: Facts) -> dict[str, Any]:
    """Return a claim and its verdict as plain values, for JSON."""
    document = facts.document_of(claim)
    return {
        "id": claim.id, "quote": claim.quote, "document": document.id, "said_by": document.cited,
        "words": claim.words, "unit": claim.unit, "measure": claim.measure,
        "base": claim.base.population if claim.base else None, "area": claim.place, "area_code": claim.area_code,
        "offence": claim.offence, "period": claim.period.words, "as_at": facts.day, **found.as_record(),
        "history": [vars(then) for then in past],
    }  # fmt: skip


def _bound(claim: Claim, facts: Facts) -> list[tuple[str, str]]:
    """What a claim is bound to: its words, measure, base, place and period."""
    measure = facts.registers.measures.get(claim.measure or "")
    base = "" if claim.base is None else claim.base.population
    size = claim.base.size if claim.base and claim.base.size else ""
    return [
        ("as worded", claim.words),
        ("measure", f"{measure.plain_name} ({measure.id})" if measure else "none registered"),
        ("base", ": ".join(filter(None, [base, size])) or (measure.base if measure else "")),
        ("place", claim.place),
        ("period", claim.period.words),
    ]


def _evidence(found: Verdict) -> list[str]:
    default, strict = found.default, found.strict
    read = f"the words allow {default}" + (f" (strict reading: {strict})" if strict != default else "")
    lines = [read] if default else []
    for e in found.evidence:
        counts = f" ({e.counts})" if e.counts else ""
        lines.append(
            f"{e.text}{counts}  {e.measure or e.title}, {e.area}, {e.period}  [{e.cited}; {e.kind}; {e.release}]"
        )
    return lines
