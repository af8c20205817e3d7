from collections.abc import Iterator, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stats.errors import NotHonest, NotToHand
from stats.estimate.attrition import cohort, outcome_groups
from stats.estimate.disclosure import SMALLEST_SHOWN, hidden
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


def printed(counts: Sequence[int]) -> list[int | None]:
    """The table as it is printed: None for a hidden part."""
    return [None if is_hidden else count for count, is_hidden in zip(counts, hidden(counts), strict=True)]


def can_be_protected(counts: Sequence[int]) -> bool:
    """Whether anything but the small counts themselves, or room among them, is left to hide behind."""
    small = [count for count in counts if 0 < count < SMALLEST_SHOWN]
    return max(counts) >= SMALLEST_SHOWN or not small or (len(small) >= 2 and sum(small) > len(small))


def test_attack_of_this_test_finds_what_is_there_to_find():
    """The attack works: 10 less 7 is 3, two ones cannot be anything else, and 2 + 2 may be 1 + 3."""
    assert given_away(10, [7, None]) == [3]
    assert given_away(2, [None, None]) == [1, 1]
    assert given_away(4, [None, None]) == []
    assert given_away(13, [None, None, 0]) == []


@pytest.mark.parametrize("small", [1, 2, 3, 4])
def test_counts_of_1_to_4_are_hidden(small):
    """One to four offences are few enough to be people somebody knows."""
    assert hidden([small, 40, 50])[0]


@pytest.mark.parametrize("counts", [[0, 5, 6], [5], [0, 0], [100, 0, 7]])
def test_zeros_and_counts_of_5_or_more_stand(counts):
    """Nothing is hidden where nothing is small, and a zero is shown."""
    assert hidden(counts) == [False] * len(counts)


def test_sdc_reference_is_followed():
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
    assert hidden([-150, 3, 2, 200])[0] is False


@given(counts=tables)
def test_no_hidden_count_can_be_worked_out(counts):
    """From the total, the parts shown and the rules, no count of 1 to 4 has only one value it can have."""
    assume(can_be_protected(counts))
    assert given_away(sum(counts), printed(counts)) == []


@given(counts=tables)
def test_no_small_count_is_shown_and_no_more_than_needed_is_hidden(counts):
    """Every small count is hidden, no zero is, and nothing is hidden where nothing is small."""
    hide = hidden(counts)
    assert all(is_hidden for count, is_hidden in zip(counts, hide, strict=True) if 0 < count < SMALLEST_SHOWN)
    assert not any(is_hidden for count, is_hidden in zip(counts, hide, strict=True) if count == 0)
    assert any(hide) == any(0 < count < SMALLEST_SHOWN for count in counts)


@given(counts=tables, order=st.randoms(use_true_random=False))
def test_what_is_hidden_does_not_depend_on_the_order(counts, order):
    """The same parts in another order hide the same values."""
    turned = list(counts)
    order.shuffle(turned)
    assert sorted(map(str, printed(turned))) == sorted(map(str, printed(counts)))


@pytest.mark.parametrize("counts", [[3], [3, 0, 0], [1, 1], [1, 1, 1, 0]])
def test_total_that_gives_everything_away_cannot_be_protected_by_hiding_parts(counts):
    """One small part alone, or ones alone: hidden() hides all it can, and the printed total still tells.

    Only hiding the total as well would help. Whoever prints such a table must not print its total.
    """
    assert hidden(counts) == [count > 0 for count in counts]
    assert not can_be_protected(counts)
    assert given_away(sum(counts), printed(counts))


@given(counts=tables)
def test_tables_that_cannot_be_protected_are_those_with_nothing_else_to_hide(counts):
    """There are no others: with one count of 5 or more in the table the small ones are safe."""
    assume(not can_be_protected(counts))
    assert sum(counts) < SMALLEST_SHOWN or set(counts) <= {0, 1}


PERIODS = ["2024/25", *(f"2024/25 Q{n}" for n in (1, 2, 3, 4))]


@pytest.mark.parametrize("code", ["8L", "8M", "8Q", "8R", "8U", "harassment", "stalking and harassment"])
def test_no_count_in_any_real_table_can_be_worked_out(registers, outcomes, code):
    """Every force in 2024/25 and its quarters: what is printed (parts and total) gives no count of 1 to 4 away.

    A table that cannot be protected may be refused (NotHonest, NotToHand); it may not be printed with its total.
    """
    group = registers.offences.find(code)
    leaks = []
    for area in registers.areas.forces:
        for words in PERIODS:
            asked = {"area": area, "group": group, "period": Period.parse(words), "registers": registers}
            try:
                rows = outcome_groups(outcomes, **asked)
            except (NotHonest, NotToHand):
                continue
            shown = [None if n is not n or n is None else int(n) for n in rows["offences_n"].astype(object).where(rows["status"] == "", None)]
            total = rows["n"].iloc[0]
            if total == total and given_away(int(total), shown):
                leaks.append(f"{area.name}, {words}: {int(total)} in all, {shown}")
            assert cohort(outcomes, **asked).recorded >= 0
    assert leaks == []
