"""Set a number beside what became of recorded offences: charged, not supported by the victim, still open."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

import pandas as pd

from stats import present
from stats.claims.agreeing import agreement
from stats.claims.draft.binding import claim_of, places_of, worded
from stats.claims.draft.doubts import names_itself
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import OUTCOMES, Evidence, Facts
from stats.claims.verdicts import Verdict
from stats.claims.wording import Reading
from stats.errors import StatsError
from stats.estimate.attrition import cells, outcome_groups
from stats.period import Period

SHARE, COUNT = "outcome_share_of_offences_recorded", "outcomes_of_one_kind"
AFTER_A_CHARGE = (("convicted",), ("prosecuted",), ("sentenced",))
CHARGED, PENDING = "Charged or summonsed", "No outcome yet"
BECAME = {
    "Charged or summonsed": "had been charged or summonsed so far",
    "No outcome yet": "had no outcome yet",
    "Victim does not support action": "had been closed so far because the victim did not support action",
    "No suspect identified": "had been closed so far with no suspect identified",
}
"""How a sentence says what became of them."""

GROWS = "Outcomes are still to come, so that this can only grow."
SMALL = 100
"""A type of outcome is shown by itself only where its count gives nobody away."""

OF_OTHERS = ("closed", "prosecuted", "convicted")
"""The bases that are not offences recorded: of these the tables here say nothing."""


def by_outcome(frame: Frame, facts: Facts) -> Judged | None:
    """Return the verdict on a number of offences recorded that ended in one way, or None where none can be told."""
    if frame.stages[:1] in AFTER_A_CHARGE:
        return _charges_called_more(frame, facts)
    group = _group(frame, facts)
    is_of_it = frame.stages[:1] in (("closed",), ("charged",)) and frame.quantity.reading.low != 1
    if not group or not frame.offence or not is_of_it or set(frame.base_stages[:1]) & set(OF_OTHERS):
        return None
    for area in places_of(frame):
        for period in frame.periods:
            table = _table(area, frame.offence, period, facts)
            if table is not None:
                found = _judged(frame, group, table, area, period, facts)
                if found:
                    return found
    return None


def _charges_called_more(frame: Frame, facts: Facts) -> Judged | None:
    """A count that is exactly that of the offences charged, and is called convictions or prosecutions."""
    one = frame.quantity
    if one.kind != "count" or one.reading.low != one.reading.high or not names_itself(frame):
        return None
    for area in places_of(frame):
        for period in frame.periods:
            table = _table(area, frame.offence, period, facts) if frame.offence else None
            row = (
                next((r for r in table.to_dict("records") if r["name"] == CHARGED), None) if table is not None else None
            )
            if row and row["status"] == "" and row["offences_n"] == one.reading.low:
                evidence = _evidence(frame, row, area, period, facts)
                said = _said(CHARGED, evidence, frame)
                found = Verdict("wrong-measure", f"It is the number charged. {said}.", (evidence,), may_say=(said,),
                                slip="charges read as convictions")  # fmt: skip
                return Judged(found, claim_of(frame, facts.registers.measures[COUNT], period, area=area))
    return None


def _group(frame: Frame, facts: Facts) -> str:
    """The group of outcomes that the words after a number name, else those of its sentence."""
    worded = facts.registers.wordings.outcomes
    for text in (frame.after[:200], frame.quantity.sentence):
        hits = [(m.start(), name) for name, pattern in worded.items() if (m := pattern.search(text))]
        if hits:
            return min(hits)[1]
    return ""


def _table(area: str, offence: str, period: Period, facts: Facts) -> pd.DataFrame | None:
    def find() -> pd.DataFrame | None:
        registers = facts.registers
        place, offences = registers.areas.current[area], registers.offences.find(offence)
        try:
            groups = outcome_groups(facts.outcomes, area=place, group=offences, period=period, registers=registers)
            rows = cells(facts.outcomes, area=place, group=offences, period=period, registers=registers)
        except StatsError:
            return None
        return pd.concat([groups.assign(name=groups["group"]), _types(rows, groups, facts)])

    return facts.once(("outcome groups", area, offence, period), find)


def _types(rows: pd.DataFrame, groups: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the types of outcome of each group that is shown whole; small counts are left out with their group."""
    shown = set(groups.loc[groups["status"].eq(""), "group"])
    types = [t for t in facts.registers.outcomes.values() if t.group in shown and t.name != t.group]
    sums = rows.groupby("outcome_type_code")["offences_n"].sum()
    held = [(t, int(sums.get(t.type_code, 0))) for t in types]
    return pd.DataFrame(
        {"group": t.group, "name": t.name, "status": "", "offences_n": n, "n": int(groups["n"].iloc[0])}
        for t, n in held if n > SMALL
    )  # fmt: skip


