"""The tables of a document as an accessible workbook: a cover, contents, notes, and one table a sheet."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile, ZipInfo

from stats.errors import CheckFailed
from stats.present import listed
from stats.publish.documents.arranged import names_of
from stats.publish.documents.blocks import is_blank
from stats.publish.documents.ending import cited, linked_line, opening_words, tables_in_full
from stats.publish.documents.model import Citation, Document, Grid, Notice, plain
from stats.publish.documents.shorthand import explained
from stats.publish.documents.workbook_cells import MARK, heads_of, rows_of, safe
from stats.publish.documents.workbook_layout import lay_out_cover, lay_out_list, lay_out_table

if TYPE_CHECKING:
    from gptables import Cover, GPTable  # type: ignore[import-untyped] # it publishes no types

COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def as_xlsx(document: Document) -> bytes:
    """Return every table of a document, those behind its figures too, as a workbook.

    As the Analysis Function asks of spreadsheets: one table a sheet, nothing merged, shorthand explained, numbers as
    numbers. Each shows what was published; text stays text, whatever sign it begins with, and nothing is a formula.

    Parameters
    ----------
    document : Document

    Raises
    ------
    CheckFailed
        If a table has no rows, or blank ones only.
    """
    import gptables

    sheets, cover = _sheets(document), _cover(document)
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gptables warns of blank cells, which the sheet explains
        book = gptables.produce_workbook(
            out, sheets, theme=_theme(), cover=cover, contentsheet_label=CONTENTS if sheets else None, auto_width=False,
            workbook_options=_PLAIN,
        )  # fmt: skip
    _lay_out(book, cover, sheets)
    book.set_properties({
        "title": document.title, "subject": document.subtitle, "author": "Plain Figures",
        "created": datetime.combine(document.as_at, time()),
    })  # fmt: skip
    book.close()
    return _settled(out.getvalue())


def _theme() -> Any:
    """Return how gptables sets a workbook, but that a row of several lines is read from its top."""
    from gptables import gptheme

    theme = deepcopy(gptheme)
    theme.apply_config({part: {"valign": "top"} for part in ("cover_text", "data", "index_2")})
    return theme


def _sheets(document: Document) -> dict[str, GPTable]:
    """Return the sheets by name: the notes if there are any, then a table on each, by its number in the document."""
    named = {name: _in_full(grid, name, document) for grid, name in _named(document)}
    grids = list(named.values())
    notes = list(dict.fromkeys(note for grid in grids for note in grid.notes))
    signs = explained(text for grid in grids for text in _texts(grid))
    tables = {name: _table(at, grid, notes) for at, (name, grid) in enumerate(named.items(), 1)}
    return {NOTES: _notes(notes, signs), **tables} if notes or signs else tables


def _named(document: Document) -> Iterator[tuple[Grid, str]]:
    names = names_of(document)
    return ((grid, names[grid]) for grid in tables_in_full(document))


def _in_full(grid: Grid, name: str, document: Document) -> Grid:
    """Return a table with its number, its columns of numbers, and the notes of the figure that it stands behind."""
    notes = [note for picture in document.pictures if picture.table == grid for note in picture.notes]
    rows = tuple((*row, *more) for row, more in zip(grid.rows, grid.more, strict=True)) if grid.more else grid.rows
    return replace(grid, caption=f"{name}: {grid.caption}", heads=(*grid.heads, *grid.more_heads), rows=rows,
                   notes=tuple(dict.fromkeys([*notes, *grid.notes])))  # fmt: skip


def _table(at: int, grid: Grid, notes: list[str]) -> GPTable:
    import pandas as pd
    from gptables import GPTable

    if is_blank(grid.rows):
        raise CheckFailed("a table of the document has no rows, or blank ones only.", [("table", grid.name)],
                          "Leave it out, or say why.")  # fmt: skip
    rows, formats = rows_of(grid)
    numbers = [f"[note {notes.index(note) + 1}]" for note in grid.notes]
    blank = " Where a cell is blank, nothing is given." if any(None in row for row in rows) else ""
    return GPTable(
        pd.DataFrame(rows, columns=heads_of(grid), dtype=object), f"table_{at}", safe(grid.caption),
        instructions=f"This sheet holds one table. Its first column names the rows.{blank}",
        legend=[safe(line) for line in explained(_texts(grid))],
        scope=f"Read with {listed(numbers)} on the sheet {NOTES}." if numbers else None,
        index_columns={2: 0}, additional_formatting=formats,
    )  # fmt: skip


def _texts(grid: Grid) -> list[str]:
    return [plain(cell.words) for row in grid.rows for cell in row]


def _notes(notes: list[str], signs: list[str]) -> GPTable:
    """Return the sheet of notes: what each shorthand means, then what the tables say below them, each once."""
    import pandas as pd
    from gptables import GPTable

    rows = [sign.split(" ", 1) for sign in signs] + [[f"[note {at}]", safe(note)] for at, note in enumerate(notes, 1)]
    return GPTable(
        pd.DataFrame(rows, columns=["Shorthand or note", "Meaning"], dtype=object), "notes", "Notes",
        instructions="This sheet holds one table: the shorthand and the notes of the tables that follow.",
        index_columns={2: 0},
    )  # fmt: skip


def _cover(document: Document) -> Cover:
    from gptables import Cover

    first = takewhile(lambda block: isinstance(block, Notice), document.blocks)
    notices = [plain(block.words) for block in first if isinstance(block, Notice)]
    intro = [
        *notices, document.subtitle, opening_words(document),
        "Every table of the document, those behind its figures too, one a sheet. Numbers are as it prints them.",
    ]  # fmt: skip
    return Cover(
        safe(document.title), intro=[safe(line) for line in intro if line],
        about=[_source(citation, place) for place, citation in enumerate(document.citations, 1)] or None,
        contact=[_contact(document.contact)] if document.contact else None,
    )  # fmt: skip


def _source(citation: Citation, place: int) -> str | dict[str, str]:
    """Return a source by its number, with its licence, as a link where it has an address."""
    words = safe(f"Source {place}: {plain(cited(citation))}")
    return {words: citation.url} if re.match(r"https?://", citation.url) else words


def _contact(contact: str) -> str | dict[str, str]:
    """Return who answers for it, as a link to the first address that is named."""
    address = next((words.address for words in linked_line(contact) if words.address), "")
    return {safe(contact): address} if address else safe(contact)


def _lay_out(book: Any, cover: Cover, sheets: dict[str, GPTable]) -> None:
    """Lay out each sheet by what it is: the cover, the contents, the notes, or a table."""
    parts = [part for part in (cover.intro, cover.about, cover.contact) if part]
    texts = [cover.title, *("".join(text) for part in parts for text in ("", *part))]
    lay_out_cover(book.get_worksheet_by_name(COVER), texts, cover.width)
    if sheets:
        described = [[name, table.title] for name, table in sheets.items()]
        lay_out_list(book.get_worksheet_by_name(CONTENTS), 2, described)
    for name, table in sheets.items():
        sheet, top, rows = book.get_worksheet_by_name(name), table.data_range[0], table.table.to_numpy().tolist()
        if name == NOTES:
            lay_out_list(sheet, top, rows)
        else:
            lay_out_table(sheet, top, [list(table.table.columns), *rows])


def _settled(book: bytes) -> bytes:
    """Return a workbook without our marks; not compressed, so that no version of a compressor shows in its bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(book)) as made, ZipFile(out, "w") as settled:
        for name in made.namelist():
            part = ZipInfo(name)
            part.create_system = 0
            settled.writestr(part, made.read(name).replace(MARK.encode(), b""))
    return out.getvalue()
