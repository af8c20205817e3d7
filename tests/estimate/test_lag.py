import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.estimate import COLUMNS
from stats.estimate.lag import OPEN, OUTCOMES, cumulative_incidence, incidence, one_minus_km

CHARGED, CLOSED = OUTCOMES.values()
cases = st.lists(st.tuples(st.integers(0, 12), st.sampled_from([0, 1, 2])), min_size=1, max_size=25)


def of(table, at):
    """The shares of one time, by outcome."""
    rows = table[table["at"] == at]
    return dict(zip(rows["outcome"], rows["value"], strict=True))


def test_nobody_open_is_a_plain_share():
    """With every ending known the shares are counts over offences."""
    found = cumulative_incidence([1, 2, 3, 4], [2, 1, 2, 1], [0, 2, 4])
    assert of(found, 0) == {CHARGED: 0, CLOSED: 0, OPEN: 1}
    assert of(found, 2) == {CHARGED: 0.25, CLOSED: 0.25, OPEN: 0.5}
    assert of(found, 4) == pytest.approx({CHARGED: 0.5, CLOSED: 0.5, OPEN: 0})


def test_offence_no_longer_followed_stands_for_those_that_are():
    """By hand: 4 offences, one closed at 1, one lost to sight at 2, then one of two charged: 3/4 x 1/2."""
    found = cumulative_incidence([1, 2, 3, 5], [2, 0, 1, 0], [3])
    assert of(found, 3) == pytest.approx({CHARGED: 0.375, CLOSED: 0.25, OPEN: 0.375})


def test_table_has_the_columns_of_every_estimate():
    """Three rows a time, each with its base and why it has no interval."""
    found = cumulative_incidence([1, 2, 3], [1, 2, 0], [1, 2])
    assert list(found.columns) == ["at", "outcome", *COLUMNS]
    assert len(found) == 6
    assert set(found["n"]) == {3}
    assert set(found["basis"]) == {"full count"}
    assert found["lower"].isna().all()
    assert found["method"].iloc[0] == "Aalen-Johansen; full count: no sampling error"


def test_one_minus_kaplan_meier_promises_charges_that_cannot_come():
    """It passes off closed offences as if they might still be charged: here 100% for one charge of four."""
    time, status = np.array([1, 2, 3, 4]), np.array([2, 2, 2, 1])
    assert one_minus_km(time, status, np.array([4]), 1).tolist() == [1.0]
    assert of(cumulative_incidence(time, status, [4]), 4)[CHARGED] == pytest.approx(0.25)


@pytest.mark.parametrize("status", [[0, 0, 0], [2, 2, 0], [1, 0, 0]])
def test_ending_that_never_came_is_zero(status):
    """And not missing."""
    found = of(cumulative_incidence([1, 2, 3], status, [3]), 3)
    assert sum(found.values()) == pytest.approx(1)
    assert (found[CHARGED] > 0) == (1 in status)
    assert (found[CLOSED] > 0) == (2 in status)


# Refusals


def test_time_beyond_follow_up_is_refused():
    """What nobody was followed for is not known."""
    with pytest.raises(NotHonest, match="followed for so long") as refusal:
        cumulative_incidence([1, 2, 3], [1, 2, 0], [2, 4])
    assert "longest followed" in str(refusal.value)


def test_interval_of_a_sample_is_refused():
    """Offences are counted in full; files chosen for review stand for themselves."""
    with pytest.raises(NotHonest, match="no interval of a sample"):
        cumulative_incidence([1, 2], [1, 2], [1], basis="sample")
    assert set(cumulative_incidence([1, 2], [1, 2], [1], basis="case audit")["basis"]) == {"case audit"}


@pytest.mark.parametrize("time", [[-1, 2], [np.nan, 2]])
def test_time_that_is_none_is_refused(time):
    """An outcome before the offence was recorded, or none at all."""
    with pytest.raises(BadCount, match="time must be 0 or more"):
        cumulative_incidence(time, [1, 2], [1])


@pytest.mark.parametrize("status", [[1, 3], [1, -1], [1, 1.5]])
def test_unknown_ending_is_refused(status):
    """An ending without a name would be counted as none."""
    with pytest.raises(BadCount, match="status must be one of 0, 1, 2"):
        cumulative_incidence([1, 2], status, [1])


def test_one_ending_for_many_offences_is_refused():
    """Each offence has a time and a status."""
    with pytest.raises(BadCount, match="not 2 of time, 1 of status"):
        cumulative_incidence([1, 2], [1], [1])


# Properties


@given(cases=cases)
def test_shares_add_up_and_only_grow(cases):
    """At every time the three shares make one; what has ended stays ended; the naive share is never below."""
    time, status = (np.array(column) for column in zip(*cases, strict=True))
    at = np.arange(time.max() + 1)
    shares = incidence(time.astype(float), status, at, (1, 2))
    assert shares.sum(axis=1) == pytest.approx(1)
    assert (shares > -1e-9).all()
    assert (np.diff(shares[:, :2], axis=0) > -1e-9).all()
    assert (one_minus_km(time.astype(float), status, at, 1) > shares[:, 0] - 1e-9).all()
