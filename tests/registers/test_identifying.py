"""What would name a person is told from what would not."""

from __future__ import annotations

import pytest

from stats.registers.identifying import cell_that_names, column_that_names


@pytest.mark.parametrize(
    "name",
    [
        "name", "Surname", "first name", "Postcode", "home_post_code", "email", "E-mail address", "DOB",
        "date_of_birth", "mobile", "telephone number", "IP address", "nhs_number", "crime_ref", "comments",
        "q12_text", "free text", "latitude",
    ],
)  # fmt: skip
def test_columns_that_would_name_a_person_are_known(name: str) -> None:
    """In any case, with spaces, hyphens or underscores."""
    assert column_that_names(name)


@pytest.mark.parametrize("name", ["age_group", "reported", "weight", "psu", "region", "q1", "renamed", "context"])
def test_columns_of_codes_are_let_pass(name: str) -> None:
    """A question that only sounds alike is none."""
    assert column_that_names(name) is None


@pytest.mark.parametrize("text", ["a.b@example.org", "SW1A 1AA", "m1 1ae", "03/04/1990", "1990-04-03", "07700 900123"])
def test_cells_that_would_name_a_person_are_known(text: str) -> None:
    """E-mail, postcode, date and telephone number."""
    assert cell_that_names(text)


@pytest.mark.parametrize("text", ["1", "0.873", "12345", "E23000001", "stratum 4", "-9"])
def test_codes_and_weights_are_let_pass(text: str) -> None:
    """Numbers and codes of areas name nobody."""
    assert cell_that_names(text) is None
