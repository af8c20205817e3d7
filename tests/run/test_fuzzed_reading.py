"""Spoilt variants of a made file of each family of layouts: each reads to exactly the same numbers, or stops.

Never another exception, and never other numbers. What cannot be known from a file is left out: a digit of a CSV file
that became another digit or a blank, and rows that are gone whole from a table whose layout does not know what must be
there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from made_layouts import TOLD, Rows, made
from made_tables import workbook
from read.books import ods_number, ods_parts, ods_row, ods_text, xlsx_parts

from stats.clean.told_periods import Told
from stats.errors import StatsError
from stats.home import home
from stats.read.known_tables import recognise
from stats.read.opening import opened
from stats.registers.layouts import load_layouts
from stats.run.reading import Reading, read_workbook

LAYOUTS = load_layouts(home() / "data" / "registers" / "layouts")
FILES = made()
TIDY = ("area_code", "area_kind", "period_start", "period_end", "mid_year", "unit", "status")
SPACES: dict[str, Callable[[str], str]] = {
    "around": lambda text: f" {text}  ",
    "non-breaking": lambda text: text.replace(" ", "\xa0"),
    "non-breaking at the end": lambda text: f"{text}\xa0",
    "doubled": lambda text: text.replace(" ", "  "),
    "a tab": lambda text: f"\t{text}",
    "a line end": lambda text: f"{text}\r\n",
    "narrow": lambda text: text.replace(" ", "\u202f"),
    "of no width": lambda text: f"\u200b{text}",
    "a byte order mark": lambda text: f"\ufeff{text}",
}
TYPED = ("around", "non-breaking", "non-breaking at the end", "doubled")
OVER = [["A title"], [], ["Notes: see the cover"], ["Force", "Year"], [None, "Numbers"], ["Contact", "a person"]]
NON_BREAKING = 0xA0
"""A blank in Windows-1252."""

FORMS = ["{}", " {} ", "{}\xa0", "{}.0", "{} ", "+{}", "{:,}", "{:\u202f>9}", "'{}", "{}e0", "0{}", "{}-"]
NOTES = ["Source: the publisher", "1. A note", "Notes", "[note 3] words", "Something stray", "12", "Total"]


def told(name: str) -> Told:
    """What must be told of a made file."""
    asked = TOLD.get(name, {})
    return Told.of(asked.get("period"), asked.get("mid_year"))


def read(name: str, rows: Rows) -> Reading:
    """Read the rows as the file they were made for."""
    return read_workbook(workbook(("Table 1", rows), kind=FILES[name][0]), home(), told(name), as_printed=True)


def numbers(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Every number with its place, period, unit and status, in an order of its own."""
    value = next(name for name in ("value", "offences_n", "records_n") if name in table)
    known = [name for name in TIDY if name in table]
    return sorted(tuple(map(str, row)) for row in table[[*known, value]].itertuples(index=False))


def header_of(name: str) -> tuple[int, int]:
    """The first line of the header of a made file, and the one after its last, from 0."""
    kind, rows = FILES[name]
    (found,) = recognise(workbook(("Table 1", rows), kind=kind), LAYOUTS.values()).tables
    return found.header - found.layout.header_rows, found.header


BASE = {name: numbers(read(name, rows).table) for name, (_, rows) in FILES.items()}
HEADERS = {name: header_of(name) for name in FILES}


def test_each_made_file_reads_by_the_layout_it_was_made_for() -> None:
    """Nothing below is vacuous: every made file reads, and holds numbers that differ."""
    for name, (_, rows) in FILES.items():
        assert [layout.id for layout in read(name, rows).layouts] == [name]
        assert len(BASE[name]) >= 3


def held(work: Callable[[], Reading]) -> list[tuple[str, ...]] | None:
    """The numbers of a reading; None if it stops, as a person is told to mend it."""
    try:
        return numbers(work().table)
    except StatsError as stopped:
        return None if stopped.mend else [("an error without what to do", str(stopped))]


def same_or_stops(name: str, rows: Rows) -> bool:
    """Whether the rows read; then they hold the same numbers."""
    found = held(lambda: read(name, rows))
    assert found in (None, BASE[name])
    return found is not None


def wide(rows: Rows) -> Rows:
    """The rows, each as long as the longest."""
    most = max(map(len, rows))
    return [[*row, *[None] * (most - len(row))] for row in rows]


