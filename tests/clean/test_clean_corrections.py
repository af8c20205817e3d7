"""Declared corrections applied: each action, its guard, and what is said of it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_tables import FORCES, RECORDED, recorded_rows, workbook

from stats.errors import CheckFailed
from stats.run.reading import Reading, read_workbook

ORDERS = """
publisher: A police force
title: Orders by force
dataset: orders
columns: {area_name: [Force]}
numbers: [{unit: orders, into: measure, headings: {asked: [Asked], granted: [Granted]}}]
period: untold
keys: [area_code, measure]
markers: {n/a: x}
"""
GRANTED = """
layouts: [force_orders]
action: replace
where: {item: granted}
cells:
  - {where: {area: Kent}, printed: 7, right: 5}
  - {where: {area: Essex}, printed: 8, right: 6}
reason: two rows were exchanged
source: the force's own page
told: 2026-11-20
"""
NOUGHT = """
layouts: [force_orders]
action: not-available
where: {area: GMP}
cells:
  - {where: {item: asked}, printed: 0}
reason: a zero that is no count
source: the force's own page
told: not yet told
"""


@pytest.fixture
def house(broken):
    """A repository with one layout of ours, and no correction but those that a test declares."""
    for path in (broken.root / "data" / "registers" / "corrections").iterdir():
        path.unlink()
    broken.write("registers/layouts/force_orders.yml", ORDERS)

    def declare(**corrections: str):
        for name, text in corrections.items():
            broken.write(f"registers/corrections/{name}.yml", text)
        return broken.root

    return declare


def orders(**changed: tuple[object, object]) -> list[list[object]]:
    """Every force with 9 orders asked for and 9 granted, but for those that are given."""
    special = {"Kent": (9, "7"), "Essex": (9, 8.0), "Greater Manchester": ("0", 9), **changed}
    return [["Force", "Asked", "Granted"], *([f"{force} ", *special.get(force, (9, 9))] for force in FORCES)]


def read(root, *sheets: tuple[str, list], kind: str = "csv", **options: bool) -> Reading:
    """Read sheets of a made workbook with the registers of a folder."""
    return read_workbook(workbook(*sheets, kind=kind), root, **options)


def said(reading: Reading) -> str:
    """What the summary says of corrections."""
    return "\n".join(words for name, words in reading.summary if name == "correction")


def of(table: pd.DataFrame, area: str, measure: str) -> pd.Series:
    """The one row of an area and a measure."""
    return table[(table["area_name"] == area) & (table["measure"] == measure)].iloc[0]


def test_a_wrong_number_is_replaced_and_marked(house) -> None:
    """The right number stands beside the id of its correction, and every other number is as printed."""
    table = read(house(granted=GRANTED), ("", orders())).table
    assert (of(table, "Kent", "granted")["value"], of(table, "Essex", "granted")["value"]) == (5, 6)
    marked = table[table["correction"].notna()]
    assert set(marked["correction"]) == {"granted"}
    assert set(zip(marked["area_name"], marked["measure"], strict=True)) == {("Kent", "granted"), ("Essex", "granted")}
    assert marked["status"].isna().all()
    assert set(table.loc[table["correction"].isna() & (table["area_name"] != "Greater Manchester"), "value"]) == {9}


def test_a_false_zero_becomes_not_available(house) -> None:
    """The number is missing with status x; the other number of the row stays."""
    table = read(house(nought=NOUGHT), ("", orders())).table
    row = of(table, "Greater Manchester", "asked")
    assert pd.isna(row["value"])
    assert (row["status"], row["correction"]) == ("x", "nought")
    assert of(table, "Greater Manchester", "granted")["value"] == 9


def test_the_summary_tells_every_correction_with_its_reason(house) -> None:
    """What was done, to how many numbers, why, and whether the publisher knows."""
    words = said(read(house(granted=GRANTED, nought=NOUGHT), ("", orders())))
    assert "granted: 2 numbers replaced: two rows were exchanged (publisher: told 20 November 2026)" in words
    assert "nought: 1 number made not available: a zero that is no count (publisher: not yet told)" in words


def test_without_corrections_a_file_reads_as_published_and_says_so(house) -> None:
    """No cell is changed, none is marked, and those that would apply are named."""
    reading = read(house(granted=GRANTED, nought=NOUGHT), ("", orders()), as_printed=True)
    assert of(reading.table, "Kent", "granted")["value"] == 7
    assert of(reading.table, "Greater Manchester", "asked")["value"] == 0
    assert "correction" not in reading.table
    assert said(reading) == "none applied, as asked (--as-published); declared for this file: granted, nought"


def test_a_table_that_no_correction_concerns_is_left_alone(house) -> None:
    """It has no column of corrections, and nothing is said."""
    reading = read(house(granted=GRANTED), ("", [RECORDED, *recorded_rows()]))
    assert "correction" not in reading.table
    assert said(reading) == ""


@pytest.mark.parametrize(
    ("name", "text", "changed", "row", "found", "mended"),
    [
        ("granted", GRANTED, {"Kent": (9, 5)}, "row {}, Kent", "expected '7', found '5'", True),
        ("granted", GRANTED, {"Kent": (9, 4)}, "row {}, Kent", "expected '7', found '4'", False),
        ("granted", GRANTED, {"Essex": (9, "n/a")}, "row {}, Essex", "expected '8', found 'n/a'", False),
        ("nought", NOUGHT, {"Greater Manchester": (3, 9)}, "row {}, asked", "expected '0', found '3'", True),
        ("nought", NOUGHT, {"Greater Manchester": ("n/a", 9)}, "row {}, asked", "expected '0', found 'n/a'", True),
    ],
)
def test_a_correction_stops_once_the_publisher_has_mended_the_file(
    house, name: str, text: str, changed: dict, row: str, found: str, mended: bool
) -> None:
    """The error says what was expected, what is found, and which file to remove."""
    with pytest.raises(CheckFailed, match="not printed as its correction says") as stopped:
        read(house(**{name: text}), ("", orders(**changed)))
    labels = dict(stopped.value.evidence)
    assert labels[row.format(FORCES.index(next(iter(changed))) + 2)] == found
    assert labels["correction"] == name
    assert stopped.value.mend.startswith("The publisher has mended it: remove this correction") == mended
    assert "the publisher has mended it: remove this correction" in stopped.value.mend.lower()
    assert f"data/registers/corrections/{name}.yml" in stopped.value.mend
    mended_file = read(house(), ("", orders(**changed)), as_printed=True)
    assert len(mended_file.table) == 2 * len(FORCES)


def test_a_correction_that_matches_nothing_stops(house) -> None:
    """The publisher left the row out, or the correction is misspelt."""
    rows = [row for row in orders() if row[0] != "Kent "]
    root = house(granted=GRANTED)
    (root / "data" / "registers" / "layouts" / "force_orders.yml").write_text(ORDERS + "forces: some\n", "utf-8")
    with pytest.raises(CheckFailed, match="a correction matches nothing") as stopped:
        read(root, ("", rows))
    assert dict(stopped.value.evidence)["where"] == "granted, Kent"
    assert "remove this correction" in stopped.value.mend


def test_a_right_number_is_that_of_one_cell(house) -> None:
    """One number is never written into several cells."""
    root = house(granted=GRANTED.replace("{item: granted}", "{}").replace("printed: 7", "printed: 9"))
    with pytest.raises(CheckFailed, match="that of one cell") as stopped:
        read(root, ("", orders(Kent=(9, 9))))
    assert dict(stopped.value.evidence)["cells"] == "2"


def test_what_is_right_must_be_a_number(house) -> None:
    """A slip in the correction is not taken for one in the file."""
    with pytest.raises(CheckFailed, match="neither a number nor a marker of the table") as stopped:
        read(house(granted=GRANTED.replace("right: 5", "right: five")), ("", orders()))
    assert dict(stopped.value.evidence)["right"] == "five"


def test_a_right_number_must_fit_its_table(house) -> None:
    """The checks of a table hold for what a correction writes into it."""
    with pytest.raises(CheckFailed, match="not a whole number"):
        read(house(granted=GRANTED.replace("right: 5", "right: '5.5'")), ("", orders()))


def test_two_corrections_that_meet_in_one_row_stop(house) -> None:
    """Two patterns of releases may fit one title; then neither correction is applied upon the other."""
    both = {name: GRANTED.replace("printed: 7, right: 5", f"printed: {printed}, right: {right}")
            .replace("action:", f"release: {words}\naction:")
            for name, words, printed, right in (("first", "orders", 7, 5), ("second", "by force", 5, 4))}  # fmt: skip
    with pytest.raises(CheckFailed, match="two corrections meet in one row") as stopped:
        read(house(**both), ("Orders", [["Orders by force"], *orders()]), kind="xlsx")
    labels = dict(stopped.value.evidence)
    assert labels["correction"] == "second"
    assert labels[f"row {FORCES.index('Kent') + 3}"] == "'first'"


def test_a_correction_of_another_release_is_not_applied_and_is_said(house) -> None:
    """The release is known by the words over the table or on the cover."""
    root = house(granted=GRANTED.replace("action:", "release: year ending march 2020\naction:"))
    reading = read(root, ("Orders", [["Year ending June 2020"], *orders()]), kind="xlsx")
    assert of(reading.table, "Kent", "granted")["value"] == 7
    assert said(reading) == "granted: not of this release, so not applied"
    reading = read(root, ("Orders", [["Year ending March 2020"], *orders()]), kind="xlsx")
    assert of(reading.table, "Kent", "granted")["value"] == 5


def test_a_correction_finds_its_sheet_and_row_among_many(house) -> None:
    """A row is named by columns of the table; the sheets without it are left alone."""
    text = """
