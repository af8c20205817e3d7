from fractions import Fraction
from math import ceil, floor, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.feasible import Nested, bases_for, bases_of, counts_for, nested, nested_interval, whole, within
from stats.claims.wording import Reading, read_words
from stats.errors import NotHonest
from stats.estimate.proportions import proportion

TWO_THIRDS = read_words("two-thirds")


def reading(low: str, high: str, ends: str) -> Reading:
    """A range of shares; '[' and ']' take the end in, '(' and ')' leave it out."""
    return Reading("share", Fraction(low), Fraction(high), ends[0] == "[", ends[1] == "]")


def test_65_per_cent_of_122_is_79():
    """79 of 122 is 64.75%; 78 and 80 round to other percentages."""
    assert counts_for("65%", 122) == (79,)


def test_impossible_percentage_allows_no_count():
    """No whole number of 122 people is 65.0%: the claim or the base is wrong (Brown & Heathers 2017)."""
    assert counts_for("65.0%", 122) == ()


@pytest.mark.parametrize(
    ("n", "low", "high", "ends", "smallest", "largest", "how_many"),
    [
        (112, "3/5", "1", "(]", 68, 112, 45),
        (117_672, "27/2000", "29/2000", "[)", 1_589, 1_706, 118),
        (122, "1/2", "11/20", "(]", 62, 67, 6),
        (122, "1/2", "21/40", "(]", 62, 64, 3),
        (122, "3/5", "2/3", "[)", 74, 81, 8),
        (140, "131/200", "27/40", "[)", 92, 94, 3),
        (141, "19/30", "41/60", "[]", 90, 96, 7),
        (149, "19/30", "41/60", "[]", 95, 101, 7),
        (141, "39/200", "41/200", "[)", 28, 28, 1),
        (64, "131/200", "27/40", "[)", 42, 43, 2),
        (66, "19/30", "41/60", "[]", 42, 45, 4),
        (94, "7/10", "3/4", "[)", 66, 70, 5),
    ],
)
def test_counts_of_an_interval_are_as_enumerated_elsewhere(n, low, high, ends, smallest, largest, how_many):
    """Rows count_set.interval of reference-values.csv: exact integer enumeration with fractions."""
    counts = within(reading(low, high, ends), n)
    assert (counts[0], counts[-1], len(counts)) == (smallest, largest, how_many)


@pytest.mark.parametrize(
    ("words", "n", "convention", "smallest", "largest"),
    [
        ("over 60%", 112, "default", 68, 112),
        ("1.4%", 117_672, "strict", 1_589, 1_706),
        ("just over half", 122, "default", 62, 67),
        ("just over half", 122, "strict", 62, 64),
        ("almost two-thirds", 122, "default", 74, 81),
        ("two-thirds", 140, "strict", 92, 94),
        ("two-thirds", 141, "default", 90, 96),
        ("one in five", 141, "default", 28, 28),
        ("almost three-quarters", 94, "default", 66, 70),
    ],
)
def test_words_of_the_articles_reach_the_same_counts(words, n, convention, smallest, largest):
    """The same rows by their words, under the convention that has their interval."""
    counts = counts_for(words, n, convention)
    assert (counts[0], counts[-1]) == (smallest, largest)


@pytest.mark.parametrize(
    ("words", "n", "counts"),
    [
        ("17.8%", 10_214, range(1_813, 1_824)),
        ("19.6%", 9_283, range(1_815, 1_825)),
        ("44%", 140, [61, 62]),
        ("5%", 122, [6]),
        ("50%", 2, [1]),
        ("53%", 122, [65]),
        ("60%", 112, [67]),
        ("65%", 140, [91]),
        ("65%", 63, [41]),
        ("74%", 93, [69]),
        ("74%", 94, [70]),
        ("75%", 112, [84]),
        ("95%", 112, [106]),
        ("65.0%", 122, []),
    ],
)
def test_rounded_percentages_allow_the_counts_enumerated_elsewhere(words, n, counts):
    """Rows count_set.rounded_percent of reference-values.csv (GRIM, Brown & Heathers 2017 SPPS 8:363)."""
    assert counts_for(words, n) == tuple(counts)


