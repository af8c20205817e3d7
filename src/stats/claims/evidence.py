"""The figures that a claim is set beside: counted here, printed by others, and found in what its source says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from stats import present
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.shares import bases_of_claim
from stats.claims.wording import Reading, read_words
from stats.errors import StatsError
from stats.estimate.attrition import cohort
from stats.estimate.counts import recorded
from stats.estimate.estimate import Contract
from stats.period import Period
from stats.registers.claims import Claim
from stats.registers.findings import Finding

ON_RECORDED = ("charge_share_of_offences_recorded", "charge_share_of_offences_resolved")
"""The measures that are counted here from outcomes."""

PEOPLE_OR_FILES = ("self_selected_respondents", "case_audit_files")
"""Counts of who answered or what was read: they are the base of the shares that a source prints."""


def own(claim: Claim, facts: Facts) -> list[Evidence]:
    """Return the evidence on a claim's own measure, place, period and base: what is counted here first."""
    figures = [e for row in figures_of(claim, facts) for e in _own_figure(claim, row, facts)]
    return [*counted(claim, facts), *figures, *_worded(claim, facts)]


def counted(claim: Claim, facts: Facts, measure: str | None = None) -> list[Evidence]:
    """Return what the tidy tables give for a claim's place, offence and period, or nothing."""
    measure = measure or claim.measure or ""
    area, offence, period = claim.area_code, claim.offence, claim.period.period
    if not (area and offence and period) or measure not in (RECORDED, *ON_RECORDED):
        return []
    count = _recorded if measure == RECORDED else _charged
    found = facts.once((count, area, offence, period), lambda: count(facts, **_asked(area, offence, period, facts)))
    return [found[measure]] if measure in found else []


def _asked(area: str, offence: str, period: Period, facts: Facts) -> dict[str, Any]:
    registers = facts.registers
    return {
        "area": registers.areas.current[area], "group": registers.offences.find(offence), "period": period,
        "registers": registers,
    }  # fmt: skip


def _recorded(facts: Facts, **asked: Any) -> dict[str, Evidence]:
    """The offences recorded, by the one measure of them; nothing where they are not to hand."""
    try:
        found = recorded(facts.offences, **asked)
    except StatsError:
        return {}
    exact = Reading("count", Fraction(int(found.value)), Fraction(int(found.value)))
    assert found.contract
    return {RECORDED: _counted(present.count(found.value), exact, found.contract, facts)}


def _charged(facts: Facts, **asked: Any) -> dict[str, Evidence]:
    """The shares charged, by the measure of each; of no offences there is no share."""
    try:
        made = cohort(facts.outcomes, **asked)
    except StatsError:
        return {}
    found = {}
    for base, contract in ((made.recorded, made.contract), (made.resolved, made.contract_resolved)):
        if base and contract:
            share = Fraction(made.charged, base)
            text, exact = present.percent(share, base), Reading("share", share, share)
            one = _counted(text, exact, contract, facts)
            found[contract.measure.id] = replace(one, numerator_n=made.charged, base_n=base)
    return found


def _counted(text: str, exact: Reading, contract: Contract, facts: Facts) -> Evidence:
    source, measure = facts.registers.sources[contract.release], contract.measure
    return Evidence(
        text, exact, measure.id, contract.area.name, contract.period.label, measure.base, source.publisher,
        source.title, source.published, source.url, source.id, source.kind,
    )  # fmt: skip


def of_figure(row: dict[str, Any]) -> Evidence:
    """Return a published figure as evidence: with its counts exact, else as far as it was rounded."""
    is_share = row["unit"] == "percent"
    number = row["value"]
    printed = f"{number:g}%" if is_share else present.count(number)
    bound = "" if row["bound"] == "exact" else f"{row['bound']} "
    numerator, base = (int(row[n]) if row[n] is not None else None for n in ("numerator_n", "base_n"))
    if is_share and number < 0:
        reading = Reading("share", Fraction(str(number)) / 100, Fraction(str(number)) / 100)
    else:
        reading = read_words(f"{bound}{printed}")
    if is_share and not bound and numerator and base:
        exact = Fraction(numerator, base)
        reading = Reading("share", exact, exact) if reading.holds(exact) else reading
    return Evidence(
        f"{bound}{printed}", reading, row["measure"], row["place"], row["period_words"], row["base_words"] or "",
        row["publisher"], row["title"], row["published"] or "", row["url"], row["source_id"], row["kind"], numerator,
        base, row["figure_id"], not bound,
    )  # fmt: skip


