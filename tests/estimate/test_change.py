import inspect
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import NotComparable, NotHonest
from stats.estimate.attrition import cohort, cohort_bounds, resolved_only
from stats.estimate.change import comparable, difference, ratio, total
from stats.estimate.differences import share_difference
from stats.estimate.estimate import Contract, full_count
from stats.estimate.proportions import proportion
from stats.estimate.rates import per_1000
from stats.estimate.ratios import share_ratio
from stats.period import Period

EW = "England and Wales"


def said(refusal) -> str:
    """The message as a person reads it."""
    return str(refusal.value)


def test_numbers_without_a_contract_cannot_be_compared():
    """Two bare numbers are refused: nobody can tell what they count."""
    with pytest.raises(NotComparable, match="without its measure, area, period and release") as refusal:
        difference(full_count(5_948), full_count(118_411))
    assert "118,411" in said(refusal)
    assert "no contract" in said(refusal)


def test_one_bare_number_is_enough_to_refuse(count):
    """A number from the table cannot be compared with one that somebody typed."""
    with pytest.raises(NotComparable, match="cannot be compared"):
        ratio(count(EW, "stalking", "2024/25"), full_count(118_411))


def test_unlike_measures_are_refused(count, population, registers):
    """A count and a rate are two measures; both are named, each with its base."""
    counted = count("Lincolnshire", "stalking", "2024/25")
    with pytest.raises(NotComparable, match=r"are two measures") as refusal:
        difference(counted, per_1000(counted, population, registers=registers))
    assert "'offences recorded by the police' and 'offences recorded by the police per 1,000 residents'" in said(
        refusal
    )
    assert "base: people living in the area in the middle of that year" in said(refusal)


def test_charge_shares_on_two_bases_are_refused(registers):
    """Offences recorded and outcomes assigned are two bases of 'the charge rate' (domain.md section 4: 5% and 6%)."""
    period, area = Period.financial_year(2021), registers.areas.find(EW)
    shares = [
        full_count(
            share, unit="share", contract=Contract(registers.measure(f"charge_share_of_{base}"), area, period, "r")
        )
        for share, base in ((0.05, "offences_recorded"), (0.06, "outcomes_assigned"))
    ]
    with pytest.raises(NotComparable, match="are two measures") as refusal:
        comparable(*shares)
    assert "base: offences recorded in the period" in said(refusal)
    assert "base: outcomes of every type assigned in the period" in said(refusal)


def test_unlike_offences_are_refused(count):
    """Stalking is not compared with harassment."""
    with pytest.raises(NotComparable, match="count different offences") as refusal:
        difference(count(EW, "harassment", "2024/25"), count(EW, "stalking", "2024/25"))
    assert "recorded harassment" in said(refusal)
    assert "recorded stalking" in said(refusal)


def test_area_and_period_may_not_differ_at_once(count):
    """Lincolnshire of one quarter against Kent of another is refused."""
    with pytest.raises(NotComparable, match="differ in area and in period at once") as refusal:
        difference(count("Lincolnshire", "stalking", "2024/25 Q1"), count("Kent", "stalking", "2024/25 Q2"))
    assert "Lincolnshire, April to June 2024" in said(refusal)


def test_nine_months_are_not_compared_with_twelve(count):
    """West Midlands 2019/20 against April to December 2020 (printed as a rise of 487%) is refused for its length."""
    year = count("West Midlands", "stalking", "2019/20")
    part = count("West Midlands", "stalking", "2020-04-01 to 2020-12-31")
    with pytest.raises(NotComparable, match="12 months cannot be compared with 9 months"):
        difference(year, part, across_breaks=True)
    with pytest.raises(NotComparable, match="9 months cannot be compared with 12 months"):
        ratio(part, year, across_breaks=True)


