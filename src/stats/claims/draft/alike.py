"""Find the published figures that answer the question a sentence answers: same words, people, offence and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from stats.claims.agreeing import agreement
from stats.claims.draft.binding import worded
from stats.claims.draft.frame import Frame
from stats.claims.draft.people import people_in
from stats.claims.draft.stages import stages_in
from stats.claims.draft.times import is_of_period
from stats.claims.evidence import of_figure
from stats.claims.facts import Facts
from stats.registers.wordings import Wordings, fits

ALIKE = 2
"""How many telling words a sentence and a figure must share to answer the same question."""

OF_PEOPLE = {"population", "experienced"}
"""What the share of people who were stalked may be of."""

FEW = 20
"""Below this a count without its period fits some figure by chance."""

FAR_ABOVE = Fraction(12, 100)
"""'More than a quarter' is said of no two-thirds: so far above its bound a share is another."""

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


def alike_figures(frame: Frame, facts: Facts) -> list[dict[str, Any]]:
    """Return the figures of mixed measures that answer what a number answers, those most alike first."""
    own = telling(frame.quantity.sentence)
    found = []
    for row in _worded_so(frame, facts):
        measure = facts.registers.measures[row["measure"]]
        worded_so = facts.registers.wordings.of(measure.id)
        if not _may_be(frame, row, measure.numerator.stage, facts.registers.wordings):
            continue
        shared = len(own & telling(told_of(row)))
        of_it = is_base_of(frame, row) or _is_none_of_it(frame, row) or _same_number(frame, row)
        of_it = of_it or worded_so.by_people or _same_counts(frame, row)
        of_it = of_it or bool(shared and _same_share_of_files(frame, row))
        if shared >= ALIKE or (shared and _same_base(frame, row)) or of_it:
            found.append((shared, row))
    return [row for _, row in sorted(found, key=lambda pair: -pair[0])]


def _worded_so(frame: Frame, facts: Facts) -> Iterator[dict[str, Any]]:
    """The figures of the mixed measures that a sentence may speak of."""
    for name, rows in facts.once("mixed", lambda: _by_measure(facts)).items():
        if fits(facts.registers.wordings.of(name), frame.quantity.sentence):
            yield from rows


def _by_measure(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in facts.figures:
        if facts.registers.wordings.of(row["measure"]).is_mixed:
            found.setdefault(row["measure"], []).append(row)
    return found


def may_be_it(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether the words of a number allow a figure's value, or it is the figure's base."""
    figure, own = of_figure(row).reading, frame.quantity.reading
    is_far = own.is_bound and own.kind == "share" and figure.low > own.low + FAR_ABOVE
    is_chance = own.kind == "count" and 0 < own.low < FEW and frame.period_is != "stated"
    return (agreement(worded(frame), figure) != "none" and not is_far and not is_chance) or is_base_of(frame, row)


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words that tell what it is about."""
    stems = {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold().replace("-", " "))}
    return frozenset(stems - _UNTOLD)


def told_of(row: dict[str, Any]) -> str:
    """Return what a figure tells, in one text."""
    return " ".join([row["quote"] or "", row["figure_id"].replace("-", " "), row["base_words"] or ""])


def _may_be(frame: Frame, row: dict[str, Any], stage: str, words: Wordings) -> bool:
    if not _is_of_kind(frame, row):
        return False
    also = stages_in(row["quote"] or "", words) if stage == "closed" else ()
    if not {stage, *also} & set(frame.stages):
        return False
    if stage == "experienced" and not set(frame.base_stages) <= OF_PEOPLE:
        return False
    if row["unit"] == "applications" and not _APPLIED.search(frame.quantity.sentence):
        return False
    if frame.place_is == "stated" and row["area_code"] and row["area_code"] != frame.place:
        return False
    return (stage != "experienced" or same_people(frame, row)) and is_of_period(frame, row)


def _is_of_kind(frame: Frame, row: dict[str, Any]) -> bool:
    is_share = row["unit"] == "percent" or (row["numerator_n"] is not None and row["base_n"] is not None)
    wants_share = frame.quantity.kind in ("share", "ratio")
    none = row["value"] == 0 and frame.quantity.reading.high == 0
    return wants_share == is_share or none or is_base_of(frame, row)


def same_people(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether a figure may be of the people that a number is of."""
    return people_in(row["base_words"] or "").may_be(frame.people)


def _same_base(frame: Frame, row: dict[str, Any]) -> bool:
    base = frame.quantity.base or frame.base_n
    return base is not None and row["base_n"] == base


def is_base_of(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether a count is that of the people who answered, or of the files that were read."""
    one = frame.quantity
    is_asked = bool({"answered", "audited"} & set(frame.stages[:1]))
    return is_asked and one.kind == "count" and row["base_n"] is not None and one.reading.holds(row["base_n"])


def _is_none_of_it(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether both say that it was so in none of the same files or people."""
    return frame.quantity.reading.high == 0 and row["value"] == 0 and _same_base(frame, row)


def _same_share_of_files(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether both print the same percentage of files that were read; there are few such figures."""
    return frame.stages[:1] == ("audited",) and frame.is_percent and may_be_it(frame, row)


def _same_counts(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether both print the same count of the same base: 26 of 43."""
    printed = [one for one in (frame.quantity, frame.beside) if one is not None and one.count is not None]
    return any((one.count, one.base) == (row["numerator_n"], row["base_n"]) for one in printed)


def _same_number(frame: Frame, row: dict[str, Any]) -> bool:
    """A count of three digits and more, of the same place and period, is no chance."""
    one = frame.quantity
    is_exact = one.kind == "count" and one.reading.low == one.reading.high == row["value"] and row["value"] >= 100
    return is_exact and frame.period_is != "assumed" and (frame.place or row["area_code"]) == row["area_code"]