@pytest.mark.parametrize(
    ("n", "steps", "counts", "shares"),
    [
        (122, ["103/200 105/200 [)", "131/200 27/40 [)"], (42, 43), (0.3442622950819672, 0.3524590163934426)),
        (140, ["131/200 27/40 [)", "131/200 27/40 [)"], (61, 63), (0.4357142857142857, 0.45)),
        (140, ["19/30 41/60 []", "19/30 41/60 []"], (57, 64), (0.40714285714285714, 0.45714285714285713)),
        (140, ["39/200 41/200 [)", "3/4 1 (]"], (22, 28), (0.15714285714285714, 0.2)),
    ],
)
def test_nested_shares_are_as_enumerated_elsewhere(n, steps, counts, shares):
    """Rows nested_counts of reference-values.csv: the ends of the last count, and their share of the first base."""
    found = nested([n], [reading(*step.split()) for step in steps])
    assert (found.counts[0], found.counts[-1]) == counts
    assert tuple(map(float, found.shares)) == pytest.approx(shares, abs=1e-9)


def test_two_thirds_of_two_thirds_is_less_than_half():
    """'Two-thirds of these', where these are two-thirds of 140, is 57 to 64 people: 41% to 46% of all."""
    found = nested([140], [TWO_THIRDS, TWO_THIRDS])
    assert found.counts == tuple(range(57, 65))
    assert found.parents == tuple(range(89, 96))
    assert found.shares[1] < Fraction(1, 2)


def test_impossible_step_allows_nothing_below_it():
    """Where no count fits the first share, none fits a share of it."""
    assert nested([122], [read_words("65.0%"), TWO_THIRDS]) == Nested((), (), None)


def test_nobody_has_no_shares():
    """A share of none is not asked for: zero is never a base."""
    found = nested([112], [read_words("none"), TWO_THIRDS])
    assert found.counts == ()
    assert 0 not in found.parents


def test_more_than_140_people_is_141_to_149():
    """A worded base of the articles; the strict reading has no end, so the default one is used."""
    assert bases_of("more than 140") == tuple(range(141, 150))
    assert bases_of("more than 140", "strict") == tuple(range(141, 150))
    assert bases_of("122") == (122,)


def test_304_people_are_26_per_cent_of_1148_to_1192():
    """The convictions implied by 304 people in custody, 26% (domain.md section 5: about 1,169)."""
    bases = bases_for("26%", 304)
    assert bases == tuple(range(1_148, 1_193))
    assert pytest.approx(1_169, abs=0.5) == 304 / 0.26


@pytest.mark.parametrize("words", ["140", "more than 140", "0%", "none"])
def test_base_cannot_be_worked_out_from_what_is_no_share(words):
    """A count, and a share of nothing, imply no base."""
    with pytest.raises(ValueError, match="is not a share above zero"):
        bases_for(words, 304)


@pytest.mark.parametrize("n", [0, -3])
@pytest.mark.parametrize("words", ["65%", "none", "more than 140"])
def test_base_of_nothing_is_refused(words, n):
    """No phrase has counts out of nobody."""
    with pytest.raises(ValueError, match="a base must be above zero"):
        counts_for(words, n)


# Against direct enumeration


@given(percent=st.integers(0, 100), n=st.integers(1, 400))
def test_counts_for_a_percentage_are_those_that_round_to_it(percent, n):
    """A count is allowed just when its percentage, rounded half up or half down, is the one printed."""
    rounded = [
        k
        for k in range(n + 1)
        if percent in (floor(Fraction(100 * k, n) + Fraction(1, 2)), ceil(Fraction(100 * k, n) - Fraction(1, 2)))
    ]
    assert counts_for(f"{percent}%", n) == tuple(rounded)


@given(percent=st.integers(0, 100), n=st.integers(1, 400))
def test_strict_counts_are_those_that_round_half_up(percent, n):
    """The strict convention knows one way to round."""
    assert counts_for(f"{percent}%", n, "strict") == tuple(
        k for k in range(n + 1) if floor(Fraction(100 * k, n) + Fraction(1, 2)) == percent
    )


@given(percent=st.integers(1, 100), part=st.integers(1, 25))
def test_bases_for_a_part_are_those_of_which_it_is_the_share(percent, part):
    """The base is found by trying every one."""
    reading = read_words(f"{percent}%")
    tried = tuple(n for n in range(part, 250 * part) if reading.holds(Fraction(part, n)))
    assert bases_for(f"{percent}%", part) == tried


