"""What all tables of a pack give away together: totals, parts and differences, by place, offence, quarter and kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import CheckFailed
from stats.publish.pack.attacked import given_away
from stats.publish.pack.printed_counts import Count


def count(n: int | None, places="P", offences="S", quarters="1", kinds="abc", source="x") -> Count:
    """Return a count of what the letters name."""
    box = [frozenset(letters) for letters in (places, offences, quarters, kinds)]
    return Count("t", f"{places} {offences} {quarters} {kinds}", n, *box, source)


def labels(*counts: Count) -> list[tuple[str, int]]:
    """Return which are given away, and the most that each can be."""
    return [(found.label, most) for found, most in given_away(counts)]


def test_two_hidden_parts_of_a_total_protect_each_other():
    """Nine between two may be eight and one; four between two cannot."""
    parts = [count(None, kinds="a"), count(None, kinds="b"), count(20, kinds="c")]
    assert labels(count(29), *parts) == []
    assert [most for _, most in labels(count(24), *parts)] == [3, 3]


@pytest.mark.parametrize(
    ("printed", "hidden"),
    [
        ([count(30, kinds="abc"), count(28, kinds="bc")], count(None, kinds="a")),
        ([count(30, quarters="1234", kinds="a"), count(27, quarters="234", kinds="a")], count(None, kinds="a")),
        ([count(30, offences="SH", kinds="a"), count(26, offences="H", kinds="a")], count(None, kinds="a")),
        ([count(30, places="PQ", kinds="a"), count(29, places="Q", kinds="a")], count(None, kinds="a")),
    ],
    ids=[
        "a total less its other kinds",
        "a year less three quarters",
        "a group less an offence",
        "a nation less a force",
    ],
)
def test_a_difference_between_two_tables_is_seen(printed, hidden):
    """On each side of a table: neither of the two printed counts says anything alone."""
    assert len(labels(*printed, hidden)) == 1
    assert labels(printed[0], hidden) == []


def test_a_way_round_three_tables_is_seen():
    """No two of the printed counts differ by the hidden one; three do."""
    year, others, whole = (
        count(40, quarters="12", kinds="ab"),
        count(17, quarters="2", kinds="ab"),
        count(20, kinds="b"),
    )
    assert len(labels(year, others, whole, count(None, kinds="a"))) == 1


def test_what_another_table_prints_is_no_secret_and_what_nothing_holds_has_no_end():
    """A hidden count that is shown elsewhere is left to the check of what is shown."""
    assert labels(count(3, kinds="a"), count(None, kinds="a")) == []
    assert labels(count(None, kinds="a")) == []


def test_releases_that_do_not_agree_are_looked_at_apart():
    """A total of another release does not add up with these parts; those of one release must."""
    parts = [count(None, kinds="a"), count(None, kinds="b"), count(20, kinds="c"), count(29)]
    assert labels(*parts, count(19, source="another")) == []
    with pytest.raises(CheckFailed, match="do not add up"):
        labels(*parts, count(19))


@given(st.lists(st.integers(0, 12), min_size=4, max_size=6), st.data())
def test_no_count_is_called_given_away_that_can_be_five_or_more(numbers, data):
    """The most that is told is never below the count itself, whatever is hidden."""
    letters = "abcdef"[: len(numbers)]
    hide = data.draw(st.sets(st.sampled_from([k for k, n in zip(letters, numbers, strict=True) if n > 0] or [""])))
    cells = [count(None if k in hide else n, kinds=k) for k, n in zip(letters, numbers, strict=True)]
    real = dict(zip(letters, numbers, strict=True))
    for found, most in given_away([*cells, replace(count(sum(numbers)), kinds=frozenset(letters))]):
        assert real[next(iter(found.kinds))] <= most < 5
