"""A published file is read right, or stops: small made files of each layout, and variants of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from made_returns import answer, silent
from made_surveys import BOOK
from made_tables import (
    COUNTS,
    FORCES,
    OUTCOMES,
    RECORDED,
    REGION_OF,
    WHOLE,
    force_area_sheet,
    outcome_rows,
    recorded_rows,
    workbook,
    write_csv,
)

import stats.read.kept
import stats.read.opening
import stats.run.reading
from stats.errors import CheckFailed, NotRecognised
from stats.home import home
from stats.read.cells import UNSAVED
from stats.read.foi import HEADER
from stats.read.opening import CellError, Sheet, Workbook
from stats.run.reading import Reading, read_file, read_workbook


def read(*sheets: tuple[str, list], kind: str = "csv") -> Reading:
    """Read sheets of a made workbook."""
    return read_workbook(workbook(*sheets, kind=kind), home())


def said(reading: Reading, label: str) -> str:
    """What the summary says under a label."""
    return " / ".join(words for name, words in reading.summary if name == label)


def changed(rows: list[list], at: int, column: str, value: object, header: list[str] = RECORDED) -> list[list]:
    """The rows with one cell changed."""
    rows[at][header.index(column)] = value
    return rows


def test_recorded_crime_reads_whole() -> None:
    """Every row is there, under our names; the fourth financial quarter lies in the next calendar year."""
    reading = read(("", [RECORDED, *recorded_rows()]))
    table = reading.table
    assert len(table) == 44 * 4 * 2
    assert table["offences_n"].tolist() == list(range(352))
    assert set(table["area_kind"]) == {"force", "special force"}
    last = table.iloc[-1]
    assert (last["period_start"], last["period_end"]) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-31"))
    assert said(reading, "span") == "01 April 2023 to 31 March 2024"
    assert said(reading, "release") == "the file does not tell"


def test_a_workbook_with_a_sheet_a_year_and_the_other_names_reads_as_one_table() -> None:
    """Either set of header names, sheets spelt differently each year, and a sheet of notes that is named as skipped."""
    other = [{"Force Name": "Police Force", "Number of Offences": "Offence Count"}.get(name, name) for name in RECORDED]
    reading = read(
        ("Notes ", [["Notes to the tables"], ["Published on 25th July 2024"]]),
        ("2022-23 ", [other, *recorded_rows("2022/23")]),
        ("2023_24", [RECORDED, *recorded_rows("2023/24")]),
        kind="ods",
    )
    assert len(reading.table) == 2 * 352
    assert said(reading, "skipped") == "sheet 'Notes ': a sheet of words"
    assert reading.release == "published 25 July 2024"


@pytest.mark.parametrize(
    ("printed", "value"), [(" 66,776 ", 66776), ("-00 ", 0), ("-45 ", -45), (" 12 ", 12), (7.0, 7), ("0", 0)]
)
def test_counts_are_read_as_printed(printed: object, value: int) -> None:
    """Thousands separators and stray spaces go, '-00 ' is zero, and a correction below zero stays."""
    reading = read(("", [RECORDED, *changed(recorded_rows(), 3, "Number of Offences", printed)]))
    assert reading.table["offences_n"].iloc[3] == value
    assert reading.table["status"].isna().all()


@pytest.mark.parametrize("printed", ["N/A", "n/a", "NA", "#N/A", "N/a", "[x]"])
def test_not_available_is_a_status_and_never_zero(printed: str) -> None:
    """Every spelling becomes [x] beside a missing number."""
    reading = read(("", [RECORDED, *changed(recorded_rows(), 3, "Number of Offences", printed)]))
    assert pd.isna(reading.table["offences_n"].iloc[3])
    assert reading.table["status"].iloc[3] == "x"
    assert said(reading, "statuses") == "[x] 1"


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("Number of Offences", "~", "neither a number nor a marker"),
        ("Number of Offences", "", "neither a number nor a marker"),
        ("Number of Offences", "6,77", "neither a number nor a marker"),
        ("Number of Offences", True, "neither a number nor a marker"),
        ("Number of Offences", "1.5", "not a whole number"),
        ("Number of Offences", "12%", "a per cent stands where offences are counted"),
        ("Number of Offences", "(12)", "neither a number nor a marker"),
        ("Number of Offences", "–12", "neither a number nor a marker"),
        ("Number of Offences", "99999999999999999999", "larger than any count"),
        ("Number of Offences", "1e999", "larger than any count"),
        ("Number of Offences", "\N{ARABIC-INDIC DIGIT THREE}", "neither a number nor a marker"),
        ("Force Name", "Lincolnsire", "name of a place is not known"),
        ("Force Name", "Scotland", "name of a place is not known"),
        ("Force Name", "England", "a nation stands where a table lists forces"),
        ("Force Name", "", "a row has no area name"),
        ("Offence Code", "8Z", "an offence code is not known"),
        ("Offence Code", 8e22, "an offence code is not known"),
        ("Offence Code", datetime(2024, 3, 8), "an offence code is not known"),
        ("Offence Code", "8Q", "stands beside a name that is not its own"),
        ("Offence Description", "Stalking", "stands beside a name that is not its own"),
        ("Offence Description", "Drugs", "stands beside a name that is not its own"),
        ("Offence Description", "Figures", "stands beside a name that is not its own"),
        ("Financial Quarter", "5", "a period cannot be read"),
        ("Financial Year", "2023", "a period cannot be read"),
        ("Financial Year", "2023/25", "a period cannot be read"),
    ],
)
def test_anything_unknown_stops_with_its_row(column: str, value: object, wrong: str) -> None:
    """The error names file, row, expected and found."""
    rows = changed(recorded_rows(), 6, column, value)
    with pytest.raises(CheckFailed, match=wrong) as stopped:
        read(("", [RECORDED, *rows]))
    labels = dict(stopped.value.evidence)
    assert labels["file"] == "made.csv"
    assert "row 8" in labels
    assert labels["expected"]
    assert stopped.value.mend


@pytest.mark.parametrize("column", ["Number of Offences", "Force Name", "Offence Code"])
def test_a_formula_that_was_never_calculated_says_what_to_do(column: str) -> None:
    """Open it, save it: the advice for a failed formula or an unknown marker would lead nowhere."""
    with pytest.raises(CheckFailed, match=r"(?s)a formula that was never calculated.*open the file in a spreadsheet"):
        read(("", [RECORDED, *changed(recorded_rows(), 6, column, UNSAVED)]), kind="xlsx")


def test_the_evidence_of_a_cell_names_its_column() -> None:
    """Where a row holds several numbers, the row alone does not find the cell; each wrong cell of a row is shown."""
    rows = outcome_rows()
    rows[4][-2:] = ["~", "?"]
    with pytest.raises(CheckFailed, match="neither a number nor a marker") as stopped:
        read(("", [OUTCOMES, *rows]))
    labels = dict(stopped.value.evidence)
    assert (labels["row 6, assigned"], labels["row 6, recorded"]) == ("'~'", "'?'")


def test_a_hidden_sheet_is_read_and_told_of() -> None:
    """Nobody who opens the workbook sees it, so its rows do not come in without a word."""
    made = workbook(("2022-23", [RECORDED, *recorded_rows("2022/23")]), kind="xlsx")
    sheets = (*made.sheets, Sheet("2023-24", [RECORDED, *recorded_rows("2023/24")], hidden=True))
    reading = read_workbook(replace(made, sheets=sheets), home())
    assert said(reading, "note") == "sheet '2023-24' is hidden in the workbook, and was read all the same"


def test_a_code_that_a_spreadsheet_took_for_a_number_stops() -> None:
    """4.10 held as a number is 4.1, another offence: its name tells, though no other row has that code."""
    rows = recorded_rows()
    for row in rows[1::2]:
        row[3], row[6] = "Corporate manslaughter", "4.10"
    assert set(read(("", [RECORDED, *rows])).table["offence_code"]) == {"8L", "4.10"}
    for row in rows[1::2]:
        row[6] = 4.1
    with pytest.raises(CheckFailed, match="lost its last digit") as stopped:
        read(("", [RECORDED, *rows]))
    assert dict(stopped.value.evidence)["row 3"] == repr("4.1 Corporate manslaughter")


def test_the_evidence_of_a_key_names_the_force_and_the_day() -> None:
    """Nobody knows forces by their codes, or days by their hours."""
    rows = recorded_rows()
    with pytest.raises(CheckFailed, match="of 352 rows, 1 is missing") as stopped:
        read(("", [RECORDED, *rows[:-1]]))
    labels = dict(stopped.value.evidence)
    assert labels["missing 1"] == f"{FORCES[-1]} | 01 January 2024 | 8Q"
    assert labels["expected"].endswith("within 2023/24")
    with pytest.raises(CheckFailed, match="the same key") as stopped:
        read(("", [RECORDED, *rows, rows[0]]))
    assert dict(stopped.value.evidence)["row 2"] == repr(f"{FORCES[0]} | 01 April 2023 | 8L")


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([row for row in recorded_rows() if row[2] != "Kent"], "of 44 forces, 1 is missing"),
        (recorded_rows(quarters=(1, 2, 4)), "a quarter is missing"),
        (recorded_rows(quarters=(2, 3, 4)), "a quarter is missing"),
        (recorded_rows()[:-1], "1 is missing that other forces, quarters or codes have"),
        ([*recorded_rows(), recorded_rows()[0]], "rows have the same key"),
        (recorded_rows("2021/22") + recorded_rows("2023/24"), "a quarter is missing"),
        ([], "a header and no rows"),
    ],
)
def test_a_file_that_is_not_whole_stops(rows: list[list[str]], wrong: str) -> None:
    """A missing force, quarter, year or row, a repeated one, and a header alone."""
    with pytest.raises(CheckFailed, match=wrong):
        read(("", [RECORDED, *rows]))


def test_a_last_year_under_way_is_said_and_not_taken_for_a_year() -> None:
    """Three quarters of the last year are read, and the summary says so."""
    reading = read(("", [RECORDED, *recorded_rows("2022/23"), *recorded_rows("2023/24", (1, 2, 3))]))
    assert "2023/24 holds 3 of its 4 quarters: it is not a year" in said(reading, "note")


def test_bodies_that_are_no_force_keep_a_code_of_their_own() -> None:
    """Action Fraud and CIFAS, in either spelling, are neither forces nor missing ones."""
    more = [["2023/24", str(q), body, "Fraud", "Fraud", "Fraud", code, "9"]
            for q in (1, 2, 3, 4) for body, code in (("Action Fraud", "AF"), ("Cifas", "CIFAS"))]  # fmt: skip
    reading = read(("", [RECORDED, *recorded_rows(), *more]))
    assert said(reading, "forces") == "44; and 2 body"
    assert set(reading.table.loc[reading.table["area_kind"] == "body", "area_code"]) == {"AF", "CIFAS"}


def test_homicide_printed_in_four_rows_is_added_up_and_said() -> None:
    """The older edition prints a row for each of four codes under the name of all four."""
    more = [["2023/24", str(q), force, "Homicide", *recorded_rows()[0][4:6], "1/4.1/4.10/4.2", str(n)]
            for q in (1, 2, 3, 4) for force in FORCES for n in (3, 0, 0, 1)]  # fmt: skip
    reading = read(("", [RECORDED, *recorded_rows(), *more]))
    homicide = reading.table[reading.table["offence_code"] == "1/4.1/4.10/4.2"]
    assert homicide["offences_n"].tolist() == [4] * 176
    assert "704 rows of 1/4.1/4.10/4.2 added up to 176" in said(reading, "note")


def test_outcomes_keep_their_two_bases_apart() -> None:
    """Each basis is a row of its own; they are two measures."""
    reading = read(("", [OUTCOMES, *outcome_rows()]))
    table = reading.table
    assert len(table) == 2 * 2 * 352
    assert table.groupby("basis")["offences_n"].sum().to_dict() == {"assigned": 2 * sum(range(352)), "recorded": 0}
    assert set(table["outcome_type_code"]) == {"1", "16"}


def test_an_outcome_type_that_is_not_known_stops() -> None:
    """Types are listed in the layout."""
    rows = changed(outcome_rows(), 2, "Outcome Type", "77", OUTCOMES)
    with pytest.raises(CheckFailed, match="outcome type code: a text is not known"):
        read(("", [OUTCOMES, *rows]))


@pytest.mark.parametrize("ending", ["31/03/2024", "2024-03-31", datetime(2024, 3, 31), "Mar-24", "March 2024"])
def test_rolling_years_end_on_the_day_they_say(ending: object) -> None:
    """However the last day is written, the twelve months that end with it are meant."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    rows = [[ending, force, REGION_OF[force], "Robbery", 5] for force in FORCES]
    reading = read(("data", [header, *rows]), kind="xlsx")
    assert set(reading.table["period_start"]) == {pd.Timestamp("2023-04-01")}
    assert set(reading.table["period_end"]) == {pd.Timestamp("2024-03-31")}
    assert reading.table["offences_n"].sum() == 5 * 44


