"""What one release says beside another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from stats.run.release_diff import change_in_words, differences, in_words, pair_of


@pytest.fixture
def source(registers):
    """Make a release of recorded offences that covers some years."""
    first = registers.newest("recorded_offences")

    def of(name, published, start, end):
        return first.model_copy(
            update={"id": name, "published": published, "covers_from": date(start, 4, 1), "covers_to": date(end, 3, 31)}
        )

    return of


@pytest.fixture
def three(registers, source):
    """Registers with a whole release, a sheet of one of its years and a later whole release; and the table."""
    sources = [
        source("whole", "2025", 2020, 2022),
        source("sheet", "2026-01", 2021, 2022),
        source("later", "2026-04", 2020, 2023),
    ]
    table = pd.concat([_rows("whole", 2020, 2021), _rows("sheet", 2021), _rows("later", 2020, 2021, 2022)])
    return replace(registers, sources={s.id: s for s in sources}), table


def _rows(name, *years):
    starts = pd.to_datetime([f"{year}-04-01" for year in years])
    return pd.DataFrame(
        {
            "area_code": "E23000032", "period_start": starts, "period_end": starts + pd.offsets.QuarterEnd(),
            "offence_code": "8Q", "offences_n": pd.array([year - 2000 for year in years], dtype="Int64"),
            "source_id": name,
        }
    )  # fmt: skip


def test_a_sheet_of_one_year_stands_back_behind_the_whole_release(three):
    """The later release is set beside the whole one, though the sheet is newer."""
    registers, table = three
    pairs = {name: pair_of(registers.sources[name], table, registers) for name in ("whole", "sheet", "later")}
    assert {name: tuple(s.id for s in pair) for name, pair in pairs.items()} == {
        "whole": ("whole", "sheet"), "sheet": ("whole", "sheet"), "later": ("whole", "later"),
    }  # fmt: skip


def test_what_lies_outside_the_span_is_not_dropped(three):
    """The sheet does not speak of the year before."""
    registers, table = three
    diff = differences(registers.sources["whole"], registers.sources["sheet"], table, registers)
    assert diff.rows["change"].tolist() == ["unchanged"]
    assert diff.outside == 1
    assert "1 row of the earlier release outside it stays as before." in "\n".join(in_words(diff))


def test_a_row_within_the_span_that_is_gone_is_dropped_and_named(three):
    """Dropped rows are listed by area, offence and period."""
    registers, table = three
    gone = table[(table["source_id"] != "later") | (table["offences_n"] != 21)]
    diff = differences(registers.sources["whole"], registers.sources["later"], gone, registers)
    assert diff.rows["change"].tolist() == ["unchanged", "dropped", "new"]
    assert "| Kent | 8Q | 2021-04-01 | 21 → [x] |" in in_words(diff)


def test_a_total_with_a_missing_part_is_not_added_up(three):
    """A count that became not available leaves no total of its year: it is no zero."""
    registers, table = three
    lost = table.assign(
        offences_n=table["offences_n"].mask((table["source_id"] == "later") & (table["offences_n"] == 21))
    )
    lines = in_words(differences(registers.sources["whole"], registers.sources["later"], lost, registers))
    assert "| 2021/22 | 8Q | 1 | 21 → [x] |" in lines


@pytest.mark.parametrize(
    ("was", "now", "pct", "words"),
    [
        (1074, 1081, 0.652, "1,074 → 1,081 (+0.65%)"),
        (9, -2, -122.2222, "9 → -2 (-122.22%)"),
        (0, 3, float("nan"), "0 → 3"),
        (float("nan"), 3, float("nan"), "[x] → 3"),
    ],
)
def test_a_change_in_words(was, now, pct, words):
    """Missing is [x], and a change from nought has no per cent."""
    assert change_in_words(was, now, pct) == words