layouts: [home_office_recorded_crime]
action: replace
where: {area: Met, offence_code: 8Q}
cells:
  - {where: {financial_year: 2023/24, financial_quarter: 2, sheet: "2023_24", unit: offences}, printed: %s, right: -1}
reason: a reason
source: a source
told: not yet told
"""
    at = next(i for i, r in enumerate(recorded_rows()) if r[2].startswith("Metrop") and r[1] == "2" and r[6] == "8Q")
    root = house(one=text % at)
    sheets = [("2022-23", [RECORDED, *recorded_rows("2022/23")]), ("2023_24 ", [RECORDED, *recorded_rows("2023/24")])]
    table = read(root, *sheets, kind="ods").table
    row = table[table["correction"].notna()]
    assert (row["offences_n"].tolist(), row["line"].tolist(), row["area_code"].tolist()) == (
        [-1], [at + 2], ["E23000001"]
    )  # fmt: skip
    assert row["period_start"].tolist() == [pd.Timestamp("2023-07-01")]


def test_a_wrong_text_is_replaced_in_all_its_rows(house) -> None:
    """A name, code or year that was printed wrongly is that of every number in its line."""
    text = """
layouts: [force_orders]
action: replace
column: area_name
where: {area_name: Esex}
cells: [{printed: Esex, right: Essex}]
reason: a letter was lost
source: a source
told: not yet told
"""
    rows = [["Esex 1", *row[1:]] if row[0] == "Essex " else row for row in orders()]
    root = house()
    with pytest.raises(CheckFailed, match="name of a place is not known"):
        read(root, ("", rows))
    with pytest.raises(CheckFailed, match="not printed as its correction says"):
        read(house(name=text), ("", rows))
    rows = [["Esex", *row[1:]] if row[0] == "Esex 1" else row for row in rows]
    reading = read(root, ("", rows))
    assert len(reading.table[reading.table["correction"] == "name"]) == 2
    assert set(reading.table.loc[reading.table["correction"] == "name", "area_name"]) == {"Essex"}
    assert "name: 2 area names replaced" in said(reading)


def test_a_total_that_a_false_zero_is_part_of_says_whom_it_leaves_out(house) -> None:
    """The row of totals still adds up, and is a total without the force."""
    root = house(nought=NOUGHT)
    path = root / "data" / "registers" / "layouts" / "force_orders.yml"
    path.write_text(ORDERS + "total_rows: [total]\n", "utf-8")
    rows = orders()
    total = ["total", *(sum(int(row[at]) for row in rows[1:]) for at in (1, 2))]
    reading = read(root, ("", [*rows, total]))
    notes = [words for name, words in reading.summary if name == "note"]
    assert notes == ["row 46 is a total: checked and left out; some of its numbers are without Greater Manchester"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.permutations(range(len(FORCES))), columns=st.permutations(range(3)), space=st.sampled_from(["", " "]))
def test_a_correction_finds_its_cell_wherever_it_stands(house, rows, columns, space) -> None:
    """A cell is known by its area and item: shuffled rows and columns and stray spaces change nothing."""
    header, *body = orders()
    shuffled = [
        [space + row[at] if isinstance(row[at], str) else row[at] for at in columns]
        for row in [header, *(body[at] for at in rows)]
    ]
    table = read(house(granted=GRANTED, nought=NOUGHT), ("", shuffled)).table
    marked = table.loc[table["correction"].notna(), ["area_name", "measure", "value"]].sort_values("area_name")
    assert marked["area_name"].tolist() == ["Essex", "Greater Manchester", "Kent"]
    assert marked["measure"].tolist() == ["granted", "asked", "granted"]
    assert marked["value"].fillna(-1).tolist() == [6, -1, 5]
    assert table["value"].sum() == 9 * (2 * len(FORCES) - 3) + 11