def test_367_days_are_not_compared_with_395(registers):
    """Dorset's two answers, 88 of 991 and 111 of 1,256, cover 367 and 395 days (domain.md section 5)."""
    measure, area = registers.measure("outcomes_of_one_kind"), registers.areas.find("Dorset")
    first = Period(date(2020, 1, 20), date(2021, 1, 20))
    second = Period(date(2021, 1, 21), date(2022, 2, 19))
    with pytest.raises(NotComparable, match="367 days cannot be compared with 395 days"):
        difference(
            full_count(88, contract=Contract(measure, area, first, "foi")),
            full_count(111, contract=Contract(measure, area, second, "foi")),
        )


def test_change_across_a_registered_break_is_refused_with_the_evidence(count):
    """The rise of recorded stalking from 2019/20 to 2020/21 is refused, and the message says all that is needed."""
    with pytest.raises(NotComparable) as refusal:
        difference(count(EW, "stalking", "2019/20"), count(EW, "stalking", "2020/21"))
    for words in (
        "recorded stalking cannot be compared across April 2020",
        "year ending March 2020 (33,350) with year ending March 2021 (99,106), England and Wales",
        "a course of conduct by a former partner is recorded as stalking",
        "Start at April 2020",
        "across_breaks=True",
    ):
        assert words in said(refusal)


def test_break_is_found_whichever_number_comes_first(count):
    """Turning the comparison round does not get past the break."""
    with pytest.raises(NotComparable, match="across April 2020"):
        ratio(count(EW, "stalking", "2020/21"), count(EW, "stalking", "2019/20"))


@pytest.mark.parametrize(
    ("before", "after", "when"),
    [
        ("year ending December 2020", "year ending December 2021", "April 2020"),
        ("year ending March 2023", "year ending March 2024", "May 2023"),
        ("2023/24 Q1", "2024/25 Q1", "May 2023"),
    ],
)
def test_break_inside_a_period_is_refused(count, before, after, when):
    """A year that holds a break within itself is comparable with neither neighbour."""
    with pytest.raises(NotComparable, match=f"across {when}"):
        difference(count(EW, "stalking", before), count(EW, "stalking", after))


def test_break_of_one_force_stops_that_force_alone(count):
    """Merseyside's own step of April 2015 is refused; the same years of its neighbour are not."""
    with pytest.raises(NotComparable, match=r"across April 2015 \(exact start not confirmed\)"):
        difference(count("Merseyside", "stalking", "2014/15"), count("Merseyside", "stalking", "2015/16"))
    change = difference(count("Cheshire", "stalking", "2014/15"), count("Cheshire", "stalking", "2015/16"))
    assert change.unit == "change in count"


def test_two_releases_are_refused(count):
    """Past quarters are revised, so numbers of two releases are not compared unless one says so."""
    old = count(EW, "stalking", "2024/25 Q1")
    old = replace(old, contract=replace(old.contract, release="home_office_recorded_2025_04_24"))
    new = count(EW, "stalking", "2024/25 Q2")
    with pytest.raises(NotComparable, match="come from two releases") as refusal:
        difference(old, new)
    assert "April to June 2024 from home_office_recorded_2025_04_24" in said(refusal)
    assert "across_releases=True" in said(refusal)
    assert difference(old, new, across_releases=True).value == new.value - old.value


def test_nothing_is_set_in_ratio_to_zero(count):
    """Merseyside's first quarter of stalking is zero; 'how many times as many' has no answer."""
    none, some = count("Merseyside", "stalking", "2014/15 Q1"), count("Merseyside", "stalking", "2014/15 Q2")
    assert none.value == 0
    assert some.value > 0
    with pytest.raises(NotComparable, match="ratio to zero") as refusal:
        ratio(none, some)
    assert "Give the two counts instead" in said(refusal)


