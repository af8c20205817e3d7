import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.xmr import COMMON, special_causes, xmr, xmr_limits

PAIRS = [
    ("Above UCL", "Below LCL"),
    ("7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
    ("2 in 3 Above CL", "2 in 3 Below CL"),
    ("7 Points Above CL", "7 Points Below CL"),
]
MIRROR = dict(PAIRS) | {below: above for above, below in PAIRS}
STEADY = [10, 12, 11, 9, 10, 11, 10, 12, 9, 11, 10, 12, 11, 10]


def causes(y):
    """The special causes of a series, with limits of its own."""
    points = np.asarray(y, dtype=float)
    return special_causes(points, xmr_limits(points))


def test_chart_has_a_row_a_point():
    """Limits on either side of the mean, the same in every row of a run."""
    chart = xmr(STEADY)
    assert list(chart.columns) == ["y", "run", "mean", "lower", "upper", "special_cause"]
    assert chart["y"].tolist() == STEADY
    assert (chart["mean"] - chart["lower"]).tolist() == pytest.approx((chart["upper"] - chart["mean"]).tolist())
    assert set(chart["special_cause"]) == {COMMON}


def test_one_wild_point_does_not_widen_the_limits():
    """Its two moving ranges are screened out, unless one says otherwise; the point is beyond the limits."""
    wild = [*STEADY[:7], 60, *STEADY[7:]]
    screened, plain = xmr(wild), xmr(wild, screen=False)
    assert screened["upper"].iloc[0] < plain["upper"].iloc[0]
    assert screened["special_cause"].iloc[7] == "Above UCL"


def test_seven_on_one_side_are_special_and_six_are_not():
    """Both above and below the mean."""
    low, high = [10, 11, 10, 11, 10, 11, 10], [12, 13, 12, 13, 12, 13, 12]
    assert causes(low + high) == ["7 Points Below CL"] * 7 + ["7 Points Above CL"] * 7
    assert "7 Points Above CL" not in causes([*low, 10, *high[:6]])


def test_seven_rising_or_falling_are_special():
    """A run of seven that each go further; the turning point belongs to the side that it leads to."""
    rising = [16, 4, 16, 4, 7, 8, 9, 10, 11, 12, 13, 4, 16, 4, 16]
    assert causes(rising)[2:12] == [COMMON, *["7 Point Trend (Increasing)"] * 8, COMMON]
    assert causes(rising[::-1])[3:13] == [COMMON, *["7 Point Trend (Decreasing)"] * 8, COMMON]


def test_two_of_three_close_to_a_limit_are_special():
    """On the same side, with the third between them on that side too."""
    points = np.array([10.0, 12, 10, 12, 10, 15.5, 12.5, 15.5, 10, 12, 10, 12, 10, 12])
    limits = xmr_limits(points, constant=3)
    middle = limits.mean
    limits = type(limits)(middle, middle - 6, middle + 6, middle - 3, middle + 3)
    assert [at for at, word in enumerate(special_causes(points, limits)) if word == "2 in 3 Above CL"] == [5, 7]


def test_rebase_gives_each_part_limits_of_its_own():
    """A level that doubles at a break has no special points on either side of it."""
    doubled = STEADY + [2 * y for y in STEADY]
    chart = xmr(doubled, rebase=[14])
    assert chart["run"].tolist() == [0] * 14 + [1] * 14
    assert chart["mean"].iloc[-1] == pytest.approx(2 * chart["mean"].iloc[0])
    assert set(chart["special_cause"]) == {COMMON}


def test_growing_series_that_resembles_itself_is_refused():
    """Recorded stalking since 2021 has no steady limits; read backwards it has none either."""
    growing = [30046, 29733, 28851, 29062, 29701, 30052, 27932, 29492, 30841, 32749, 31705, 33534, 33661, 33875]
    for series in (growing, growing[::-1]):
        with pytest.raises(NotHonest, match="no steady limits") as refusal:
            xmr(series)
        assert "Kendall's tau" in str(refusal.value)


def test_too_few_points_are_too_short_to_say():
    """Eleven points in any part."""
    with pytest.raises(NotHonest, match="too short to say"):
        xmr(STEADY[:11])
    with pytest.raises(NotHonest, match="too short to say"):
        xmr(STEADY, rebase=[3])


def test_missing_points_and_impossible_rebases_are_refused():
    """A hole in the series, a rebase at the first point, beyond the last, or twice."""
    with pytest.raises(BadCount, match="must be a number"):
        xmr([*STEADY, float("nan")])
    for rebase in ([0], [99], [12, 12]):
        with pytest.raises(ValueError, match="rebase must name"):
            xmr(STEADY * 2, rebase=rebase)


def test_series_that_never_moves_has_no_limits():
    """Nothing is beyond limits that are not there."""
    limits = xmr_limits(np.full(14, 7.0))
    assert limits.mean == 7
    assert math.isnan(limits.upper)
    assert set(causes([7] * 14)) == {COMMON}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=30))
def test_mirrored_values_have_mirrored_causes(y):
    """Above and below change places, and nothing else."""
    points = np.asarray(y, dtype=float)
    there, back = causes(points), causes(-points)
    assert [MIRROR.get(word, word) for word in back] == there


def test_a_table_gives_the_same_table_with_the_chart_of_each_series():
    """Every row has the limits and cause of its point; series are charted apart, though their rows are mixed."""
    points = {
        "Kent": [10, 12, 11, 9, 10, 11, 10, 12, 9, 11, 10, 25, 11, 10],
        "Essex": [5, 6, 5, 7, 6, 5, 6, 7, 5, 6, 7, 6, 5, 6],
    }
    table = pd.DataFrame(points).melt(var_name="force", value_name="n").set_axis(range(50, 78))
    table = table.iloc[np.argsort(np.arange(28) % 14, kind="stable")]
    found = xmr(table, "n", by="force")
    pd.testing.assert_frame_equal(found[["force", "n"]], table)
    assert list(found.columns) == ["force", "n", "run", "mean", "lower", "upper", "special_cause"]
    for force, y in points.items():
        alone = xmr(y).drop(columns="y")
        rows = found.loc[found["force"] == force, list(alone.columns)].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone)