def rolling(**regions: str) -> list[list[str]]:
    """A rolling year with the regions of some forces as given."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    return [
        header,
        *(["31/03/2024", f, regions.get(f.replace(" ", "_"), REGION_OF[f]), "Robbery", "5"] for f in FORCES),
    ]


@pytest.mark.parametrize(
    ("regions", "found", "expected"),
    [
        ({"West_Midlands": "East Midlands"}, "West Midlands in East Midlands", "West Midlands in West Midlands"),
        ({"Kent": "West Midlands"}, "Kent in West Midlands", "Kent in South East"),
        ({"Kent": "Somewhere"}, "Kent in Somewhere", "Kent in South East"),
        ({"Kent": "Kent"}, "Kent in Kent", "Kent in South East"),
        ({"Gwent": "South West"}, "Gwent in South West", "Gwent in Wales"),
        ({"Cheshire": "Wales"}, "Cheshire in Wales", "Cheshire in North West"),
        ({"British_Transport_Police": "London"}, "British Transport Police in London", "Transport Police in no region"),
    ],
)
def test_a_force_beside_a_region_that_it_is_not_in_stops(regions: dict[str, str], found: str, expected: str) -> None:
    """A column that slipped is found out; the force and the region West Midlands have one name and are two places."""
    with pytest.raises(CheckFailed, match="stands beside a region that it is not in") as stopped:
        read(("", rolling(**regions)))
    evidence = dict(stopped.value.evidence)
    assert [words for label, words in evidence.items() if label.startswith("row")] == [repr(found)]
    assert expected in evidence["expected"]


def test_regions_are_known_by_their_spellings() -> None:
    """ONS says East, others East of England; '&' is 'and', and the mark of a note is none of the name."""
    regions = {
        "Essex": "East of England",
        "Norfolk": "Eastern",
        "Humberside": "Yorkshire & Humber",
        "Kent": "South East2",
    }
    table = read(("", rolling(**regions))).table
    assert table.loc[table["area_name"] == "West Midlands", "area_code"].tolist() == ["E23000014"]
    assert "East of England" in set(table["region_name"])


def test_a_lost_rolling_year_stops() -> None:
    """Years that stood three months apart part by six: a quarter was lost on the way."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    ends = ["2015-03-31", "2016-03-31", "2016-06-30", "2016-12-31", "2017-03-31"]
    rows = [[end, force, REGION_OF[force], "Robbery", "5"] for end in ends for force in FORCES]
    with pytest.raises(CheckFailed, match=r"(?s)rolling year is missing.*June 2016 and December 2016:\s+6"):
        read(("", [header, *rows]))


