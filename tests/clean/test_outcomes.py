import pandas as pd
import pytest

from stats.clean.outcomes import clean_outcomes, outcomes_sum_to_recorded
from stats.errors import CheckFailed

PUBLISHED = """
    force_code | force_name               | quarter_start | quarter_end | offence_code | outcome_type | offences
    E23000020  | Lincolnshire             | 2024-04-01    | 2024-06-30  | 8Q           | 0            | 7
    E23000020  | Lincolnshire             | 2024-04-01    | 2024-06-30  | 8Q           | 1            | 12
    E23000020  | Lincolnshire             | 2024-04-01    | 2024-06-30  | 8Q           | 16           | 60
    E23000020  | Lincolnshire             | 2024-07-01    | 2024-09-30  | 8Q           | 16           | -2
               | British Transport Police | 2024-04-01    | 2024-06-30  | 8L           | 15           | 3
"""


@pytest.fixture
def published(drawn):
    """A few rows as they are published."""
    return drawn(PUBLISHED)


def _clean(published, registers):
    return clean_outcomes(published, "a_release", registers)


def test_published_outcomes_become_tidy(registers, published):
    """Each row keeps its type as text, its count and a correction below zero."""
    tidy = _clean(published, registers)
    assert list(tidy) == list(registers.tables["outcomes"].columns)
    assert tidy["outcome_type_code"].tolist() == ["15", "0", "1", "16", "16"]
    assert tidy["offences_n"].tolist() == [3, 7, 12, 60, -2]
    assert tidy["area_code"].tolist()[0] == "BTP"


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    [
        (1, "outcome_type", "19", "outcomes has a outcome_type_code that is in no register.*Lincolnshire.*19"),
        (1, "outcome_type", "Charged", "outcome_type_code that is in no register.*Charged"),
        (1, "offence_code", "8S", "offence_code that is in no register.*8S"),
        (1, "offences", "-00 ", "'offences' is not a whole number.*row 1:.*'-00 '"),
        (1, "offences", "..", r"'offences' is not a whole number.*row 1:.*'\.\.'"),
        (1, "offences", None, "outcomes does not fit its columns.*not_nullable"),
        (1, "quarter_end", "2024-05-31", "a period is not a quarter.*2024-04-01 to 2024-05-31"),
        (1, "force_name", "Leicestershire", "code and name are two different areas.*E23000020.*Leicestershire"),
        (1, "outcome_type", "0", "same area_code, period_start, period_end, offence_code, outcome_type_code"),
    ],
)
def test_wrong_row_is_refused(registers, published, row, column, value, words):
    """An unknown type or code, a count that is none, a part quarter, a slip or a repeat stops with its row."""
    published.loc[row, column] = value
    with pytest.raises(CheckFailed, match="(?s)" + words):
        _clean(published, registers)


def _recorded(drawn, text):
    table = drawn(text)
    return table.assign(
        offences_n=table["offences_n"].astype("Int64"), period_start=pd.to_datetime(table["period_start"])
    )


RECORDED = """
    area_code | period_start | offence_code | offences_n
    E23000020 | 2024-04-01   | 8Q           | 79
    E23000020 | 2024-04-01   | 8L           | 0
    E23000020 | 2024-07-01   | 8Q           | -2
    BTP       | 2024-04-01   | 8L           | 3
    E23000020 | 2023-04-01   | 8Q           | 500
"""


def test_outcomes_that_sum_to_recorded_pass(registers, published, drawn):
    """Every offence has one outcome; quarters without outcomes are not compared, and no rows is no offence."""
    outcomes = _clean(published, registers)
    assert outcomes_sum_to_recorded(outcomes, _recorded(drawn, RECORDED)) is outcomes


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("| 79", "| 80", r"E23000020\s+2024-04-01\s+8Q\s+79\s+80"),
        ("8L           | 0", "8L           | 4", r"E23000020\s+2024-04-01\s+8L\s+0\s+4"),
        ("BTP       | 2024-04-01   | 8L           | 3\n", "", r"BTP\s+2024-04-01\s+8L\s+3\s+<NA>"),
        ("2024-07-01   | 8Q           | -2", "2024-07-01   | 8Q           | 2", r"2024-07-01\s+8Q\s+-2\s+2"),
    ],
)
def test_outcomes_that_do_not_sum_to_recorded_stop(registers, published, drawn, old, new, words):
    """One offence too many, a force without rows, or outcomes of nothing recorded show the force and quarter."""
    recorded = _recorded(drawn, RECORDED.replace(old, new))
    with pytest.raises(
        CheckFailed,
        match=rf"(?s)outcomes against recorded offences does not add up \(tolerance 0\).*rows:\s+1\n.*{words}",
    ):
        outcomes_sum_to_recorded(_clean(published, registers), recorded)
