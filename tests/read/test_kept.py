import os
import re
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read.books import ods, ods_number, ods_row, ods_text, xlsx

import stats.read.kept
from stats.errors import CannotOpen
from stats.read.cells import CellError, Sheet, Workbook
from stats.read.kept import open_kept
from stats.read.opening import open_sheets

ROWS = '<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="s"><v>0</v></c></row>'


def typed(book):
    """Every cell with its type: 1, 1.0 and True are equal, and yet not the same."""
    return [(s.name, s.hidden, [[(type(c), c) for c in row] for row in s.rows]) for s in book.sheets]


@pytest.fixture
def parsed(monkeypatch):
    """Count how often a file is parsed."""
    times = []
    parse = stats.read.kept.opened
    monkeypatch.setattr(stats.read.kept, "opened", lambda *a, **k: times.append(a) or parse(*a, **k))
    return times


def test_the_second_reading_is_from_the_copy_and_the_same(tmp_path, parsed):
    """Every cell comes back with its type, and the file is not parsed again."""
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    first, again = (open_kept(path, folder=tmp_path / "copies") for _ in range(2))
    assert typed(first) == typed(again) == typed(open_sheets(path))
    assert isinstance(again.sheets[0].rows[1][2], CellError)
    assert (again.path, again.kind, len(parsed)) == (path, "xlsx", 1)


def test_a_changed_file_is_parsed_again(tmp_path, parsed):
    """The copy belongs to the bytes, not to the name or the time."""
    path, folder = tmp_path / "a.csv", tmp_path / "copies"
    for text in ("n\n1\n", "n\n2\n", "n\n1\n"):
        path.write_text(text)
        assert open_kept(path, folder=folder).sheets[0].rows[1] == [text[2]]
    assert len(parsed) == 2


def test_a_copy_of_another_reader_is_not_used(tmp_path, parsed, monkeypatch):
    """What older code read, or let pass, is opened again."""
    path = xlsx(tmp_path / "a.xlsx")
    open_kept(path, folder=tmp_path / "copies")
    monkeypatch.setattr(stats.read.kept, "reader", lambda _: "another")
    open_kept(path, folder=tmp_path / "copies")
    assert len(parsed) == 2


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-1], lambda d: b"", lambda d: d.replace(b"Kent", b"Lent"), lambda d: b"x\n" + d]
)
def test_a_damaged_copy_is_made_again(tmp_path, parsed, damage):
    """Cut short, emptied or edited, it is never believed."""
    path, folder = ods(tmp_path / "a.ods", ods_row(ods_text("Kent"), ods_number(1))), tmp_path / "copies"
    open_kept(path, folder=folder)
    (copy,) = folder.iterdir()
    copy.write_bytes(damage(copy.read_bytes()))
    assert open_kept(path, folder=folder).sheets[0].rows == [["Kent", 1]]
    assert open_kept(path, folder=folder).sheets[0].rows == [["Kent", 1]]
    assert len(parsed) == 2


def test_only_wanted_sheets_come_from_a_copy(tmp_path):
    """The copy holds all sheets, whichever were asked for first."""
    path, folder = xlsx(tmp_path / "a.xlsx", ROWS), tmp_path / "copies"
    assert open_kept(path, folder=folder, wanted=lambda name: name == "Notes").sheets == []
    assert open_kept(path, folder=folder, wanted=lambda name: name == "Notes").sheets == []
    assert [s.name for s in open_kept(path, folder=folder).sheets] == ["Table 1"]


def test_a_file_that_is_refused_leaves_no_copy(tmp_path):
    """Nothing half-read is kept."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(CannotOpen):
        open_kept(path, folder=tmp_path / "copies")
    assert not (tmp_path / "copies").exists()


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path, parsed):
    """The file is read as if there were no copies."""
    path, folder = xlsx(tmp_path / "a.xlsx", ROWS), tmp_path / "copies"
    folder.write_text("in the way")
    assert [typed(open_kept(path, folder=folder)) for _ in range(2)] == [typed(open_sheets(path))] * 2
    assert len(parsed) == 2


def test_a_copy_that_breaks_off_in_writing_leaves_nothing(tmp_path, monkeypatch):
    """A full disk costs time and no more."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stats.read.kept.os, "replace", full)
    path, folder = xlsx(tmp_path / "a.xlsx", ROWS), tmp_path / "copies"
    assert typed(open_kept(path, folder=folder)) == typed(open_sheets(path))
    assert list(folder.iterdir()) == []


def test_copies_used_longest_ago_go_first(tmp_path, monkeypatch, parsed):
    """All together they stay within a bound; using one makes it young again."""
    folder, paths = tmp_path / "copies", []
    for number in range(3):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_text(f"n\n{number}\n")
    open_kept(paths[0], folder=folder)
    size = next(folder.iterdir()).stat().st_size
    os.utime(next(folder.iterdir()), (1, 1))
    open_kept(paths[1], folder=folder)
    os.utime(max(folder.iterdir(), key=lambda copy: copy.stat().st_mtime), (2, 2))
    open_kept(paths[0], folder=folder)
    monkeypatch.setattr(stats.read.kept, "MOST_KEPT", 2 * size)
    open_kept(paths[2], folder=folder)
    assert (len(list(folder.iterdir())), len(parsed)) == (2, 3)
    for path in (paths[0], paths[2], paths[1]):
        open_kept(path, folder=folder)
    assert len(parsed) == 4


def _open(path, folder):
    return typed(open_kept(path, folder=folder))


def test_two_processes_at_once_leave_one_whole_copy(tmp_path):
    """Each writes beside and renames."""
    path, folder = xlsx(tmp_path / "a.xlsx", ROWS), tmp_path / "copies"
    with ProcessPoolExecutor(2) as both:
        found = [task.result() for task in [both.submit(_open, path, folder) for _ in range(6)]]
    assert found == [typed(open_sheets(path))] * 6
    assert len(list(folder.iterdir())) == 1


CELLS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.dates()
    | st.datetimes() | st.builds(CellError, st.sampled_from(["#REF!", "#N/A"]))
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_any_cells_come_back_as_they_were(tmp_path_factory, rows):
    """Rows of any length, of any mixture of types."""
    copy = tmp_path_factory.getbasetemp() / "copy"
    book = Workbook(
        copy, "xlsx", [Sheet("a", rows), Sheet("b", [[date(2025, 3, 31)], [datetime(2025, 3, 31)]], hidden=True)]
    )
    stats.read.kept._write(copy, book)
    assert typed(stats.read.kept._read(copy, copy, None)) == typed(book)


def test_a_copy_rests_on_every_module_that_makes_cells():
    """What `opening` imports from this package, and what that imports, is all in the name of a copy."""
    folder, found, left = Path(stats.read.kept.__file__).parent, set(), {"kept"}
    while left:
        name = left.pop()
        found.add(name)
        left |= set(re.findall(r"^from stats\.read\.(\w+) import", (folder / f"{name}.py").read_text("utf-8"), re.M))
        left -= found
    assert found == set(stats.read.kept.OPENED_BY)
