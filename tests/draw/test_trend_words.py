from types import SimpleNamespace

import pytest

from stats.draw.trend_words import in_full, interval, verdict
from stats.estimate.trend_runs import TOO_SHORT, Run


def run(value, lower, upper, level=0.95) -> Run:
    """A run of no quarters with an invented ratio."""
    return Run((), SimpleNamespace(ratio=SimpleNamespace(value=value, lower=lower, upper=upper, level=level)))


@pytest.mark.parametrize(
    ("ratio", "said", "between"),
    [
        ((1.54, 1.417, 1.678), "up 54% a year", "42% to 68%"),
        ((0.87, 0.77, 0.985), "down 13% a year", "2% to 23%"),
        ((1.031, 1.012, 1.0505), "up 3.1% a year", "1.2% to 5.1%"),
        ((1.0846, 0.99508, 1.18226), "no clear change", "−0.5% to 18.2% a year"),
        ((1.02, 0.9, 1.15), "no clear change", "−10% to 15% a year"),
        ((1.02, 1.0004, 1.04), "up 2.00% a year", "0.04% to 4.00%"),
        ((1.0, 0.95, 1.05), "no clear change", "−5% to 5% a year"),
        ((2.5, 1.9, 3.3), "up 150% a year", "90% to 230%"),
    ],
)
def test_changes_are_rounded_once_and_never_to_a_false_zero(ratio, said, between):
    """Whole per cent for wide intervals, decimals for narrow ones, and as many as keep a limit off zero."""
    assert verdict(run(*ratio)) == said
    assert interval(run(*ratio)) == between


def test_the_level_stands_beside_the_interval():
    """An interval of another level says so."""
    assert in_full(run(1.5, 1.4, 1.7, level=0.9)) == "up 50% a year (90% confidence interval: 40% to 70%)"


def test_a_run_without_a_trend_says_why():
    """In the words of the reason, and with no interval."""
    without = Run((), why_not=TOO_SHORT)
    assert (verdict(without), interval(without), in_full(without)) == (TOO_SHORT, "", TOO_SHORT)
