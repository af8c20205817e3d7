"""What may be said in place of a claim, and what may not: every number comes from the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from stats import present
from stats.claims.beside import allowed
from stats.claims.facts import Evidence, Facts
from stats.claims.wording import Reading, read_words
from stats.errors import UsageMistake
from stats.registers.claims import Claim
from stats.registers.measures import Measure

MOST = 4
"""How many ways to say it are offered at most."""


def may_say(evidence: Sequence[Evidence], facts: Facts) -> tuple[str, ...]:
    """Return sentences that the evidence bears, with measure, base, place, period and source."""
    exact = [e for e in evidence if e.is_exact] or list(evidence)
    return tuple(dict.fromkeys(sentence(e, facts) for e in exact[:MOST]))


def sentence(evidence: Evidence, facts: Facts) -> str:
    """Return one figure as a sentence: '5% (5,948 of 118,411): share of recorded offences charged so far, ...'."""
    measure = facts.registers.measures.get(evidence.measure)
    counts = f" ({evidence.counts})" if evidence.counts and evidence.counts.split()[0] != evidence.text else ""
    if measure is None:
        return f"{evidence.title} ({evidence.cited})"
    if measure.basis in present.STAND_FOR_THEMSELVES:
        return f"{evidence.text}{counts} of the {present.STAND_FOR_THEMSELVES[measure.basis]} ({evidence.cited})"
    where = ", ".join(filter(None, [measure.plain_name, evidence.area, evidence.period]))
    if measure.is_of_unlike_units:
        return f"{evidence.text.rstrip('%')} {where} ({evidence.cited})"
    base = f" of {evidence.base.split(' (the words')[0]}" if measure.denominator and evidence.base else ""
    return f"{evidence.text}{counts}{base}: {where} ({evidence.cited})"


def may_not_say(claim: Claim, facts: Facts, also: Measure | None = None) -> tuple[str, ...]:
    """Return the names that the measure must not be called by, with those of the measure it is really of."""
    own = facts.registers.measures.get(claim.measure or "")
    names = [name for m in (own, also) if m is not None for name in m.forbidden_names]
    return tuple(f"“{name}”" for name in dict.fromkeys(names))


def told(words: str) -> tuple[str, str]:
    """Return what words allow under the default and the strict reading, in words; empty where they name no number."""
    try:
        return _range(read_words(words, "default")), _range(read_words(words, "strict"))
    except UsageMistake:
        return "", ""


def _range(reading: Reading) -> str:
    if reading.kind == "count":
        strict = reading.is_bound and reading.high is None
        return allowed(reading) if strict or not reading.is_bound else _between(reading)
    places = 2 if all(end * 10_000 % 1 == 0 for end in reading.ends) else 1
    low, high = (_short(f"{present.half_away(end * 100, places)}") for end in reading.ends)
    if low == high:
        return f"{low}%"
    return f"{low}% to {high}%" if reading.low_is_in else f"above {low}%, up to {high}%"


def _short(number: str) -> str:
    """Return a number without the zeros that say nothing: '19.55', '4.5', '50'."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _between(reading: Reading) -> str:
    low, high = reading.ends
    first = int(low) + (0 if reading.low_is_in else 1)
    last = int(high) - (0 if reading.high_is_in else 1)
    return f"{present.count(first)} to {present.count(last)}"
