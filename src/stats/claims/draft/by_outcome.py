"""Set a number beside what became of recorded offences: charged, not supported by the victim, still open."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from stats import present
from stats.claims.agreeing import agreement
from stats.claims.draft.binding import claim_of, places_of, worded
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import OUTCOMES, Evidence, Facts
from stats.claims.verdicts import Verdict
from stats.claims.wording import Reading
from stats.errors import StatsError
from stats.estimate.attrition import outcome_groups
from stats.period import Period
from stats.registers.wordings import Wordings

SHARE, COUNT = "outcome_share_of_offences_recorded", "outcomes_of_one_kind"
OF_OTHERS = ("closed", "prosecuted", "convicted")
"""The bases that are not offences recorded: of these the tables here say nothing."""


def by_outcome(frame: Frame, facts: Facts, words: Wordings) -> Judged | None:
    """Return the verdict on a number of offences recorded that ended in one way, or None where none can be told."""
    group = _group(frame, words)
    if not group or not frame.offence or set(frame.base_stages[:1]) & set(OF_OTHERS):
        return None
    for area in places_of(frame):
        for period in frame.periods:
            table = _table(area, frame.offence, period, facts)
            if table is not None:
                found = _judged(frame, group, table, area, period, facts)
                if found:
                    return found
    return None


def _group(frame: Frame, words: Wordings) -> str:
    """The group of outcomes that the words after a number name, else those of its sentence."""
    for text in (frame.after[:200], frame.quantity.sentence):
        hits = [(m.start(), name) for name, pattern in words.outcomes.items() if (m := pattern.search(text))]
        if hits:
            return min(hits)[1]
    return ""


def _table(area: str, offence: str, period: Period, facts: Facts) -> pd.DataFrame | None:
    def find() -> pd.DataFrame | None:
        registers = facts.registers
        try:
            return outcome_groups(
                facts.outcomes, area=registers.areas.current[area], group=registers.offences.find(offence),
                period=period, registers=registers,
            )  # fmt: skip
        except (StatsError, KeyError):
            return None

    return facts.once(("outcome groups", area, offence, period), find)


def _judged(frame: Frame, group: str, table: pd.DataFrame, area: str, period: Period, facts: Facts) -> Judged | None:
    row = table[(table["group"] == group) & (table["status"] == "")]
    if row.empty:
        return None
    n, recorded = int(row["offences_n"].iloc[0]), int(row["n"].iloc[0])
    is_share = frame.quantity.kind == "share"
    exact = Fraction(n, recorded) if is_share else Fraction(n)
    measure = facts.registers.measures[SHARE if is_share else COUNT]
    source = facts.registers.newest(OUTCOMES, period)
    text = present.percent(exact, recorded) if is_share else present.count(n)
    evidence = Evidence(
        text, Reading("share" if is_share else "count", exact, exact), measure.id,
        facts.registers.areas.current[area].name, period.label, "offences recorded in the period", source.publisher,
        source.title, source.published, source.url, source.id, source.kind, n, recorded,
    )  # fmt: skip
    claim = claim_of(frame, measure, period, area=area)
    said = (
        f"{group} so far: {text}, {present.count(n)} of {present.count(recorded)} offences recorded ({evidence.cited})"
    )
    fits = agreement(worded(frame), evidence.reading)
    if fits == "none" and _grows(group) and frame.quantity.reading.low < exact:
        return None
    if fits == "none":
        is_sure = frame.period_is in ("stated", "carried") and frame.place_is != "assumed" and _is_near(frame, exact)
        return Judged(Verdict("contradicted", f"{said}.", (evidence,), may_say=(said,)), claim) if is_sure else None
    caveat = "Outcomes are still to come, and the share can only rise." if group == "Charged or summonsed" else ""
    caveats = (caveat,) if caveat else ()
    name = "supported-with-caveat" if caveats or fits == "default only" else "supported"
    return Judged(Verdict(name, f"{said}.", (evidence,), may_say=(said,), caveats=caveats), claim)


def _is_near(frame: Frame, exact: Fraction) -> bool:
    """Whether a number may be meant for a figure: a count within a factor of ten, any share."""
    low = frame.quantity.reading.low
    return frame.quantity.kind == "share" or (low > 0 and Fraction(1, 10) < low / exact < 10) if exact else False


def _grows(group: str) -> bool:
    """Whether a group of outcomes can only grow, so that an earlier release had fewer."""
    return group != "No outcome yet"
