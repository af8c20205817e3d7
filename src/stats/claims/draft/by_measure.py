"""Set a number beside the figures of the measures, places and periods that it may be of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from stats import present
from stats.claims.agreeing import agreement, overlap
from stats.claims.draft.binding import NAMED, claim_of, measures_of, places_of, worded
from stats.claims.draft.frames import Frame, is_of_period
from stats.claims.draft.judged import Judged
from stats.claims.evidence import ON_RECORDED, of_figure
from stats.claims.facts import RECORDED, Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import Verdict
from stats.period import Period
from stats.registers import Measure
from stats.registers.wordings import Wordings

ORDER = (
    "supported", "supported-with-caveat", "stale", "superseded", "arithmetic-error", "wrong-unit", "wrong-population",
    "small-base", "wrong-measure", "contradicted", "no-source", "not-checked",
)  # fmt: skip
"""Which of several verdicts on what a number may be of is kept."""

TOO_FAR = 50
"""A count this many times below the figure is hardly of the same thing: somebody's own case, one town, one month."""

MOVED = Fraction(5, 100)
"""How far from today's release a count may be and still be that of an earlier one, which is not here."""

GROWN = Fraction(1, 3)
"""How far below today's a share of offences charged so far may have been in an earlier release."""

THOUSAND = 1000

MANY = 1000
"""Fewer people than this may be somebody's own, and want no source."""

TELLING_DIGITS = 3
"""Digits that a count must print for it to name its period by itself."""


def by_measure(frame: Frame, facts: Facts, words: Wordings) -> Judged | None:
    """Return the best that can be said of a number, over all that it may be of; None if it may be of nothing here."""
    found = [m for m in measures_of(frame, facts.registers, words) if not words.of(m.id).is_mixed]
    able = _with_figures(facts) if frame.offence else _of_no_offence(facts)
    measures = [measure for measure in found if measure.id in able]
    tried = [found for measure in measures for found in _tried(frame, measure, facts)]
    tried += _of_another_base(frame, measures, facts, words)
    return min(tried, key=lambda j: ORDER.index(j.verdict.verdict), default=None)


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
    yield from _in_thousands(frame, measure, facts)
    if measure.basis == "sample" and not frame.periods and _is_of_the_nation(frame):
        yield Judged(_no_source(measure, facts), claim_of(frame, measure, None, area=None))


def _judged(frame: Frame, measure: Measure, period: Period, area: str, facts: Facts) -> Judged:
    claim = claim_of(frame, measure, period, area=area)
    found = verdict(claim, facts)
    if found.verdict == "contradicted" and _is_of_something_else(frame, found):
        reason = f"It is far from the figure for {claim.period.words}, so it is probably of something else."
        found = Verdict("not-checked", reason)
    elif found.verdict == "contradicted" and not found.slip:
        found = _perhaps_earlier(frame, found, measure)
    elif found.verdict == "wrong-unit" and not found.evidence:
        found = Verdict("not-checked", f"No figure of the {measure.plain_name} that answers this is to hand.")
    elif found.verdict == "not-checked" and found.evidence:
        found = _of_another_measure(frame, found, facts)
    return Judged(found, claim)


def _is_of_something_else(frame: Frame, found: Verdict) -> bool:
    is_count = frame.quantity.kind == "count" and frame.place_is != "stated" and bool(found.evidence)
    return is_count and frame.quantity.reading.low * TOO_FAR < found.evidence[0].reading.low


def _perhaps_earlier(frame: Frame, found: Verdict, measure: Measure) -> Verdict:
    """A number near today's may be that of an earlier release: counts are revised, and not all releases are here.

    A share that grows while outcomes come in was smaller then, and never larger.
    """
    now = found.evidence[0]
    apart = frame.quantity.reading.low / now.reading.low - 1 if now.reading.low else Fraction(1)
    may_be = -GROWN < apart < 0 if measure.grows else measure.id == RECORDED and abs(apart) <= MOVED
    if not now.is_computed or not may_be or frame.quantity.reading.is_bound:
        return found
    by = present.half_away(abs(apart) * 100, 1)
    reason = (
        f"The release of {now.published} gives {now.text}, {by}% {'less' if apart > 0 else 'more'}: "
        "the number may be of an earlier release, which is not here."
    )
    return replace(found, verdict="superseded", reason=reason)


def _of_another_measure(frame: Frame, found: Verdict, facts: Facts) -> Verdict:
    """A count that no figure of its own measure gives, and exactly one of another does, is of that other."""
    match = found.evidence[0]
    one = frame.quantity
    if (
        one.kind != "count"
        or one.reading.low < MANY
        or not _names_itself(frame)
        or match.reading.low != one.reading.low
    ):
        return found
    name = facts.registers.measures[match.measure].plain_name
    reason = f"This is the {name} ({match.cited}), and the draft says something else of it."
    return replace(found, verdict="wrong-measure", reason=reason, slip=f"this is the {name}")


