"""One number taken apart: what sets it apart from another, where its rows are, and what makes it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

from stats.errors import NotToHand
from stats.home import home
from stats.period import Period
from stats.present import capital, listed
from stats.publish.documents.explained import (
    ALIKE,
    CODE,
    EXPLAINS,
    alike,
    code_of,
    differences,
    differences_table,
    formula,
    in_words,
    side_by_side_table,
    subject,
)
from stats.publish.documents.side import Side, parting
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
    assert in_words(one, one) == "nothing: the same is printed"


def test_two_numbers_that_are_told_alike_are_not_explained_away(side):
    """6.6% and 5% of one charity: rounding, day and our notes stand in the table, and none is said to be the reason."""
    first, later = side("slt-charge-share-2021-22-first"), side("slt-charge-share-2021-22-later")
    rows = {what: (a, b) for what, a, b in differences(first, later)}
    assert list(rows) == ["Rounding", "Release or date", "Who says so", "Note"]
    assert rows["Rounding"] == (
        "to the nearest whole per cent, the counts are not printed", "to 1 decimal place, the counts are not printed",
    )  # fmt: skip
    assert rows["Release or date"] == ("25 November 2022", "not stated")
    assert "not confirmed" in rows["Note"][1]
    assert in_words(first, later) == "nothing that is printed beside them; why is not known"
    assert "from counts that are printed" in side("thornberry-charge-share-2021-22").rounding


def test_what_they_are_a_share_of_is_that_of_their_measures(side):
    """The words beside two numbers differ where their bases do not; a share of victims is of something else."""
    mp, charity = side("thornberry-charge-share-2021-22"), side("slt-charge-share-2021-22-first")
    assert mp.base != charity.base
    assert in_words(mp, charity) == "nothing: the same is printed"
    victims = side("slt-conviction-ratio-victims-2019-20")
    assert (
        in_words(side("slt-conviction-ratio-2021-22"), victims) == "what they are a share of and the period they are of"
    )
    unmeasured = replace(charity, measure=None)
    assert "what they are a share of" in in_words(mp, unmeasured)


def test_a_remark_of_ours_is_no_part_of_a_period(side):
    """'Year ending March 2023 (as read; …)' is the year ending March 2023; nor are the words it was read from."""
    read = replace(side("slt-conviction-ratio-2022-23"), span=None)
    assert "(as read; not in the headline)" in read.period
    assert differences(read, replace(read, period="Year ending March 2023")) == []
    assert differences(read, replace(read, period="year ending March 2023 ('the year before')")) == []
    assert [what for what, _, _ in differences(read, replace(read, period="2023 (provisional)"))] == ["When"]


def test_periods_are_compared_by_their_days(side):
    """Whatever they are called; where the days of either are not known, by their words."""
    one = side("slt-conviction-ratio-2022-23")
    assert one.span == Period.parse("2022/23")
    assert differences(one, replace(one, period="2022/23")) == []
    of_2022 = replace(one, span=Period.parse("2022-01-01 to 2022-12-31"))
    assert [what for what, *_ in differences(one, of_2022)] == ["When"]
    assert [what for what, *_ in differences(one, replace(one, span=None, period="2022/23"))] == ["When"]


def test_what_is_the_same_in_both_is_said(side):
    """The year, the place and the offences, without which nobody knows of what the two numbers are."""
    mp, charity, victims = (
        side(name)
        for name in (
            "thornberry-charge-share-2021-22",
            "slt-conviction-ratio-2021-22",
            "slt-conviction-ratio-victims-2019-20",
        )
    )
    said = alike(mp, charity)
    assert said.startswith(
        "the period (year ending March 2022), the place (England and Wales), the offences (stalking)"
    )
    assert "what is counted" not in said
    assert alike(mp, victims) == "the place (England and Wales) and the offences (stalking)"
    assert alike(mp, replace(charity, offence="not stated", place="Kent", span=None, period="y", measure=None)) == (
        "nothing that is printed beside them"
    )
    assert "the offences" not in alike(replace(mp, offence="not stated"), replace(charity, offence="not stated"))
    assert subject(mp, charity) == "Stalking, England and Wales, year ending March 2022"
    assert subject(mp, victims).endswith(", year ending March 2022 and year ending March 2020")


def test_what_either_does_not_state_is_no_known_difference(side):
    """A base that is not stated may be the same as the other's."""
    unstated, bbc = side("pa-charge-share-2021-22"), side("bbc-charge-share-2021-22")
    assert in_words(unstated, bbc) == (
        "nothing that is printed beside them; left unsaid by one or both: what is counted and what they are a share of"
    )
    later = side("commons-charge-share-2020-21")
    assert in_words(unstated, later).startswith("the period they are of; left unsaid by one or both: ")