def test_rolling_years_that_grow_closer_are_told() -> None:
    """The first years were printed once a year, and later ones by the quarter: nothing is lost, and it is said."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    ends = ["2016-12-31", "2017-06-30", "2017-09-30"]
    rows = [[end, force, REGION_OF[force], "Robbery", "5"] for end in ends for force in FORCES]
    assert said(read(("", [header, *rows])), "note") == (
        "years end 3 months apart, and none ends between December 2016 and June 2017"
    )
    assert said(read(("", [header, *rows[len(FORCES) :]])), "note") == ""


def test_a_rolling_year_that_ends_inside_a_month_stops() -> None:
    """A day was lost on the way."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    with pytest.raises(CheckFailed, match="a period cannot be read"):
        read(("data", [header, *(["2024-03-01", force, REGION_OF[force], "Robbery", "5"] for force in FORCES)]))


def test_a_force_area_workbook_of_2019_reads_whole() -> None:
    """Two-row header, spacer columns, notes glued to names; the region and the force West Midlands stay apart."""
    reading = read(
        ("Correction", [["We have corrected a small error."]]), ("Table P1 ", force_area_sheet()), kind="xlsx"
    )
    table = reading.table
    assert len(table) == (1 + 1 + 9 + 39 + 1 + 4 + 1) * 23
    midlands = table[(table["area_name"] == "West Midlands") & table["offence_name"].str.startswith("Total")]
    assert dict(zip(midlands["area_code"], midlands["value"], strict=True)) == {
        "E12000005": 4.0 * WHOLE, "E23000014": 1.0 * WHOLE
    }  # fmt: skip
    assert set(table["period_end"]) == {pd.Timestamp("2019-09-30")}
    assert "E23000005" in set(table["area_code"])
    assert "notes below the table: 2" in said(reading, "skipped")


