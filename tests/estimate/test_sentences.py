import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.wording import read_words
from stats.errors import NotHonest
from stats.estimate.attrition import Cohort, cohort_bounds
from stats.estimate.estimate import Estimate, full_count
from stats.estimate.proportions import proportion
from stats.estimate.sentences import WHO, in_words
from stats.estimate.shape import AS_IF, BASES


def test_share_of_a_sample_has_its_interval_and_base():
    """Estimate first, then the interval as the ONS writes it, then who was asked."""
    said = in_words(proportion(79, 122, basis="sample"), who="people asked in 2016")
    assert said == "65% (95% confidence interval: 56% to 73%) of 122 people asked in 2016"


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("self-selected", "79 of the 122 people who answered (65%)"),
        ("case audit", "79 of the 122 files reviewed (65%)"),
    ],
)
def test_those_who_stand_for_themselves_are_counted_out(basis, said):
    """A count out of a count, and no interval."""
    assert in_words(proportion(79, 122, basis=basis)) == said


def test_full_count_is_its_value():
    """A count is whole, a share has its base."""
    assert in_words(full_count(118_411)) == "118,411"
    found = proportion(5_948, 118_411, basis="full count")
    assert in_words(found, who="offences recorded") == "5.0% of 118,411 offences recorded"


def test_as_if_interval_says_so():
    """Wherever the interval is printed, with what it supposes."""
    said = in_words(proportion(5_948, 118_411, basis="full count", as_if=True), who="offences recorded")
    assert said == f"5.0% (95% confidence interval, {AS_IF}: 4.9% to 5.1%) of 118,411 offences recorded"


def test_bounds_are_a_range_and_no_confidence_interval():
    """What pending outcomes can still change."""
    assert in_words(cohort_bounds(Cohort(1_531, 83, 177))) == "5.4% (range: 5.4% to 17.0%) of 1,531 offences"


def test_rate_has_its_unit_and_other_levels_are_named():
    """Two significant figures, per what, and 99.8% where it is 99.8%."""
    rate = Estimate(2.284, 2.11, 2.44, "per 1,000 residents", "exact", 0.998, 1e5, "sample")
    assert in_words(rate) == "2.3 (99.8% confidence interval: 2.1 to 2.4) per 1,000 residents"


@pytest.mark.parametrize(
    ("unit", "value", "lower", "upper", "said"),
    [
        ("change in share", 0.021, -0.014, 0.056, "no clear difference: 2.1 percentage points"),
        ("change in share", -0.021, -0.034, -0.006, "-2.1 percentage points"),
        ("ratio", 1.08, 0.97, 1.2, "no clear difference: 1.08"),
        ("odds ratio", 1.53, 1.1, 2.1, "1.53"),
        ("per 1,000 residents, difference", 0.41, -0.1, 0.9, "no clear difference: 0.41"),
        ("share", 0.021, 0.0, 0.05, "2.1%"),
    ],
)
def test_interval_that_holds_no_change_is_no_clear_difference(unit, value, lower, upper, said):
    """It is not 'no difference': 0 for a difference and 1 for a ratio lie in the interval, and more besides."""
    assert in_words(Estimate(value, lower, upper, unit, "m", 0.95, 5_000, "sample")).startswith(f"{said} (95%")


def test_range_without_a_value_is_said_as_one():
    """The ends of a chain of shares."""
    sampled = Estimate(math.nan, 0.25, 0.46, "share", "m", 0.95, 122, "sample")
    assert in_words(sampled) == "25% to 46% (95% confidence interval) of 122 people asked"
    answered = Estimate(math.nan, 0.33, 0.37, "share", "m", math.nan, 122, "self-selected")
    assert in_words(answered) == "33% to 37% of 122 people who answered"


def test_no_number_is_refused():
    """Not available is not zero."""
    with pytest.raises(NotHonest, match="no number to say"):
        in_words(Estimate(math.nan, math.nan, math.nan, "share", "m", math.nan, 122, "sample"))


@pytest.mark.parametrize("basis", ["self-selected", "case audit"])
def test_people_who_answered_are_not_made_the_nation(basis):
    """'Victims in England' is more than 122 people who chose to answer."""
    with pytest.raises(NotHonest, match=f"'England' cannot be said of a {basis}"):
        in_words(proportion(79, 122, basis=basis), who="victims in England")
    assert in_words(proportion(79, 122, basis="sample"), who="women in England")


def test_every_basis_has_its_people():
    """Nobody is left without a name."""
    assert set(WHO) == set(BASES)


@given(n=st.integers(1, 5_000), data=st.data(), basis=st.sampled_from(sorted(BASES)))
def test_sentence_read_back_holds_the_share_and_its_base(n, data, basis):
    """The percentage and the base that are printed are those of the estimate."""
    x = data.draw(st.integers(0, n))
    said = in_words(proportion(x, n, basis=basis))
    share = re.search(r"[\d.]+%", said)[0]
    assert read_words(share).holds(Fraction(x, n))
    assert f"{n:,}" in said