def test_like_periods_after_the_last_break_are_compared(count, offences):
    """Two years after May 2023 differ by what the table itself adds up to."""
    before, after = count(EW, "stalking", "year ending June 2024"), count(EW, "stalking", "year ending June 2025")
    stalking = offences[offences["offence_code"] == "8Q"].set_index("period_start")["offences_n"].sort_index()
    first, second = int(stalking["2023-07-01":"2024-04-01"].sum()), int(stalking["2024-07-01":"2025-04-01"].sum())
    assert difference(before, after).value == second - first
    assert ratio(before, after).value == second / first


def test_two_areas_of_one_period_are_compared(count):
    """Two forces in one year may be set side by side, even when a break lies elsewhere in their series."""
    lincolnshire, kent = count("Lincolnshire", "stalking", "2024/25"), count("Kent", "stalking", "2024/25")
    assert ratio(lincolnshire, kent).value == kent.value / lincolnshire.value
    assert ratio(lincolnshire, kent).unit == "ratio"


def test_break_is_crossed_by_saying_so(count):
    """across_breaks=True gives 99,106 - 33,350 (domain.md section 1)."""
    change = difference(count(EW, "stalking", "2019/20"), count(EW, "stalking", "2020/21"), across_breaks=True)
    assert change.value == 99_106 - 33_350


def test_change_carries_no_contract_of_its_own(count):
    """A change is not a count, and cannot be fed back in as one."""
    change = difference(count(EW, "stalking", "2024/25 Q1"), count(EW, "stalking", "2024/25 Q2"))
    with pytest.raises(NotComparable, match="without its measure"):
        difference(change, change)


@pytest.fixture(scope="module")
def surveyed(registers):
    """Return the share of x of n people surveyed in an area and year who had ever been stalked or harassed."""
    measure = registers.measure("survey_share_stalked_or_harassed_ever")

    def of(x: int, n: int, *, area: str = EW, year: str = "2023/24", basis: str = "sample", **options):
        contract = Contract(measure, registers.areas.find(area), Period.parse(year), "r")
        return proportion(x, n, basis=basis, contract=contract, **options)

    return of


def test_two_samples_differ_by_an_interval_of_its_own(surveyed):
    """The change between two surveys is that of their counts, after less before, with a Newcombe interval."""
    before, after = surveyed(150, 1000), surveyed(160, 800, year="2024/25")
    change = difference(before, after)
    assert change == share_difference(160, 800, 150, 1000, basis="sample")
    assert change.lower < change.value == 160 / 800 - 150 / 1000 < change.upper
    assert ratio(before, after) == share_ratio(160, 800, 150, 1000, basis="sample")


def test_two_samples_keep_their_level(surveyed):
    """Shares at 99% have a change at 99%, and shares at two levels have none."""
    before, after = surveyed(150, 1000, level=0.99), surveyed(160, 800, year="2024/25", level=0.99)
    assert difference(before, after).level == 0.99
    with pytest.raises(NotHonest, match="intervals of two levels") as refusal:
        difference(surveyed(150, 1000), after)
    assert "Make both at one level" in said(refusal)


@pytest.mark.parametrize("compare", [difference, ratio])
@pytest.mark.parametrize(
    "change",
    [
        {"method": "wilson on an effective n of 1,000, design factor 1.3"},
        {"value": 0.1503},
        {"n": 812.5},
        {"unit": "per 1,000 residents"},
    ],
    ids=["weighted", "no whole count", "no whole base", "no share"],
)
def test_sample_whose_counts_are_not_known_has_no_change(surveyed, compare, change):
    """A weighted share is not x of n, though its value and base may look so; share_difference takes the counts."""
    before, after = surveyed(150, 1000), surveyed(160, 1000, year="2024/25")
    with pytest.raises(NotHonest, match="counts behind this share cannot be told") as refusal:
        compare(before, replace(after, **change))
    assert "Use share_difference or share_ratio with the counts" in said(refusal)


