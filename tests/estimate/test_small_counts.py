from collections.abc import Iterator, Sequence

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stats.errors import NotHonest, NotToHand
from stats.estimate.attrition import outcome_groups
from stats.estimate.small_counts import SMALLEST_SHOWN, also_hidden, hidden
from stats.period import Period

tables = st.lists(st.integers(0, 8), min_size=1, max_size=6)


def fillings(total: int, holes: int) -> Iterator[tuple[int, ...]]:
    """Every way to fill the holes with whole counts of at least 1 that add up to the total."""
    if holes == 0:
        if total == 0:
            yield ()
        return
    for first in range(1, total - holes + 2):
        for rest in fillings(total - first, holes - 1):
            yield (first, *rest)


def given_away(total: int, shown: Sequence[int | None]) -> list[int]:
    """The hidden counts below 5 that a reader can work out, knowing the total and that zeros are shown."""
    holes = [n for n in shown if n is None]
    possible = list(fillings(total - sum(n for n in shown if n is not None), len(holes)))
    values = [set(column) for column in zip(*possible, strict=True)]
    return [next(iter(v)) for v in values if len(v) == 1 and next(iter(v)) < SMALLEST_SHOWN]


def largest_possible(total: int, shown: Sequence[int | None]) -> int:
    """The largest value that a hidden count can have: the others are 1 at least."""
    return total - sum(n for n in shown if n is not None) - (sum(n is None for n in shown) - 1)


def printed(counts: Sequence[int]) -> list[int | None]:
    """The table as it is printed: None for a hidden part. A table that is refused is not printed."""
    try:
        hide = hidden(counts)
    except NotHonest:
        return []
    return [None if is_hidden else count for count, is_hidden in zip(counts, hide, strict=True)]


def test_attack_of_these_tests_finds_what_is_there_to_find():
    """The attack works: 10 less 7 is 3, two ones cannot be anything else, and 2 + 2 may be 1 + 3."""
    assert given_away(10, [7, None]) == [3]
    assert given_away(2, [None, None]) == [1, 1]
    assert given_away(4, [None, None]) == []
    assert given_away(13, [None, None, 0]) == []


@given(counts=tables, data=st.data())
def test_attack_by_bounds_finds_what_enumeration_finds(counts, data):
    """A hidden count can be worked out just when its largest possible value is 1, or it is the only one hidden."""
    hide = data.draw(st.lists(st.booleans(), min_size=len(counts), max_size=len(counts)))
    shown = [None if is_hidden and count else count for count, is_hidden in zip(counts, hide, strict=True)]
    assume(None in shown)
    alone = shown.count(None) == 1
    largest = largest_possible(sum(counts), shown)
    assert bool(given_away(sum(counts), shown)) == (largest < SMALLEST_SHOWN and (alone or largest == 1))


@pytest.mark.parametrize("small", [1, 2, 3, 4])
def test_counts_of_1_to_4_are_hidden(small):
    """One to four offences are few enough to be people somebody knows."""
    assert hidden([small, 40, 50])[0]


@pytest.mark.parametrize("counts", [[0, 5, 6], [5], [0, 0], [100, 0, 7], [0]])
def test_zeros_and_counts_of_5_or_more_stand(counts):
    """Nothing is hidden where nothing is small, and a zero is shown."""
    assert hidden(counts) == [False] * len(counts)


def test_disclosure_reference_is_followed():
    """1, 2, 3 and 4 hidden, zero and 5 upwards shown (reference-values.csv, sdc.primary: 'fewer than 5')."""
    assert hidden([0, 1, 2, 3, 4, 5, 9, 10, 57]) == [False, True, True, True, True, False, False, False, False]


def test_single_small_count_takes_the_smallest_other_with_it():
    """100 less 40 less 57 is 3, so the 40 is hidden as well; the 57 and the zero stay."""
    assert hidden([3, 57, 40, 0]) == [True, False, True, False]


def test_two_ones_take_another_with_them():
    """Two hidden counts that add up to 2 are 1 and 1, so a third is hidden."""
    assert hidden([1, 1, 20, 30]) == [True, True, True, False]