def figures_of(claim: Claim, facts: Facts) -> list[dict[str, Any]]:
    """Return the published figures of a claim's offence, place and period; without a place and dates those it names."""
    period = claim.period.period
    if claim.area_code is None or period is None:
        return [row for row in facts.figures if row["figure_id"] in claim.figures] if claim.figures else []
    rows = facts.figures_of(claim.area_code, period)
    named = set(claim.figures)
    return [r for r in rows if (r["offence"] or r["figure_id"] in named) and _is_of_offence(r, claim, facts)]


def _is_of_offence(row: dict[str, Any], claim: Claim, facts: Facts) -> bool:
    if claim.offence in (None, "", row["offence"]) or row["figure_id"] in claim.figures:
        return True
    find = facts.registers.offences.find
    return find(row["offence"]).codes == find(claim.offence or "").codes


def _own_figure(claim: Claim, row: dict[str, Any], facts: Facts) -> list[Evidence]:
    if _is_another_question(claim, row["figure_id"], facts):
        return []
    figure = of_figure(row)
    if claim.measure in PEOPLE_OR_FILES and row["figure_id"] in claim.figures and row["unit"] != "respondents":
        return _who_answered(claim, figure)
    if row["measure"] != claim.measure:
        return []
    return [figure] if _on_the_same_base(claim, figure, facts) else []


def _who_answered(claim: Claim, figure: Evidence) -> list[Evidence]:
    """The count behind a share: its base for who was asked, its numerator for who was found so."""
    if claim.evidence_kind == "case audit anecdote":
        return []
    whole = claim.nested_in is None
    number = figure.base_n if whole else figure.numerator_n
    same_base = whole or (claim.base is not None and claim.base.n == figure.base_n)
    if number is None or not same_base:
        return []
    exact = Reading("count", Fraction(number), Fraction(number))
    return [replace(figure, text=present.count(number), reading=exact, measure=claim.measure or "", numerator_n=None)]


def _on_the_same_base(claim: Claim, figure: Evidence, facts: Facts) -> bool:
    """Whether a figure's printed base is one that the claim may have; where either has none, nothing speaks against."""
    if figure.base_n is None or claim.quantity != "share":
        return True
    bases: tuple[int, ...]
    if claim.nested_in is None:
        bases = (claim.base.n,) if claim.base and claim.base.n else ()
    else:
        bases = bases_of_claim(claim, facts.document_of(claim))
    return not bases or figure.base_n in bases or claim.area_code is not None


def _is_another_question(claim: Claim, figure: str, facts: Facts) -> bool:
    return any(f.figure == figure and any(d.of == "question" for d in f.differs) for f in facts.findings(claim))


def _worded(claim: Claim, facts: Facts) -> list[Evidence]:
    """Findings that word the quantity themselves."""
    return [_of_finding(claim, f, f.words) for f in facts.findings(claim) if f.words]


def _of_finding(claim: Claim, finding: Finding, words: str) -> Evidence:
    return Evidence(
        words, read_words(words), claim.measure or "", claim.place, claim.period.words,
        claim.base.population if claim.base else "", finding.publisher, finding.says, finding.published or "",
        finding.url, finding.id, "finding", is_exact=False,
    )  # fmt: skip


def of_event(finding: Finding, claim: Claim) -> Evidence:
    """Return a dated finding as evidence: its reading is the year or years it fell in."""
    assert finding.start
    assert finding.end
    text = finding.start.isoformat() if finding.start == finding.end else f"{finding.start} to {finding.end}"
    years = Reading("count", Fraction(finding.start.year), Fraction(finding.end.year))
    return Evidence(
        text, years, "", claim.place, text, "", finding.publisher, finding.says, finding.published or "",
        finding.url, finding.id, "finding", is_exact=True,
    )  # fmt: skip


def others(claim: Claim, facts: Facts) -> list[Evidence]:
    """Return the evidence on every other registered measure for a claim's place, offence and period."""
    rows = [row for row in figures_of(claim, facts) if row["measure"] != claim.measure]
    made = [e for m in (RECORDED, *ON_RECORDED) if m != claim.measure for e in counted(claim, facts, m)]
    return [*made, *(of_figure(row) for row in rows)]
