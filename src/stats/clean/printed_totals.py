"""Printed totals -> do they add up: columns of one row, regions and nations, partnerships, rows of totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from stats.read.published import Published
from stats.registers.areas import ENGLAND_AND_WALES, Areas
from stats.registers.printed_words import fold_heading

ENGLAND = "E92000001"


@dataclass(frozen=True)
class Added:
    """How many printed totals add up, and what is to be said of those that leave a part out or were not checked."""

    totals: int = 0
    told: list[str] = field(default_factory=list)

    def __add__(self, other: Added) -> Added:
        return Added(self.totals + other.totals, self.told + other.told)


def must_add_up(table: pd.DataFrame, published: Published, areas: Areas) -> Added:
    """Return how many totals add up and which leave a part out, or stop at one that does not add up.

    Parameters
    ----------
    table : DataFrame
        With `value`, `unit` and `line`, and the places and items of its layout.
    """
    whole = {values.unit for values in published.layout.numbers if values.whole}
    counts = table[table["unit"].isin(whole)]
    counts = counts.assign(**{name: counts[name].astype("object").fillna("") for name in _apart(counts)})
    added = _columns(counts, published) + _rows(counts, published)
    if published.layout.nested == "regions":
        added += _checked(counts, published, list(_families(counts, areas)))
    if published.layout.nested == "forces":
        whole_row = counts["area_code"] == ENGLAND_AND_WALES
        added += _checked(counts, published, [("England and Wales", whole_row, ~whole_row)])
    if published.layout.nested == "partnerships":
        added += _checked(counts, published, list(_partnerships(counts)))
    return added


def rows_of_totals(table: pd.DataFrame, published: Published) -> tuple[pd.DataFrame, Added]:
    """Return the table without its rows of totals; counts are checked against the sum of the others, shares are not."""
    if not published.layout.total_rows:
        return table, Added()
    total = table["area_name"].str.strip().str.casefold().isin(published.layout.total_rows)
    rest, apart = table[~total], _apart(table)
    words = {name: table[name].astype("object").fillna("") for name in apart}
    counted = table["unit"].isin({values.unit for values in published.layout.numbers if values.whole})
    for at, row in table[total & counted].iterrows():
        parts = rest[pd.concat([words[name][rest.index] == words[name][at] for name in apart], axis=1).all(axis=1)]
        if parts["value"].sum() != row["value"]:
            said = " ".join(str(words[name][at]) for name in apart)
            raise _stop(published, row["line"], f"the row of totals, {said}", row["value"], parts["value"].sum())
    lines = sorted(table.loc[total, "line"].unique())
    lost = ", ".join(rest.loc[rest["value"].isna(), "area_name"].str.strip().unique())
    without = f"; some of its numbers are without {lost}" if lost else ""
    told = [f"row {line} is a total: checked and left out{without}" for line in lines]
    return rest, Added(int((total & counted).sum()), told)


def _apart(table: pd.DataFrame) -> list[str]:
    """Columns that tell apart the numbers of one row."""
    return [name for name in ("item", "period_words", "mid_year", "unit") if name in table]


def _columns(counts: pd.DataFrame, published: Published) -> Added:
    told, totals = [], 0
    for sums in published.layout.adds_up:
        named = counts[counts["item"].isin([sums.whole, *sums.parts])]
        wide = named.pivot_table(index="line", columns="item", values="value", aggfunc="first", dropna=False)
        if sums.whole not in wide:
            continue
        parts = wide[[part for part in sums.parts if part in wide]]
        known = wide[sums.whole].notna() & parts.notna().all(axis=1)
        wrong = known & (parts.sum(axis=1) != wide[sums.whole])
        for line in wide.index[wrong]:
            raise _stop(published, line, sums.whole, wide.loc[line, sums.whole], parts.loc[line].sum())
        totals += int(known.sum())
        if not known.all():
            told.append(f"{sums.whole}: rows with a missing part, not added up: {(~known).sum()}")
    return Added(totals, told)


def _rows(counts: pd.DataFrame, published: Published) -> Added:
    """Rows that are the sum of others; a part that is not available is a class that did not exist then."""
    if not published.layout.rows_add_up:
        return Added()
    names = counts["offence_code"].where(counts["offence_code"] != "", counts["offence_name"]).map(fold_heading)
    families: list[Family] = []
    for sums in published.layout.rows_add_up:
        lost = {words for words in (sums.whole, *sums.parts) if not (names == fold_heading(words)).any()}
        if lost:
            raise published.stop(
                "a row that a total is made of is missing.", {"missing": ", ".join(sorted(lost))},
                f"{sums.whole}: {', '.join(sums.parts)}", "The table may be cut short, or its layout has changed.",
            )  # fmt: skip
        families.append((sums.whole, names == fold_heading(sums.whole), names.isin(map(fold_heading, sums.parts))))
    return Added(_checked(counts.assign(area_name=names), published, families, may_lack=True).totals)


Family = tuple[str, pd.Series, pd.Series]
"""What a total is called, its rows, and the rows of its parts, both as masks."""


def _families(counts: pd.DataFrame, areas: Areas) -> Iterator[Family]:
    """England and Wales, each nation and each region, with the areas it is the sum of."""
    code, order = counts["area_code"], counts.drop_duplicates("line").sort_values("line")
    region: str | None = None
    inside: dict[str, list[str]] = {}
    for row in order.itertuples():
        if row.area_kind == "region":
            region = row.area_code
        elif row.area_kind == "force" and region and areas.current[row.area_code].part_of == ENGLAND:
            inside.setdefault(region, []).append(row.area_code)
        else:
            region = None
    for name, forces in inside.items():
        yield order.loc[order["area_code"] == name, "area_name"].iloc[0], code == name, code.isin(forces)
    yield "England", code == ENGLAND, counts["area_kind"] == "region"
    welsh = [force.code for force in areas.forces if force.part_of not in (ENGLAND, ENGLAND_AND_WALES)]
    nations = [area.code for area in areas.current.values() if area.kind == "nation"]
    yield "Wales", code.isin(nations) & (code != ENGLAND), code.isin(welsh)
    yield "England and Wales", code == ENGLAND_AND_WALES, code.isin(nations) | (counts["area_kind"] == "special force")


def _partnerships(counts: pd.DataFrame) -> Iterator[Family]:
    whole = counts["csp_name"] == ""
    for code in counts["area_code"].unique():
        here = counts["area_code"] == code
        yield str(counts.loc[here, "area_name"].iloc[0]), here & whole, here & ~whole


def _checked(counts: pd.DataFrame, published: Published, families: list[Family], *, may_lack: bool = False) -> Added:
    """Compare every total with its parts; one that is missing is named, and nought only if it may lack."""
    told: dict[str, str] = {}
    apart, tied = _apart(counts), 0
    for name, whole, parts in families:
        sums = counts[parts].groupby(apart)["value"].agg(added="sum", size="size", known="count")
        totals = counts[whole & counts["value"].notna()].set_index(apart).join(sums, how="inner")
        is_whole = (totals["known"] == totals["size"]) | may_lack
        wrong = (is_whole & (totals["added"] != totals["value"])) | (totals["added"] > totals["value"])
        for at, row in totals[wrong].head(1).iterrows():
            raise _stop(
                published, row["line"], f"{name}, {' '.join(map(str, at)).strip()}", row["value"], row["added"]
            )  # fmt: skip
        tied += int((totals["added"] == totals["value"]).sum())
        if not is_whole.all():
            lost = ", ".join(counts[parts & counts["value"].isna()]["area_name"].unique())
            leaves = "leaves out" if (totals["added"] == totals["value"]).all() else "could not be added up without"
            told[name] = f"the total of {name}, with what it is part of, {leaves} {lost}"
    return Added(tied, list(told.values()))


def _stop(published: Published, line: object, name: str, printed: float, added: float) -> Exception:
    return published.stop(
        "a total does not add up.", {line: f"{name}: printed {printed:,.0f}"}, f"the sum of its parts, {added:,.0f}",
        "Look at the file. A publisher's error is declared in data/registers/corrections, never mended in the file.",
    )  # fmt: skip
