"""Does a layout agree with itself: every column, item and period it names is there, and no heading means two things."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stats.errors import RegisterError
from stats.registers.entries import unique
from stats.registers.places import place
from stats.registers.printed_words import fold_heading

if TYPE_CHECKING:
    from stats.registers.layouts import Layout

PERIODS = {
    "columns": (
        ("financial_year", "financial_quarter"), ("year_ending",), ("month",), ("calendar_year",), ("financial_year",)
    ),
    "headings": (),
    "title": (),
    "untold": (),
    "untold_mid_year": (),
}  # fmt: skip
"""Where a table tells its period, and for columns which of them must be there."""


def must_agree(layout: Layout, path: Path) -> None:
    """Stop unless the columns, items and period that a layout names are its own."""
    wrong = [*_named_wrongly(layout, path)]
    wanted = PERIODS[layout.period]
    if wanted and not any(set(columns) <= set(layout.columns) for columns in wanted):
        wrong.append(("period", "columns of a period are wanted: " + " or ".join(map(" + ".join, wanted))))
    if (
        layout.period == "headings"
        and not layout.reads_as
        and not any("(?P<" in (v.pattern or "") for v in layout.numbers)
    ):
        wrong.append(("period", "a pattern of numbers must have a group `period` or `mid_year`"))
    if wrong:
        raise RegisterError("a layout does not agree with itself.", [*place(path), *wrong], "Mend the entry.")
    spelt = [
        (fold_heading(words), name)
        for name, spellings in [
            *layout.columns.items(),
            *((i, s) for v in layout.numbers for i, s in v.headings.items()),
        ]
        for words in spellings
    ]
    unique(spelt, file=path, what="heading")


def _named_wrongly(layout: Layout, path: Path) -> list[tuple[str, object]]:
    made = {*layout.columns, "period_start", "period_end", "area_code", "mid_year", "unit"}
    made |= {values.into for values in layout.numbers if values.into}
    said = [(field, name) for field in ("keys", "grid", "known") for name in getattr(layout, field) if name not in made]
    said += [
        (field, name) for field in ("optional", "may_be_empty", "unheaded") for name in getattr(layout, field)
        if name not in layout.columns
    ]  # fmt: skip
    named = {field: getattr(layout, field) for field in ("expired", "parts_of_year")}
    said += [(field, name) for field, name in named.items() if name and name not in layout.columns]
    said += [
        ("adds_up", item) for sums in layout.adds_up for item in (sums.whole, *sums.parts) if item not in layout.items
    ]
    if layout.offence_spellings and not {"offence_code", "offence_name"} <= set(layout.columns):
        said.append(("offence_spellings", "offence_code and offence_name are wanted"))
    strange: list[tuple[str, object]] = [(field, f"no such column or item: {name}") for field, name in said]
    return strange + [("id", f"must be the name of the file, {path.stem}")] * (layout.id != path.stem)
