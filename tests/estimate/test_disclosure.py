import pytest
from estimate.enumerated import BY, small_tables, table_of, whole_tables
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.attack import ALL, attack
from stats.estimate.disclosure import round_base, suppress, with_totals
from stats.estimate.small_counts import SMALLEST_SHOWN, hidden

tables = st.lists(st.integers(0, 8), min_size=1, max_size=6)


def safe_table(counts, **options):
    """A table as it may be printed; None if it is refused."""
    try:
        return suppress(table_of(counts), by=BY, count="n", **options)
    except NotHonest:
        return None


@settings(max_examples=25)
@given(counts=small_tables, zeros=st.booleans())
def test_no_hidden_small_count_can_be_recovered_by_brute_force(counts, zeros):
    """Of all whole tables that fit the printed one, one gives a small count 5 or more: nobody can tell it is small."""
    shown = safe_table(counts, zeros=zeros)
    assume(shown is not None)
    assume(shown["status"].eq("[c]").any())
    truth = with_totals(table_of(counts), by=BY, count="n").set_index(BY)["n"]
    suspects = {cell for cell in shown.loc[shown["status"] == "[c]", BY].itertuples(index=False, name=None)
                if truth[cell] < SMALLEST_SHOWN}  # fmt: skip
    for whole in whole_tables(shown, 0 if zeros else 1):
        suspects = {cell for cell in suspects if whole[cell] < SMALLEST_SHOWN}
        if not suspects:
            break
    assert suspects == set()


@settings(max_examples=25)
@given(counts=small_tables)
def test_no_small_count_is_shown_and_no_zero_hidden(counts):
    """1 to 4 are hidden in cells and totals; a zero is shown, and what is shown is true."""
    shown = safe_table(counts)
    assume(shown is not None)
    truth = with_totals(table_of(counts), by=BY, count="n")["n"]
    is_shown = shown["status"] == ""
    assert (shown.loc[is_shown, "n"] == truth[is_shown]).all()
    assert not truth[is_shown].between(1, SMALLEST_SHOWN - 1).any()
    assert truth[~is_shown].gt(0).all()
    assert shown["n"].isna().equals(~is_shown)


@settings(max_examples=25)
@given(counts=small_tables)
def test_nothing_is_hidden_that_could_be_shown(counts):
    """Were any other hidden count shown, a small one could be seen to be small."""
    shown = safe_table(counts)
    assume(shown is not None)
    truth = with_totals(table_of(counts), by=BY, count="n")
    small = [tuple(cell) for cell in truth.loc[truth["n"].between(1, SMALLEST_SHOWN - 1), BY].to_numpy()]
    for at in truth.index[(shown["status"] == "[c]") & (truth["n"] >= SMALLEST_SHOWN)]:
        bare = shown.assign(n=shown["n"].where(shown.index != at, truth["n"]))
        bounds = attack(bare, by=BY, count="n", least=1)
        assert any(bounds[cell][1] < SMALLEST_SHOWN for cell in small)


@settings(max_examples=25)
@given(counts=tables)
def test_one_dimension_is_protected_as_one_total_is(counts):
    """The attack by linear programme hides what the rule for a single total hides, and refuses what it refuses."""
    line = table_of(counts, ["reply"])
    try:
        hide = hidden(counts)
    except NotHonest:
        with pytest.raises(NotHonest):
            suppress(line, by=["reply"], count="n")
        return
    assume(not 0 < sum(counts) < SMALLEST_SHOWN)
    found = suppress(line, by=["reply"], count="n")["status"].eq("[c]").tolist()[:-1]
    assert sum(found) == sum(hide)
    assert [n for n, is_hidden in zip(counts, found, strict=True) if is_hidden and n >= SMALLEST_SHOWN] == [
        n for n, is_hidden in zip(counts, hide, strict=True) if is_hidden and n >= SMALLEST_SHOWN
    ]


