"""The tables of a document as a workbook, read back as others read it and as we read published files."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sample_document import FIGURES, sample

from stats.errors import CheckFailed
from stats.publish.documents.briefs import Folder
from stats.publish.documents.ending import tables_in_full
from stats.publish.documents.model import Cell, Document, Grid, Notice, Words, plain
from stats.publish.documents.pictures import picture_of
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import load_template
from stats.publish.documents.workbook import as_xlsx
from stats.read.opening import open_sheets
from stats.run.claims import facts_of

TITLE = Words("A title")
AWKWARD = [
    "=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "[a](https://b.example)", "$$note$$ $$$", "https://c.example",
    "internal:Sheet1!A1", "5", "–", "“here” & <there> \\ _x0041_", " two  spaces ", "\u6f22 \U0001f600",
]  # fmt: skip
"""What a spreadsheet or gptables might take for something else than text."""


def said(text: str) -> Cell:
    """Return a cell of text."""
    return Cell((Words(text),))


def of(*grids: Grid) -> Document:
    """Return the sample with these tables and nothing else."""
    return replace(sample(), blocks=grids, references=())


def read(document: Document) -> Workbook:
    """Return a workbook read back."""
    return load_workbook(BytesIO(as_xlsx(document)))


def table_of(book: Workbook, at: int) -> list[list[Any]]:
    """Return the cells that are marked as the table of a sheet."""
    sheet = book[f"Table {at}"]
    (table,) = sheet.tables.values()
    return [list(row) for row in sheet[table.ref]]


def test_each_table_has_a_sheet_that_the_contents_lead_to() -> None:
    """A cover, contents and notes, then every table, those behind figures too."""
    book = read(sample())
    tables = ["Table 1", "Table 2", "Table 3", "Table 4"]
    assert book.sheetnames == ["Cover", "Contents", "Notes", *tables]
    listed = [row[0] for row in book["Contents"].iter_rows(min_row=4)]
    assert [cell.value for cell in listed] == ["Notes", *tables]
    assert [cell.hyperlink.location for cell in listed] == [f"'{name}'!A1" for name in ["Notes", *tables]]
    for name, grid in zip(tables, tables_in_full(sample()), strict=True):
        assert len(book[name].tables) == 1
        assert book[name]["A1"].value == f"{name}: {grid.caption}"


def test_cells_hold_numbers_and_show_what_was_published() -> None:
    """A share of 5.4% is the number 0.054 in the format of a percentage; shorthand stays text."""
    heads, *rows = table_of(read(sample()), 1)
    assert [cell.value for cell in heads] == ["What", "Offences", "Share"]
    assert [[cell.value for cell in row] for row in rows] == [
        ["Recorded", 1531, "[z]"],
        ["Charged so far", 83, 0.054],
        ["Out-of-court disposal", "[c]", "[c]"],
    ]
    assert rows[0][1].number_format == "#,##0"
    assert rows[1][2].number_format == "0.0%"


def test_a_number_in_a_table_of_a_template_is_a_number(tmp_path: Path) -> None:
    """As in any other table: 11,610 and not the text of it."""
    head = "---\nkind: briefing\ntitle: Stalking\ncontact: us\nbriefs: {charge: lincolnshire}\n---\n"
    asked = "{{ number('charge/charged.K04000001.offences_recorded.charged') }}"
    table = f"Table: Charged so far\n\n| What | Offences |\n|---|---|\n| Charged so far | {asked} |\n"
    (tmp_path / "a.md").write_text(head + table, "utf-8")
    folders = [Folder("charge", FIGURES / "lincolnshire")]
    made = rendered(load_template(tmp_path / "a.md"), facts_of(), folders, {})
    cell = table_of(read(made), 1)[1][1]
    assert (cell.value, cell.number_format) == (11610, "#,##0")


def test_what_a_figure_plots_stands_beside_its_words_as_numbers() -> None:
    """Under a head with the unit, rounded as published; what is withheld keeps its shorthand, and pages lack them."""
    heads, *rows = table_of(read(sample()), 3)
    assert [cell.value for cell in heads][-2:] == ["As printed", "Per cent"]
    assert [(cell.value, cell.number_format) for cell in rows[0][-2:]] == [("11.6% (177)", "General"), (0.116, "0.0%")]
    assert ["[c]", "[c]"] in [[cell.value for cell in row[-2:]] for row in rows]
    series = picture_of(FIGURES / "lincolnshire_recorded", "recorded")
    book = read(replace(sample(), blocks=(series,), references=()))
    heads, first, *_ = table_of(book, 1)
    assert [cell.value for cell in heads] == ["Period", "As printed", "Number"]
    assert (first[2].value, first[2].number_format) == (1784, "#,##0")
    assert "Number" not in series.table.heads


@pytest.mark.parametrize(("words", "value", "held", "shown"), [
    ("5.4%", 0.054, 0.054, "0.0%"),
    ("5%", 0.05, 0.05, "0%"),
    ("1,234.5", 1234.5, 1234.5, "#,##0.0"),
    ("2.1 percentage points", 0.021, 2.1, '0.0" percentage points"'),
    ("-1.2 percentage points", -0.012, -1.2, '0.0" percentage points"'),
    ("0.045", 0.045, 0.045, "0.000"),
    ("about 83", 83, 83, '"about "0'),
    ("83 (5.4%)", 83, 83, '0" (5.4%)"'),
    ("£1,000", 1000, 1000, '"£"#,##0'),
    ("no clear difference", 0.021, "no clear difference", "General"),
    ("5.4%", 0.0542, "5.4%", "General"),
    ("1 in 20", 0.05, "1 in 20", "General"),
])  # fmt: skip
def test_a_number_is_shown_as_its_words_print_it(words: str, value: float, held: object, shown: str) -> None:
    """A value that is not what its words print is no number: the cell says what was published."""
    grid = Grid("t", "T", ("A", "B"), ((said("a"), Cell((Words(words),), value, "unit")),))
    _, (_, cell) = table_of(read(of(grid)), 1)
    assert cell.value == held
    assert cell.number_format == shown


def test_shorthand_and_notes_are_explained() -> None:
    """The sheet of notes says what each sign means, and each note once; a sheet explains its own signs."""
    book = read(sample())
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows(min_row=4)}
    figure = sample().pictures[0]
    assert list(notes) == ["[c]", "[x]", "[z]", *(f"[note {n}]" for n in range(1, 7))]
    assert notes["[c]"].startswith("Suppressed")
    assert notes["[note 1]"] == sample().tables[0].notes[0]
    assert [notes[f"[note {n}]"] for n in range(2, 6)] == [*figure.notes, figure.source_line]
    charged = [row[0].value for row in book["Table 2"].iter_rows(max_row=5)]
    assert "Read with [note 2], [note 3], [note 4] and [note 5] on the sheet Notes." in charged
    ladder = [row[0].value for row in book["Table 1"].iter_rows(max_row=5)]
    assert ladder[2:] == ["[c] Suppressed, because the count is small or would give a small one away.",
                          "[z] Not applicable.", "Read with [note 1] on the sheet Notes."]  # fmt: skip
    assert "blank" not in ladder[1]
    grid = Grid("t", "T", ("A", "B"), ((said("a"), said("")),))
    assert "Where a cell is blank" in read(of(grid))["Table 1"]["A2"].value


def test_the_cover_says_what_it_is_where_it_comes_from_and_who_answers_for_it() -> None:
    """Title, date, sources with their licences and addresses, and a contact."""
    cover = read(sample())["Cover"]
    said_there = [row[0].value for row in cover.iter_rows()]
    assert said_there[0] == sample().title
    assert any(said.startswith("Statistics published up to 23 April 2026. Made by") for said in said_there if said)
    assert sample().contact in said_there
    link, contact = [row[0] for row in cover.iter_rows() if row[0].hyperlink]
    assert contact.hyperlink.target == "https://example.org/issues"
    assert link.hyperlink.target == sample().citations[0].url
    assert link.value.startswith("Source 1: ")
    assert "The publisher's own address: https://www.gov.uk/own" in link.value
    assert "Open Government Licence v3.0" in link.value


def test_we_read_it_as_we_read_a_published_file(tmp_path: Path) -> None:
    """Our own reader takes it for what it is: nothing locked, no formula, the same values."""
    path = tmp_path / "sample.xlsx"
    path.write_bytes(as_xlsx(sample()))
    sheets = {sheet.name: sheet for sheet in open_sheets(path).sheets}
    assert not any(sheet.hidden for sheet in sheets.values())
    assert ["Charged so far", 83, 0.054] in sheets["Table 1"].rows
    outcomes = sample().tables[2]
    rows = sheets["Table 3"].rows[-len(outcomes.rows) :]
    assert [row[2] for row in rows] == [row[2].value or plain(row[2].words) for row in outcomes.rows]
    assert [row[4] for row in rows] == [plain(row[4].words) for row in outcomes.rows]


@pytest.mark.parametrize("text", AWKWARD)
def test_no_text_is_a_formula_a_link_or_a_note(text: str) -> None:
    """Text is text, letter by letter, wherever it stands and whatever it begins with."""
    grid = Grid("t", text, (text, "n"), ((said(text), said(text)),), (text,))
    document = replace(of(grid), title=text, subtitle=text, contact=text)
    book = read(document)
    (head, _), row = table_of(book, 1)
    cells = [head, *row, book["Notes"]["B4"], book["Cover"]["A1"], book["Cover"]["A3"], book["Table 1"]["A1"]]
    assert [cell.value for cell in cells] == [text.strip(), *[text] * 5, f"Table 1: {text}"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("=+-@$[](){}<>&'\"#!:/ aZ09%é–", min_size=1).filter(str.strip), min_size=2, max_size=4))
def test_any_text_comes_back_as_it_went_in(texts: list[str]) -> None:
    """No mixture of signs is anything but text."""
    grid = Grid("t", "T", tuple(texts), (tuple(map(said, texts)),))
    book = read(of(grid))
    assert [cell.value for cell in table_of(book, 1)[1]] == texts


def test_nothing_is_merged_hidden_or_run() -> None:
    """No merged cell, hidden sheet, macro, formula or link to another file."""
    made = as_xlsx(sample())
    with ZipFile(BytesIO(made)) as parts:
        names, texts = parts.namelist(), [parts.read(name).decode() for name in parts.namelist()]
    assert not [name for name in names if re.search(r"vba|externalLink|connections|drawing|\.bin", name)]
    assert not [text for text in texts if re.search(r"<f[ >]|<mergeCell|state=\"hidden\"|\U0010fffd", text)]


def test_the_same_document_gives_the_same_bytes_dated_by_its_figures() -> None:
    """No clock, and no date of a file, is in it."""
    made = as_xlsx(sample())
    assert as_xlsx(sample()) == made
    told = load_workbook(BytesIO(made)).properties
    assert told.created.date() == told.modified.date() == sample().as_at
    assert told.title == sample().title
    with ZipFile(BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_names_of_sheets_and_heads_are_unique_and_safe() -> None:
    """Two tables of one name, a name that no sheet may have, and two heads alike are all told apart."""
    rows = ((said("a"), said("b"), said("c")),)
    long = "a/b\\c:[d]*?'" + "x" * 60
    book = read(of(Grid(long, "One", ("Of", "of", ""), rows), Grid(long, "Two", ("A", "A (2)", "A"), rows)))
    names = book.sheetnames[2:]
    assert len({name.casefold() for name in names}) == 2
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert [cell.value for cell in table_of(book, 1)[0]] == ["Of", "of (2)", "Column 3"]
    assert [cell.value for cell in table_of(book, 2)[0]] == ["A", "A (2)", "A (3)"]


def test_the_heads_of_a_long_table_stay_in_sight() -> None:
    """They are frozen where the table is longer than a screen, and repeated on paper."""
    short, long = (Grid("t", "T", ("A", "B"), ((said("a"), said("b")),) * n) for n in (3, 40))
    book = read(of(short, long))
    assert [sheet.freeze_panes for sheet in book.worksheets[2:]] == [None, "B4"]
    assert book["Table 2"].print_title_rows == "$3:$3"


def test_a_document_without_tables_has_a_cover_alone() -> None:
    """There is nothing to list and nothing to explain."""
    assert read(replace(sample(), blocks=(Notice((TITLE,)),), references=())).sheetnames == ["Cover"]


@pytest.mark.parametrize("rows", [(), ((said(""),), (said(" \xa0"),))])
def test_a_table_without_rows_is_refused(rows: tuple[tuple[Cell, ...], ...]) -> None:
    """An empty table says nothing, and a spreadsheet cannot hold it; nor one of blank cells."""
    with pytest.raises(CheckFailed, match="no rows") as refused:
        as_xlsx(of(Grid("empty", "Nothing", ("A",), rows)))
    assert ("table", "empty") in refused.value.evidence
