"""Write what may be said in place of a number: every figure in it comes from the evidence."""

from __future__ import annotations

from stats import present
from stats.claims.draft.frame import Frame
from stats.claims.facts import Evidence, Facts
from stats.claims.verdicts import Verdict


def suggestion(frame: Frame, found: Verdict, facts: Facts) -> str:
    """Return a sentence to write instead, or nothing where the evidence bears none."""
    if found.verdict in ("not-checked", "no-source") and not found.may_say:
        return ""
    quoted = _quoted(found, facts)
    if quoted:
        return quoted
    for evidence in found.evidence:
        says = facts.registers.wordings.of(evidence.measure).says
        if says and evidence.is_exact and evidence.figure + evidence.release:
            return _filled(says, frame, evidence, facts)
    return f"{present.capital(found.may_say[0])}." if found.may_say else ""


def _quoted(found: Verdict, facts: Facts) -> str:
    """The source's own words, where figures of one measure answer different questions."""
    first = found.evidence[0] if found.evidence else None
    if first is None or not first.figure or not facts.registers.wordings.of(first.measure).is_mixed:
        return ""
    row = next((row for row in facts.figures if row["figure_id"] == first.figure), None)
    return f"The source's own words: “{row['quote'].strip('… ')}” ({first.cited})." if row and row["quote"] else ""


def _filled(says: str, frame: Frame, evidence: Evidence, facts: Facts) -> str:
    counts = f" ({evidence.counts})" if evidence.counts and evidence.counts.split()[0] != evidence.text else ""
    sentence = says.format(
        value=evidence.text, counts=counts, ratio=evidence.text.rstrip("%"), offence=frame.offence,
        area=_in_area(evidence.area), in_period=_in_period(evidence.period), who=_who(frame),
    )  # fmt: skip
    return f"{sentence.replace('  ', ' ')} ({evidence.cited})."


def _in_area(name: str) -> str:
    return f"the {name} area" if name.endswith(" Police") else name


def _in_period(words: str) -> str:
    plain = words.split(" (", maxsplit=1)[0]
    return f"in the {plain}" if plain.startswith(("year", "calendar", "financial")) else f"in {plain}"


def _who(frame: Frame) -> str:
    sex, ages = frame.people.sex or "people", frame.people.ages
    if ages is None:
        return sex
    return f"{sex} aged {ages[0]} to {ages[1]}" if ages[1] else f"{sex} aged {ages[0]} and over"