def test_a_dash_in_an_ons_table_is_a_marker_and_a_total_without_it_is_said() -> None:
    """'..' is not available; the region's total leaves the force out, and the summary says which."""
    rows = force_area_sheet()
    at = next(i for i, row in enumerate(rows) if row and "Greater Manchester7,8" in row)
    lost = [cell if not isinstance(cell, int) else ".." for cell in rows[at]]
    less = [i for i, row in enumerate(rows) if len(row) > 1 and row[0] in ("K04000001", "E92000001", "E12000002")]
    for i in less:
        rows[i] = [cell - rows[at][j] if isinstance(cell, int) else cell for j, cell in enumerate(rows[i])]
    rows[at] = lost
    reading = read(("Table P1", rows), kind="xlsx")
    manchester = reading.table[reading.table["area_code"] == "E23000005"]
    assert manchester["value"].isna().all()
    assert set(manchester["status"]) == {"x"}
    assert "leaves out Greater Manchester" in said(reading, "note")


@pytest.mark.parametrize(
    ("find", "column", "value", "wrong"),
    [
        ("Kent", 2, WHOLE + 1, "a total does not add up"),
        ("South East", 4, 1, "a total does not add up"),
        ("Kent", 10, -1, "negative where none belongs"),
        ("Kent", 10, "-", None),
        ("Kent", 0, "E23000033", "a code and a name are two different places"),
        ("Kent", 0, None, "a place has no code"),
        ("West Midlands ", 0, "E23000014", "rows have the same key"),
        ("Kent", 1, "Kentish", "the name of a place is not known"),
    ],
)
def test_what_does_not_belong_in_a_force_area_table_stops(
    find: str, column: int, value: object, wrong: str | None
) -> None:
    """A total that does not add up, a negative count, a slipped code."""
    rows = force_area_sheet()
    at = next(i for i, row in enumerate(rows) if len(row) > 1 and row[1] == find)
    rows[at][column] = value
    if wrong is None:
        assert "u" in set(read(("P1", rows), kind="xlsx").table["status"].dropna())
        return
    with pytest.raises(CheckFailed, match=wrong):
        read(("P1", rows), kind="xlsx")


