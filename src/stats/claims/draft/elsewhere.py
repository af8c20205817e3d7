"""Where a number may come from if it is of none of its own measure's figures: another base, thousands, nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from stats.claims.agreeing import agreement, overlap
from stats.claims.draft.binding import NAMED, claim_of, places_of, worded
from stats.claims.draft.doubts import names_itself
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.draft.times import is_of_period
from stats.claims.evidence import counted, of_figure
from stats.claims.facts import RECORDED, Facts
from stats.claims.verdicts import Verdict
from stats.period import Period
from stats.registers import Measure

THOUSAND = 1000

MANY = 1000
"""Fewer people than this may be somebody's own, and want no source."""


def of_another_base(frame: Frame, measures: list[Measure], facts: Facts) -> Iterator[Judged]:
    """A share that fits a figure of the same thing over another base: 66% of those taken to court."""
    if frame.quantity.kind != "share" or not frame.stages or frame.quantity.reading.is_bound:
        return
    own = {measure.id for measure in measures}
    for row in facts.figures:
        measure = facts.registers.measures[row["measure"]]
        is_other = measure.id not in own and measure.denominator and measure.numerator.stage == frame.stages[0]
        carried = replace(frame, period_is="stated") if frame.periods else frame
        is_here = row["area_code"] in set(places_of(frame)) and is_of_period(carried, row)
        if (
            not is_other
            or measure.unit != "percent"
            or not is_here
            or row["value"] < 0
            or facts.registers.wordings.of(measure.id).is_mixed
        ):
            continue
        figure = of_figure(row)
        if figure.is_exact and row["offence"] == frame.offence and agreement(worded(frame), figure.reading) == "both":
            said = f"{figure.text} is the {measure.plain_name} ({figure.cited}): it is of {measure.base}."
            found = Verdict("wrong-measure", said, (figure,), slip=f"this is the {measure.plain_name}")
            yield Judged(found, claim_of(frame, measure, None, area=row["area_code"]))


def of_other_offences(frame: Frame, measures: Sequence[Measure], facts: Facts) -> Iterator[Judged]:
    """A count of recorded offences that fits one class of its group, or another group: malicious communications."""
    measure = next((m for m in measures if m.id == RECORDED), None)
    if measure is None or frame.stages[0] != "recorded" or not names_itself(frame) or frame.period_is != "stated":
        return
    own = facts.registers.offences.find(frame.offence)
    groups = (name for name in facts.registers.offences.groups if name != own.name)
    others = [*(own.codes if len(own.codes) > 1 else ()), *groups]
    for area in places_of(frame):
        for name in others:
            for period in frame.periods:
                yield from _of_other(frame, measure, name, period, area, facts)


def _of_other(frame: Frame, measure: Measure, name: str, period: Period, area: str, facts: Facts) -> Iterator[Judged]:
    claim = claim_of(frame, measure, period, area=area).model_copy(update={"offence": name})
    figure = next(iter(counted(claim, facts)), None)
    if figure is None or agreement(worded(frame), figure.reading) != "both" or frame.quantity.reading.is_bound:
        return
    group = facts.registers.offences.find(name)
    own = facts.registers.offences.find(frame.offence)
    said = f"It is the number of {group.name} offences, {figure.text} ({figure.cited})"
    if set(group.codes) < set(own.codes):
        found = Verdict("supported-with-caveat", f"{said}, one class of {own.name}.", (figure,), caveats=(f"{said}.",))
    else:
        found = Verdict("wrong-measure", f"{said}, and not of {own.name}.", (figure,), slip=f"this is {group.name}")
    yield Judged(found, claim)


def in_thousands(frame: Frame, measure: Measure, facts: Facts) -> Iterator[Judged]:
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


def without_source(frame: Frame, measure: Measure, facts: Facts) -> Iterator[Judged]:
    """A number of people in the whole country that names nobody, and that no figure gives."""
    if measure.basis == "sample" and not frame.periods and _is_of_the_nation(frame):
        yield Judged(_no_source(measure, facts), claim_of(frame, measure, None, area=None))


def _no_source(measure: Measure, facts: Facts) -> Verdict:
    rows = [row for row in facts.figures if row["measure"] == measure.id]
    known = tuple(of_figure(row) for row in sorted(rows, key=lambda row: row["value"]))
    between = f" Those to hand are {known[0].text} to {known[-1].text}." if known else ""
    reason = f"Nobody is named who counted it, and no figure of the {measure.plain_name} is this number.{between}"
    return Verdict("no-source", reason, known)
