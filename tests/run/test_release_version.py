"""The version of the data that a release gives rise to."""

from __future__ import annotations

import pandas as pd
import pytest

from stats.run.release_diff import Diff
from stats.run.release_version import current, proposed


def diff_of(registers, *changes, start="2026-01-01", end="2026-03-31", code="8Q"):
    """Return a diff with a row for each change."""
    newest = registers.newest("recorded_offences")
    days = {"period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end)}
    rows = pd.DataFrame([{"change": change, "offence_code": code, **days} for change in changes])
    return Diff(newest, newest, rows, 0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (("new", "revised", "dropped"), "Data 2.0.0 (something was dropped)"),
        (("dropped",), "Data 2.0.0 (something was dropped)"),
        (("new", "revised"), "Data 1.5.0 (new periods)"),
        (("revised", "unchanged"), "Data 1.4.3 (revisions only)"),
        (("unchanged",), "Data 1.4.2 (as before: no row differs)"),
    ],
)
def test_the_gravest_change_decides(registers, changes, said):
    """What is dropped outweighs what is new, and that what is revised; the numbers behind begin again at nought."""
    newest = registers.newest("recorded_offences")
    assert proposed((1, 4, 2), newest, newest, diff_of(registers, *changes), registers) == said


def test_a_break_in_the_new_periods_changes_what_the_series_means(registers):
    """A registered break is one; the same quarters without it, or of an offence that it does not touch, are not."""
    newest = registers.newest("recorded_offences")
    over = diff_of(registers, "new", start="2020-04-01", end="2020-06-30")
    said = proposed((1, 4, 2), newest, newest, over, registers)
    assert said == "Data 2.0.0 (a series means something else from April 2020)"
    later = diff_of(registers, "new", start="2021-04-01", end="2021-06-30")
    assert proposed((1, 4, 2), newest, newest, later, registers) == "Data 1.5.0 (new periods)"


def test_a_release_that_no_figure_rests_on_is_a_small_change(registers):
    """An older edition, or a part of another, stands beside the one in use."""
    older, newest = registers.sources_of("recorded_offences")
    assert proposed((1, 0, 0), older, newest, None, registers) == "Data 1.0.1 (no figure rests on this release)"


def test_periods_that_no_release_speaks_of_are_new(registers):
    """A population of another year has nothing to be set beside."""
    newest = registers.newest("population")
    assert proposed((1, 0, 0), newest, newest, None, registers) == "Data 1.1.0 (periods that were not here before)"


def test_the_version_before_is_the_highest_of_the_changelog(tmp_path, registers):
    """Of numbers and not of letters; without a changelog it is the first."""
    assert current(tmp_path) == (1, 0, 0)
    words = "- Data 1.10.0 (new periods): ...\n- Data 1.9.3: ...\nMetadata 7.0.0"
    (tmp_path / "CHANGELOG.md").write_text(words, "utf-8")
    assert current(tmp_path) == (1, 10, 0)
    assert current(registers.root) >= (1, 0, 0)
