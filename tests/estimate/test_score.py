import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.estimate.proportions import wilson_limits
from stats.estimate.score import score_limits


def share_score(share, x, n):
    """The score of one share and its variance: turned round it is Wilson's interval."""
    return x / n - share, share * (1 - share) / n


@given(n=st.integers(1, 10**6), data=st.data(), level=st.sampled_from([0.8, 0.95, 0.999]))
def test_score_test_of_one_share_turned_round_is_wilson(n, data, level):
    """The search finds what Wilson's formula says, to the last digits, none and all included."""
    x, n = np.array([data.draw(st.integers(0, n))]), np.array([n])
    found = score_limits(share_score, (x, n), best=x / n, ends=(np.zeros(1), np.ones(1)), level=level)
    assert np.concatenate(found) == pytest.approx(np.concatenate(wilson_limits(x, n, level)), abs=1e-12)


def test_end_that_is_never_rejected_stands():
    """None of 10 starts at 0 and 10 of 10 ends at 1, exactly, beside rows that do neither."""
    x, n = np.array([0, 5, 10]), np.array([10, 10, 10])
    lower, upper = score_limits(share_score, (x, n), best=x / n, ends=(np.zeros(3), np.ones(3)), level=0.95)
    assert lower[0] == 0
    assert upper[2] == 1
    assert 0 < lower[1] < 0.5 < upper[1] < 1
