"""What a release says beside another of the same table: new, revised, dropped, in rows and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from stats.errors import counted
from stats.estimate.releases import compare_releases
from stats.period import Period
from stats.registers import Registers, Source

VALUES = {"recorded_offences": "offences_n", "outcomes": "offences_n", "population": "residents_n"}
"""The column of numbers of each table that a release feeds."""

SHOWN = 10
"""How many of the largest revisions are named."""


@dataclass(frozen=True)
class Diff:
    """Two releases of a table: `rows` has one row for each key that is in either and within the later one's span."""

    earlier: Source
    later: Source
    rows: pd.DataFrame
    outside: int

    def of(self, change: str) -> pd.DataFrame:
        """Return the rows that are new, revised, dropped or unchanged."""
        return self.rows[self.rows["change"] == change]


def pair_of(new: Source, table: pd.DataFrame, registers: Registers) -> tuple[Source, Source] | None:
    """Return the releases to compare, earlier first: a new one with the newest that is older and speaks of the same.

    Parts of another release (one year of many) stand back behind it. A release that is older than all that are here
    is set beside the next; None if no other speaks of its periods.

    Parameters
    ----------
    new : Source
    table : DataFrame
        The tidy table of its dataset, every release in it.
    registers : Registers
    """
    time = "mid_year" if "mid_year" in table else "period_start"
    its = table.loc[table["source_id"] == new.id, time]
    alike = set(table.loc[table[time].isin(its), "source_id"])
    every = registers.sources_of(new.dataset)
    at = [source.id for source in every].index(new.id)
    older, newer = ([s for s in some if s.id in alike] for some in (every[:at], every[at + 1 :]))
    whole = [s for s in older if not any(s.holds_less_than(other) for other in older)]
    if whole:
        return whole[-1], new
    return (new, newer[0]) if newer else None


def differences(earlier: Source, later: Source, table: pd.DataFrame, registers: Registers) -> Diff:
    """Return the rows of two releases beside each other.

    Rows of the earlier release outside the span of the later one are not dropped: it does not speak of them.

    Parameters
    ----------
    earlier, later : Source
    table : DataFrame
        The tidy table of their dataset, every release in it.
    registers : Registers
    """
    plan = registers.tables[later.dataset]
    keys = [name for name in plan.key if name != "source_id"]
    before, after = (table[table["source_id"] == source.id] for source in (earlier, later))
    time = "mid_year" if "mid_year" in keys else "period_start"
    spoken = before[time].between(after[time].min(), after[time].max())
    rows = compare_releases(before[spoken], after, keys=keys, value=VALUES[later.dataset])
    names = {area.code: area.name for area in registers.areas.current.values()}
    rows.insert(rows.columns.get_loc("area_code") + 1, "area_name", rows["area_code"].map(names))
    return Diff(earlier, later, rows, int((~spoken).sum()))


def in_words(diff: Diff) -> list[str]:
    """Return the differences in lines of Markdown."""
    rows, first, last = diff.rows, diff.earlier, diff.later
    lines = [f"{_called(last)} beside {_called(first)}."]
    if diff.outside:
        lines.append(
            f"It covers {span_of(last)}. {counted(diff.outside, 'row')} of the earlier release "
            f"outside it {'stays' if diff.outside == 1 else 'stay'} as before."
        )
    counts = {change: int((rows["change"] == change).sum()) for change in ("new", "revised", "dropped", "unchanged")}
    lines += [f"- {change}: {counted(n, 'row')}{_when(diff.of(change)) if n else ''}" for change, n in counts.items()]
    if counts["revised"]:
        lines += ["", "All areas together, where a row was revised:", "", *_table(_totals(rows))]
        lines += ["", "The largest revisions:", "", *_table(_largest(diff.of("revised")))]
    if counts["dropped"]:
        lines += ["", "Dropped:", "", *_table(_named(diff.of("dropped").head(SHOWN)))]
    return lines


def span_of(source: Source) -> str:
    """Return in words what a source covers."""
    if source.covers_from and source.covers_to and source.covers_from < source.covers_to:
        return Period(source.covers_from, source.covers_to).label
    return f"{source.covers_to:%d %B %Y}" if source.covers_to else "what its entry does not say"


def change_in_words(was: float, now: float, pct: float) -> str:
    """Return a change as 1,074 → 1,081 (+0.65%).

    Examples
    --------
    >>> change_in_words(1074, 1081, 0.6517)
    '1,074 → 1,081 (+0.65%)'
    >>> change_in_words(0, 3, float("nan"))
    '0 → 3'
    """
    said = " → ".join("[x]" if pd.isna(value) else f"{value:,.0f}" for value in (was, now))
    return said if pd.isna(pct) else f"{said} ({pct:+.2f}%)"


def _called(source: Source) -> str:
    return f"`{source.id}` (published {source.published}{', not tied to printed totals' if source.not_tied else ''})"


def _when(rows: pd.DataFrame) -> str:
    time = "mid_year" if "mid_year" in rows else "period_start"
    last = "mid_year" if "mid_year" in rows else "period_end"
    first, end = rows[time].min(), rows[last].max()
    return f", {first:%B %Y}" + ("" if (first.year, first.month) == (end.year, end.month) else f" to {end:%B %Y}")


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that both releases have, by year and offence, if one of them was revised; a missing part leaves no total."""
    common = rows[rows["change"].isin(["revised", "unchanged"])]
    time = common["mid_year"] if "mid_year" in common else common["period_start"]
    year = time.dt.year if "mid_year" in common else time.dt.year - (time.dt.month < 4)
    words = year.astype("str") if "mid_year" in common else year.map(lambda y: f"{y}/{(y + 1) % 100:02d}")
    by = ["year", *(name for name in ("offence_code", "outcome_type_code") if name in common)]
    groups = common.assign(year=words, rows_revised=common["change"] == "revised").groupby(by)
    sums = groups.agg({"rows_revised": "sum", "was": _whole_sum, "now": _whole_sum}).reset_index()
    sums["change_pct"] = 100 * (sums["now"] - sums["was"]) / sums["was"].where(sums["was"] > 0)
    return _said(sums[sums["rows_revised"] > 0])


def _whole_sum(numbers: pd.Series) -> float:
    return float(numbers.sum(skipna=False))


def _largest(revised: pd.DataFrame) -> pd.DataFrame:
    order = revised["difference"].abs().sort_values(ascending=False, kind="stable", na_position="first").index
    return _named(revised.loc[order].head(SHOWN))


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    time = "mid_year" if "mid_year" in rows else "period_start"
    names = ["area_name", *(name for name in ("offence_code", "outcome_type_code") if name in rows)]
    return _said(rows[names].assign(begins=rows[time].dt.strftime("%Y-%m-%d"), **rows[["was", "now", "change_pct"]]))


def _said(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns was, now and change_pct as one, in words."""
    three = rows[["was", "now", "change_pct"]].itertuples(index=False, name=None)
    return rows.drop(columns=["was", "now", "change_pct"]).assign(change=[change_in_words(*each) for each in three])


def _table(rows: pd.DataFrame) -> Iterable[str]:
    yield "| " + " | ".join(name.replace("_", " ") for name in rows) + " |"
    yield "|" + "---|" * len(rows.columns)
    for cells in rows.itertuples(index=False, name=None):
        yield "| " + " | ".join(map(str, cells)) + " |"