def test_a_note_glued_to_a_code_is_taken_off() -> None:
    """'E230000118' is E23000011 with the mark of note 8; the name must still agree."""
    rows = force_area_sheet()
    at = next(i for i, row in enumerate(rows) if len(row) > 1 and row[1] == "South Yorkshire")
    rows[at][0] = "E230000118"
    assert "E23000011" in set(read(("P1", rows), kind="xlsx").table["area_code"])


def test_a_table_in_thousands_stops_where_its_layout_counts_in_ones() -> None:
    """'In thousands' over a table is never read as units."""
    rows = force_area_sheet()
    rows[2] = ["England and Wales (in thousands)"]
    with pytest.raises(CheckFailed, match="in thousands"):
        read(("P1", rows), kind="xlsx")


def test_rows_below_the_notes_stop() -> None:
    """A table that goes on after its notes was cut by somebody."""
    with pytest.raises(CheckFailed, match="below the notes"):
        read(("P1", [*force_area_sheet(), ["E23000032", "Kent", 5]]), kind="xlsx")


def test_a_title_without_a_period_stops() -> None:
    """A table whose year nobody tells is not used."""
    rows = force_area_sheet()
    rows[0] = ["Table P1: number of offences, year ending soon"]
    with pytest.raises(CheckFailed, match="names its period"):
        read(("P1", rows), kind="xlsx")


def test_an_unknown_column_names_the_nearest_layout_and_what_differs() -> None:
    """A renamed column stops; the error says where to write its new name."""
    header = ["Offences Recorded" if name == "Number of Offences" else name for name in RECORDED]
    with pytest.raises(NotRecognised, match="nearly") as stopped:
        read(("2023-24", [["Title"], header, *recorded_rows()]), kind="ods")
    labels = dict(stopped.value.evidence)
    assert labels["layout"].startswith("home_office_recorded_crime")
    assert labels["expected"] == "Number of Offences"
    assert labels["found"] == "offences recorded"
    assert (labels["sheet"], labels["row"]) == ("'2023-24'", "2")
    assert "home_office_recorded_crime.yml" in stopped.value.mend


def test_a_column_too_many_or_twice_stops() -> None:
    """Nothing is left out in silence, and no column is chosen from two."""
    with pytest.raises(NotRecognised, match="nearly"):
        read(("", [[*RECORDED, "Extra"], *([*row, "x"] for row in recorded_rows())]))
    with pytest.raises(NotRecognised) as stopped:
        read(("", [[*RECORDED, "Offence Count"], *([*row, "1"] for row in recorded_rows())]))
    assert "offence count (twice)" in dict(stopped.value.evidence)["found"]


A4 = (
    "Total violence against the person", "Total sexual offences", "Total robbery", "Total theft offences",
    "Total criminal damage and arson", "Total drug offences", "Total possession of weapons offences",
    "Total public order offences", "Total miscellaneous crimes against society",
)  # fmt: skip


