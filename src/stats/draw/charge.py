"""The charged share of recorded offences, on each basis the data allow, with its bounds while outcomes are pending."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import pandas as pd

from stats import present
from stats.draw.notes import coverage, few
from stats.draw.page import Drawing, Number, Words
from stats.draw.ranges import draw_ranges
from stats.errors import NotHonest
from stats.estimate.attrition import Cohort, charged_alone, cohort_bounds, resolved_only
from stats.estimate.estimate import Estimate
from stats.estimate.small_counts import WITHHELD
from stats.period import Period
from stats.registers import Area, OffenceGroup, Registers, Source

NOT_TO_HAND = "not to hand: outcomes on the closed basis"

_EMPTY: dict[str, object] = {
    "label": "", "of": "", "area_code": "", "measure": "", "value_pct": math.nan, "lower_pct": math.nan,
    "upper_pct": math.nan, "method": "", "level": math.nan, "n": pd.NA, "basis": "", "is_bound": False,
    "numerator_n": pd.NA, "short": "", "text": "", "status": "",
}  # fmt: skip


def draw_charge_shares(
    name: str,
    cohorts: Sequence[tuple[Area, Cohort, Collection[str]]],
    *,
    group: OffenceGroup,
    period: Period,
    registers: Registers,
    sources: Sequence[Source],
    notes: Sequence[str] = (),
) -> Drawing:
    """Return the drawing of charged shares.

    Parameters
    ----------
    name : str
        Stem of the files.
    cohorts : sequence of (Area, Cohort, collection of str)
        The counts that are hidden, as `attrition.withheld` returns them: 'charged' hides the share, 'pending' alone
        what it can become.
    group : OffenceGroup
    period : Period
        In which the offences were recorded.
    registers : Registers
    sources : sequence of Source
    notes : sequence of str
    """
    rows = [row for area, cohort, hidden in cohorts for row in _rows(area, cohort, hidden)]
    table = pd.DataFrame([*rows, _closed_basis()])
    area = cohorts[0][0]
    words = _words(table, [place for place, _, _ in cohorts], group, period, notes)
    measures = tuple(
        registers.measure(m)
        for m in (
            "charge_share_of_offences_recorded",
            "charge_share_of_offences_resolved",
            "charge_share_of_outcomes_assigned",
        )
    )
    return draw_ranges(
        name, table, words=words, axis="per cent charged or summonsed", alt=_alt(table, area, group, period),
        description=_description(table), measures=measures, sources=sources,
        numbers=_numbers(name, table, group, period),
    )  # fmt: skip


def _rows(area: Area, cohort: Cohort, hidden: Collection[str]) -> list[dict[str, object]]:
    so_far = _row(area, "of offences recorded", "charge_share_of_offences_recorded")
    resolved = _row(area, "of offences with an outcome", "charge_share_of_offences_resolved")
    if "charged" in hidden:
        return [
            so_far | _withheld("recorded", cohort.recorded),
            resolved | _withheld("with an outcome", None if "pending" in hidden else cohort.resolved),
        ]
    try:
        if "pending" in hidden:
            return [
                so_far
                | _estimated(charged_alone(cohort))
                | _so_far(cohort, "how many have no outcome yet is withheld"),
                resolved
                | {
                    "status": "[c]",
                    "numerator_n": cohort.charged,
                    "text": "[c] withheld: it would tell how many have no outcome yet",
                },
            ]
        bounds, closed = cohort_bounds(cohort), resolved_only(cohort)
    except NotHonest as refusal:
        refused = {"status": "[x]", "text": f"[x] {refusal.wrong} Recorded: {cohort.recorded:,}"}
        return [so_far | refused, resolved | refused]
    top = present.percent(bounds.upper, bounds.n)
    return [
        so_far | _estimated(bounds) | _so_far(cohort, f"at most {top} if every pending one is charged"),
        resolved | _estimated(closed) | {
            "numerator_n": cohort.charged, "short": present.percent(closed.value, closed.n),
            "text": f"{present.percent(closed.value, closed.n)} ({cohort.charged:,} of {cohort.resolved:,}); "
                    "the final share if the pending ones end like these",
        },
    ]  # fmt: skip


def _so_far(cohort: Cohort, most: str) -> dict[str, object]:
    share = present.percent(cohort.charged / cohort.recorded, cohort.recorded)
    text = f"{share} so far ({cohort.charged:,} of {cohort.recorded:,}); {most}"
    return {"numerator_n": cohort.charged, "short": share, "text": text}


def _withheld(which: str, base: int | None) -> dict[str, object]:
    """Return the columns of a share whose charged count is withheld, with its base where that may be shown."""
    of = "" if base is None else f", of {base:,} {which}"
    return {"status": "[c]", "text": f"[c] withheld{of}", "n": pd.NA if base is None else base}


def _estimated(estimate: Estimate) -> dict[str, object]:
    """Return the columns of an estimate in per cent, as they are drawn."""
    percent = {f"{end}_pct": getattr(estimate, end) * 100 for end in ("value", "lower", "upper")}
    return percent | {name: getattr(estimate, name) for name in ("method", "level", "n", "basis")}


def _row(area: Area, of: str, measure: str) -> dict[str, object]:
    return _EMPTY | {"label": f"{area.name}: {of}", "of": of, "area_code": area.code, "measure": measure}


def _closed_basis() -> dict[str, object]:
    of, measure = "of outcomes assigned in the period", "charge_share_of_outcomes_assigned"
    missing = {"text": f"[x] {NOT_TO_HAND}", "status": "[x]"}
    return _EMPTY | {"label": present.capital(of), "of": of, "measure": measure} | missing


def _words(
    table: pd.DataFrame, places: Sequence[Area], group: OffenceGroup, period: Period, notes: Sequence[str]
) -> Words:
    area, covered = places[0], [note for place in places for note in coverage(place)]
    bases = {row.area_code: int(row.n) for row in table[table["status"] == ""].itertuples()}
    small = [note for place in places for note in few(place, bases.get(place.code, 0))]
    first, is_ranged = table.iloc[0], bool(table["upper_pct"].notna().any())
    when = f"the {period}" if period.months == 12 else str(period)
    if first["status"]:
        why = "is withheld" if first["status"] == "[c]" else "cannot be shown"
        title = f"{area.name}: the charged share of recorded {group.name} offences {why}"
    else:
        title = f"{area.name}: {first['short']} of {group.name} offences recorded in {when} were charged so far"
    return Words(
        title,
        f"Charged or summonsed so far, on each basis the data allow, {group.name}, offences recorded in {when}",
        (
            *(
                ["Line: from the share so far to the share if every offence without an outcome were charged"]
                * is_ranged
            ),
            "Charged is not convicted",
            *small,
            *notes,
            *covered,
            *([f"[c] Withheld here: {WITHHELD}"] * bool((table["status"] == "[c]").any())),
        ),
    )


def _alt(table: pd.DataFrame, area: Area, group: OffenceGroup, period: Period) -> str:
    shown = "; ".join(
        f"{r.label[0].lower() if r.label.startswith('Of') else r.label[0]}{r.label[1:]}, {r.text}"
        for r in table.itertuples()
    )
    return f"Chart of the charged share of {group.name} offences recorded in {area.possessive}, {period}: {shown}."


def _description(table: pd.DataFrame) -> str:
    return "Each row is one place and base. " + " ".join(f"{r.label}: {r.text}." for r in table.itertuples())


def _numbers(name: str, table: pd.DataFrame, group: OffenceGroup, period: Period) -> tuple[Number, ...]:
    numbers = []
    for row in table[table["status"] == ""].itertuples():
        stem = f"{name}.{row.area_code}.{row.measure.removeprefix('charge_share_of_')}"
        where = {"measure": row.measure, "area": row.area_code, "period": period.label, "basis": "full count"}
        of, n = f"{row.of}, {group.name}", int(row.n)
        charged = int(row.numerator_n)
        counts = {
            "charged": (charged, f"charged so far, {group.name}", "offences_charged"),
            "base": (n, f"base: {of}", "recorded_offences"),
        }
        numbers.append(
            Number(f"{stem}.share", row.value_pct / 100, row.short, f"charged so far, {of}", "share", **where)
        )
        numbers += [
            Number(f"{stem}.{key}", count, present.count(count), what, "count", **where | {"measure": measure})
            for key, (count, what, measure) in counts.items()
        ]
        if pd.notna(row.upper_pct):
            top, what = row.upper_pct / 100, f"charged if every pending offence were, {of}"
            numbers.append(Number(f"{stem}.upper", top, present.percent(top, n), what, "share", **where))
    return tuple(numbers)
