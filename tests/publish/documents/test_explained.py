"""One number taken apart: what sets it apart from another, where its rows are, and what makes it."""

from __future__ import annotations

import re

import pytest

from stats.errors import NotToHand
from stats.home import home
from stats.publish.documents.explained import CODE, Side, cells_table, code_of, differences, formula, in_words
from stats.publish.documents.model import plain
from stats.run.claims import facts_of


@pytest.fixture(scope="module")
def side():
    """A published figure as a side."""
    facts = facts_of(home())
    rows = {row["figure_id"]: row for row in facts.figures}
    return lambda name: Side.of_published(rows[name], facts.registers)


def test_two_numbers_differ_in_what_they_say_and_in_nothing_else(side):
    """5% and 1.4% of one year: charges against people convicted, over one base; the place and the year are the same."""
    charge, convicted = side("thornberry-charge-share-2021-22"), side("slt-conviction-ratio-2021-22")
    rows = {what: (a, b) for what, a, b in differences(charge, convicted)}
    assert "Where" not in rows
    assert "When" not in rows
    assert rows["What is counted"][0].startswith("offences recorded in the period and charged")
    assert rows["What is counted"][1].startswith("people convicted")
    assert in_words(charge, convicted) == "what is counted and of what"


def test_one_number_does_not_differ_from_itself(side):
    """What is left is rounding, or the release."""
    one = side("thornberry-charge-share-2021-22")
    assert differences(one, one) == []
    assert "roundings" in in_words(one, one)


@pytest.mark.parametrize("name", CODE)
def test_the_line_of_code_is_that_of_the_function(name, registers):
    """It is read from the code, so it moves with it."""
    file, line, function = re.fullmatch(r"(\S+), line (\d+), (\w+)", code_of(registers.measure(name))).groups()
    assert (home() / file).read_text("utf-8").splitlines()[int(line) - 1].startswith(f"def {function}(")


def test_what_nothing_computes_has_no_code(registers):
    """It is quoted."""
    with pytest.raises(NotToHand, match="nothing here computes"):
        code_of(registers.measure("conviction_ratio_to_offences_recorded"))


def test_a_formula_is_what_over_what(registers):
    """A count is over nothing."""
    share = registers.measure("charge_share_of_offences_recorded")
    assert formula(share) == f"{share.numerator.what}, divided by {share.denominator.what}"
    assert "divided" not in formula(registers.measure("recorded_offences"))


def test_the_rows_of_a_number_lead_to_its_file(registers):
    """With its hash and what its rows hold."""
    source = registers.source("home_office_outcomes_2024_25")
    table = cells_table(source, {"area_code": "E23000020"}, "a number")
    told = {plain(what.words): plain(which.words) for what, which in table.rows}
    assert told["File"] == source.file
    assert told["Its sha256"] == source.sha256
    assert told["Rows where area_code is"] == "E23000020"