def appendix_sheet() -> list[list[object]]:
    """Table A4 with two years, one before some of the codes existed."""
    names = ("Harassment", "Racially or religiously aggravated harassment", "Stalking", "Malicious communications",
             "Controlling and coercive behaviour", "Manslaughter", "Corporate manslaughter")  # fmt: skip
    counts = (("8L", 7), ("8M", 1), ("8Q", "[x]"), ("8R", "[x]"), ("8U", "[x]"), (4.1, 3), ("4.10", 2))
    codes = [(code, f"{name} [note 3]", old, 5) for (code, old), name in zip(counts, names, strict=True)]
    totals = [(None, name.upper(), 10, 20) for name in A4]
    whole = (None, "TOTAL RECORDED CRIME – ALL OFFENCES EXCLUDING FRAUD AND COMPUTER MISUSE", 90, 180)
    return [
        ["Table A4:  Police recorded crime by offence, year ending March 2014 to year ending March 2022 [note 1,2]"],
        ["Offence code", "Offence category", "Apr 2013 to \n Mar 2014", "Apr 2021 to \n Mar 2022", "% change "],
        *([*row, "[u]"] for row in (*codes, (None, "Stalking and harassment", 8, 25), *totals, whole)),
    ]


def test_appendix_table_a4_keeps_codes_as_text() -> None:
    """4.1 and 4.10 are two codes, however a spreadsheet holds them; years come from the headings."""
    table = read(("Table A4 ", appendix_sheet()), kind="xlsx").table
    table = table[table["unit"] == "offences"]
    assert table.groupby("offence_code")["value"].sum().loc[["4.1", "4.10"]].tolist() == [8.0, 7.0]
    assert set(table["period_end"].dt.year) == {2014, 2022}
    assert table.loc[table["offence_code"] == "8Q", "status"].iloc[0] == "x"
    assert "Stalking" in set(table["offence_name"])


@pytest.mark.parametrize("name", ["Stalking and harassment", "TOTAL ROBBERY"])
def test_a_total_of_rows_that_does_not_add_up_stops(name: str) -> None:
    """Codes add up to their group, and groups to all offences."""
    rows = appendix_sheet()
    at = next(i for i, row in enumerate(rows) if len(row) > 1 and row[1] == name)
    rows[at][3] = 26
    with pytest.raises(CheckFailed, match="a total does not add up"):
        read(("Table A4", rows), kind="xlsx")


def test_a_code_that_lost_its_last_digit_stops() -> None:
    """4.10 held as a number is 4.1 twice, and beside the name of 4.10."""
    rows = appendix_sheet()
    next(row for row in rows if row[0] == "4.10")[0] = 4.1
    with pytest.raises(CheckFailed, match=r"(?s)lost its last digit.*4\.1 Corporate manslaughter"):
        read(("Table A4", rows), kind="xlsx")


@pytest.mark.parametrize("name", ["HARASSMENT ", "Harassment5,6", "Harassment [note 3]", "Harassment (outcomes only)"])
def test_marks_and_case_do_not_make_another_offence(name: str) -> None:
    """They are what spellings differ in, and nothing is said of them."""
    rows = [[*row[:3], name if row[6] == "8L" else row[3], *row[4:]] for row in recorded_rows()]
    assert "is printed as" not in said(read(("", [RECORDED, *rows])), "note")


def test_a_new_spelling_of_an_offence_is_read_and_said() -> None:
    """It is like the name of its own code, and like no other's more."""
    rows = [[*row[:3], "Harassment offences" if row[6] == "8L" else row[3], *row[4:]] for row in recorded_rows()]
    told = said(read(("", [RECORDED, *rows])), "note")
    assert "offence 8L is printed as 'Harassment offences'; the register has 'Harassment'" in told


def test_the_name_of_a_group_is_read_as_that_of_its_offence_and_said() -> None:
    """It is wider, and goes against no code; where it is the name of another group it stops."""
    rows = [[*row[:3], "Stalking and harassment" if row[6] == "8L" else row[3], *row[4:]] for row in recorded_rows()]
    assert "offence 8L is printed as 'Stalking and harassment'" in said(read(("", [RECORDED, *rows])), "note")
    rows = [[*row[:3], "Robbery" if row[6] == "8L" else row[3], *row[4:]] for row in recorded_rows()]
    with pytest.raises(CheckFailed, match="a name that is not its own"):
        read(("", [RECORDED, *rows]))


