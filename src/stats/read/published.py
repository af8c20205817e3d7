"""A recognised sheet -> the table as published: one row a number, as text, with the line of the file it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from stats.errors import CheckFailed, counted
from stats.read.cells import CALCULATE, UNSAVED
from stats.read.known_tables import Found, Recognised
from stats.read.opening import Cell, CellError, Sheet
from stats.registers.layouts import Layout
from stats.registers.printed_words import fold_heading

SHOWN = 8
"""How many wrong rows an error shows at most."""


@dataclass(frozen=True)
class Published:
    """One table as published, and where it came from.

    `table` has the columns of its layout as text, and `line`, `item`, `period_words`, `mid_year`, `group` (the number
    of its group of values) and `printed` (the cell as it is). `above` are the words over the header.
    """

    file: str
    sheet: str
    layout: Layout
    table: pd.DataFrame
    above: list[str]
    words: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def stop(self, wrong: str, rows: Mapping[Any, object], expected: str, mend: str) -> CheckFailed:
        """Return an error that names file, sheet, lines, what was expected and what was found."""
        first = list(rows.items())[:SHOWN]
        shown = [(line, str(value)) if isinstance(line, str) else (f"row {line}", repr(value)) for line, value in first]
        more = [("more", counted(len(rows) - SHOWN, "other row"))] if len(rows) > SHOWN else []
        where = [
            ("file", self.file),
            *([("sheet", repr(self.sheet))] if self.sheet else []),
            ("layout", self.layout.id),
        ]
        return CheckFailed(wrong, [*where, ("expected", expected), *shown, *more], mend)


def as_published(found: Found, recognised: Recognised) -> Published:
    """Return the table of a recognised sheet, nothing cleaned.

    Raises
    ------
    CheckFailed
        If a row under the header is neither data nor a note that the layout knows.
    """
    file, sheet, layout = recognised.path.name, found.sheet, found.layout
    published = Published(file, sheet.name, layout, pd.DataFrame(), found.above, recognised.words)
    if recognised.ends_open and not layout.ends_open:
        raise _cut_short(published, found)
    lines, rows = _data_rows(found, published)
    _must_show_no_errors(lines, rows, found, published)
    table = pd.DataFrame(
        {name: [as_text(_cell(row, at)) for row in rows] for at, name in found.keys.items()}, dtype="object"
    ).assign(line=lines)
    return Published(
        file, sheet.name, layout, _long(table, rows, found), found.above, recognised.words,
        published.left_out, published.notes,
    )  # fmt: skip


def _cut_short(published: Published, found: Found) -> CheckFailed:
    last = [as_text(cell) for cell in found.sheet.rows[-1]]
    return published.stop(
        "the last line has no end, so the file may have been cut short.", {len(found.sheet.rows): " | ".join(last)},
        "a line end after every line", "Fetch the file again, and compare its size with the publisher's. If the "
        f"publisher ends it so, say `ends_open: true` in data/registers/layouts/{published.layout.id}.yml.",
    )  # fmt: skip


def as_text(cell: Cell) -> str:
    """Return a cell as text; a whole number that a spreadsheet holds as a decimal is written without its point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _data_rows(found: Found, published: Published) -> tuple[list[int], list[list[Cell]]]:
    """Rows that hold data, with their lines; what is left out is remembered in `published`."""
    layout = found.layout
    lines: list[int] = []
    kept: list[list[Cell]] = []
    out = {fold_heading(words): why for words, why in layout.rows_left_out.items()}
    known = {*found.keys, *found.numbers, *found.left_out}
    for line, row in enumerate(found.sheet.rows[found.header :], start=found.header + 1):
        texts = [as_text(cell).strip() for cell in row]
        filled = [text for text in texts if text]
        if not filled or (not kept and _fits(layout.under, filled)):
            continue
        if len(filled) == 1 and _fits(layout.ends, filled):
            _must_be_notes(found.sheet, line, published)
            break
        why = next((out[f] for f in map(fold_heading, filled[:2]) if f in out), None) or _numberless(found, texts)
        if why:
            published.left_out[f"row {line} {' '.join(filled[:3])!r}"] = why
            continue
        stray = " | ".join(text for at, text in enumerate(texts) if text and at not in known)
        if stray or (len(filled) == 1 and len(known) > 1):
            raise published.stop(
                "a row under the header is neither data nor a note we know.", {line: stray or filled[0]},
                "rows with the columns of the header, then notes",
                f"If it is a note, add its beginning to `ends` in data/registers/layouts/{layout.id}.yml.",
            )  # fmt: skip
        lines.append(line)
        kept.append(row)
    if not kept:
        raise published.stop("a table has a header and no rows.", {found.header: "header"}, "rows of data",
                             "The file may have been cut short: fetch it again.")  # fmt: skip
    return lines, kept


def _must_show_no_errors(lines: list[int], rows: list[list[Cell]], found: Found, published: Published) -> None:
    """Stop at a name or code that is the error of a formula; among numbers it must be a marker, or stops there."""
    for at, name in found.keys.items():
        wrong = {line: row[at] for line, row in zip(lines, rows, strict=True) if isinstance(_cell(row, at), CellError)}
        if wrong:
            raise published.stop(
                f"{name.replace('_', ' ')}: a cell shows that a formula failed.", wrong, "a name, code or period",
                CALCULATE if UNSAVED in wrong.values() else
                "Tell the publisher. The file was saved with an error in it, and what stood there is not known.",
            )  # fmt: skip


def _must_be_notes(sheet: Sheet, first: int, published: Published) -> None:
    """Stop if anything but notes stands below the table."""
    for line, row in enumerate(sheet.rows[first - 1 :], start=first):
        filled = [cell for cell in row if cell is not None and as_text(cell).strip()]
        published.notes.extend(str(cell) for cell in filled if isinstance(cell, str))
        if len(filled) > 1 or any(not isinstance(cell, str) for cell in filled):
            raise published.stop(
                "rows stand below the notes that end a table.", {line: [as_text(cell) for cell in filled]},
                "notes only, one cell a row", "Look at the file: the note may stand in the middle of the table.",
            )  # fmt: skip


def _numberless(found: Found, texts: list[str]) -> str | None:
    """Why a row without any number is left out, if its layout allows such rows and some of its cells are blank."""
    cells = [texts[at] if at < len(texts) else "" for at in found.numbers]
    is_numberless = bool(cells) and "" in cells and not any(re.search(r"\d", cell) for cell in cells)
    return found.layout.without_numbers if is_numberless else None


def _fits(patterns: Iterable[str], filled: list[str]) -> bool:
    return len(filled) == 1 and any(re.search(words, fold_heading(filled[0]), re.I) for words in patterns)


def _long(table: pd.DataFrame, rows: list[list[Cell]], found: Found) -> pd.DataFrame:
    """One row a number; a table without numbers keeps its rows."""
    groups = {id(values): number for number, values in enumerate(found.layout.numbers)}
    parts = [
        table.assign(
            item=column.item,
            period_words=column.period,
            mid_year=column.mid_year,
            group=groups[id(column.numbers)],
            printed=pd.Series([_cell(row, at) for row in rows], dtype="object"),
        )
        for at, column in found.numbers.items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else table


def _cell(row: list[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None
