import re

import pandas as pd
import pytest

from stats.clean.recorded_crime import clean_recorded_crime, quarterly_grid
from stats.errors import BadPeriod, CheckFailed
from stats.period import Period
from stats.read.recorded_crime import COLUMNS

FIRST = Period.parse("2012/13 Q1")


@pytest.fixture
def published(registers):
    """The first quarter as it is published: 8L and 8M in 44 forces, ten offences each."""
    return _quarter(registers, FIRST, ["8L", "8M"])


def _quarter(registers, quarter, codes):
    rows = [
        ("" if force.code == "BTP" else force.code, force.name, quarter.start, quarter.end, code, "10")
        for force in registers.areas.forces
        for code in codes
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype("str").replace("", None)


def _clean(published, registers):
    return clean_recorded_crime(published, "a_release", registers)


def _at(published, force, code="8L"):
    """Return the row of a force and code."""
    return published.index[(published["force_name"] == force) & (published["offence_code"] == code)][0]


def test_published_quarter_becomes_a_tidy_one(registers, published):
    """Each force and code has one row, under its code and its name in use, with its release."""
    tidy = _clean(published, registers)
    assert list(tidy) == list(registers.tables["recorded_offences"].columns)
    assert len(tidy) == 88
    assert tidy["offences_n"].sum() == 880
    assert set(tidy["source_id"]) == {"a_release"}
    transport = tidy[tidy["area_code"] == "BTP"]
    assert transport["area_name"].unique().tolist() == ["British Transport Police"]
    assert tidy["status"].isna().all()


def test_order_of_the_published_rows_does_not_matter(registers, published):
    """The same rows in another order make the same table."""
    mixed = published.sample(frac=1, random_state=8).reset_index(drop=True)
    pd.testing.assert_frame_equal(_clean(mixed, registers), _clean(published, registers))


def test_negative_corrections_are_kept(registers, published):
    """A force that takes back more than it recorded has a count below zero, and it stays."""
    published.loc[_at(published, "Kent"), "offences"] = "-3"
    tidy = _clean(published, registers)
    assert tidy.loc[(tidy["area_name"] == "Kent") & (tidy["offence_code"] == "8L"), "offences_n"].tolist() == [-3]
    assert tidy["offences_n"].sum() == 867


@pytest.mark.parametrize("odd", ["-00 ", "..", "-", "[x]", "N/A"])
def test_spelling_of_missing_or_nought_is_never_guessed(registers, published, odd):
    """'-00 ' and '..' stop with the row they stand in, until a reader knows what they mean."""
    row = _at(published, "Greater Manchester")
    published.loc[row, "offences"] = odd
    with pytest.raises(
        CheckFailed, match=rf"(?s)'offences' is not a whole number.*row {row}:\s+{re.escape(repr(odd))}"
    ):
        _clean(published, registers)


def test_missing_count_is_refused(registers, published):
    """An empty cell is not nought: it stops and the force is shown."""
    published.loc[_at(published, "Greater Manchester"), "offences"] = None
    with pytest.raises(
        CheckFailed, match=r"(?s)offences_n that is missing, and nothing says why.*Greater Manchester.*<NA>"
    ):
        _clean(published, registers)


def test_repeated_force_quarter_is_refused(registers, published):
    """A force printed twice for a quarter and code would count twice: both rows are shown."""
    again = published.loc[[_at(published, "Kent")]].assign(offences="11")
    with pytest.raises(
        CheckFailed, match=r"(?s)rows with the same area_code, period_start.*rows:\s+2\n.*Kent.*10.*Kent.*11"
    ):
        _clean(pd.concat([published, again], ignore_index=True), registers)


def test_missing_force_is_refused(registers, published):
    """A force that is left out makes a hole, and the hole is shown."""
    gone = published.drop(_at(published, "Devon and Cornwall"))
    with pytest.raises(
        CheckFailed, match=r"(?s)recorded offences does not cover its grid.*E23000035\s+2012-04-01\s+8L\s+missing"
    ):
        _clean(gone, registers)


def test_missing_quarter_is_refused(registers, published):
    """A whole quarter left out between two others stops, for every force."""
    third = _quarter(registers, Period.parse("2012/13 Q3"), ["8L", "8M"])
    with pytest.raises(
        CheckFailed, match=r"(?s)does not cover its grid.*rows:\s+88\n.*2012-07-01\s+8L\s+missing.*and 80 more"
    ):
        _clean(pd.concat([published, third], ignore_index=True), registers)


def test_class_is_wanted_from_the_day_it_exists(registers):
    """Stalking must be there in April 2014 and must not be there before."""
    before = _quarter(registers, Period.parse("2013/14 Q4"), ["8L", "8M", "8Q"])
    with pytest.raises(CheckFailed, match=r"(?s)does not cover its grid.*2014-01-01\s+8Q\s+not expected"):
        _clean(before, registers)
    after = _quarter(registers, Period.parse("2014/15 Q1"), ["8L", "8M"])
    with pytest.raises(CheckFailed, match=r"(?s)does not cover its grid.*2014-04-01\s+8Q\s+missing"):
        _clean(after, registers)
    assert len(_clean(_quarter(registers, Period.parse("2014/15 Q1"), ["8L", "8M", "8Q"]), registers)) == 132


def test_assaults_are_not_let_in(registers, published):
    """8S, an assault, is not expected among stalking and harassment."""
    published.loc[_at(published, "Kent"), "offence_code"] = "8S"
    with pytest.raises(CheckFailed, match=r"(?s)does not cover its grid.*E23000032.*8S\s+not expected"):
        _clean(published, registers)


def test_slipped_join_is_refused(registers, published):
    """Names moved up by one force against their codes stop at the first that disagrees."""
    territorial = published[published["force_name"] != "British Transport Police"]
    slipped = territorial.assign(force_name=territorial["force_name"].shift(-2, fill_value="Kent"))
    with pytest.raises(
        CheckFailed, match=r"(?s)two different areas.*code:\s+E23000001.*name:\s+Cumbria.*belongs to:\s+E23000002"
    ):
        _clean(slipped, registers)


def test_total_among_the_forces_is_refused(registers, published):
    """A row for England would be counted on top of its forces."""
    total = published.head(1).assign(force_code="E92000001", force_name="England", offences="390")
    with pytest.raises(CheckFailed, match=r"(?s)does not cover its grid.*E92000001.*not expected"):
        _clean(pd.concat([published, total], ignore_index=True), registers)


def test_unknown_force_is_refused(registers, published):
    """Action Fraud is no police force, and is named."""
    published.loc[_at(published, "Kent"), ["force_code", "force_name"]] = [None, "Action Fraud"]
    with pytest.raises(CheckFailed, match="'Action Fraud' is not an area in the register"):
        _clean(published, registers)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("quarter_end", "2012-05-31", "(?s)a period is not a quarter.*2012-04-01 to 2012-05-31"),
        ("quarter_end", "2013-03-31", "(?s)a period is not a quarter.*2012-04-01 to 2013-03-31"),
        ("quarter_start", "2012/13 Q1", "(?s)'quarter_start' is not a date.*'2012/13 Q1'"),
        ("offences", "99999", r"(?s)offences_n: less_than_or_equal_to\(20000.*99999"),
    ],
)
def test_part_year_and_impossible_values_are_refused(registers, published, column, value, words):
    """Two months beside three, a year, a date in words, or a count no force ever had are shown."""
    published.loc[_at(published, "Kent"), column] = value
    with pytest.raises(CheckFailed, match=words):
        _clean(published, registers)


def test_grid_has_each_code_from_its_start(registers, published):
    """Each quarter from the first to the last wants 44 rows for each code that exists in it."""
    last = _quarter(registers, Period.parse("2020/21 Q1"), ["8L", "8M", "8Q", "8R", "8U"])
    grid = quarterly_grid(pd.concat([published, last], ignore_index=True), registers)
    quarters = {"8L": 33, "8M": 33, "8Q": 25, "8R": 13, "8U": 1}
    assert (grid["offence_code"].value_counts() / 44).astype(int).to_dict() == quarters


def test_start_and_end_in_each_others_column_are_refused(registers, published):
    """Dates that run backwards stop before anything is counted."""
    swapped = published.rename(columns={"quarter_start": "quarter_end", "quarter_end": "quarter_start"})
    with pytest.raises(BadPeriod, match="cannot end before it starts"):
        _clean(swapped[COLUMNS], registers)
