import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.errors import CheckFailed, NotToHand
from stats.estimate.releases import compare_releases, moved_between
from stats.period import Period

NUMBERS = st.one_of(st.none(), st.integers(-5, 500))
RELEASES = st.dictionaries(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["8L", "8Q", "8R"])), NUMBERS)


def table(cells):
    """A release: one row for each force and code."""
    rows = [(force, code, n) for (force, code), n in cells.items()]
    return pd.DataFrame(rows, columns=["force", "code", "offences_n"]).astype({"offences_n": "Int64"})


def compared(earlier, later):
    """Two releases side by side."""
    return compare_releases(earlier, later, keys=["force", "code"], value="offences_n")


@pytest.mark.parametrize(
    ("was", "now", "change", "difference", "percent"),
    [
        (200, 210, "revised", 10, 5),
        (200, 150, "revised", -50, -25),
        (200, 200, "unchanged", 0, 0),
        (0, 7, "revised", 7, np.nan),
        (0, 0, "unchanged", 0, np.nan),
        (-2, -1, "revised", 1, np.nan),
        (7, 0, "revised", -7, -100),
        (None, 7, "revised", np.nan, np.nan),
        (7, None, "revised", np.nan, np.nan),
        (None, None, "unchanged", np.nan, np.nan),
    ],
)
def test_what_became_of_one_number(was, now, change, difference, percent):
    """Missing is not zero, and from zero or below there is no per cent."""
    (row,) = compared(table({("A", "8Q"): was}), table({("A", "8Q"): now})).itertuples()
    assert row.change == change
    np.testing.assert_equal((row.difference, row.change_pct), (difference, percent))


def test_rows_of_one_release_only_are_new_or_dropped():
    """They have one number, no difference and no per cent."""
    found = compared(table({("B", "8Q"): 3, ("A", "8Q"): 1}), table({("C", "8Q"): 4, ("A", "8Q"): 1}))
    assert found["force"].tolist() == ["A", "B", "C"]
    assert found["change"].tolist() == ["unchanged", "dropped", "new"]
    np.testing.assert_equal(found["was"].tolist(), [1, 3, np.nan])
    np.testing.assert_equal(found["now"].tolist(), [1, np.nan, 4])
    assert found.loc[1:, ["difference", "change_pct"]].isna().all(axis=None)


@settings(max_examples=25)
@given(RELEASES, RELEASES)
def test_nothing_is_lost_and_sums_tie(earlier, later):
    """Each key is there once; later less earlier is what was revised, plus the new, less the dropped."""
    found = compared(table(earlier), table(later))
    assert set(zip(found["force"], found["code"], strict=True)) == set(earlier) | set(later)
    assert len(found) == len(set(earlier) | set(later))
    assert set(found["change"]) <= {"new", "revised", "dropped", "unchanged"}
    assert (found["change"] == "new").sum() == len(set(later) - set(earlier))
    assert (found["change"] == "dropped").sum() == len(set(earlier) - set(later))
    whole = found[found[["was", "now"]].notna().any(axis=1)]
    one_sided = whole[whole["difference"].isna()]
    assert found["now"].sum() - found["was"].sum() == pytest.approx(
        found["difference"].sum() + one_sided["now"].sum() - one_sided["was"].sum()
    )


@settings(max_examples=25)
@given(RELEASES, RELEASES)
def test_swapping_the_releases_swaps_new_and_dropped(earlier, later):
    """And was and now, and turns every difference round."""
    there, back = compared(table(earlier), table(later)), compared(table(later), table(earlier))
    swapped = {"new": "dropped", "dropped": "new", "revised": "revised", "unchanged": "unchanged"}
    assert there["change"].map(swapped).tolist() == back["change"].tolist()
    np.testing.assert_equal(there["was"].to_numpy(), back["now"].to_numpy())
    np.testing.assert_equal(there["difference"].to_numpy(), -back["difference"].to_numpy())


@settings(max_examples=25)
@given(RELEASES)
def test_a_release_beside_itself_is_unchanged(release):
    """Whatever it holds, and in whatever order its rows are."""
    found = compared(table(release), table(release).iloc[::-1])
    assert set(found["change"]) <= {"unchanged"}
    assert (found["difference"].fillna(0) == 0).all()


def test_other_columns_are_left_aside():
    """The release a row was read from does not make it another row."""
    first = table({("A", "8Q"): 1}).assign(source_id="old")
    assert compared(first, first.assign(source_id="new"))["change"].tolist() == ["unchanged"]


@pytest.mark.parametrize("twice", ["earlier", "later"])
def test_two_rows_of_one_key_stop(twice):
    """Which of the two would be compared is not to be guessed; the release is named."""
    once = table({("A", "8Q"): 1})
    both = {"earlier": once, "later": once, twice: pd.concat([once, once])}
    with pytest.raises(CheckFailed, match=rf"(?s)the {twice} release has rows with the same force, code.*8Q"):
        compared(both["earlier"], both["later"])


def test_what_cannot_be_compared_stops():
    """A column that is not there, and markers among the numbers."""
    once = table({("A", "8Q"): 1})
    with pytest.raises(CheckFailed, match=r"(?s)the later release lacks a column.*offences_n"):
        compared(once, once.drop(columns="offences_n"))
    with pytest.raises(CheckFailed, match=r"(?s)the earlier release holds values that are no numbers.*str"):
        compared(once.assign(offences_n="[x]"), once)


def test_how_far_a_year_moved_between_two_releases(offences, registers):
    """Forces, codes and England and Wales tie; half of the forces moved by less than the median, as they must."""
    asked = {"group": registers.offences.find("stalking and harassment"), "period": Period.parse("2017/18")}
    moved = moved_between(offences, earlier=registers.as_at("2018", "recorded_offences"), later=registers, **asked)
    assert (moved.was.value, moved.now.value) == (295948, 296220)
    assert moved.was.contract.release != moved.now.contract.release
    for table, rows in ((moved.forces, 44), (moved.offences, 4)):
        assert len(table) == rows
        assert (table["was"].sum(), table["now"].sum()) == (moved.was.value, moved.now.value)
        assert set(table["change"]) <= {"revised", "unchanged"}
    size = moved.forces["change_pct"].abs()
    assert (size > moved.half_pct).sum() == (size < moved.half_pct).sum() == 22
    low, high = moved.middle_pct
    assert moved.forces["change_pct"].between(low, high).mean() == pytest.approx(0.8, abs=0.03)
    assert moved.revisions.n == 44
    assert moved.revisions.mean_revision == pytest.approx(272 / 44)


def test_a_release_that_lacks_the_period_is_refused_and_not_dropped(offences, registers):
    """An older release that ends earlier does not turn a year into dropped rows."""
    asked = {"group": registers.offences.find("stalking"), "period": Period.parse("2018/19")}
    with pytest.raises(NotToHand, match="home_office_recorded_2018"):
        moved_between(offences, earlier=registers.as_at("2018", "recorded_offences"), later=registers, **asked)
