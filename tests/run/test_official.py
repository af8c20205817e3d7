"""A raw file as its publisher gave it feeds the tables like our own columns, whatever its format and headings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from made_tables import OUTCOMES, RECORDED, outcome_rows, recorded_rows, write_csv

import stats.read.kept
from stats.errors import NotRecognised, SourceChanged
from stats.registers import Source
from stats.run import official
from stats.run.official import official_rows
from stats.run.reproduce import COPIED

OTHER = [*RECORDED[:2], "Police Force", *RECORDED[3:5], "Offence Sub-group", RECORDED[6], "Offence Count"]
"""The other style of headings."""


@pytest.fixture
def source_of(registers) -> Callable[..., Source]:
    """Make the entry of a file."""
    first = registers.newest("recorded_offences")

    def of(path, layout="home_office_recorded_crime", dataset="recorded_offences"):
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        return first.model_copy(update={"file": str(path), "sha256": sha, "layout": layout, "dataset": dataset})

    return of


def _two_years() -> list[list[str]]:
    return [*recorded_rows("2022/23"), *recorded_rows("2023/24")]


@pytest.mark.parametrize(("ending", "engine"), [("xlsx", "openpyxl"), ("ods", "odf")])
def test_a_workbook_with_a_sheet_a_year_and_the_other_headings_reads_the_same(
    registers, tmp_path, source_of, ending, engine
):
    """CSV in one style, XLSX and ODS in the other: the same rows."""
    plain = official_rows(source_of(write_csv(tmp_path / "a.csv", [RECORDED, *_two_years()])), registers)
    book = tmp_path / f"a.{ending}"
    with pd.ExcelWriter(book, engine=engine) as writer:
        for year in ("2022/23", "2023/24"):
            rows = [[*row[:7], int(row[7])] for row in recorded_rows(year)]
            pd.DataFrame(rows, columns=OTHER).to_excel(writer, sheet_name=year.replace("/", "-"), index=False)
    assert len(plain) == 2 * 4 * 2 * 44
    pd.testing.assert_frame_equal(official_rows(source_of(book), registers), plain)


def test_outcomes_take_the_same_way(registers, tmp_path, source_of):
    """The dataset of the entry says what is made of the table."""
    path = write_csv(tmp_path / "o.csv", [OUTCOMES, *([*row[:10], "2"] for row in outcome_rows())])
    rows = official_rows(source_of(path, "home_office_outcomes", "outcomes"), registers)
    assert list(rows)[-2:] == ["outcome_type", "offences"]
    assert set(rows["offences"]) == {"2"}


def test_a_file_of_another_layout_than_its_entry_says_stops(registers, tmp_path, source_of):
    """Both layouts are named."""
    path = write_csv(tmp_path / "a.csv", [RECORDED, *_two_years()])
    with pytest.raises(
        NotRecognised, match=r"(?s)expected:\s+home_office_outcomes.*found:\s+home_office_recorded_crime"
    ):
        official_rows(source_of(path, "home_office_outcomes"), registers)


def test_a_changed_file_stops(registers, tmp_path, source_of):
    """The hash is checked before anything is read."""
    path = write_csv(tmp_path / "a.csv", [RECORDED, *_two_years()])
    source = source_of(path)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SourceChanged):
        official_rows(source, registers)


def test_an_unchanged_raw_file_is_read_from_its_parsed_copy_in_its_own_repository(
    registers, tmp_path, source_of, monkeypatch
):
    """Once for each repository: the empty one in which `reproduce` works reads the file itself."""
    monkeypatch.setattr(official, "KEPT_FROM", 0)
    parse, times = stats.read.kept.opened, []
    monkeypatch.setattr(stats.read.kept, "opened", lambda *a, **k: times.append(a) or parse(*a, **k))
    source = source_of(write_csv(tmp_path / "a.csv", [RECORDED, *recorded_rows()]))
    (tmp_path / "other" / "data").mkdir(parents=True)
    (tmp_path / "one" / "data").mkdir(parents=True)
    for house in ("one", "other"):
        (tmp_path / house / "data" / "registers").symlink_to(registers.root / "data" / "registers")
    one, other = (replace(registers, root=tmp_path / house) for house in ("one", "other"))
    first = official_rows(source, one)
    pd.testing.assert_frame_equal(official_rows(source, one), first)
    assert len(times) == 1
    pd.testing.assert_frame_equal(official_rows(source, other), first)
    assert len(times) == 2
    assert [name for name in COPIED if name.startswith("build")] == []


def test_a_raw_file_that_is_not_that_of_its_entry_is_not_read_from_a_copy_either(
    registers, tmp_path, source_of, monkeypatch
):
    """The hash of the file itself is checked every time."""
    monkeypatch.setattr(official, "KEPT_FROM", 0)
    (tmp_path / "one" / "data").mkdir(parents=True)
    (tmp_path / "one" / "data" / "registers").symlink_to(registers.root / "data" / "registers")
    path = write_csv(tmp_path / "a.csv", [RECORDED, *recorded_rows()])
    source, one = source_of(path), replace(registers, root=tmp_path / "one")
    official_rows(source, one)
    write_csv(path, [RECORDED, *recorded_rows("2022/23")])
    with pytest.raises(SourceChanged):
        official_rows(source, one)