def _judged(frame: Frame, group: str, table: pd.DataFrame, area: str, period: Period, facts: Facts) -> Judged | None:
    rows = table[table["group"].eq(group) & table["status"].eq("")].to_dict("records")
    found = [(row["name"], _evidence(frame, row, area, period, facts)) for row in rows]
    if not found:
        return None
    fits = [(name, e) for name, e in found if agreement(worded(frame), e.reading) != "none"]
    name, evidence = (fits or found)[0]
    claim = claim_of(frame, facts.registers.measures[evidence.measure], period, area=area)
    said = _said(name, evidence, frame)
    if not fits:
        is_sure = frame.period_is != "assumed" and frame.place_is != "assumed" and _is_near(frame, evidence)
        is_less = name != PENDING and frame.quantity.reading.low < evidence.reading.low
        is_wrong = is_sure and not is_less
        reason = f"{said}: not {said_words(frame)}."
        return Judged(Verdict("contradicted", reason, (evidence,), may_say=(said,)), claim) if is_wrong else None
    caveats = (GROWS,) if name != PENDING else ()
    return Judged(
        Verdict("supported-with-caveat" if caveats else "supported", f"{said}.", (evidence,), may_say=(said,),
                caveats=caveats), claim,
    )  # fmt: skip


def _evidence(frame: Frame, row: dict[Hashable, Any], area: str, period: Period, facts: Facts) -> Evidence:
    n, recorded, is_share = int(row["offences_n"]), int(row["n"]), frame.quantity.kind == "share"
    exact = Fraction(n, recorded) if is_share else Fraction(n)
    source = facts.registers.newest(OUTCOMES, period)
    text = present.percent(exact, recorded) if is_share else present.count(n)
    return Evidence(
        text, Reading("share" if is_share else "count", exact, exact), SHARE if is_share else COUNT,
        facts.registers.areas.current[area].name, period.label, "offences recorded in the period", source.publisher,
        source.title, source.published, source.url, source.id, source.kind, n, recorded,
    )  # fmt: skip


def _is_near(frame: Frame, evidence: Evidence) -> bool:
    """Whether a number may be meant for a figure: a count within a factor of ten, any share."""
    low, exact = frame.quantity.reading.low, evidence.reading.low
    return frame.quantity.kind == "share" or (exact > 0 and Fraction(1, 10) < low / exact < 10)


def _said(name: str, evidence: Evidence, frame: Frame) -> str:
    """One figure as a sentence: 'Of the 135,628 stalking offences recorded ..., 11,610 (8.6%) were charged so far'."""
    n, recorded = evidence.numerator_n or 0, evidence.base_n or 0
    share = present.percent(Fraction(n, recorded), recorded)
    became = BECAME.get(name, f"had this outcome so far: {name[:1].lower()}{name[1:]}")
    of = f"Of the {present.count(recorded)} {frame.offence} offences recorded in {evidence.area}"
    return f"{of} in the {evidence.period}, {present.count(n)} ({share}) {became} ({evidence.cited})"


def said_words(frame: Frame) -> str:
    """Return the number as it stands inside a sentence: 'more than nine in ten'."""
    quote = frame.quantity.quote
    return quote[:1].lower() + quote[1:] if quote[:1].isalpha() else quote
