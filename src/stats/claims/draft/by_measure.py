"""Set a number beside the figures of the measures, places and periods that it may be of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stats.claims.draft.binding import claim_of, measures_of, places_of
from stats.claims.draft.doubts import ONCE_RIGHT, in_doubt, names_itself
from stats.claims.draft.elsewhere import in_thousands, of_another_base, of_other_offences, without_source
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.draft.times import YEAR
from stats.claims.evidence import ON_RECORDED
from stats.claims.facts import OUTCOMES, RECORDED, Facts
from stats.claims.verdict import verdict
from stats.period import Period
from stats.registers import Measure

ORDER = (
    "supported", "supported-with-caveat", "stale", "superseded", "arithmetic-error", "wrong-unit", "wrong-population",
    "small-base", "not-comparable", "wrong-measure", "contradicted", "no-source", "not-checked", "illustrative",
)  # fmt: skip
"""Which of several verdicts on what a number may be of is kept."""


def by_measure(frame: Frame, facts: Facts) -> Judged | None:
    """Return the best that can be said of a number, over all that it may be of; None if it may be of nothing here."""
    found = [m for m in measures_of(frame, facts.registers) if not facts.registers.wordings.of(m.id).is_mixed]
    able = _with_figures(facts) if frame.offence else _of_no_offence(facts)
    measures = [measure for measure in found if measure.id in able]
    tried = [
        found
        for measure in measures
        for found in _tried(frame, measure, facts)
        if measure.numerator.stage == frame.stages[0] or found.verdict.verdict in ONCE_RIGHT
    ]
    if not any(found.verdict.is_right for found in tried):
        tried += of_other_offences(frame, measures, facts)
    tried += of_another_base(frame, measures, facts)
    best = min(tried, key=lambda j: ORDER.index(j.verdict.verdict), default=None)
    if frame.period_is == "carried" and (best is None or best.verdict.verdict == "not-checked"):
        undated = by_measure(replace(frame, periods=(), period_is="assumed"), facts)
        return undated if undated and undated.verdict.verdict != "not-checked" else best
    return best


def _of_no_offence(facts: Facts) -> set[str]:
    """The measures that have figures of no one offence: restraining orders, breaches."""
    return facts.once("of no offence", lambda: {row["measure"] for row in facts.figures if row["offence"] is None})


def _with_figures(facts: Facts) -> set[str]:
    """The measures that have figures here: counted, or printed by somebody."""
    counted = {RECORDED, *ON_RECORDED}
    return facts.once("with figures", lambda: counted | {row["measure"] for row in facts.figures})


def _tried(frame: Frame, measure: Measure, facts: Facts) -> Iterator[Judged]:
    for area in places_of(frame):
        if frame.periods:
            yield from (_judged(frame, measure, period, area, facts) for period in frame.periods)
        else:
            yield from _in_any_period(frame, measure, area, facts)
    yield from in_thousands(frame, measure, facts)
    yield from without_source(frame, measure, facts)


def _judged(frame: Frame, measure: Measure, period: Period, area: str, facts: Facts) -> Judged:
    claim = claim_of(frame, measure, period, area=area, figures=_of_none(frame, measure, period, area, facts))
    found = in_doubt(frame, claim, verdict(claim, facts), measure, facts)
    if found.verdict == "supported" and period != frame.periods[0]:
        said = f"“{frame.period_words}” is read as {period.start:%B %Y} to {period.end:%B %Y}: say which year is meant."
        found = replace(found, verdict="supported-with-caveat", reason=f"{found.reason} {said}", caveats=(said,))
    return Judged(found, claim)


def _of_none(frame: Frame, measure: Measure, period: Period, area: str, facts: Facts) -> tuple[str, ...]:
    """The figures of no one offence, which a claim must name: restraining orders of that place and period."""
    rows = facts.figures_of(area, period) if measure.id in _of_no_offence(facts) else ()
    return tuple(r["figure_id"] for r in rows if r["measure"] == measure.id and r["offence"] is None)


def _in_any_period(frame: Frame, measure: Measure, area: str, facts: Facts) -> Iterator[Judged]:
    """Without a period, a number that fits one of the figures says which; only another measure speaks against it."""
    for period in _periods_of(frame, measure, area, facts):
        claim = claim_of(frame, measure, period, area=area)
        found = verdict(claim, facts)
        if found.is_right or found.verdict in ("superseded", "stale"):
            the = "the " if period.months == YEAR else ""
            said = f"No period is stated; the number is that of {the}{period.label}."
            name = "supported-with-caveat" if found.is_right else found.verdict
            yield Judged(
                replace(found, verdict=name, caveats=(said, *found.caveats), reason=f"{found.reason} {said}"), claim
            )
        elif found.verdict == "wrong-measure":
            yield Judged(found, claim)


def _periods_of(frame: Frame, measure: Measure, area: str, facts: Facts) -> list[Period]:
    """The newest first; of those that end on one day the shortest."""
    rows = [
        row for row in facts.figures
        if row["measure"] == measure.id and row["area_code"] == area and row["period_start"] is not None
    ]  # fmt: skip
    found = {Period(row["period_start"].date(), row["period_end"].date()) for row in rows}
    if measure.id == RECORDED and names_itself(frame):
        found |= set(_years(facts))
    if measure.id in ON_RECORDED:
        found.add(facts.registers.coverage(OUTCOMES))
    return sorted(found, key=lambda p: (p.end, p.start), reverse=True)


def _years(facts: Facts) -> Iterator[Period]:
    covered = facts.registers.coverage(RECORDED)
    for year in range(covered.start.year, covered.end.year + 1):
        for month in (3, 6, 9, 12):
            period = Period.year_ending(year, month)
            if covered.start <= period.start and period.end <= covered.end:
                yield period