def test_published_corrections_are_never_hidden():
    """A count below zero is a correction and not people."""
    assert hidden([-150, 4, 4, 200]) == [False, True, True, False]


@given(counts=tables)
def test_no_hidden_count_can_be_worked_out(counts):
    """From the total, the parts shown and the rules, no count of 1 to 4 has only one value it can have."""
    shown = printed(counts)
    assert not shown or given_away(sum(counts), shown) == []


@given(counts=tables)
def test_every_hidden_count_might_be_5_or_more(counts):
    """A reader cannot even tell that a hidden count is one of the small ones."""
    shown = printed(counts)
    assert None not in shown or largest_possible(sum(counts), shown) >= SMALLEST_SHOWN


@given(counts=tables)
def test_every_small_count_is_hidden_and_nothing_where_none_is_small(counts):
    """Every count of 1 to 4 is hidden, no zero is, and a table without small counts is whole."""
    shown = printed(counts)
    small = [0 < count < SMALLEST_SHOWN for count in counts]
    if not any(small):
        assert shown == counts
    for is_small, count, text in zip(small, counts, shown, strict=False):
        assert text is None if is_small else text in (count, None)
        assert count or text == 0


@given(counts=tables, order=st.randoms(use_true_random=False))
def test_what_is_hidden_does_not_depend_on_the_order(counts, order):
    """The same parts in another order hide the same values."""
    turned = list(counts)
    order.shuffle(turned)
    assert sorted(map(str, printed(turned))) == sorted(map(str, printed(counts)))


@pytest.mark.parametrize("counts", [[3], [3, 0, 0], [1, 1], [1, 1, 1, 0], [2, 2], [3, 7], [1, 1, 5]])
def test_table_that_cannot_be_protected_is_refused(counts):
    """Where the total gives the small counts away, or nothing would be left to show, the table is not made."""
    with pytest.raises(NotHonest, match="so few offences cannot be shown by outcome") as refusal:
        hidden(counts)
    assert str(sum(counts)) in str(refusal.value)
    assert "Ask for a longer period, a wider offence group or a larger area" in str(refusal.value)


@given(counts=tables)
def test_only_tables_that_cannot_be_protected_are_refused(counts):
    """Two counts of 5 or more are enough: one to hide with the small ones, and one to show."""
    assume(sum(count >= SMALLEST_SHOWN for count in counts) >= 2)
    assert len(hidden(counts)) == len(counts)


PERIODS = ["2024/25", "2024/25 Q1", "2024/25 Q3"]


@pytest.mark.parametrize("code", ["8L", "8M", "8Q", "8U"])
def test_no_count_in_any_real_table_can_be_worked_out(registers, outcomes, code):
    """Every force in 2024/25 and two of its quarters: what is printed (parts and total) gives no count of 1 to 4 away.

    A table that cannot be protected may be refused; it may not be printed with its total.
    """
    group, leaks, made = registers.offences.find(code), [], 0
    of_code = outcomes[outcomes["offence_code"].isin(group.codes)]
    for area in registers.areas.forces:
        few = of_code[of_code["area_name"].isin([area.name, "Metropolitan Police"])]
        for words in PERIODS:
            asked = {"area": area, "group": group, "period": Period.parse(words), "registers": registers}
            try:
                rows = outcome_groups(few, **asked)
            except (NotHonest, NotToHand):
                continue
            made += 1
            shown = [None if pd.isna(n) else int(n) for n in rows["offences_n"]]
            assert not any(n is not None and 0 < n < SMALLEST_SHOWN for n in shown)
            if None in shown and largest_possible(int(rows["n"].iloc[0]), shown) < SMALLEST_SHOWN:
                leaks.append(f"{area.name}, {words}: {rows['n'].iloc[0]} in all, {shown}")
    assert leaks == []
    assert made > 60


# Tables of two dimensions


def test_a_part_that_is_hidden_for_another_reason_is_never_hidden_alone():
    """The total less the others would give it away, though it is not small; the smallest other goes with it."""
    assert also_hidden([7, 20, 30], [True, False, False]) == [True, True, False]
