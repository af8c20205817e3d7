"""Set a number beside the published figures that answer the question its sentence answers."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from stats import present
from stats.claims.agreeing import agreement
from stats.claims.basis import PEOPLE
from stats.claims.draft.binding import claim_of, places_of, worded
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.draft.people import people_in
from stats.claims.draft.stages import stages_in
from stats.claims.draft.times import is_nearly, is_of_period
from stats.claims.evidence import of_figure
from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import Verdict
from stats.registers import Measure
from stats.registers.measures import Part
from stats.registers.wordings import Wordings, fits

ALIKE = 2
"""How many telling words a sentence and a figure must share to answer the same question."""

FAR_ABOVE = Fraction(12, 100)
"""'More than a quarter' is said of no two-thirds: so far above its bound a share is another."""

OF_PEOPLE = {"population", "experienced"}
"""What the share of people who were stalked may be of."""

FEW = 20
"""Below this a count without its period fits some figure by chance."""

LEAST_COUNT = 100
"""Smaller counts are found behind some share by chance."""

COUNT_OF = {"answered": "self_selected_respondents", "audited": "case_audit_files"}
"""The measure that counts who answered, or what was read."""

_COMMON = """
    about after again also been being cases could crime cross engla engli every figur first found force from have havin
    haras into last less many more most much offen only other over peopl perce polic print recor repor said says shar
    share since some stalk such than that their them then there these they this those three under vict victi wales were
    what when where which while will with women would year years just half quart third these asked read excer dates
    state stati press natio perio revie servi crown prose crimi justi inspe offic
"""
_APPLIED = re.compile(r"\bappl(?:ied|y|ications?)\b", re.I)
_UNTOLD = frozenset(_COMMON.split())
"""The beginnings of words that tell nothing of what a figure is about."""


def by_figure(frame: Frame, facts: Facts, words: Wordings) -> Judged | None:
    """Return what the published figures of mixed measures say of a number, or None if none answers its question."""
    alike = _alike(frame, facts, words)
    rows = [row for row in alike if _fits(frame, row) and not _is_told_exactly(row, alike)]
    if not rows:
        return _behind_a_share(frame, facts) or _of_others(frame, facts, words) or _against(frame, alike, facts)
    measure = _measure(frame, rows[0], facts)
    names = tuple(row["figure_id"] for row in rows if row["measure"] == rows[0]["measure"])
    claim = claim_of(frame, measure, None, area=_population(frame, measure, facts), figures=names)
    return Judged(_with_who_answered(frame, verdict(claim, _only(facts, names)), measure), claim)


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


def _of_others(frame: Frame, facts: Facts, words: Wordings) -> Judged | None:
    """A survey's share that is of other people, or of another time of life: 16 to 59, since 16."""
    claimed = [m for m, said in words.measures.items() if said.by_people and fits(said, frame.quantity.sentence)]
    is_share = frame.quantity.kind == "share" and not frame.quantity.reading.is_bound
    if "experienced" not in frame.stages or not is_share or not claimed:
        return None
    for row in facts.figures:
        measure = facts.registers.measures[row["measure"]]
        figure = of_figure(row)
        is_it = words.of(measure.id).by_people and agreement(worded(frame), figure.reading) != "none"
        if not is_it or not (frame.is_percent or figure.is_exact):
            continue
        same, claim = _same_people(frame, row), claim_of(frame, measure, None, area=None, figures=(figure.figure,))
        said = f"{present.capital(figure.text)} is the {measure.plain_name}, of {figure.base}, {figure.period}"
        if same and measure.id not in claimed:
            return Judged(Verdict("wrong-measure", f"{said} ({figure.cited}).", (figure,)), claim)
        if not same and is_of_period(frame, row) and frame.period_is == "stated":
            return Judged(Verdict("wrong-population", f"{said} ({figure.cited}).", (figure,)), claim)
    return None


def _against(frame: Frame, alike: list[dict[str, Any]], facts: Facts) -> Judged | None:
    """A number that exact figures of the same place, period and question do not give."""
    own = telling(frame.quantity.sentence)
    near = [row for row in alike if row["bound"] == "exact" and len(own & telling(_told(row))) > ALIKE]
    if not near or frame.period_is != "stated" or frame.place_is != "stated" or near[0]["period_start"] is None:
        return None
    figure, measure = of_figure(near[0]), facts.registers.measures[near[0]["measure"]]
    claim = claim_of(frame, measure, None, area=None, figures=(figure.figure,))
    return Judged(verdict(claim, _only(facts, (figure.figure,))), claim)


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
    return facts.registers.measures[COUNT_OF[measure.numerator.stage]] if _is_base(frame, row) else measure


