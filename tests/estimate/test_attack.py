import math

import pandas as pd
import pytest
from estimate.enumerated import BY, hiding, small_tables, table_of, whole_tables
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stats.errors import NotComparable
from stats.estimate.attack import ALL, attack
from stats.estimate.disclosure import with_totals


@settings(max_examples=30)
@given(counts=small_tables, data=st.data(), least=st.sampled_from([0, 1]))
def test_bounds_are_those_of_trying_every_table(counts, data, least):
    """Every whole table that fits the printed one, tried one by one, has these smallest and largest counts."""
    table = with_totals(table_of(counts), by=BY, count="n")
    is_cell = (table[BY] != ALL).all(axis=1)
    places = [at for at in table.index if is_cell[at] and table["n"][at] >= least]
    hide = data.draw(st.sets(st.sampled_from(places), max_size=5)) if places else set()
    assume(hide)
    printed = hiding(table, [at in hide for at in table.index])
    tried = pd.DataFrame(list(whole_tables(printed, least)))
    found = attack(printed, by=BY, count="n", least=least)
    assert list(found) == list(tried.columns)
    assert list(found.values()) == list(zip(tried.min(), tried.max(), strict=True))


def test_single_hole_is_given_away():
    """10 less 7 is 3."""
    printed = hiding(with_totals(table_of([3, 7], ["reply"]), by=["reply"], count="n"), [True, False, False])
    assert attack(printed, by=["reply"], count="n") == {("c0",): (3, 3)}


def test_two_holes_in_every_line_can_still_give_a_value_away():
    """Four holes, two in each row and column, and one of them can only be 0 to 2 where zeros are hidden too."""
    printed = hiding(with_totals(table_of([[1, 1, 9], [6, 1, 9], [9, 9, 9]]), by=BY, count="n"),
                     [True, True, False] * 2 + [False] * 10)  # fmt: skip
    found = attack(printed, by=BY, count="n")
    assert found["r0", "c1"] == (0, 2)
    assert attack(printed, by=BY, count="n", least=1)["r0", "c1"] == (1, 1)


def test_count_without_a_printed_total_has_no_upper_end():
    """What is not printed cannot be used: only the smallest count is known."""
    printed = hiding(table_of([3, 7], ["reply"]), [True, False])
    assert attack(printed, by=["reply"], count="n", least=1) == {("c0",): (1, math.inf)}


def test_nothing_hidden_has_nothing_to_find():
    """A whole table has no bounds."""
    assert attack(with_totals(table_of([[3, 7]]), by=BY, count="n"), by=BY, count="n") == {}


def test_totals_that_do_not_add_up_are_refused():
    """No whole counts fit a total that is smaller than its parts."""
    table = pd.DataFrame([("a", None), ("b", None), ("c", 9), (ALL, 5)], columns=["reply", "n"])
    with pytest.raises(NotComparable, match="no whole counts fit this table"):
        attack(table, by=["reply"], count="n")


@pytest.mark.parametrize("by", [[], ["force"], ["force", "reply", "n"]])
def test_cells_must_be_named_once_by_one_or_two_columns(by):
    """Two rows of one name, no name, and three dimensions are refused."""
    with pytest.raises(ValueError, match="each cell must be there once"):
        attack(table_of([[1, 2], [3, 4]]), by=by, count="n")