def test_codes_that_changed_places_are_shown_with_the_right_names() -> None:
    """A column that was sorted by itself passes every check of keys, forces and quarters."""
    other = {"8L": "8Q", "8Q": "8L"}
    rows = [[*row[:6], other[row[6]], row[7]] for row in recorded_rows()]
    with pytest.raises(CheckFailed) as stopped:
        read(("", [RECORDED, *rows]))
    evidence = dict(stopped.value.evidence)
    assert evidence["expected"] == "8Q Stalking; 8L Harassment"
    assert (evidence["row 2"], evidence["row 3"]) == ("'8Q Harassment'", "'8L Stalking'")


def test_a_sheet_of_notes_that_holds_numbers_is_not_left_out() -> None:
    """A table of something else under an innocent name stops."""
    hidden = [["Notes"], ["place", "one", "two"], *(["x", at, at] for at in range(5))]
    with pytest.raises(NotRecognised, match="no table that we know"):
        read(("Notes", hidden), ("2023-24", [RECORDED, *recorded_rows()]), kind="xlsx")


def test_a_file_of_something_else_is_not_recognised() -> None:
    """The error says where to read how a layout is added."""
    with pytest.raises(NotRecognised, match="no table that we know") as stopped:
        read(("", [["colour", "size"], ["red", "3"]]))
    assert "CONTRIBUTING" in stopped.value.mend


@settings(max_examples=25)
@given(
    order=st.permutations(range(len(RECORDED))),
    above=st.integers(0, 5),
    blanks=st.integers(0, 3),
    case=st.sampled_from([str.upper, str.lower, str.title]),
    space=st.sampled_from(["", " ", "  ", "\n"]),
    note=st.sampled_from([None, "Source: Home Office", "1. A note", "Notes", "Something stray"]),
)
def test_variants_read_the_same_or_stop(order, above, blanks, case, space, note) -> None:
    """Shuffled columns, a moved header, odd case and spaces and notes below change nothing; a stray word stops."""
    rows = recorded_rows(quarters=(1, 2, 3, 4))
    header = [space + case(RECORDED[at]).replace(" ", space or " ") + space for at in order]
    body = [[f"{space}{row[at]}{space}" for at in order] for row in rows]
    sheet = [*[["Title"]] * above, *[[]] * blanks, header, *body, *([[note]] if note else [])]
    if note == "Something stray":
        with pytest.raises(CheckFailed, match="neither data nor a note"):
            read(("", sheet))
        return
    table = read(("", sheet)).table
    assert table["offences_n"].tolist() == list(range(352))
    assert table["line"].iloc[0] == above + blanks + 2


@settings(max_examples=12)
@given(
    order=st.permutations(range(27)),
    above=st.integers(0, 3),
    space=st.sampled_from(["", " ", "\n"]),
    glued=st.sampled_from(["", "4", "12,13", " [note 7]"]),
)
def test_variants_of_a_workbook_read_the_same(order, above, space, glued) -> None:
    """Shuffled columns under a header of two lines, a moved header, spaces and notes on every name."""
    title, *rest = force_area_sheet()
    wide = [[*row, *[None] * (27 - len(row))] for row in rest[2:-2]]
    for row in wide[3:]:
        row[1] = (
            f"{space}{row[1]}{space}" if row[1][-1].isdigit() or "]" in row[1] else f"{space}{row[1].strip()}{glued}"
        )
    shuffled = [[row[at] for at in order] for row in wide]
    reading = read(("Table P1 ", [title, *[[]] * above, *shuffled, *rest[-2:]]), kind="xlsx")
    assert len(reading.table) == 56 * 23
    assert reading.table.loc[reading.table["area_kind"] == "force", "value"].sum() == 43 * (
        WHOLE + sum(COUNTS.values())
    )


def test_the_same_from_a_file(tmp_path) -> None:
    """A CSV file on disk reads as the rows do, whatever it is called."""
    path = write_csv(tmp_path / "police_uk_street.csv", [RECORDED, *recorded_rows()])
    reading = read_file(path, home())
    assert [layout.id for layout in reading.layouts] == ["home_office_recorded_crime"]
    assert len(reading.table) == 352


def test_foi_returns_are_recognised_by_their_header(tmp_path) -> None:
    """Our template, filled in: what was asked, who answered, and what is not summed; nobody is taken for zero."""
    path = write_csv(
        tmp_path / "of any name.csv",
        [list(HEADER)] + [
            [row.get(name) or "" for name in HEADER]
            for row in (answer("Met"), answer("Dorset", period_to="2025-04-30"), silent("Heddlu Gwent", "none"))
        ],
    )  # fmt: skip
    reading = read_file(path, home())
    assert said(reading, "what").startswith("FOI returns")
    assert said(reading, "coverage") == "2 of 43 forces gave a number"
    assert said(reading, "replies") == "2 answered, 1 none, 40 not in the file"
    assert said(reading, "not summed").startswith("period differs: April 2024 to April 2025 (1) or year ending")
    assert reading.table["area_name"].tolist() == ["Metropolitan Police", "Dorset", "Gwent"]


