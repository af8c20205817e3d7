import os
from datetime import date, datetime

import pytest
from read.books import MAIN, archive, ods, ods_number, ods_row, ods_text, xlsx, xlsx_parts

from stats.errors import CannotOpen, NoAccess
from stats.read import archive as archives
from stats.read.cells import UNSAVED
from stats.read.opening import CellError, open_sheets


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods", "a.txt", "a"])
def test_a_file_is_known_by_its_contents(tmp_path, name):
    """Whatever the name says, an XLSX, ODS or CSV file is read as what it is."""
    path = tmp_path / name
    assert open_sheets(xlsx(path)).kind == "xlsx"
    assert open_sheets(ods(path, ods_row(ods_text("Kent")))).kind == "ods"
    path.write_text("force,n\nKent,1\n")
    assert open_sheets(path).kind == "csv"


@pytest.mark.parametrize(("text", "is_open"), [("a,b\n1,2\n", False), ("a,b\r\n1,2\r\n", False), ("a,b\n1,2", True)])
def test_a_csv_file_whose_last_line_has_no_end_is_marked(tmp_path, text, is_open):
    """It may have been cut within its last number."""
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    assert open_sheets(path).ends_open is is_open


def test_cells_of_an_xlsx_file_come_as_printed(tmp_path):
    """Text keeps every blank and nought, whole numbers are whole, and rows above the table are kept as empty."""
    text = '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
    path = xlsx(
        tmp_path / "a.xlsx",
        '<row r="3">' + text % ("B3", "-00 ") + text % ("C3", "4.10")
        + '<c r="D3"><v>1234</v></c><c r="E3"><v>0.5</v></c>'
        '<c r="F3" t="b"><v>1</v></c><c r="G3" t="s"><v>0</v></c><c r="H3"><v>-2</v></c></row>',
    )  # fmt: skip
    (sheet,) = open_sheets(path).sheets
    assert sheet.name == "Table 1"
    assert sheet.rows == [[None] * 8, [None] * 8, [None, "-00 ", "4.10", 1234, 0.5, True, "Kent", -2]]
    assert [type(cell) for cell in sheet.rows[2][3:6]] == [int, float, bool]


def test_cells_of_an_ods_file_come_as_printed(tmp_path):
    """The same for ODS, with its dates and its repeated cells and rows; a time is text."""
    path = ods(
        tmp_path / "a.ods",
        ods_row("<table:table-cell/>", repeated=2)
        + ods_row(
            ods_text("8E1"), ods_number("1234"), ods_number("0.5", ' table:number-columns-repeated="2"'),
            '<table:table-cell office:value-type="date" office:date-value="2025-03-31"/>',
            '<table:table-cell office:value-type="time" office:time-value="PT03H04M00S"/>',
            repeated=2,
        )
        + ods_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_572),
    )  # fmt: skip
    (sheet,) = open_sheets(path).sheets
    row = ["8E1", 1234, 0.5, 0.5, date(2025, 3, 31), "03:04:00"]
    assert sheet.rows[2:] == [row, row]
    assert all(cell is None for cells in sheet.rows[:2] for cell in cells)