def _with_who_answered(frame: Frame, found: Verdict, measure: Measure) -> Verdict:
    """People who chose to answer stand for themselves: a share must say of how many."""
    if found.verdict != "supported" or measure.id != "self_selected_share" or frame.quantity.base or frame.base_n:
        return found
    said = "Say that it is of the people who chose to answer, and how many they were."
    return replace(found, verdict="supported-with-caveat", caveats=(said,), reason=f"{found.reason} {said}")


def _alike(frame: Frame, facts: Facts, words: Wordings) -> list[dict[str, Any]]:
    """Return the figures of mixed measures that answer what a number answers, those most alike first."""
    own = telling(frame.quantity.sentence)
    found = []
    for row in facts.figures:
        measure = facts.registers.measures[row["measure"]]
        worded_so = words.of(measure.id)
        if not worded_so.is_mixed or not fits(worded_so, frame.quantity.sentence):
            continue
        if not _may_be(frame, row, measure.numerator.stage, words):
            continue
        shared = len(own & telling(_told(row)))
        of_it = _is_base(frame, row) or _is_none_of_it(frame, row) or _same_number(frame, row)
        of_it = of_it or worded_so.by_people or _same_counts(frame, row)
        if shared >= ALIKE or (shared and _same_base(frame, row)) or of_it:
            found.append((shared, row))
    return [row for _, row in sorted(found, key=lambda pair: -pair[0])]


def _fits(frame: Frame, row: dict[str, Any]) -> bool:
    figure, own = of_figure(row).reading, frame.quantity.reading
    is_far = own.is_bound and own.kind == "share" and figure.low > own.low + FAR_ABOVE
    is_chance = own.kind == "count" and 0 < own.low < FEW and frame.period_is != "stated"
    return (agreement(worded(frame), figure) != "none" and not is_far and not is_chance) or _is_base(frame, row)


def _only(facts: Facts, names: tuple[str, ...]) -> Facts:
    return replace(facts, published=facts.published[facts.published["figure_id"].isin(names)])


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words that tell what it is about."""
    stems = {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold().replace("-", " "))}
    return frozenset(stems - _UNTOLD)


def _told(row: dict[str, Any]) -> str:
    return " ".join([row["quote"] or "", row["figure_id"].replace("-", " "), row["base_words"] or ""])


def _may_be(frame: Frame, row: dict[str, Any], stage: str, words: Wordings) -> bool:
    also = stages_in(row["quote"] or "", words) if stage == "closed" else []
    if not _is_of_kind(frame, row) or not {stage, *also} & set(frame.stages):
        return False
    if stage == "experienced" and not set(frame.base_stages) <= OF_PEOPLE:
        return False
    if row["unit"] == "applications" and not _APPLIED.search(frame.quantity.sentence):
        return False
    if frame.place_is == "stated" and row["area_code"] and row["area_code"] != frame.place:
        return False
    return (stage != "experienced" or _same_people(frame, row)) and is_of_period(frame, row)


def _is_of_kind(frame: Frame, row: dict[str, Any]) -> bool:
    is_share = row["unit"] == "percent" or (row["numerator_n"] is not None and row["base_n"] is not None)
    wants_share = frame.quantity.kind in ("share", "ratio")
    none = row["value"] == 0 and frame.quantity.reading.high == 0
    return wants_share == is_share or none or _is_base(frame, row)


def _same_people(frame: Frame, row: dict[str, Any]) -> bool:
    return people_in(row["base_words"] or "").may_be(frame.people)


def _same_base(frame: Frame, row: dict[str, Any]) -> bool:
    base = frame.quantity.base or frame.base_n
    return base is not None and row["base_n"] == base


def _is_base(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether a count is that of the people who answered, or of the files that were read."""
    one = frame.quantity
    is_asked = bool({"answered", "audited"} & set(frame.stages[:1]))
    return is_asked and one.kind == "count" and row["base_n"] is not None and one.reading.holds(row["base_n"])


def _is_none_of_it(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether both say that it was so in none of the same files or people."""
    return frame.quantity.reading.high == 0 and row["value"] == 0 and _same_base(frame, row)


def _same_counts(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether both print the same count of the same base: 26 of 43."""
    printed = [one for one in (frame.quantity, frame.beside) if one is not None and one.count is not None]
    return any((one.count, one.base) == (row["numerator_n"], row["base_n"]) for one in printed)


def _same_number(frame: Frame, row: dict[str, Any]) -> bool:
    """A count of three digits and more, of the same place and period, is no chance."""
    one = frame.quantity
    is_exact = one.kind == "count" and one.reading.low == one.reading.high == row["value"] and row["value"] >= 100
    return is_exact and frame.period_is != "assumed" and (frame.place or row["area_code"]) == row["area_code"]