ranges = st.tuples(st.integers(0, 20), st.integers(0, 20), st.booleans(), st.booleans()).map(
    lambda r: Reading("share", Fraction(min(r[:2]), 20), Fraction(max(r[:2]), 20), r[2], r[3])
)


@given(first=st.sets(st.integers(1, 25), min_size=1, max_size=3), steps=st.lists(ranges, min_size=1, max_size=3))
def test_nested_agrees_with_walking_every_path(first, steps):
    """Every chain of whole counts, walked one by one, ends in the counts and shares that nested() gives."""

    def walk(n, left):
        if not left:
            yield n
            return
        for k in range(n + 1):
            if left[0].holds(Fraction(k, n)) and (k or len(left) == 1):
                yield from walk(k, left[1:])

    ends = {(n, last) for n in first for last in walk(n, steps)}
    found = nested(first, steps)
    assert found.counts == tuple(sorted({last for _, last in ends}))
    shares = sorted(Fraction(last, n) for n, last in ends)
    assert found.shares == ((shares[0], shares[-1]) if shares else None)


@pytest.mark.parametrize("words", ["65%", "most", "two-thirds"])
def test_share_names_no_base(words):
    """A share is refused where a base is asked for."""
    with pytest.raises(ValueError, match="is a share and not a count"):
        bases_of(words)


# The interval of a chain


@given(first=st.sets(st.integers(1, 30), min_size=1, max_size=3), steps=st.lists(ranges, min_size=1, max_size=2))
def test_interval_of_a_chain_is_the_envelope_of_every_pair(first, steps):
    """From the lowest to the highest end of the intervals of each last count on its own first base."""
    ends = nested(first, steps).ends
    if not ends:
        with pytest.raises(NotHonest, match="no whole counts fit"):
            nested_interval(first, steps, basis="sample")
        return
    each = [proportion(x, n, basis="sample") for n, low, high in ends for x in range(low, high + 1)]
    found = nested_interval(first, steps, basis="sample")
    assert found.lower == pytest.approx(min(e.lower for e in each), abs=1e-12)
    assert found.upper == pytest.approx(max(e.upper for e in each), abs=1e-12)
    assert isnan(found.value) == (len({(e.value, e.n) for e in each}) > 1)


def test_chain_of_self_selected_shares_is_a_range_without_interval():
    """The ends are what the words allow, and the method says why there is no more."""
    steps = [read_words("just over half"), TWO_THIRDS]
    found = nested_interval([122], steps, basis="self-selected")
    assert (found.lower, found.upper) == (40 / 122, 45 / 122)
    assert isnan(found.level)
    assert found.method == "range; no interval: people who chose to answer stand for themselves"
    with pytest.raises(NotHonest, match="no as-if interval"):
        nested_interval([122], steps, basis="self-selected", as_if=True)


def test_large_bases_are_quick():
    """A chain on a base of 100,000 is walked in whole ranges, and a share of a million has its ends at once."""
    found = nested([100_000], [read_words("about half"), read_words("more than half")])
    assert (found.counts[0], found.counts[-1]) == (22_501, 55_000)
    assert len(whole(read_words("about half"), 1_000_000_000)) == 100_000_001


@given(
    low=st.integers(-60, 60),
    size=st.integers(0, 40),
    ends=st.tuples(st.booleans(), st.booleans()),
    n=st.integers(1, 30),
)
def test_whole_counts_are_those_in_the_range(low, size, ends, n):
    """The ends by arithmetic are those of trying every number, for a share, a count and a mean."""
    low, high = Fraction(low, 30), Fraction(low + size, 30)
    for kind, scale in (("share", n), ("count", 1), ("mean", n)):
        reading = Reading(kind, low, high, *ends)
        tried = range(-70, 140) if kind == "mean" else range(n + 1)
        assert tuple(whole(reading, n)) == tuple(k for k in tried if reading.holds(Fraction(k, scale)))


@pytest.mark.parametrize("fraction", ["half", "a third", "two-thirds", "three-quarters", "a fifth", "a tenth"])
def test_about_a_fraction_allows_all_that_the_fraction_does(fraction):
    """'About two-thirds' is never stricter than 'two-thirds'."""
    assert set(counts_for(fraction, 100)) <= set(counts_for(f"about {fraction}", 100))
