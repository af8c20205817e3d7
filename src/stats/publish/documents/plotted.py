"""The numbers of a figure as columns of numbers: each rounded as the figure's words print it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from stats.present import capital
from stats.publish.documents.model import Cell, Words

PERCENT = {
    "value_pct": "Per cent", "share_pct": "Per cent", "charged_pct": "Charged, per cent",
    "change_pct": "Change, per cent", "lower_pct": "Lowest, per cent", "upper_pct": "Highest, per cent",
}  # fmt: skip
"""Columns of percentages, with their heads."""

AT_LEAST, AT_MOST = ", at least", ", at most"
NUMBERS = {
    "answer_n": "Number", "low": f"Number{AT_LEAST}", "high": f"Number{AT_MOST}", "count_low": f"Number{AT_LEAST}",
    "count_high": f"Number{AT_MOST}", "base_low": f"Of{AT_LEAST}", "base_high": f"Of{AT_MOST}",
}  # fmt: skip
"""Columns of whole numbers, with their heads."""

BY_UNIT = "value"
"""A column whose unit another column tells, row by row."""

UNITS = {"count": "Number", "percent": "Per cent"}

_PRINTED = re.compile(r"(?:(?<=\s)|^)?([-−]?)(?<![\d.,])(\d[\d,]*)(?:\.(\d+))?(%?)")

Row = Mapping[str, str]
Column = tuple[str, tuple[Cell, ...]]


def plotted(rows: Sequence[Row], counts: Mapping[str, str], withheld: Sequence[str]) -> list[Column]:
    """Return the columns of numbers of a figure's table: head, and a cell a row.

    A number is there only if the row's words print it, rounded as they do; where they hide it their shorthand stands,
    and elsewhere nothing. A column without a number is left out, and so is one that repeats another.

    Parameters
    ----------
    rows : sequence of mappings
        Of the figure's CSV; `text` has the words, `status` shorthand.
    counts : mapping
        More columns of whole numbers, with their heads.
    withheld : sequence of str
        Shorthand that stands in the place of a number.
    """
    found: dict[tuple[Cell, ...], str] = {}
    for head, cells in _columns(rows, {**counts, **NUMBERS}):
        if cells in found:
            found[cells] = found[cells].removesuffix(AT_LEAST)
        elif any(cell.value is not None for cell in cells):
            found[cells] = head
    return [
        (head, tuple(_hidden(cell, row, withheld) for cell, row in zip(cells, rows, strict=True)))
        for cells, head in found.items()
    ]


def _columns(rows: Sequence[Row], counts: Mapping[str, str]) -> Iterable[Column]:
    there = rows[0].keys() if rows else ()
    for unit in dict.fromkeys(row["unit"] for row in rows) if {"unit", BY_UNIT} <= set(there) else ():
        cells = (_cell(row, BY_UNIT, unit) if row["unit"] == unit else Cell(()) for row in rows)
        yield UNITS.get(unit, capital(unit)), tuple(cells)
    for heads, unit in ((counts, "count"), (PERCENT, "percent")):
        for name, head in heads.items():
            if name in there:
                yield head, tuple(_cell(row, name, unit) for row in rows)


def _cell(row: Row, name: str, unit: str) -> Cell:
    """Return the number of a row as its words print it; an empty cell if they do not."""
    if not row[name]:
        return Cell(())
    found = printed(float(row[name]), row.get("text", ""), is_percent=unit == "percent")
    if found is None:
        return Cell(())
    words, value = found
    return Cell((Words(words),), value, "share" if unit == "percent" else unit)


def printed(value: float, text: str, *, is_percent: bool) -> tuple[str, float | int] | None:
    """Return a number as a text prints it, and what it is rounded so: a percentage as a share; None if it does not.

    Examples
    --------
    >>> printed(12.2143, "12.2% (155 of 1,269) so far, at most 14.9%", is_percent=True)
    ('12.2%', 0.122)
    >>> printed(155, "12.2% (155 of 1,269) so far, at most 14.9%", is_percent=False)
    ('155', 155)
    >>> printed(0.0176, "11,359 to 11,361, under 0.1%", is_percent=True)
    """
    fitting = []
    for sign, whole, decimals, percent in _PRINTED.findall(text):
        number = float(f"{'-' if sign else ''}{whole.replace(',', '')}.{decimals or '0'}")
        away = abs(value - number)
        if bool(percent) == is_percent and away <= 0.5 * 10 ** -len(decimals) * (is_percent or bool(decimals)) + 1e-9:
            words = f"{'-' if sign else ''}{whole}{'.' if decimals else ''}{decimals}{percent}"
            fitting.append((away, words, number, len(decimals)))
    if not fitting:
        return None
    _, words, number, places = min(fitting)
    if is_percent:
        return words, round(number / 100, places + 2)
    return words, number if places else int(number)


def _hidden(cell: Cell, row: Row, withheld: Sequence[str]) -> Cell:
    is_part = not row.get("status") and "withheld" in row.get("text", "")
    status = "[c]" if is_part else row.get("status", "")
    return Cell((Words(status),)) if cell.value is None and status in withheld else cell