def _in_any_period(frame: Frame, measure: Measure, area: str, facts: Facts) -> Iterator[Judged]:
    """Without a period, a number that fits one of the figures says which; only another measure speaks against it."""
    for period in _periods_of(frame, measure, area, facts):
        claim = claim_of(frame, measure, period, area=area)
        found = verdict(claim, facts)
        if found.is_right or found.verdict in ("superseded", "stale"):
            said = f"No period is stated; the number is that of the {period.label}."
            name = "supported-with-caveat" if found.is_right else found.verdict
            yield Judged(
                replace(found, verdict=name, caveats=(said, *found.caveats), reason=f"{found.reason} {said}"), claim
            )
        elif found.verdict == "wrong-measure":
            yield Judged(found, claim)


def _periods_of(frame: Frame, measure: Measure, area: str, facts: Facts) -> list[Period]:
    rows = [
        row for row in facts.figures
        if row["measure"] == measure.id and row["area_code"] == area and row["period_start"] is not None
    ]  # fmt: skip
    found = {Period(row["period_start"].date(), row["period_end"].date()) for row in rows}
    if measure.id == RECORDED and _names_itself(frame):
        found |= set(_years(facts))
    return sorted(found, key=lambda p: p.end, reverse=True)


def _names_itself(frame: Frame) -> bool:
    low = frame.quantity.reading.low
    digits = str(int(low)).rstrip("0") if low.denominator == 1 else ""
    return len(digits) >= TELLING_DIGITS


def _years(facts: Facts) -> Iterator[Period]:
    covered = facts.registers.coverage(RECORDED)
    for year in range(covered.start.year, covered.end.year + 1):
        for month in (3, 6, 9, 12):
            period = Period.year_ending(year, month)
            if covered.start <= period.start and period.end <= covered.end:
                yield period


def _of_another_base(frame: Frame, measures: list[Measure], facts: Facts, words: Wordings) -> Iterator[Judged]:
    """A share that fits a figure of the same thing over another base: 66% of those taken to court."""
    if frame.quantity.kind != "share" or not frame.stages or frame.quantity.reading.is_bound:
        return
    own = {measure.id for measure in measures}
    for row in facts.figures:
        measure = facts.registers.measures[row["measure"]]
        is_other = measure.id not in own and measure.denominator and measure.numerator.stage == frame.stages[0]
        is_here = row["area_code"] in set(places_of(frame)) and is_of_period(frame, row)
        if not is_other or measure.unit != "percent" or not is_here or words.of(measure.id).is_mixed:
            continue
        figure = of_figure(row)
        if figure.is_exact and row["offence"] == frame.offence and agreement(worded(frame), figure.reading) == "both":
            said = f"{figure.text} is the {measure.plain_name} ({figure.cited}): it is of {measure.base}."
            found = Verdict("wrong-measure", said, (figure,), slip=f"this is the {measure.plain_name}")
            yield Judged(found, claim_of(frame, measure, None, area=row["area_code"]))


def _in_thousands(frame: Frame, measure: Measure, facts: Facts) -> Iterator[Judged]:
    """A count of people that fits a survey's estimate once it is read in thousands."""
    one = frame.quantity.reading
    if measure.basis != "sample" or frame.quantity.kind != "count" or not one.low:
        return
    scaled = replace(one, low=one.low * THOUSAND, high=None if one.high is None else one.high * THOUSAND)
    for row in facts.figures:
        figure = of_figure(row)
        if row["measure"] == measure.id and overlap(scaled, figure.reading):
            said = f"The {measure.plain_name} are {figure.text} ({figure.cited}): probably thousands read as units."
            yield Judged(
                Verdict("wrong-unit", said, (figure,), slip="thousands read as units"),
                claim_of(frame, measure, None, area=None),
            )


def _is_of_the_nation(frame: Frame) -> bool:
    """Whether it is a number of people, said of a whole country, that names nobody who counted them."""
    one = frame.quantity
    return one.reading.low >= MANY and not NAMED.search(one.sentence)


def _no_source(measure: Measure, facts: Facts) -> Verdict:
    rows = [row for row in facts.figures if row["measure"] == measure.id]
    known = tuple(of_figure(row) for row in sorted(rows, key=lambda row: row["value"]))
    between = f" Those to hand are {known[0].text} to {known[-1].text}." if known else ""
    reason = f"Nobody is named who counted it, and no figure of the {measure.plain_name} is this number.{between}"
    return Verdict("no-source", reason, known)