def shuffled(name: str, order: list[int]) -> Rows:
    """The table with its columns in another order; those without a heading keep theirs among themselves."""
    first, after = HEADERS[name]
    rows = wide(FILES[name][1])
    width = len(rows[0])
    order = [at for at in order if at < width]
    if LAYOUTS[name].unheaded:
        bare = [at for at in order if not any(row[at] for row in rows[first:after])]
        calm = iter(sorted(bare))
        order = [next(calm) if at in bare else at for at in order]
    return rows[:first] + [[row[at] for at in order] for row in rows[first:]]


MOVABLE = sorted(name for name in FILES if LAYOUTS[name].join != "both")


@settings(max_examples=20)
@given(name=st.sampled_from(MOVABLE), order=st.permutations(range(60)))
def test_shuffled_columns_read_the_same(name, order) -> None:
    """The order of columns means nothing; none of these may stop."""
    assert same_or_stops(name, shuffled(name, order))


@settings(max_examples=20)
@given(
    name=st.sampled_from(sorted(FILES)),
    above=st.lists(st.sampled_from(OVER), max_size=4),
    below=st.lists(st.sampled_from(NOTES), max_size=3),
)
def test_a_moved_header_reads_the_same_and_stray_notes_below_read_the_same_or_stop(name, above, below) -> None:
    """Titles and blanks over the header do not matter; words under the table are known as notes, or stop."""
    first, _ = HEADERS[name]
    rows = FILES[name][1]
    moved = [*rows[:first], *above, *rows[first:]]
    assert same_or_stops(name, moved)
    assert same_or_stops(name, [*moved, *([note] for note in below)]) or below


@settings(max_examples=20)
@given(
    name=st.sampled_from(sorted(FILES)), note=st.sampled_from(NOTES), where=st.floats(0, 1), column=st.integers(0, 3)
)
def test_a_note_in_the_middle_stops(name, note, where, column) -> None:
    """A table cut in two by a note is never read by half."""
    _, after = HEADERS[name]
    rows = FILES[name][1]
    at = after + 1 + int(where * (len(rows) - after - 2))
    assert not same_or_stops(name, [*rows[:at], [*[None] * column, note], *rows[at:]])


@settings(max_examples=30)
@given(
    name=st.sampled_from(sorted(FILES)),
    space=st.sampled_from(sorted(SPACES)),
    where=st.sampled_from(["header", "body", "a column", "everywhere"]),
    column=st.integers(0, 30),
)
def test_odd_whitespace_reads_the_same_or_stops(name, space, where, column) -> None:
    """Blanks of every kind around and within the words of a file; those that people type read the same."""
    first, after = HEADERS[name]

    def spoilt(row: int, at: int, cell: object) -> object:
        inside = {"header": first <= row < after, "body": row >= after, "a column": at == column, "everywhere": True}
        return SPACES[space](cell) if isinstance(cell, str) and inside[where] else cell

    rows = [[spoilt(row, at, cell) for at, cell in enumerate(cells)] for row, cells in enumerate(FILES[name][1])]
    assert same_or_stops(name, rows) or space not in TYPED


@settings(max_examples=20)
@given(
    name=st.sampled_from(sorted(FILES)),
    form=st.sampled_from(FORMS),
)
def test_numbers_as_text_read_the_same_or_stop(name, form) -> None:
    """However a count is written, it is the same count or none; as plain digits it is the same."""
    rows = [[form.format(cell) if type(cell) is int else cell for cell in row] for row in FILES[name][1]]
    assert same_or_stops(name, rows) or form != "{}"


def renamed(rows: Rows, at: int, header: range, words: object) -> Rows:
    """The table with the last line of one heading changed."""
    rows[header[-1]][at] = words
    return rows


def unheaded(rows: Rows, at: int, header: range, _: object) -> Rows:
    """The table with one column under no heading."""
    for number in header:
        rows[number][at] = None
    return rows


def doubled(rows: Rows, at: int, _: range, __: object) -> Rows:
    """The table with one column printed twice."""
    return [[*row, row[at]] for row in rows]


@settings(max_examples=20)
@given(
    name=st.sampled_from(sorted(FILES)),
    column=st.integers(0, 60),
    change=st.sampled_from([renamed, unheaded, doubled]),
    words=st.sampled_from(["Offences", "Total", "Number", "2019/20", "Force", "Year", "Percentage"]),
)
def test_a_renamed_doubled_or_unheaded_column_stops_or_was_not_needed(name, column, change, words) -> None:
    """A number is never taken from a column whose heading is not known, or that stands there twice."""
    rows = [list(row) for row in wide(FILES[name][1])]
    changed = change(rows, column % len(rows[0]), range(*HEADERS[name]), words)
    assert held(lambda: read(name, changed)) in (None, BASE[name])


