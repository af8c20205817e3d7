import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.clean.columns import are_quarters, to_areas, to_dates, to_number, to_whole
from stats.errors import BadPeriod, CheckFailed


def _text(*values, name="offences"):
    return pd.Series(list(values), dtype="str", name=name)


def _areas(table, registers):
    return to_areas(table, registers.areas, code="code", name="name")


def test_areas_are_joined_on_code_and_named_as_today(registers, drawn):
    """Old names and spellings become the name in use; a blank code is the transport police."""
    printed = drawn("""
        code      | name
        E23000030 | Hampshire
        E23000034 | London, City of
                  | British Transport Police
        W15000002 | Gwent
    """)
    found = _areas(printed, registers)
    assert found["area_code"].tolist() == ["E23000030", "E23000034", "BTP", "W15000002"]
    assert found["area_name"].tolist() == [
        "Hampshire and Isle of Wight",
        "City of London",
        "British Transport Police",
        "Gwent",
    ]


def test_slipped_row_is_refused(registers, drawn):
    """A code beside another force's name is a join that slipped: both are shown, and whose the name is."""
    printed = drawn("""
        code      | name
        E23000019 | Nottinghamshire
        E23000011 | Staffordshire
    """)
    with pytest.raises(
        CheckFailed,
        match=r"(?s)code and name are two different areas.*code:\s+E23000011.*name:\s+Staffordshire"
        r".*the name belongs to:\s+E23000015.*columns of the raw file may have slipped",
    ):
        _areas(printed, registers)


def test_region_is_not_taken_for_the_force_of_its_name(registers, drawn):
    """'West Midlands' is a region (E12) and a force (E23): a region's code is refused."""
    printed = drawn("""
        code      | name
        E12000005 | West Midlands
    """)
    with pytest.raises(CheckFailed, match=r"(?s)E12000005.*the name belongs to:\s+E23000014"):
        _areas(printed, registers)


def test_blank_code_is_only_for_the_transport_police(registers, drawn):
    """A territorial force without its code may be a footnote or a part of one: it is refused by name."""
    printed = drawn("""
        code | name
             | Kent
    """)
    with pytest.raises(CheckFailed, match=r"(?s)a row has no area code.*name:\s+Kent.*Look at the raw file"):
        _areas(printed, registers)


@pytest.mark.parametrize("name", ["Greater Manchester7,8", "Leicestershire [note 4]", "Unassigned"])
def test_name_that_is_no_area_is_refused(registers, drawn, name):
    """A footnote glued to a name, or a row that is no force, is never guessed."""
    printed = drawn(f"""
        code      | name
        E23000005 | {name}
    """)
    with pytest.raises(CheckFailed, match=r"is not an area in the register|may mean more than one area"):
        _areas(printed, registers)


def test_row_without_code_and_name_is_refused(registers):
    """An empty row is no force."""
    with pytest.raises(CheckFailed, match=r"(?s)a row has no area name.*row:\s+0\n\s+found:\s+nothing"):
        _areas(pd.DataFrame({"code": _text(None), "name": _text(None)}), registers)


def test_whole_numbers_keep_corrections_and_missing():
    """A negative correction stays negative, nought stays nought, and an empty cell stays missing."""
    counts = to_whole(_text("12", "-3", "0", None))
    assert counts.dtype == "Int64"
    assert counts.fillna(-999).tolist() == [12, -3, 0, -999]


@pytest.mark.parametrize("odd", ["-00 ", "..", "-", "+", "[x]", "N/A", "1,234", "12.0", " 5", "5 ", "1e3", "twelve"])
def test_what_is_no_whole_number_is_shown_with_its_row(odd):
    """Nothing turns into a number, or into nought, by guess: the row and what stands there are shown."""
    with pytest.raises(CheckFailed) as caught:
        to_whole(_text("1", "2", odd))
    assert caught.value.wrong == "a value of 'offences' is not a whole number."
    assert caught.value.evidence == [("row 2", repr(odd))]
    assert "it is not zero" in caught.value.mend
    with pytest.raises(CheckFailed) as caught:
        to_whole(_text("1", "2", odd), mend="Correct the cell.")
    assert caught.value.mend == "Correct the cell."


def test_a_number_that_nothing_can_hold_exactly_is_shown_with_its_row():
    """Cells that ran together make a number longer than any count."""
    with pytest.raises(CheckFailed, match=r"(?s)more digits than any count.*row 1:\s+'99999999999999999999'"):
        to_whole(_text("1", "9" * 20))


def test_row_of_a_file_is_named_by_its_line():
    """Where the index counts the lines of a file, the error does too."""
    text = _text("1", "N/A").set_axis(pd.Index([2, 3], name="line"))
    with pytest.raises(CheckFailed, match=r"line 3:\s+'N/A'"):
        to_whole(text)


@given(st.lists(st.integers(-10_000, 10_000_000), min_size=1, max_size=20))
def test_whole_numbers_come_back_as_written(numbers):
    """Every whole number is read as itself."""
    assert to_whole(_text(*map(str, numbers))).tolist() == numbers


@given(st.text("0123456789-+., ٣²", max_size=6))
def test_only_digits_ever_become_a_whole_number(text):
    """Any other text stops, digits of other scripts too."""
    try:
        counts = to_whole(_text(text))
    except CheckFailed:
        return
    assert counts.tolist() == [int(text)]
    assert text.isascii()


def test_decimals_are_read_and_shorthand_is_refused():
    """A percentage may have decimals; per cent signs, bounds and notes stop with their rows."""
    shares = to_number(_text("5.02", "-1", None, name="value"))
    assert shares.fillna(-999).tolist() == [5.02, -1, -999]
    with pytest.raises(CheckFailed, match=r"(?s)a value of 'value' is not a number.*row 1:\s+'5%'.*row 2:\s+'>5'"):
        to_number(_text("5", "5%", ">5", name="value"))


def test_dates_are_year_month_day_and_nothing_else():
    """A day that does not exist, or one written the other way round, stops with its row."""
    days = to_dates(_text("2024-02-29", None, name="quarter_start"))
    assert days.tolist()[0] == pd.Timestamp("2024-02-29")
    assert days.isna().tolist() == [False, True]
    with pytest.raises(
        CheckFailed, match=r"(?s)'quarter_start' is not a date.*row 0:\s+'2023-02-29'.*row 1:\s+'01/04/2024'"
    ):
        to_dates(_text("2023-02-29", "01/04/2024", name="quarter_start"))


def _spans(*spans):
    return pd.DataFrame(spans, columns=["period_start", "period_end"]).apply(pd.to_datetime)


def test_quarters_of_the_calendar_pass():
    """January, April, July and October start a quarter; a leap year's first one ends as any other."""
    quarters = _spans(("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-06-30"), ("2024-10-01", "2024-12-31"))
    assert are_quarters(quarters) is quarters


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-04-01", "2024-05-31"),
        ("2024-04-01", "2025-03-31"),
        ("2024-05-01", "2024-07-31"),
        ("2024-04-01", "2024-06-29"),
    ],
)
def test_part_of_a_quarter_is_refused(start, end):
    """Two months, a whole year, or three months that are no quarter are shown as they stand."""
    with pytest.raises(CheckFailed, match=rf"(?s)a period is not a quarter.*{start} to {end}.*part year or a misread"):
        are_quarters(_spans(("2024-01-01", "2024-03-31"), (start, end)))


def test_quarter_that_ends_before_it_starts_is_refused():
    """Start and end in each other's column stop."""
    with pytest.raises(BadPeriod, match="cannot end before it starts"):
        are_quarters(_spans(("2024-06-30", "2024-04-01")))
