import numpy as np
import pytest

from stats.estimate.break_tests import break_alarm, chow
from stats.estimate.trend_models import design

FLAT = np.array([5.0, 6, 5, 7, 6, 5, 6, 7, 5, 6, 7, 6])
JUMP = np.concatenate([FLAT, FLAT + 10])
MEAN = np.ones((24, 1))


def test_a_jump_is_seen_where_it_is():
    """The alarm stands at the last point before the jump, and is the Chow statistic there."""
    alarm = break_alarm(JUMP, MEAN)
    assert alarm.last_before == 11
    assert alarm.statistic == pytest.approx(chow(JUMP, MEAN, 12).statistic)
    assert chow(JUMP, MEAN, 12).p_value < 1e-6


def test_alarm_is_the_largest_of_all_it_tried():
    """No position of the trimmed range has a larger statistic."""
    alarm = break_alarm(JUMP, MEAN, trim=0.2)
    every = [chow(JUMP, MEAN, at).statistic for at in range(5, 20)]
    assert (alarm.tried, alarm.statistic) == (15, max(every))


def test_series_without_a_jump_has_a_small_statistic():
    """The same series moved by nothing."""
    assert chow(np.concatenate([FLAT, FLAT]), MEAN, 12).p_value == pytest.approx(1)


def test_results_call_themselves_alarms():
    """They tell of the data, and never of a cause."""
    assert "alarm about the data only" in chow(JUMP, MEAN, 12).method
    assert "alarm about the data only" in break_alarm(JUMP, MEAN).method
    assert not hasattr(break_alarm(JUMP, MEAN), "p_value")


def test_too_short_a_side_is_refused():
    """A side needs more rows than the design has columns; trimming must leave something."""
    with pytest.raises(ValueError, match="more than 5 rows"):
        chow(JUMP, design(24), 5)
    for trim in (0.5, -0.1):
        with pytest.raises(ValueError, match="leaves nothing"):
            break_alarm(JUMP, MEAN, trim=trim)
    with pytest.raises(ValueError, match="leaves nothing"):
        break_alarm(JUMP[:10], design(10))
