"""One number taken apart: what sets it apart from another, where its rows are, and what makes it."""

from __future__ import annotations

import re
from dataclasses import replace

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
    assert not {"Where", "When", "What it is a share of"} & set(rows)
    assert rows["What is counted"][0].startswith("offences recorded in the period and charged")
    assert rows["What is counted"][1].startswith("people convicted")
    assert in_words(charge, convicted) == "what is counted"


def test_one_number_does_not_differ_from_itself(side):
    """There is no row, and no reason is made up."""
    one = side("thornberry-charge-share-2021-22")
    assert differences(one, one) == []
    assert in_words(one, one) == "nothing that is printed beside them; why is not known"


def test_two_numbers_that_are_told_alike_are_not_explained_away(side):
    """6.6% and 5% of one charity: rounding, day and our notes stand in the table, and none is said to be the reason."""
    first, later = side("slt-charge-share-2021-22-first"), side("slt-charge-share-2021-22-later")
    rows = {what: (a, b) for what, a, b in differences(first, later)}
    assert list(rows) == ["Rounding", "Release or date", "Who says so", "Note"]
    assert rows["Rounding"] == (
        "to the nearest whole per cent, the counts are not printed", "to 1 decimal place, the counts are not printed",
    )  # fmt: skip
    assert rows["Release or date"] == ("2022-11-25", "not stated")
    assert "not confirmed" in rows["Note"][1]
    assert in_words(first, later) == "nothing that is printed beside them; why is not known"
    assert "from counts that are printed" in side("thornberry-charge-share-2021-22").rounding


def test_what_they_are_a_share_of_is_that_of_their_measures(side):
    """The words beside two numbers differ where their bases do not; a share of victims is of something else."""
    mp, charity = side("thornberry-charge-share-2021-22"), side("slt-charge-share-2021-22-first")
    assert mp.base != charity.base
    assert in_words(mp, charity) == "nothing that is printed beside them; why is not known"
    victims = side("slt-conviction-ratio-victims-2019-20")
    assert (
        in_words(side("slt-conviction-ratio-2021-22"), victims) == "what they are a share of and the period they are of"
    )
    unmeasured = replace(charity, measure=None)
    assert "what they are a share of" in in_words(mp, unmeasured)


def test_a_remark_of_ours_is_no_part_of_a_period(side):
    """'Year ending March 2023 (as read; …)' is the year ending March 2023."""
    read = side("slt-conviction-ratio-2022-23")
    assert "(as read; not in the headline)" in read.period
    assert differences(read, replace(read, period="Year ending March 2023")) == []
    assert [what for what, _, _ in differences(read, replace(read, period="2023 (provisional)"))] == ["When"]


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
    """As it lies in the repository, with its hash, what it is, whose it is, what its rows hold, and each caveat."""
    source = registers.source("home_office_outcomes_2024_25")
    table = cells_table(source, {"area_code": "E23000020"}, "a number", home())
    told = {plain(what.words): plain(which.words) for what, which in table.rows}
    assert told["File"].startswith("data/raw/home-office/")
    assert (home() / told["File"]).samefile(source.file)
    assert told["What the file is"].startswith("a copy in our own columns")
    (own,) = next(which.words for what, which in table.rows if plain(what.words) == "The publisher's own address")
    assert (own.text, own.address) == (source.publisher_url, source.publisher_url)
    assert [plain(b.words) for a, b in table.rows if plain(a.words) == "Caveat"] == list(source.caveats)
    assert told["Its sha256"] == source.sha256
    assert told["Rows where area_code is"] == "E23000020"


def test_the_publishers_own_file_is_not_called_a_copy(registers):
    """Nor has it an address that nobody told."""
    source = registers.source("home_office_outcomes_2024_25")
    official = source.model_copy(update={"kind": "official-copy", "publisher_url": None})
    told = {plain(row[0].words) for row in cells_table(official, {}, "a number", home()).rows}
    assert not {"What the file is", "The publisher's own address"} & told