FOR_A_WORKED_PAGE = (
    "thornberry-charge-share-2021-22", "telegraph-charge-share-18-months-2021", "bbc-charge-share-2021-22",
    "commons-charge-share-2020-21", "slt-charge-share-2019-20", "bbc-conviction-share-2021",
    "slt-conviction-ratio-2022-23", "slt-conviction-ratio-victims-2019-20",
)  # fmt: skip


def test_each_pair_of_the_numbers_in_the_papers_is_explained_without_contradiction(side):
    """5%, 5.5%, 6%, 7%, 11%, 66%, 1.7%, 0.1%: each two differ in something, and in nothing that they have in common."""
    sides = [side(name) for name in FOR_A_WORKED_PAGE]
    assert [one.text for one in sides] == ["5%", "5.5%", "6%", "7%", "11%", "66%", "1.7%", "0.1%"]
    for one, other in combinations(sides, 2):
        apart = {what for what, *_ in differences(one, other)} & set(EXPLAINS)
        assert apart, (one.text, other.text)
        said, _, crossed = in_words(one, other).partition(". Between them lies a change in what is counted: ")
        assert said == listed([name for what, name in EXPLAINS.items() if what in apart])
        years = [side.span.start.year for side in (one, other)]
        assert bool(crossed) == (min(years) < 2020 <= max(years) and bool(one.breaks) and bool(other.breaks))
        shared = alike(one, other)
        assert all((f"{name} (" in shared) == (what not in apart) for what, name in ALIKE.items()), shared


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


def test_several_numbers_stand_beside_the_first_each_with_what_sets_it_apart(side):
    """5%, 6%, 66% and 0.1%: of what each is told, and the first has no difference of its own."""
    names = ("thornberry-charge-share-2021-22", "bbc-charge-share-2021-22", "bbc-conviction-share-2021",
             "slt-conviction-ratio-victims-2019-20")  # fmt: skip
    grid = side_by_side_table({name: side(name) for name in names})
    rows = [["".join(words.text for words in cell.words) for cell in row] for row in grid.rows]
    assert rows[0][1:3] == [
        "", "offences recorded in the period and charged or summonsed so far, over offences recorded in the period",
    ]  # fmt: skip
    assert [row[0].partition(",")[0] for row in rows] == ["5%", "6%", "66%", "0.1%"]
    assert [row[1] for row in rows[1:]] == [
        "What is counted and what they are a share of",
        "What is counted, what they are a share of and the period they are of",
        "What is counted, what they are a share of and the period they are of",
    ]
    assert rows[2][2] == "people convicted, over people proceeded against"


def test_a_change_in_what_is_counted_between_two_numbers_is_said(side):
    """5% and 11% lie on two sides of April 2020; people in court, or in a survey, are not counted by that rule."""
    now, then = side("thornberry-charge-share-2021-22"), side("slt-charge-share-2019-20")
    (change,) = parting(now, then)
    assert change.id == "2020-04-former-partners"
    assert in_words(now, then).endswith(f". Between them lies a change in what is counted: {change.what_changed}")
    last = differences_table(now, then, "x").rows[-1]
    assert [cell.words[0].text for cell in last] == [capital(change.what_changed), "after it", "before it"]
    assert parting(now, now) == parting(now, replace(then, span=None)) == []
    assert side("bbc-conviction-share-2021").breaks == side("slt-conviction-ratio-victims-2019-20").breaks == ()
    within = replace(now, span=Period.parse("2020-01-01 to 2020-12-31"))
    assert differences_table(within, now, "x").rows[-1][1].words[0].text == "it lies within its period"
