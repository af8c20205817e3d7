import csv
import json
import math
import os
from io import StringIO

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.publish.files import as_csv, as_json, write


def test_file_is_written_whole_with_its_folder(tmp_path):
    """The folder is made, the bytes are as given, and anybody may read the file."""
    path = write(tmp_path / "figures" / "kent" / "a.csv", b"area,offences\nKent,4106\n")
    assert path.read_bytes() == b"area,offences\nKent,4106\n"
    assert os.listdir(path.parent) == ["a.csv"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_old_file_is_replaced(tmp_path):
    """Writing again leaves the new bytes and nothing beside them."""
    path = tmp_path / "a.csv"
    write(path, b"old and longer")
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_failing_write_leaves_the_old_file_and_no_other(tmp_path):
    """What cannot be written leaves everything as it was."""
    path = write(tmp_path / "a.csv", b"old")
    with pytest.raises(TypeError):
        write(path, "text and not bytes")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("stop", [OSError("the disk is full"), KeyboardInterrupt()])
def test_write_stopped_at_the_last_moment_leaves_the_old_file(tmp_path, monkeypatch, stop):
    """A full disk, or somebody who presses Ctrl-C, leaves no half file and no temporary one."""
    path = write(tmp_path / "a.csv", b"old")

    def fail(*_):
        raise stop

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(type(stop)):
        write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_first_write_that_fails_leaves_nothing(tmp_path):
    """There was no file, and there is none."""
    with pytest.raises(TypeError):
        write(tmp_path / "a.csv", None)
    assert os.listdir(tmp_path) == []


def test_csv_has_plain_dates_empty_cells_and_one_kind_of_line_end():
    """Dates year-month-day, missing numbers empty, whole numbers whole, text as it is."""
    table = pd.DataFrame(
        {
            "area_name": ["Dyfed-Powys", "Heddlu Gwent, “Gwent”"],
            "period_end": pd.to_datetime(["2025-03-31", None]),
            "offences_n": pd.array([4_106, None], dtype="Int64"),
            "share_pct": [8.6, math.nan],
        }
    )
    assert (
        as_csv(table)
        == (
            'area_name,period_end,offences_n,share_pct\nDyfed-Powys,2025-03-31,4106,8.6\n"Heddlu Gwent, “Gwent”",,,\n'
        ).encode()
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-1+2", "-", "@SUM(A1)", "\t=1", "\n=1", '=HYPERLINK("http://x")', "-2 of 3"]
)
def test_text_that_a_spreadsheet_would_run_is_made_plain(text):
    """A cell that begins as a formula gets an apostrophe, wherever it stands; a number, and a lone dash, do not."""
    table = pd.DataFrame({"n": [1, 2], text: ["Kent", text]})
    (_, header), _, (_, cell) = csv.reader(StringIO(as_csv(table).decode(), newline=""))
    assert header == cell == (text if text in ("+44", "-") else f"'{text}")


def test_a_carriage_return_begins_no_cell_of_its_own():
    """A bare one would end the row in a spreadsheet program; it becomes a line end within the cell."""
    assert as_csv(pd.DataFrame({"a": ["\r=1", "Kent\r=1", "b\r\nc"]})) == b'a\n"\'\n=1"\n"Kent\n=1"\n"b\nc"\n'


def test_numbers_below_nought_stay_numbers():
    """A correction of -2 is a number, as a number, as text, and as printed with a blank."""
    table = pd.DataFrame(
        {"a": [-2, 1], "b": ["-2", "-00 "], "c": [-0.5, None], "d": pd.Series([-2, "=1"], dtype="object")}
    )
    assert as_csv(table) == b"a,b,c,d\n-2,-2,-0.5,-2\n1,-00 ,,'=1\n"


def test_bytes_of_a_csv_are_the_same_each_time():
    """The same table twice, once built in another way, is the same file."""
    first = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
    again = pd.DataFrame([{"a": 1, "b": "x"}, {"a": 2, "b": None}])
    assert as_csv(first) == as_csv(again) == b"a,b\n1,x\n2,\n"
    assert as_csv(first.set_index(pd.Index([7, 3]))) == as_csv(first)


def test_json_reads_well_and_keeps_its_order():
    """Two spaces, letters as they are, fields in the order given, a line end at the end."""
    assert as_json({"z": "“65%” – Gŵyr", "a": [1, None]}) == (
        '{\n  "z": "“65%” – Gŵyr",\n  "a": [\n    1,\n    null\n  ]\n}\n'.encode()
    )


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: {"numbers": [{"value": v}]}])
def test_what_is_not_a_number_never_reaches_json(wrong, wrap):
    """NaN is no JSON: other programs stop at it, so writing stops before."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json(wrap(wrong))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    )
)
def test_json_comes_back_as_it_went(value):
    """Reading what was written gives the same value, and writing it again the same bytes."""
    data = as_json(value)
    assert json.loads(data) == value
    assert as_json(json.loads(data)) == data
