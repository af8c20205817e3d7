"""How the sheets of a workbook look: widths, heights, what stays in sight, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from stats.publish.documents.workbook_cells import MARK

LONG = 20
"""A table of more rows than this keeps its heads in sight."""

WIDEST, NARROWEST = 56, 12
"""Of a column, in letters: what is longer goes on below."""

LETTER, LINE = 1.06, 16
"""How much wider a letter of ours is than those that a width is told in, and the points that a line takes."""

HEADING = 23
"""The points that a heading of the cover takes."""

A4 = 9


def lay_out_table(sheet: Any, top: int, rows: list[list[Any]]) -> None:
    """Lay out a sheet with a table.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
    top : int
        The row, from 0, of its heads.
    rows : list of lists
        Its heads, and its cells.
    """
    columns = zip(*rows, strict=True)
    widths = [max(NARROWEST, min(max(map(_length, column)) * LETTER + 4, WIDEST)) for column in columns]
    _lay_out(sheet, top, rows, widths)
    sheet.repeat_rows(top)
    if len(rows) > LONG:
        sheet.freeze_panes(top + 1, 1)


def lay_out_list(sheet: Any, top: int, rows: list[list[Any]]) -> None:
    """Lay out the contents or the notes, whose heads stand in row `top`: a short name, and a text."""
    _lay_out(sheet, top + 1, rows, [32, 100])


def lay_out_cover(sheet: Any, texts: Sequence[str], width: float) -> None:
    """Lay out the cover: a text in each row."""
    _lay_out(sheet, 0, [[text] for text in texts], [width], least=HEADING)


def _lay_out(sheet: Any, top: int, rows: list[list[Any]], widths: list[float], *, least: float = 0) -> None:
    """Set the widths of columns, and the height of each row: no program reckons it alike."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for at, row in enumerate(rows, top):
        lines = max(1, *(ceil((_length(text) * LETTER) / width) for text, width in zip(row, widths, strict=True)))
        sheet.set_row(at, max(least, LINE * lines + 1))


def _length(held: Any) -> int:
    """Return how many letters a cell shows, about."""
    return 0 if held is None else len(str(held).replace(MARK, ""))
