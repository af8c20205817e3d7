"""Set a number beside the published figures that answer the question its sentence answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stats import present
from stats.claims.agreeing import agreement
from stats.claims.basis import PEOPLE
from stats.claims.draft.alike import ALIKE, alike_figures, is_base_of, may_be_it, same_people, telling, told_of
from stats.claims.draft.binding import claim_of, places_of, worded
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.draft.times import is_nearly, is_of_period
from stats.claims.evidence import of_figure
from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import Verdict
from stats.registers import Measure
from stats.registers.measures import Part
from stats.registers.wordings import fits

LEAST_COUNT = 100
"""Smaller counts are found behind some share by chance."""

COUNT_OF = {"answered": "self_selected_respondents", "audited": "case_audit_files"}
"""The measure that counts who answered, or what was read."""


def by_figure(frame: Frame, facts: Facts) -> Judged | None:
    """Return what the published figures of mixed measures say of a number, or None if none answers its question."""
    alike = alike_figures(frame, facts)
    rows = [row for row in alike if may_be_it(frame, row) and not _is_told_exactly(row, alike)]
    if not rows:
        return _behind_a_share(frame, facts) or _of_others(frame, facts) or _against(frame, alike, facts)
    measure = _measure(frame, rows[0], facts)
    names = tuple(row["figure_id"] for row in rows if row["measure"] == rows[0]["measure"])
    claim = claim_of(frame, measure, None, area=_population(frame, measure, facts), figures=names)
    return Judged(_with_who_answered(frame, verdict(claim, facts.only(names)), measure), claim)


def _is_told_exactly(row: dict[str, Any], alike: list[dict[str, Any]]) -> bool:
    """Whether a bound ('over 400') has an exact figure of the same thing beside it, which decides."""
    same = ("measure", "area_code", "unit")
    others = (o for o in alike if o["bound"] == "exact" and all(o[key] == row[key] for key in same))
    return row["bound"] not in ("exact", "about") and any(is_nearly(row, other) for other in others)


def _population(frame: Frame, measure: Measure, facts: Facts) -> str | None:
    """The place whose people or cases a share is said to be of: those who answered, and files, are of none."""
    place = facts.registers.areas.current.get(frame.place)
    is_of_place = place is not None and place.name in frame.base_words and frame.quantity.kind == "share"
    return frame.place if is_of_place and measure.basis in present.STAND_FOR_THEMSELVES else None


def _of_others(frame: Frame, facts: Facts) -> Judged | None:
    """A survey's share that is of other people, or of another time of life: 16 to 59, since 16."""
    words, sentence = facts.registers.wordings, frame.quantity.sentence
    claimed = [m for m, said in words.measures.items() if said.by_people and fits(said, sentence)]
    is_share = frame.quantity.kind == "share" and not frame.quantity.reading.is_bound
    if "experienced" not in frame.stages or not is_share or not claimed:
        return None
    for row in sorted(facts.figures, key=lambda row: _apart(frame, row)):
        measure = facts.registers.measures[row["measure"]]
        figure = of_figure(row)
        is_it = words.of(measure.id).by_people and agreement(worded(frame), figure.reading) != "none"
        if not is_it or not (frame.is_percent or figure.is_exact):
            continue
        same, claim = same_people(frame, row), claim_of(frame, measure, None, area=None, figures=(figure.figure,))
        said = f"{present.capital(figure.text)} is the {measure.plain_name}, of {figure.base}, {figure.period}"
        if same and measure.id not in claimed:
            return Judged(Verdict("wrong-measure", f"{said} ({figure.cited}).", (figure,)), claim)
        if not same and is_of_period(frame, row) and frame.period_is == "stated":
            return Judged(Verdict("wrong-population", f"{said} ({figure.cited}).", (figure,)), claim)
    return None


def _apart(frame: Frame, row: dict[str, Any]) -> float:
    return abs(float(frame.quantity.reading.low) - float(row["value"]) / 100)


def _against(frame: Frame, alike: list[dict[str, Any]], facts: Facts) -> Judged | None:
    """A number that exact figures of the same place, period and question do not give."""
    own = telling(frame.quantity.sentence)
    near = [row for row in alike if row["bound"] == "exact" and len(own & telling(told_of(row))) > ALIKE]
    if not near or frame.period_is != "stated" or frame.place_is != "stated" or near[0]["period_start"] is None:
        return None
    figure, measure = of_figure(near[0]), facts.registers.measures[near[0]["measure"]]
    claim = claim_of(frame, measure, None, area=None, figures=(figure.figure,))
    return Judged(verdict(claim, facts.only((figure.figure,))), claim)


def _behind_a_share(frame: Frame, facts: Facts) -> Judged | None:
    """A count of people that a published share is printed with: 1.4 million, behind 2.8%."""
    one = frame.quantity
    if one.kind != "count" or one.reading.low < LEAST_COUNT:
        return None
    for row in facts.figures:
        measure = facts.registers.measures[row["measure"]]
        ends = [(row["numerator_n"], measure.numerator), (row["base_n"], measure.denominator)]
        if measure.numerator.stage == "recorded" or "recorded" in frame.stages[:1]:
            continue
        held = any(n is not None and part and _is_part(frame, part) and one.reading.holds(n) for n, part in ends)
        if held and is_of_period(frame, row) and row["area_code"] in {*places_of(frame)}:
            figure = of_figure(row)
            reason = f"It is the number printed with {figure.text}, {figure.base or figure.measure} ({figure.cited})."
            claim = claim_of(frame, measure, None, area=None, figures=(figure.figure,))
            return Judged(Verdict("supported", reason, (figure,), may_say=(reason,)), claim)
    return None


def _is_part(frame: Frame, part: Part) -> bool:
    """Whether a count may be the numerator or the base of a share: people are no offences."""
    people = part.unit.startswith(("persons", "people", "respondents"))
    return part.stage in frame.stages and (frame.quantity.unit not in PEOPLE or people)


def _measure(frame: Frame, row: dict[str, Any], facts: Facts) -> Measure:
    measure = facts.registers.measures[row["measure"]]
    return facts.registers.measures[COUNT_OF[measure.numerator.stage]] if is_base_of(frame, row) else measure


def _with_who_answered(frame: Frame, found: Verdict, measure: Measure) -> Verdict:
    """People who chose to answer stand for themselves: a share must say of how many."""
    if found.verdict != "supported" or measure.id != "self_selected_share" or frame.quantity.base or frame.base_n:
        return found
    said = "Say that it is of the people who chose to answer, and how many they were."
    return replace(found, verdict="supported-with-caveat", caveats=(said,), reason=f"{found.reason} {said}")
