from dataclasses import replace

import pytest

from stats.estimate.counts import series
from stats.estimate.trend import trend
from stats.estimate.trend_runs import trends_between_breaks
from stats.period import Period


@pytest.fixture(scope="module")
def runs(offences, registers):
    """The runs of an area's quarterly counts, named in words."""

    def of(area, group, start="2014/15 Q1", end="2025/26 Q3"):
        periods = Period.parse(start).through(Period.parse(end), by="quarter")
        asked = {"area": registers.areas.find(area), "group": registers.offences.find(group), "periods": periods}
        return trends_between_breaks(series(offences, registers=registers, across_breaks=True, **asked))

    return of


def test_national_stalking_is_cut_into_five_runs(runs):
    """Sixteen quarters, eight, twelve, the one with a break inside, and ten: two are long enough."""
    found = runs("England and Wales", "stalking")
    assert [len(run.counts) for run in found] == [16, 8, 12, 1, 10]
    assert [run.why_not for run in found] == ["", "too short to say", "", "a break falls inside", "too short to say"]
    assert [run.found is not None for run in found] == [True, False, True, False, False]


def test_trend_of_a_run_is_that_of_its_quarters_alone(runs):
    """The first run's ratio is what `trend` gives for it, and its contract holds its span."""
    run = runs("England and Wales", "stalking")[0]
    alone = trend([c.value for c in run.counts], run.periods, breaks=[])
    assert run.found.ratio.value == alone.ratio.value
    assert run.found.ratio.contract.period == run.span == Period.parse("April 2014 to March 2018")
    assert run.is_clear
    assert run.is_alike


def test_change_whose_interval_holds_none_is_not_clear(runs):
    """April 2020 to March 2023: the interval of recorded stalking holds a ratio of 1."""
    run = runs("England and Wales", "stalking")[2]
    assert run.found.ratio.lower < 1 < run.found.ratio.upper
    assert not run.is_clear


def test_too_few_offences_are_too_few_to_say(runs):
    """Lincolnshire recorded about three a quarter until 2018."""
    assert runs("Lincolnshire", "stalking")[0].why_not == "too few to say"


def test_counts_below_zero_have_no_trend(runs):
    """Wiltshire's 8M has a correction of -2 in January to March 2015."""
    assert runs("Wiltshire", "8M")[0].why_not == "no trend, for a correction below zero"


def test_count_without_a_contract_is_refused(count):
    """Nothing shows where its breaks are."""
    with pytest.raises(ValueError, match="contract"):
        trends_between_breaks([replace(count("Kent", "stalking", "2020/21 Q1"), contract=None)])
