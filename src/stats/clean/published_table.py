"""A table as published -> tidy: our names, codes as text, periods with a start and an end, typed statuses."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from stats.clean.complete import must_be_whole, must_not_repeat, summed
from stats.clean.printed_codes import must_be_codes
from stats.clean.printed_numbers import with_numbers
from stats.clean.printed_periods import with_periods
from stats.clean.printed_places import must_lie_in_their_region, with_places
from stats.clean.printed_totals import Added, must_add_up, rows_of_totals
from stats.read.published import Published
from stats.registers.areas import Areas
from stats.registers.layouts import Layout
from stats.registers.published_codes import PublishedCodes

FIRST = ("area_code", "area_name", "area_kind", "period_start", "period_end", "mid_year")
LAST = ("unit", "value", "status", "correction", "sheet", "line")
USED_UP = (
    "financial_year", "financial_quarter", "year_ending", "month", "calendar_year", "item", "period_words", "group"
)  # fmt: skip


@dataclass(frozen=True)
class Tidied:
    """A tidy table, what a reader must know of it, and how many totals that it prints were found to add up."""

    table: pd.DataFrame
    told: list[str]
    totals: int = 0


def tidied(parts: list[Published], areas: Areas, codes: PublishedCodes) -> Tidied:
    """Return the tidy table of the sheets that share one layout.

    Raises
    ------
    CheckFailed
        If anything in them is not what the layout says: a code, name, marker, number, period, key or total.
    """
    layout, tables, told, totals = parts[0].layout, [], [], 0
    for part in parts:
        table, added = _one(part, areas, codes)
        tables.append(table.assign(sheet=part.sheet))
        told += [f"{part.sheet}: {words}" if part.sheet else words for words in added.told]
        totals += added.totals
    whole = pd.concat(tables, ignore_index=True)
    told += must_be_whole(whole, _over(parts), areas)
    return Tidied(_arranged(whole, layout), told, totals)


def _one(part: Published, areas: Areas, codes: PublishedCodes) -> tuple[pd.DataFrame, Added]:
    """The rows of one sheet, each in its place and period, and what is to be said of them."""
    rows, totals = rows_of_totals(with_numbers(part), part)
    placed = rows.pipe(_texts, part).pipe(with_places, part, areas, codes).pipe(with_periods, part)
    must_lie_in_their_region(placed, part, areas, codes)
    _must_be_known(placed, part)
    spelt = must_be_codes(placed, part, codes)
    table, told = summed(_named(placed, part.layout), part.layout)
    must_not_repeat(table, part)
    return table, totals + Added(0, spelt + told) + must_add_up(table, part, areas)


def _over(parts: list[Published]) -> Published:
    """The sheets of one layout as the place of an error that is found across them."""
    first = parts[0]
    names = first.sheet if len(parts) == 1 else f"{first.sheet} to {parts[-1].sheet}"
    return Published(first.file, names, first.layout, first.table, first.above, first.words)


def _texts(table: pd.DataFrame, published: Published) -> pd.DataFrame:
    """Text columns without stray spaces; a blank stays only where the layout allows it."""
    layout = published.layout
    for name in layout.columns:
        if name not in table:
            continue
        clean = {text: " ".join(text.split()) for text in table[name].unique()}
        table = table.assign(**{name: table[name].map(clean)})
        empty = table[name] == ""
        if empty.any() and name not in layout.may_be_empty:
            lines = dict.fromkeys(table.loc[empty, "line"], "nothing")
            raise published.stop(
                f"a row has no {name.replace('_', ' ')}.", lines, "a text in every row",
                f"Look at the file; if a blank means something here, add {name} to `may_be_empty` of its layout.",
            )  # fmt: skip
    if "offence_name" in layout.columns and "offence_name" in table:
        table = table.assign(offence_name=table["offence_name"].str.replace(r"\s*\[\s*note[^\]]*\]?", "", regex=True))
    return table


def _must_be_known(table: pd.DataFrame, published: Published) -> None:
    layout = published.layout
    for name, known in ((name, known) for name, known in layout.known.items() if name in table):
        strange = table[~table[name].isin(known)]
        if len(strange):
            raise published.stop(
                f"{name.replace('_', ' ')}: a text is not known.",
                dict(zip(strange["line"], strange[name], strict=True)),
                f"one of: {', '.join(known)}",
                f"Find out what it means, and add it to `known` in data/registers/layouts/{layout.id}.yml.",
            )  # fmt: skip


def _named(table: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """The item of each value column under the name that its group gives it."""
    for name in {values.into for values in layout.numbers if values.into}:
        units = {values.unit for values in layout.numbers if values.into == name}
        table = table.assign(**{name: table["item"].where(table["unit"].isin(units))})
    return table


def _arranged(table: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    first = [name for name in FIRST if name in table]
    middle = [name for name in table if name not in (*FIRST, *LAST, *USED_UP)]
    empty = [name for name in (*first, *middle) if table[name].isna().all()]
    arranged = table[[name for name in (*first, *middle, *LAST) if name in table and name not in empty]]
    texts = arranged.select_dtypes(["object", "str"]).columns.difference(["status"])
    arranged = arranged.assign(**{name: arranged[name].replace("", None).astype("str") for name in texts})
    if all(values.whole for values in layout.numbers):
        arranged = arranged.assign(value=arranged["value"].astype("Int64"))
    if layout.value_column:
        return arranged.drop(columns="unit").rename(columns={"value": layout.value_column})
    return arranged
