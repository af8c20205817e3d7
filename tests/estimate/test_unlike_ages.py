"""Cohorts of unlike age, unlike bases and samples are not compared as if they were full counts of one age."""

from dataclasses import replace

import pytest

from stats.errors import NotComparable, NotHonest
from stats.estimate.attrition import cohort, cohort_bounds, resolved_only
from stats.estimate.change import difference
from stats.estimate.proportions import proportion
from stats.period import Period
from stats.read.tidy import read_tidy
from stats.registers import load


def charged(quarter):
    """Return the national cohort of stalking offences recorded in a quarter of 2024/25."""
    registers = load()
    where = {"area": registers.areas.find("England and Wales"), "group": registers.offences.find("stalking")}
    outcomes = read_tidy("outcomes", registers)
    return cohort(outcomes, **where, period=Period.quarter(2024, quarter), registers=registers)


def test_charged_shares_of_two_quarters_are_not_compared():
    """The later quarter has had less time for its outcomes to arrive."""
    first, last = cohort_bounds(charged(1)), cohort_bounds(charged(4))
    with pytest.raises(NotComparable, match=r"(?s)still grows.*unlike time.*across_ages=True"):
        difference(first, last)
    assert difference(first, last, across_ages=True).unit == "change in share"


def test_the_two_bases_of_one_cohort_are_two_measures():
    """Charged over recorded and charged over resolved are not set against each other."""
    both = charged(1)
    with pytest.raises(NotComparable, match="are two measures"):
        difference(cohort_bounds(both), resolved_only(both))


def test_two_shares_of_one_sample_get_no_difference():
    """Two shares of the same people are not subtracted as if they were of two samples."""
    contract = replace(charged(1).contract, measure=load().measure("survey_share_stalked_last_year"))
    a, b = (proportion(x, 1000, basis="sample", contract=contract) for x in (32, 38))
    with pytest.raises(NotHonest, match="samples share people"):
        difference(a, b)
