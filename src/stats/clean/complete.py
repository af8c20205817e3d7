"""Is a published table whole: every force, every quarter, every offence code, and no row twice."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from stats.errors import counted
from stats.read.published import Published
from stats.registers.areas import Areas
from stats.registers.layouts import Layout


def must_be_whole(table: pd.DataFrame, published: Published, areas: Areas) -> list[str]:
    """Return what a reader must know of the table's coverage, or stop.

    Raises
    ------
    CheckFailed
        If a key repeats, a force or quarter is missing, or a force lacks a row that others have.
    """
    must_not_repeat(table, published)
    told = _forces(table, published, areas)
    if "financial_quarter" in published.layout.columns:
        told += _quarters(table, published)
    if "year_ending" in published.layout.columns:
        told += _rolling(table, published)
    if published.layout.parts_of_year in table:
        told += _parts(table, published, str(published.layout.parts_of_year))
    if published.layout.grid:
        told += _must_fill_grid(table, published)
    return told


def must_not_repeat(table: pd.DataFrame, published: Published) -> None:
    """Stop if two rows share the key of the layout."""
    key = [name for name in published.layout.keys if name in table]
    blank = published.layout.subtotals
    table = table[table[blank] != ""] if blank else table
    if published.layout.twice:
        table = table[~table["offence_code"].isin(list(published.layout.twice))]
    repeated = table[table.duplicated(key, keep=False)] if key else table.iloc[:0]
    if len(repeated):
        shown = ["area_name" if name == "area_code" else name for name in key]
        found = {
            row["line"]: " | ".join(_in_words(row[name]) for name in shown) for _, row in repeated.head(50).iterrows()
        }
        raise published.stop(
            "rows have the same key.", found, f"one row for each {', '.join(key)}",
            "Look at the file: a sheet may hold a year twice, or a code may have lost its last digit (4.10, 4.1).",
        )  # fmt: skip


def _in_words(value: Any) -> str:
    """Part of a key as a person writes it: a day without its hours."""
    if pd.isna(value):
        return "nothing"
    return f"{value:%d %B %Y}" if isinstance(value, date) else str(value)


def summed(table: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, list[str]]:
    """Return the table with those rows added up that a layout says are printed in parts, and what was done."""
    parts = table.get("offence_code", pd.Series("", index=table.index)).isin(list(layout.summed))
    if not parts.any():
        return table, []
    key = [name for name in layout.keys if name in table]
    kept = {name: "first" for name in table if name not in (*key, "value")}
    whole = table[parts].groupby(key, as_index=False, sort=False).agg({"value": _sum, **kept})
    told = [
        f"{counted((table['offence_code'] == code).sum(), 'row')} of {code} added up to "
        f"{(whole['offence_code'] == code).sum():,}: {why}"
        for code, why in layout.summed.items()
        if (whole["offence_code"] == code).any()
    ]
    return pd.concat([table[~parts], whole[table.columns]]).sort_values("line", ignore_index=True), told


def _sum(numbers: pd.Series) -> float:
    return float(numbers.sum(min_count=len(numbers)))


def _forces(table: pd.DataFrame, published: Published, areas: Areas) -> list[str]:
    layout = published.layout
    if layout.forces == "none" or "area_code" not in table:
        return []
    found = set(table["area_code"])
    missing = {force.code: force.name for force in areas.forces if force.code not in found}
    if layout.forces == "some":
        return _of_some(missing, [force.name for force in areas.forces if force.code in found])
    lost = {code: name for code, name in missing.items() if code not in layout.lacks}
    if lost:
        raise published.stop(
            f"of {len(areas.forces)} forces, {len(lost)} {'is' if len(lost) == 1 else 'are'} missing.",
            {"missing": ", ".join(lost.values())}, "a row for every force of the register",
            "The file may have been cut short, or hold a selection. If the publisher leaves a force out, say so and "
            f"why in `lacks` of data/registers/layouts/{layout.id}.yml; if the table is of some forces, whichever they "
            "are, say `forces: some` there.",
        )  # fmt: skip
    return [f"without {name}: {layout.lacks[code]}" for code, name in missing.items()]


def _of_some(missing: dict[str, str], there: list[str]) -> list[str]:
    """Which forces a table of some forces holds, told by the shorter list."""
    if len(missing) <= len(there):
        return [f"without {', '.join(missing.values())}"] if missing else []
    return [f"of {len(missing) + len(there)} forces, only {', '.join(there) or 'none'}"]


def _quarters(table: pd.DataFrame, published: Published) -> list[str]:
    """A financial year has four quarters; the last of a file may be under way, and then it is said."""
    starts = pd.Series(table["period_start"].unique()).sort_values()
    whole = pd.date_range(starts.iloc[0], starts.iloc[-1], freq="QS")
    quarters = {day: f"{day:%B %Y}" for day in starts}
    lost = [f"{day:%B %Y}" for day in whole if day not in set(starts)]
    first_late = starts.iloc[0].month != 4
    part = starts.iloc[-1].month != 1
    if lost or first_late or (part and not published.layout.last_year_may_be_part):
        raise published.stop(
            "a quarter is missing, so a year is not whole.",
            {"found": f"quarters that begin in {', '.join(quarters.values())}"},
            f"every quarter; missing: {', '.join(lost) or 'part of the first or last year'}",
            "Look for the sheet or rows of that quarter; nothing is filled in.",
        )  # fmt: skip
    year, held = starts.iloc[-1].year - (starts.iloc[-1].month < 4), (starts.iloc[-1].month - 4) // 3 % 4 + 1
    return [f"{_year(year)} holds {held} of its 4 quarters: it is not a year"] if part else []


def _year(first: int) -> str:
    """The financial year that begins in a calendar year: 2024/25."""
    return f"{first}/{(first + 1) % 100:02d}"


def _rolling(table: pd.DataFrame, published: Published) -> list[str]:
    """Rolling years may grow closer, as yearly ones did that became quarterly; where one is lost, they part again."""
    ends = sorted(table["period_end"].unique())
    steps = [12 * (after.year - before.year) + after.month - before.month for before, after in pairwise(ends)]
    between = [f"{before:%B %Y} and {after:%B %Y}" for before, after in pairwise(ends)]
    wider = [at for at, step in enumerate(steps) if step > min(steps[: at + 1])]
    lost = {f"between {between[at]}": counted(steps[at], "month") for at in wider}
    if lost:
        raise published.stop(
            "a rolling year is missing.", lost, f"years that end {counted(min(steps), 'month')} apart",
            "The file may have lost rows: fetch it again. If the publisher left the quarter out, say so to us.",
        )  # fmt: skip
    wide = [words for words, step in zip(between, steps, strict=True) if step > min(steps)]
    return [f"years end {counted(min(steps), 'month')} apart, and none ends between {'; '.join(wide)}"] if wide else []


def _parts(table: pd.DataFrame, published: Published, column: str) -> list[str]:
    """Every year is split into the same parts; the last may be under way, and then it is said."""
    held = {end: {*rows[column]} for end, rows in table.groupby("period_end")}
    whole, last = set().union(*held.values()), max(held)
    short = {f"year to {end:%d %B %Y}": whole - parts for end, parts in held.items() if parts != whole}
    if set(short) - {f"year to {last:%d %B %Y}"} or (short and not published.layout.last_year_may_be_part):
        raise published.stop(
            "a part of a year is missing, so a year is not whole.",
            {year: f"without {', '.join(sorted(parts))}" for year, parts in short.items()},
            f"in each year the {column}s {', '.join(sorted(whole))}",
            "The file may have been cut short: fetch it again.",
        )  # fmt: skip
    return [f"{year} is without {column} {', '.join(sorted(parts))}: not a whole year" for year, parts in short.items()]


def _must_fill_grid(table: pd.DataFrame, published: Published) -> list[str]:
    """Stop if a force lacks a year that it has elsewhere, or a period or code that others have in that year.

    A special force that has no row in some years is told of: the publisher left it out of the table for a time.
    """
    grid = [name for name in published.layout.grid if name in table]
    rows = table[table["area_kind"].isin(["force", "special force"])]
    time = next(name for name in grid if name.startswith("period"))
    quarterly = "financial_quarter" in published.layout.columns
    years = (rows[time].dt.year - (rows[time].dt.month < 4)).map(_year) if quarterly else rows[time].dt.date
    special = rows["area_kind"] == "special force"
    forces, told = {*rows.loc[~special, "area_code"]}, []
    names = dict(zip(rows["area_code"], rows["area_name"], strict=True))
    for year, within in rows.groupby(years):
        axes = {name: {*within[name]} for name in grid}
        absent = {*rows.loc[special, "area_name"]} - {*within["area_name"]}
        told += [f"{year} is without {', '.join(sorted(absent))}"] if absent else []
        if "area_code" in axes:
            axes["area_code"] |= forces
        _must_hold_every(axes, within, published, f"within {year}", names)
    return told


def _must_hold_every(
    axes: dict[str, set[Any]], within: pd.DataFrame, published: Published, when: str, names: dict[str, str]
) -> None:
    there = within[[*axes]].drop_duplicates()
    if len(there) == math.prod(map(len, axes.values())):
        return
    every = pd.MultiIndex.from_product([sorted(values) for values in axes.values()], names=[*axes])
    lost = every.difference(pd.MultiIndex.from_frame(there))
    found = [" | ".join(_in_words(names.get(part, part)) for part in row) for row in lost[:50]]
    raise published.stop(
        f"of {len(every):,} rows, {len(lost):,} {'is' if len(lost) == 1 else 'are'} missing that other forces, "
        "quarters or codes have.",
        {f"missing {at}": row for at, row in enumerate(found, start=1)},
        f"a row for each {', '.join(axes)} {when}",
        "The file may have been cut short; if the publisher leaves such rows out, drop `grid` from its layout.",
    )