def test_a_wrong_foi_return_names_its_file_and_line(tmp_path) -> None:
    """As any other file that is read."""
    path = write_csv(
        tmp_path / "returns.csv", [list(HEADER), [answer("Kemt").get(name) or "" for name in HEADER]]
    )  # fmt: skip
    with pytest.raises(CheckFailed, match=r"(?s)file:\s+returns\.csv.*line 2:\s+Kemt"):
        read_file(path, home())


def test_a_survey_is_read_with_the_codebook_beside_it_and_shows_no_row(tmp_path) -> None:
    """Bases and design, counts with the small ones hidden, and never a person's answers."""
    rows = [["1", "1"]] * 40 + [["2", "2"]] * 30 + [["9", "1"]] * 7
    path = write_csv(tmp_path / "answers.csv", [["reported", "age"], *rows])
    (tmp_path / "answers.yml").write_text(yaml.safe_dump(BOOK), "utf-8")
    reading = read_file(path, home())
    assert reading.is_of_people
    assert said(reading, "people") == "77"
    assert said(reading, "design").startswith("none: people chose to answer")
    assert "reported: Did you report it? (base 70; refused: 7)" in said(reading, "question")
    assert list(reading.table) == ["question", "answer", "people_n", "status"]
    assert len(reading.table) == 6


def test_a_survey_so_small_that_nothing_may_be_shown_says_so(tmp_path) -> None:
    """Three people are read, and no count of them is shown."""
    path = write_csv(tmp_path / "answers.csv", [["reported", "age"], ["1", "1"], ["2", "1"], ["1", "2"]])
    book = tmp_path / "elsewhere.yml"
    book.write_text(yaml.safe_dump(BOOK), "utf-8")
    reading = read_file(path, home(), codebook=book)
    assert reading.table.empty
    assert "no count is shown" in said(reading, "question")


def test_a_name_that_is_an_error_of_a_formula_stops_even_where_any_text_may_stand() -> None:
    """Offence groups are not registered, so '#REF!' would pass as one."""
    rows = changed(recorded_rows(), 6, "Offence Group", CellError("#REF!"))
    with pytest.raises(CheckFailed, match=r"(?s)a cell shows that a formula failed.*row 8.*#REF!"):
        read(("", [RECORDED, *rows]))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count how often a file itself is opened."""
    times, whole = [], stats.read.opening.opened

    def opened(path: Path, data: bytes, **options: object) -> Workbook:
        times.append(path)
        return whole(path, data, **options)

    monkeypatch.setattr(stats.read.kept, "opened", opened)
    monkeypatch.setattr(stats.read.opening, "opened", opened)
    return times


def test_a_large_file_is_opened_once_and_read_the_same_from_its_copy(
    tmp_path: Path, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh reading goes round the copy; a small file gets none."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "registers").symlink_to(home() / "data" / "registers")
    path = write_csv(tmp_path / "a.csv", [RECORDED, *recorded_rows()])
    read_file(path, tmp_path)
    assert not (tmp_path / "build").exists()
    monkeypatch.setattr(stats.run.reading, "KEPT_FROM", path.stat().st_size)
    first, again = read_file(path, tmp_path), read_file(path, tmp_path)
    assert len(parsed) == 2
    fresh = read_file(path, tmp_path, fresh=True)
    assert len(parsed) == 3
    for other in (again, fresh):
        pd.testing.assert_frame_equal(first.table, other.table)
        assert first.summary == other.summary


def test_answers_of_people_are_never_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A survey leaves no copy, with its codebook or without; nor does any table that is not known."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "registers").symlink_to(home() / "data" / "registers")
    monkeypatch.setattr(stats.run.reading, "KEPT_FROM", 0)
    path = write_csv(tmp_path / "answers.csv", [["reported", "age"], *[["1", "1"]] * 40])
    with pytest.raises(NotRecognised):
        read_file(path, tmp_path)
    (tmp_path / "answers.yml").write_text(yaml.safe_dump(BOOK), "utf-8")
    assert read_file(path, tmp_path).is_of_people
    assert not (tmp_path / "build").exists()