@pytest.mark.parametrize("compare", [difference, ratio])
@pytest.mark.parametrize(
    "other",
    [{"year": "2023/24"}, {"year": "year ending December 2024"}, {"area": "England"}],
    ids=["the same people", "three months twice", "a nation in both"],
)
def test_samples_that_share_people_are_refused(surveyed, compare, other):
    """The interval is for two groups that vary apart."""
    with pytest.raises(NotHonest, match="share people") as refusal:
        compare(surveyed(150, 1000), surveyed(160, 1000, **other))
    assert "do not overlap" in said(refusal)


@pytest.mark.parametrize("compare", [difference, ratio])
@pytest.mark.parametrize("basis", ["self-selected", "case audit"])
def test_answers_that_stand_for_themselves_have_no_change(surveyed, compare, basis):
    """Who chose to answer in one year and who did in the next are two groups, and no change of anything."""
    with pytest.raises(NotHonest, match="only two full counts, or two random samples") as refusal:
        compare(surveyed(79, 122, basis=basis), surveyed(60, 122, basis=basis, year="2024/25"))
    assert f"; {basis}" in said(refusal)
    assert "do not read overlap as a test" in said(refusal)


@pytest.mark.parametrize("compare", [difference, ratio])
def test_sample_and_full_count_have_no_change(surveyed, compare):
    """An estimate and a count vary for unlike reasons."""
    with pytest.raises(NotHonest, match="only two full counts, or two random samples"):
        compare(surveyed(150, 1000), surveyed(160, 1000, basis="full count", year="2024/25"))


def test_no_sample_is_set_in_ratio_to_none(surveyed):
    """Nobody of 1,000 is no base, whatever the sample."""
    with pytest.raises(NotComparable, match="ratio to zero"):
        ratio(surveyed(0, 1000), surveyed(16, 1000, year="2024/25"))


@pytest.fixture(scope="module")
def charged(registers, outcomes):
    """Return the charged share so far of stalking in an area and period, named in words."""

    def of(area: str, period: str):
        return cohort(
            outcomes,
            area=registers.areas.find(area),
            group=registers.offences.find("stalking"),
            period=Period.parse(period),
            registers=registers,
        )

    return of


def test_cohorts_of_unlike_age_are_refused(charged):
    """The charged share of a later quarter has had less time to grow, so it is not set against an earlier one."""
    first, second = (cohort_bounds(charged(EW, f"2024/25 Q{n}")) for n in (1, 4))
    with pytest.raises(NotComparable, match="still grows, and these two periods have had unlike time") as refusal:
        difference(first, second)
    assert "across_ages=True" in said(refusal)
    assert difference(first, second, across_ages=True).value == second.value - first.value
    assert ratio(first, second, across_ages=True).value == second.value / first.value


def test_cohorts_of_one_period_are_compared(charged):
    """Two forces' shares of one year are equally old."""
    kent, surrey = (cohort_bounds(charged(area, "2024/25")) for area in ("Kent", "Surrey"))
    assert difference(kent, surrey).value == surrey.value - kent.value


def test_share_so_far_and_share_of_resolved_are_two_measures(charged):
    """8.6% of offences recorded and 8.9% of those with an outcome have two bases and no difference."""
    national = charged(EW, "2024/25")
    with pytest.raises(NotComparable, match="are two measures"):
        difference(cohort_bounds(national), resolved_only(national))


# Sums


def test_quarters_add_up_to_the_year(count):
    """Four quarters of stalking added one by one give the year ending March 2025: 135,628 (domain.md section 1)."""
    quarters = [count(EW, "stalking", f"2024/25 Q{n}") for n in (1, 2, 3, 4)]
    year = quarters[0]
    for quarter in quarters[1:]:
        year = total(year, quarter)
    assert year.value == 135_628
    assert year.contract.period == Period.financial_year(2024)


def test_order_of_adjoining_periods_does_not_matter(count):
    """The later quarter may come first."""
    first, second = count(EW, "stalking", "2024/25 Q1"), count(EW, "stalking", "2024/25 Q2")
    assert total(second, first) == total(first, second)