def test_two_way_table_hides_a_square_round_one_small_count():
    """The row, the column and the corner between them."""
    shown = safe_table([[2, 30, 8], [9, 41, 7], [12, 60, 25]])
    hide = set(shown.loc[shown["status"] == "[c]", BY].itertuples(index=False, name=None))
    assert hide == {("r0", "c0"), ("r0", "c2"), ("r1", "c0"), ("r1", "c2")}
    assert shown["n"].iloc[-1] == 194


def test_zeros_can_be_hidden_too():
    """Where 'none' would tell as much as 'one', and no reader then knows that a hidden count is at least 1."""
    counts = [[0, 30, 8], [9, 41, 7], [12, 60, 25]]
    assert safe_table(counts)["status"].eq("").all()
    assert safe_table(counts, zeros=True)["status"].iloc[0] == "[c]"


def test_threshold_can_be_higher():
    """Ten, where a publisher asks for ten."""
    counts = [[9, 90, 80], [90, 91, 92], [93, 94, 95]]
    assert safe_table(counts)["status"].eq("").all()
    shown = safe_table(counts, threshold=10)
    assert shown["status"].eq("[c]").sum() == 4
    assert attack(shown, by=BY, count="n", least=1)["r0", "c0"][1] >= 10


def test_corrections_below_zero_are_shown():
    """A correction is not people."""
    shown = safe_table([[-3, 30, 8], [9, 41, 7]])
    assert shown["status"].eq("").all()


def test_table_that_cannot_be_protected_is_refused_with_its_reason():
    """A square of four leaves nothing to show."""
    with pytest.raises(NotHonest, match="so small a table cannot be shown with its totals") as refusal:
        suppress(table_of([[2, 30], [9, 41]]), by=BY, count="n")
    assert "Ask for a longer period" in str(refusal.value)


@pytest.mark.parametrize("wrong", [None, 2.5])
def test_missing_and_broken_counts_are_refused(wrong):
    """Missing is not zero, and a total with a missing part is none."""
    with pytest.raises(BadCount, match="counts must be there, and whole"):
        suppress(table_of([[wrong, 30], [9, 41]]), by=BY, count="n")


def test_table_that_has_totals_already_is_refused():
    """They would be counted twice."""
    with pytest.raises(ValueError, match="give the cells alone"):
        suppress(with_totals(table_of([[9, 30], [9, 41]]), by=BY, count="n"), by=BY, count="n")


def test_forty_forces_are_protected_in_a_moment():
    """43 forces by 6 outcomes: no small count of any can be seen to be small."""
    counts = [[(7 * force + 11 * reply) % 53 for reply in range(6)] for force in range(43)]
    shown = suppress(table_of(counts), by=BY, count="n")
    bounds = attack(shown, by=BY, count="n", least=1)
    truth = with_totals(table_of(counts), by=BY, count="n").set_index(BY)["n"]
    assert all(high >= SMALLEST_SHOWN for cell, (_, high) in bounds.items() if truth[cell] < SMALLEST_SHOWN)
    assert not shown.loc[(shown[BY] == ALL).any(axis=1), "status"].eq("[c]").any()


# Rounding to a base


@given(x=st.integers(-10_000, 10_000), base=st.integers(1, 50), ties=st.sampled_from(["up", "down", "even"]))
def test_rounded_count_is_the_nearest_multiple(x, base, ties):
    """By half a base at most, and losses as gains."""
    found = round_base(x, base, ties=ties)
    assert found % base == 0
    assert 2 * abs(found - x) <= base
    assert round_base(-x, base, ties=ties) == -found


def test_ties_go_as_asked():
    """5 and 15 to the nearest 10: up, down, or to the even multiple."""
    assert [[round_base(x, 10, ties=ties) for x in (5, 15)] for ties in ("up", "down", "even")] == [
        [10, 20], [0, 10], [0, 20],
    ]  # fmt: skip


@pytest.mark.parametrize(("base", "ties"), [(0, "up"), (-5, "up"), (5, "nearest")])
def test_base_of_nothing_and_unknown_ties_are_refused(base, ties):
    """No multiple of nothing."""
    with pytest.raises(ValueError, match="base must be above zero"):
        round_base(7, base, ties=ties)
