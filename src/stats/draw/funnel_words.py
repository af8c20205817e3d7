"""The words of a funnel: title, notes, alternative text, description and the numbers it may be quoted by. No ranks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stats import present
from stats.draw.funnel_pending import WITHHELD, pending_notes, verdict_said
from stats.draw.page import Number, Words
from stats.estimate.forces import (
    ABOVE,
    BELOW,
    LOWER_EDGE,
    NOT_SHOWN,
    SMALL_BASE,
    SPECIAL,
    UPPER_EDGE,
    ForcesCompared,
)
from stats.estimate.small_counts import MINIMUM_BASE
from stats.period import Period
from stats.registers import Area, OffenceGroup

BEYOND, EDGES = (ABOVE, BELOW), (UPPER_EDGE, LOWER_EDGE)
AT_AN_EDGE = 0.998 - 0.95
"""The share of forces expected between the two limits if none is unusual."""


@dataclass(frozen=True)
class Subject:
    """What a funnel compares, and the force that it names, if any."""

    group: OffenceGroup
    period: Period
    highlight: Area | None = None

    @property
    def when(self) -> str:
        """The period as a sentence takes it."""
        return f"the {self.period}" if self.period.months == 12 else str(self.period)


def plotted(compared: ForcesCompared) -> pd.DataFrame:
    """Return the table of a funnel: percentages from 0 to 100, and each force in words.

    Limits and z are rounded far below anything that shows, so that every machine writes the same digits.
    """
    forces = compared.table
    return pd.DataFrame(
        {
            "area_code": forces["area_code"],
            "area_name": forces["area_name"],
            "recorded_n": forces["n"],
            "charged_n": forces["charged_n"],
            "charged_pct": forces["value"] * 100,
            "pending_n": forces["pending_n"],
            "upper_pct": forces["upper"] * 100,
            **{f"{name}_pct": (forces[name] * 100).round(4) for name in ("low95", "high95", "low998", "high998")},
            "z": forces["z"].round(3),
            "verdict": forces["verdict"],
            "is_provisional": forces["is_provisional"],
            "is_pending_withheld": forces["is_pending_withheld"],
            "differs_beyond_chance": forces["differs"],
            "status": forces["status"],
            "why": forces["why"],
            "text": [_text(row) for row in forces.itertuples()],
        }
    )


def words_of(table: pd.DataFrame, compared: ForcesCompared, subject: Subject, notes: Iterable[str]) -> Words:
    """Return title, subtitle and notes."""
    judged, differ = int(compared.judged.sum()), int(compared.tests.differs.sum())
    keyed = [
        *_circled(table, subject),
        f"Limits: as if chance and usual variation moved the counts ({judged} forces with at least {MINIMUM_BASE} "
        "offences); no sampling error",
        *_marked(table, judged),
        f"{differ} of {judged} differ from all together beyond chance alone (exact tests, Holm), which does not say "
        "which is unusual",
        *pending_notes(table),
        "The funnel does not say why a force lies where it does. Charged is not convicted",
        *notes,
        *_not_shown(table),
    ]
    subtitle = (
        f"Share of recorded offences charged so far, by police force, {subject.group.name}, recorded in {subject.when}"
    )
    return Words(_title(table, subject), subtitle, tuple(keyed))


def alt_of(table: pd.DataFrame, compared: ForcesCompared, subject: Subject) -> str:
    """Return the alternative text: what all together come to, and who lies where."""
    charged, recorded = compared.together
    shown, share = int(table["charged_pct"].notna().sum()), present.percent(charged / recorded, recorded)
    return (
        f"Funnel chart of the share of {subject.group.name} offences recorded in {subject.when} and charged so far, in "
        f"{shown} police forces of England and Wales: {share} together ({charged:,} of {recorded:,}). "
        f"{_found(table, BEYOND, 'beyond what chance and usual variation explain')} "
        f"{_found(table, EDGES, 'at an edge')}"
        + (f" {subject.highlight.name}: {_row(table, subject.highlight)['text']}." if subject.highlight else "")
    )


def description_of(table: pd.DataFrame, compared: ForcesCompared) -> str:
    """Return every force with its share, counts and verdict, in the order of names."""
    by_base = table[compared.judged].sort_values("recorded_n")
    limits = " and ".join(
        f"{present.percent(row.low95_pct / 100)} to {present.percent(row.high95_pct / 100)} at {row.recorded_n:,}"
        for row in by_base.iloc[[0, -1]].itertuples()
    )
    each = " ".join(f"{row.area_name}: {row.text}; {_verdict(row)}." for row in table.itertuples())
    return (
        f"The 95% limits are {limits} offences. Each force, by name: its share, the most it can become if every "
        f"pending offence is charged, and its verdict. {each}"
    )


def numbers_of(name: str, table: pd.DataFrame, compared: ForcesCompared, subject: Subject) -> tuple[Number, ...]:
    """Return the numbers that a document may quote: each force shown, and all judged forces together."""
    group, period = subject.group.name, {"period": subject.period.label, "basis": "full count"}
    numbers: list[Number] = []
    for row in table[table["charged_pct"].notna()].itertuples():
        where = {"area": row.area_code, "qualifier": _verdict(row), **period}
        numbers += _three(f"{name}.{row.area_code}", int(row.charged_n), int(row.recorded_n), group, where)
    where = {"area": None, **period}
    numbers += _three(f"{name}.together", *compared.together, f"{group}, all judged forces together", where)
    for key, count, what in (
        ("judged", int(compared.judged.sum()), "forces that are given a verdict"),
        ("differ", int(compared.tests.differs.sum()), "forces that differ from all together beyond chance alone"),
        ("beyond", len(compared.beyond), "forces beyond what chance and usual variation explain"),
    ):
        of = f"{what}, share charged so far, {group}"
        numbers.append(Number(f"{name}.{key}", count, present.count(count), of, "count", None, **where))
    return tuple(numbers)


def _three(stem: str, charged: int, recorded: int, of: str, where: dict[str, Any]) -> list[Number]:
    share, measure = charged / recorded, "charge_share_of_offences_recorded"
    what, counted, base = (
        f"charged so far, of offences recorded, {of}",
        f"charged so far, {of}",
        f"base: recorded, {of}",
    )
    return [
        Number(f"{stem}.share", share, present.percent(share, recorded), what, "share", measure, **where),
        Number(f"{stem}.charged", charged, present.count(charged), counted, "count", "offences_charged", **where),
        Number(f"{stem}.base", recorded, present.count(recorded), base, "count", "recorded_offences", **where),
    ]


def _text(row: Any) -> str:
    if math.isnan(row.value):
        return f"[c] withheld, of {row.n:,} recorded" if row.status == "[c]" else f"{row.status} {row.why}"
    flag = f"{SMALL_BASE} " if row.status == SMALL_BASE else ""
    most = WITHHELD if math.isnan(row.upper) else f"at most {present.percent(row.upper, row.n)}"
    return f"{flag}{present.percent(row.value, row.n)} ({row.charged_n:,} of {row.n:,}) so far, {most}"


def _title(table: pd.DataFrame, subject: Subject) -> str:
    offences = f"{subject.group.name} offences"
    if subject.highlight is None:
        beyond = int(table["verdict"].isin(BEYOND).sum())
        who = {0: "no police force lies", 1: "one police force lies"}.get(beyond, f"{beyond} police forces lie")
        return f"{present.capital(offences)} charged so far: {who} beyond what chance and usual variation explain"
    row = _row(table, subject.highlight)
    who, verdict = present.capital(subject.highlight.possessive), row["verdict"]
    if row["status"] == "[c]":
        return f"{who}: the share of {offences} charged so far is withheld"
    if verdict == NOT_SHOWN:
        return f"{who}: the share of {offences} charged so far cannot be shown among the forces"
    if verdict.startswith("no verdict"):
        return f"{who}: the share of {offences} charged so far is shown without a verdict"
    return f"{who}: the share of {offences} charged so far is {verdict}"


def _circled(table: pd.DataFrame, subject: Subject) -> list[str]:
    if subject.highlight is None:
        return []
    row = _row(table, subject.highlight)
    circled = ", circled" if pd.notna(row["charged_pct"]) else ""
    supposing = " if every pending offence is charged" if pd.notna(row["upper_pct"]) else ""
    told = ". Its verdict is provisional" if row["is_provisional"] else ""
    if row["is_pending_withheld"]:
        told = ". Whether its verdict is provisional is not told here"
    return [f"{subject.highlight.name}{circled}: {row['text']}{supposing}{told}"]


def _marked(table: pd.DataFrame, judged: int) -> list[str]:
    """Name the forces that triangles mark, in the order of names."""
    expected = f" (about {present.count(judged * AT_AN_EDGE)} expected if none is unusual)"
    notes = []
    for verdicts, mark, note in (
        (BEYOND, "Filled triangles, beyond the limits", ""),
        (EDGES, "Open triangles, at an edge, between the limits", expected),
    ):
        names = list(table.loc[table["verdict"].isin(verdicts), "area_name"])
        notes += [f"{mark}: {present.listed(names)}{note}"] if names else []
    special = list(table.loc[table["verdict"] == SPECIAL, "area_name"])
    if special:
        notes.append(f"Square: {present.listed(special)} is not a territorial force; it is shown, and moves no limit")
    return notes


def _verdict(row: Any) -> str:
    return verdict_said(
        str(row.verdict), is_provisional=row.is_provisional, is_pending_withheld=row.is_pending_withheld
    )


def _not_shown(table: pd.DataFrame) -> list[str]:
    flagged = table[table["status"] != ""].groupby(["status", "why"])["area_name"]
    apart = {"[c]": ", "}
    return [f"{status} {present.listed(list(names))}{apart.get(status, ': ')}{why}" for (status, why), names in flagged]


def _found(table: pd.DataFrame, verdicts: Iterable[str], what: str) -> str:
    rows = table[table["verdict"].isin(list(verdicts))]
    if rows.empty:
        return f"None lies {what}."
    each = "; ".join(f"{row.area_name} {row.text.split(' so far')[0]}" for row in rows.itertuples())
    return f"{present.capital(what)}: {each}."


def _row(table: pd.DataFrame, area: Area) -> pd.Series:
    return table.set_index("area_code").loc[area.code]
