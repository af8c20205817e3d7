"""The page of claims, made from the registers and the verdicts: docs/claims.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stats.claims.facts import Evidence, Facts
from stats.claims.verdicts import VERDICTS, Verdict
from stats.present import capital, listed
from stats.registers.claims import Claim, Document

PAGE = "docs/claims.md"

OPENING = """\
# Claims

<!-- Made by `stats claims --page` from data/claims, data/registers/findings.yml and the tidy tables. Do not edit. -->

What was really published on stalking and harassment, claim by claim, with a verdict that is computed: the words are
read as a range, and set beside the figures of their own measure, place, period and base. A claim that cannot be
checked says why. `stats claim ID` prints one with its history; `--as-at` asks what was known on a day.

{claims} claims: {counts}.
"""


def claims_page(judged: Sequence[tuple[Claim, Verdict]], facts: Facts) -> bytes:
    """Return the text of docs/claims.md."""
    times = Counter(found.verdict for _, found in judged)
    counts = listed([f"{times[name]} {name}" for name in VERDICTS if times[name]])
    parts = [OPENING.format(claims=len(judged), counts=counts)]
    last = ""
    for claim, found in judged:
        document = facts.document_of(claim)
        if document.id != last:
            parts.append(_heading(document))
            last = document.id
        parts.append(_entry(claim, found, facts))
    return ("\n".join(parts).rstrip() + "\n").encode("utf-8")


def _heading(document: Document) -> str:
    title = f"[{_plain(document.title)}]({document.url})" if document.url else _plain(document.title)
    return f"## {_plain(document.publisher)}, {document.published}\n\n{title}\n"


def _entry(claim: Claim, found: Verdict, facts: Facts) -> str:
    measure = facts.registers.measures.get(claim.measure or "")
    reading = f" Read as {found.default}" if found.default else ""
    reading += f" (strictly {found.strict})" if found.strict != found.default else ""
    lines = [
        f"### {claim.id}: {found.verdict}\n",
        f"“{_plain(claim.quote)}”\n",
        f"{_plain(found.reason)}{f'{reading}.' if reading else ''}\n",
    ]
    if measure:
        lines.append(
            f"- Measure: {measure.plain_name}. Place: {_plain(claim.place)}. Period: {_plain(claim.period.words)}."
        )
    lines += [f"- To add: {_plain(text)}" for text in found.caveats if text not in found.reason]
    lines += [f"- Evidence: {_evidence(e)}" for e in found.evidence]
    if found.may_say and found.verdict != "supported":
        lines += [f"- May be said: {_plain(capital(text))}." for text in found.may_say]
    if found.evidence and found.may_not_say:
        lines.append(f"- Not to be called: {listed(found.may_not_say, 'or')}.")
    return "\n".join(lines) + "\n"


def _evidence(evidence: Evidence) -> str:
    counts = f" ({evidence.counts})" if evidence.counts else ""
    where = ", ".join(filter(None, [evidence.measure.replace("_", " "), evidence.area, evidence.period]))
    return f"{evidence.text}{counts}, {_plain(where)} ([{_plain(evidence.cited)}]({evidence.url}); {evidence.kind})"


def _plain(text: str) -> str:
    """Return text that Markdown takes as it is."""
    return text.replace("[", "\\[").replace("]", "\\]").replace("*", "\\*").replace("<", "&lt;")
