"""The cells that opening gives of the files that were published, against a second reader that is slow and not ours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest
from kept_outside import shared

from stats.read.opening import CellError, open_sheets

XLSX = (
    "ons/appendix-tables/appendixtablesyesept22.xlsx",
    "ons/pfa-tables/policeforceareadatatablesyearendingjune2018corrected.xlsx",
    "ons/pfa-tables/policeforceareatablesyearendingmarch2018v2.xlsx",
    "ons/pfa-tables/policeforceareatablesyearendingseptember2019.xlsx",
    "ons/pfa-tables/policeforceareatablesyedecember2024.xlsx",
)
ODS = "home-office/police-workforce-sep19-tables.ods"


def plain(cell: object) -> object:
    """Return a cell as both readers mean it: whole numbers alike, days without an hour as dates."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell


def cells(rows) -> dict[tuple[int, int], object]:
    """Return what is not empty, by row and column."""
    return {
        (r, c): plain(cell) for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if plain(cell) is not None
    }


@pytest.mark.parametrize("name", XLSX)
def test_cells_of_each_published_xlsx_are_those_of_openpyxl(name):
    """Every sheet, every cell, every type, in the same row and column."""
    import openpyxl

    path = shared("official") / name
    ours = open_sheets(path)
    theirs = openpyxl.load_workbook(path, data_only=True)
    assert [s.name for s in ours.sheets] == [s.title for s in theirs.worksheets]
    assert [s.hidden for s in ours.sheets] == [s.sheet_state != "visible" for s in theirs.worksheets]
    seen = 0
    for our, their in zip(ours.sheets, theirs.worksheets, strict=True):
        found, links = cells(our.rows), linked(their)
        expected = cells(their.iter_rows(values_only=True))
        assert found == {place: cell for place, cell in expected.items() if place in found or place not in links}
        assert {type(cell) for cell in found.values()} <= {str, int, float, bool, date, datetime}
        seen += len(found)
    assert seen > 1_000


def linked(sheet) -> set[tuple[int, int]]:
    """Return the cells with a link: where such a cell is empty, openpyxl fills in the address."""
    return {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.hyperlink}


def test_cells_of_the_published_ods_are_those_of_odfpy():
    """The same, over the document that odfpy builds."""
    path = shared("official") / ODS
    theirs = odf_sheets(path)
    ours = open_sheets(path)
    assert [s.name for s in ours.sheets] == list(theirs)
    seen = 0
    for sheet in ours.sheets:
        found = cells(sheet.rows)
        assert found == theirs[sheet.name]
        assert not any(isinstance(cell, CellError) for cell in found.values())
        seen += len(found)
    assert seen > 4_000


@cache
def odf_sheets(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    """Return the cells of each sheet, read from the document element by element."""
    from odf.opendocument import load
    from odf.table import Table

    return {t.getAttribute("name"): odf_cells(t) for t in load(path).spreadsheet.getElementsByType(Table)}


def odf_cells(table) -> dict[tuple[int, int], object]:
    """Return the cells of a sheet that hold something, repeated ones as often as they are."""
    from odf.table import TableRow

    found, row = {}, 1
    for element in table.getElementsByType(TableRow):
        times = int(element.getAttribute("numberrowsrepeated") or 1)
        column, values = 1, {}
        for cell in element.childNodes:
            for _ in range(int(cell.getAttribute("numbercolumnsrepeated") or 1) if odf_value(cell) is not None else 0):
                values[column] = odf_value(cell)
                column += 1
            if odf_value(cell) is None:
                column += int(cell.getAttribute("numbercolumnsrepeated") or 1)
        if values:
            found |= {(row + n, c): value for n in range(times) for c, value in values.items()}
        row += times
    return found


def odf_value(cell) -> object:
    """Return what a cell holds by its stated type."""
    from odf.teletype import extractText
    from odf.text import P

    kind = cell.getAttribute("valuetype")
    if kind in ("float", "percentage", "currency"):
        return plain(float(cell.getAttribute("value")))
    if kind == "date":
        return plain(datetime.fromisoformat(cell.getAttribute("datevalue")))
    if kind == "boolean":
        return cell.getAttribute("booleanvalue") == "true"
    return "\n".join(extractText(p) for p in cell.getElementsByType(P)) or None if kind == "string" else None