def test_two_forces_of_one_period_add_up(count):
    """Two forces in the same year are two parts that do not overlap."""
    kent, dorset = count("Kent", "stalking", "2024/25"), count("Dorset", "stalking", "2024/25")
    assert total(kent, dorset).value == kent.value + dorset.value


def test_shares_and_rates_are_not_added(count, population, registers):
    """A rate of one force and a rate of another have no sum."""
    rates = [
        per_1000(count(f, "stalking", "2024/25"), population, registers=registers) for f in ("Kent", "Lincolnshire")
    ]
    with pytest.raises(NotComparable, match="shares and rates cannot be added") as refusal:
        total(*rates)
    assert "Add the numerators and the denominators, then divide" in said(refusal)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Kent", "2024/25"), ("Kent", "2024/25")),
        (("Kent", "2024/25"), ("Kent", "2024/25 Q1")),
        (("Kent", "2024/25"), ("Kent", "year ending June 2025")),
        (("Kent", "2024/25 Q1"), ("Kent", "2024/25 Q3")),
        (("Kent", "2024/25 Q1"), ("Dorset", "2024/25 Q2")),
        ((EW, "2024/25"), ("Kent", "2024/25")),
        ((EW, "2024/25"), ("England", "2024/25")),
        (("British Transport Police", "2024/25"), (EW, "2024/25")),
    ],
    ids=["twice", "within", "overlap", "hole", "unlike", "force in nation", "nation in nations", "btp in nations"],
)
def test_overlapping_parts_are_not_added(count, first, second):
    """A period counted twice, a hole between two, or an area inside another is refused."""
    with pytest.raises(NotComparable, match="overlap or leave a hole"):
        total(count(first[0], "stalking", first[1]), count(second[0], "stalking", second[1]))


def test_counts_of_two_offences_two_releases_or_no_contract_are_not_added(count):
    """A sum asks for the same contract that a comparison asks for."""
    first, second = count("Kent", "stalking", "2024/25 Q1"), count("Kent", "stalking", "2024/25 Q2")
    with pytest.raises(NotComparable, match="different offences"):
        total(first, count("Kent", "harassment", "2024/25 Q2"))
    with pytest.raises(NotComparable, match="two releases"):
        total(first, replace(second, contract=replace(second.contract, release="an older one")))
    with pytest.raises(NotComparable, match="without its measure"):
        total(first, full_count(3))


def test_sum_across_a_break_is_refused(count):
    """January to March and April to June 2020 mean different things, so their sum means nothing."""
    with pytest.raises(NotComparable, match="across April 2020"):
        total(count(EW, "stalking", "2019/20 Q4"), count(EW, "stalking", "2020/21 Q1"))


def test_refused_sum_sends_nobody_to_an_option_it_does_not_have(count):
    """What the message of total() advises can be done with total()."""
    with pytest.raises(NotComparable) as refusal:
        total(count(EW, "stalking", "2019/20 Q4"), count(EW, "stalking", "2020/21 Q1"))
    advised = "across_breaks=True" in said(refusal)
    assert advised == ("across_breaks" in inspect.signature(total).parameters)


# Properties


@given(a=st.integers(1, 10**6), b=st.integers(1, 10**6))
def test_turning_a_comparison_round_turns_its_sign(registers, a, b):
    """The way back is the same length: differences are opposite and ratios each other's inverse."""
    contract = Contract(
        registers.measure("recorded_offences"), registers.areas.find("Kent"), Period.quarter(2024, 1), "r"
    )
    one = full_count(a, contract=contract)
    two = full_count(b, contract=replace(contract, period=Period.quarter(2024, 2)))
    assert difference(one, two).value == -difference(two, one).value == b - a
    assert ratio(one, two).value * ratio(two, one).value == pytest.approx(1)
    assert total(one, two).value == a + b
