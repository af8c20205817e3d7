from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime

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


def test_another_schema_is_parsed_again(tmp_path, parsed, monkeypatch):
    """What an older version of the reader read is not used."""
    path = xlsx(tmp_path / "a.xlsx")
    open_kept(path, folder=tmp_path / "copies")
    monkeypatch.setattr(stats.read.kept, "SCHEMA", stats.read.kept.SCHEMA + 1)
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