def as_csv(rows: Rows) -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_book(rows: Rows, kind: str, method: int) -> bytes:
    """The rows as a workbook of one sheet, packed by this method of ZIP."""
    import zipfile

    parts = _xlsx(rows) if kind == "xlsx" else _ods(rows)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return file.getvalue()


def _xlsx(rows: Rows) -> dict[str, str | bytes]:
    def cell(value: object) -> str:
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value is not None else "<c/>"

    return xlsx_parts("".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows))


def _ods(rows: Rows) -> dict[str, str | bytes]:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        return ods_number(value) if isinstance(value, int) else ods_text(str(value))

    return ods_parts("".join(ods_row(*map(cell, row)) for row in rows))


def read_bytes(name: str, data: bytes) -> list[tuple[str, ...]] | None:
    """The numbers of a file of these bytes; None if it stops."""
    return held(lambda: read_workbook(opened(Path("made"), data), home(), told(name), as_printed=True))


BOOKS = {
    (name, kind, method): as_book(FILES[name][1], kind, method)
    for name in ("home_office_detections", "moj_sentence_outcomes")
    for kind in ("xlsx", "ods")
    for method in (0, 8)
}


def test_the_books_read_while_they_are_whole() -> None:
    """The bytes damaged below are those of files that read."""
    for (name, _, _), data in BOOKS.items():
        assert read_bytes(name, data) == BASE[name]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    book=st.sampled_from(sorted(BOOKS)),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=4),
    cut=st.one_of(st.none(), st.floats(0, 1)),
    hole=st.one_of(st.none(), st.tuples(st.floats(0, 1), st.integers(1, 64))),
)
def test_a_workbook_with_damaged_bytes_reads_the_same_or_stops(book, flips, cut, hole) -> None:
    """Bytes flipped, cut off or wiped out, anywhere in the archive."""
    data = bytearray(BOOKS[book])
    for where, mask in flips:
        data[int(where * len(data))] ^= mask
    if hole:
        start = int(hole[0] * len(data))
        data[start : start + hole[1]] = bytes(min(hole[1], len(data) - start))
    if cut is not None:
        del data[int(cut * len(data)) :]
    assert read_bytes(book[0], bytes(data)) in (None, BASE[book[0]])


TEXTS = {name: as_csv(rows) for name, (kind, rows) in FILES.items() if kind == "csv" and not LAYOUTS[name].ends_open}


@settings(max_examples=30)
@given(
    name=st.sampled_from(sorted(TEXTS)),
    where=st.floats(0, 1, exclude_max=True),
    how=st.sampled_from([0x00, 0x80, 0x9F, NON_BREAKING, 0xAC, 0xC3, 0xFF]),
)
def test_a_csv_file_with_a_damaged_byte_reads_the_same_or_stops(name, where, how) -> None:
    """A byte that is no letter, digit or sign any more."""
    data = bytearray(TEXTS[name])
    at = int(where * len(data))
    assume(not (how == NON_BREAKING and chr(data[at]).isdigit()))
    data[at] = how
    assert read_bytes(name, bytes(data)) in (None, BASE[name])


@settings(max_examples=30)
@given(name=st.sampled_from(sorted(TEXTS)), where=st.floats(0, 1, exclude_max=True))
def test_a_csv_file_cut_within_a_line_stops(name, where) -> None:
    """A last number that lost its last digit is never read."""
    data = TEXTS[name][: int(where * len(TEXTS[name]))]
    if data.endswith((b"\r", b"\n")):
        found = read_bytes(name, data)
        assert found is None or set(found) <= set(BASE[name])
    else:
        assert read_bytes(name, data) is None


@pytest.mark.parametrize("name", ["home_office_rolling_year", "cps_case_outcomes", "ons_population_mid_year"])
def test_a_csv_file_cut_between_lines_stops_where_the_layout_knows_what_must_be_there(name) -> None:
    """Forces are missing, or a total does not add up."""
    lines = TEXTS[name].splitlines(keepends=True)
    assert all(read_bytes(name, b"".join(lines[:at])) is None for at in range(1, len(lines), 7))