def test_dates_of_a_real_writer(tmp_path):
    """Openpyxl writes dates as styled numbers; they come back as dates."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append([date(2025, 3, 31), datetime(2025, 3, 31, 12, 30), "2025-03-31"])
    book.create_sheet("Notes ").sheet_state = "hidden"
    book.create_chartsheet("Chart")
    book.save(tmp_path / "a.xlsx")
    first, notes = open_sheets(tmp_path / "a.xlsx").sheets
    assert first.rows == [[date(2025, 3, 31), datetime(2025, 3, 31, 12, 30), "2025-03-31"]]
    assert (notes.name, notes.hidden, first.hidden, notes.rows) == ("Notes ", True, False, [])


def test_only_wanted_sheets_are_read(tmp_path):
    """A sheet is asked for by its name as spelt in the file, blanks included."""
    path = xlsx(tmp_path / "a.xlsx", name="2024-25 ")
    assert [s.name for s in open_sheets(path, wanted=lambda name: name == "2024-25 ").sheets] == ["2024-25 "]
    assert open_sheets(path, wanted=lambda name: name == "2024-25").sheets == ()


ERRORS = '<row r="2"><c r="C2" s="1" t="e"><f>B2/0</f><v>#DIV/0!</v></c><c r="D2"><f>1+1</f><v>2</v></c></row>'


def test_values_of_formulas_are_read_and_errors_are_typed(tmp_path):
    """The value a formula had when the file was saved is read; one that failed is no text and no gap."""
    (sheet,) = open_sheets(xlsx(tmp_path / "a.xlsx", ERRORS)).sheets
    assert sheet.rows[1] == [None, None, "#DIV/0!", 2]
    assert isinstance(sheet.rows[1][2], CellError)


def test_cells_that_are_equal_and_not_the_same_stay_apart(tmp_path):
    """1 and True in one column, and empty cells among numbers."""
    cells = ["<v>1</v></c>", "<v>1</v></c>", "<v>0.5</v></c>", "<v>0</v></c>", "</c>", "<v>1</v></c>"]
    kinds = ["n", "b", "n", "b", "n", "n"]
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="{kind}">{cell}</row>'
                   for n, (kind, cell) in enumerate(zip(kinds, cells, strict=True), 1))  # fmt: skip
    (sheet,) = open_sheets(xlsx(tmp_path / "a.xlsx", rows)).sheets
    assert [(type(c), c) for (c,) in sheet.rows] == [
        (int, 1), (bool, True), (float, 0.5), (bool, False), (type(None), None), (int, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        ods_text("#REF!", ' table:formula="of:=A1" office:string-value="" calcext:value-type="error"'),
        ods_number(0, ' table:formula="of:=A1"').replace("<text:p>0", "<text:p>#REF!"),
        ods_text("#REF!"),
    ],
)
def test_errors_of_an_ods_file_are_typed(tmp_path, cell):
    """LibreOffice gives a failed formula an empty text, older programs a nought; both show the word."""
    (sheet,) = open_sheets(ods(tmp_path / "a.ods", ods_row(ods_text("Kent"), cell))).sheets
    assert sheet.rows == [["Kent", "#REF!"]]
    assert isinstance(sheet.rows[0][1], CellError)


@pytest.mark.parametrize(
    "cell",
    ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>", "<f>1+1</f> <v />", '<f t="shared" si="0"/>',
     '<f t="shared" ref="A1:A9" si="0">1+1</f>', "<x:f>1+1</x:f>"],
)  # fmt: skip
def test_a_formula_that_was_never_calculated_is_no_blank(tmp_path, cell):
    """Programs that write formulas and do not calculate leave no value: it is not known, and not nothing."""
    rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1">{cell}</c><c r="C1"/></row>'
    sheet = f'<worksheet {MAIN} xmlns:x="{MAIN[7:-1]}"><sheetData>{rows}</sheetData></worksheet>'
    (sheet,) = open_sheets(xlsx(tmp_path / "a.xlsx", sheet=sheet)).sheets
    assert sheet.rows[0][:2] == [1, UNSAVED]
    assert isinstance(sheet.rows[0][1], CellError)


def test_a_formula_that_was_calculated_as_an_empty_text_is_blank(tmp_path):
    """Both formats can say so."""
    calculated = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'
    (sheet,) = open_sheets(xlsx(tmp_path / "a.xlsx", calculated)).sheets
    assert sheet.rows[0] in ([1, None], [1])
    empty = ods_text("", ' table:formula="of:=&quot;&quot;"')
    (sheet,) = open_sheets(ods(tmp_path / "a.ods", ods_row(ods_number(1), empty))).sheets
    assert sheet.rows[0] in ([1, None], [1])


def test_an_unsaved_formula_of_an_ods_file_is_no_blank_either(tmp_path):
    """A cell with a formula and neither a type nor words."""
    cell = '<table:table-cell table:formula="of:=1+1"/>'
    (sheet,) = open_sheets(ods(tmp_path / "a.ods", ods_row(ods_number(1), cell, ods_number(2)))).sheets
    assert sheet.rows == [[1, UNSAVED, 2]]


@pytest.mark.parametrize("size", range(1, 40))
def test_a_formula_is_found_wherever_a_piece_ends(tmp_path, monkeypatch, size):
    """The sheet is looked through piece by piece, and a piece may end inside the cell."""
    monkeypatch.setattr(archives, "PIECE", 150 + size)
    rows = '<row r="1"><c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    (sheet,) = open_sheets(xlsx(tmp_path / "a.xlsx", rows)).sheets
    assert sheet.rows == [[UNSAVED, 2]]


def test_a_comment_on_a_cell_is_no_error(tmp_path):
    """Words of a comment do not turn the cell's value into an error."""
    note = "<office:annotation><text:p>#REF!</text:p></office:annotation>"
    cell = ods_number(1, ' table:formula="of:=1"').replace("<text:p>", f"{note}<text:p>")
    assert open_sheets(ods(tmp_path / "a.ods", ods_row(cell))).sheets[0].rows == [[1]]


def test_links_to_other_files_are_not_followed(tmp_path):
    """A formula that points elsewhere has the value it was saved with, and the other file is never looked for."""
    parts = xlsx_parts('<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row>')
    parts["xl/externalLinks/externalLink1.xml"] = '<externalLink xmlns="x"/>'
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="r">'
        '<Relationship Id="rId1" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>'
    )
    assert open_sheets(archive(tmp_path / "a.xlsx", parts)).sheets[0].rows == [[7]]


@pytest.mark.parametrize(
    ("make", "words"), [("folder", "a folder, not a file"), ("missing", "no such file"), ("pipe", "no ordinary file")]
)
def test_what_is_no_file_is_refused(tmp_path, make, words):
    """A folder, a name that is not there, and a pipe that would wait for ever each get their own words."""
    path = tmp_path / "a.csv"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    with pytest.raises(CannotOpen, match=rf"(?s){words}.*file:.*a\.csv.*\n  \w"):
        open_sheets(path)


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    """The system's refusal becomes an error with the file."""
    path = tmp_path / "a.csv"
    path.write_text("a")

    def refused(self, *_):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(path), "open", refused)
    with pytest.raises(NoAccess, match=r"(?s)a\.csv.*Permission denied"):
        open_sheets(path)
