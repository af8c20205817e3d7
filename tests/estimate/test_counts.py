from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadPeriod, NotComparable, NotToHand
from stats.estimate.change import difference
from stats.estimate.counts import as_table, breaks_between, recorded, segments, series
from stats.period import Period

EW = "England and Wales"
ALL = "stalking and harassment"


def years(first: int, last: int) -> list[Period]:
    """The financial years that start in `first` to `last`."""
    return [Period.financial_year(year) for year in range(first, last + 1)]


@pytest.mark.parametrize(
    ("period", "printed"),
    [
        ("2014/15", 2_885), ("2015/16", 4_292), ("2016/17", 5_424), ("2017/18", 10_396), ("2018/19", 20_093),
        ("2019/20", 33_350), ("2020/21", 99_106), ("2021/22", 117_692), ("2022/23", 117_177), ("2023/24", 128_829),
        ("2024/25", 135_628),
    ],
)  # fmt: skip
def test_recorded_stalking_is_as_in_the_release(count, period, printed):
    """Each year of stalking in England and Wales is the total first read from the release (domain.md section 1)."""
    assert count(EW, "stalking", period).value == printed


@pytest.mark.parametrize(
    ("group", "period", "n"),
    [
        ("8Q", "Oct-Dec 2016", 1_383),
        ("8L", "Oct-Dec 2016", 52_408),
        ("8L", "year ending December 2016", 192_860),
        ("harassment", "year ending December 2016", 194_650),
        (ALL, "2024/25", 599_180),
    ],
)
def test_counts_beside_printed_claims_are_as_documented(count, group, period, n):
    """The counts set beside article 004 and the printed totals (domain.md sections 1 and 6)."""
    assert count(EW, group, period).value == n


@pytest.mark.parametrize(
    ("force", "before", "after", "first_year"),
    [
        ("Merseyside", 19, 639, 2014),
        ("Northumbria", 16, 622, 2016),
        ("West Midlands", 703, 7_283, 2019),
        ("Humberside", 3_844, 1_795, 2023),
    ],
)
def test_local_steps_are_in_the_counts(count, force, before, after, first_year):
    """The step changes of single forces that are recording and not people (domain.md section 5)."""
    found = [count(force, "stalking", period.short).value for period in years(first_year, first_year + 1)]
    assert found == [before, after]


@pytest.mark.parametrize("group", ["stalking", "harassment", ALL])
@pytest.mark.parametrize("period", ["2014/15", "2019/20", "2024/25", "2025/26 Q3"])
def test_nations_and_transport_police_make_up_england_and_wales(count, group, period):
    """England, Wales and British Transport Police add up to England and Wales."""
    parts = [count(area, group, period).value for area in ("England", "Wales", "British Transport Police")]
    assert sum(parts) == count(EW, group, period).value


def test_transport_police_is_in_england_and_wales_and_in_neither_nation(count):
    """England and Wales holds more offences than England and Wales added up, by those of British Transport Police."""
    nations = count("England", "stalking", "2024/25").value + count("Wales", "stalking", "2024/25").value
    assert 0 < count(EW, "stalking", "2024/25").value - nations < 1_000


def test_forces_make_up_their_nation(count, registers):
    """The four Welsh forces add up to Wales."""
    forces = registers.areas.members(registers.areas.find("Wales"))
    assert len(forces) == 4
    assert (
        sum(count(f.name, "stalking", "2024/25").value for f in forces) == count("Wales", "stalking", "2024/25").value
    )


def test_group_is_the_sum_of_its_codes(count):
    """'Stalking and harassment' is 8L, 8M, 8Q, 8R and 8U; 'harassment' is 8L and 8M."""
    assert (
        sum(count(EW, code, "2024/25").value for code in ("8L", "8M", "8Q", "8R", "8U"))
        == count(EW, ALL, "2024/25").value
    )
    assert (
        count(EW, "8L", "2024/25").value + count(EW, "8M", "2024/25").value == count(EW, "harassment", "2024/25").value
    )


def test_count_carries_what_it_is_a_count_of(count):
    """A count goes out with its area, period, offences, release and breaks, and with no interval."""
    found = count(EW, "stalking", "2024/25")
    assert found.contract.subject == "recorded stalking"
    assert found.contract.release == "home_office_recorded_2026_04_23"
    assert {"2018-04-course-of-conduct", "2020-04-former-partners"} <= {b.id for b in found.contract.breaks}
    assert found.method == "full count: no sampling error"
    assert pd.isna(found.lower)
    assert pd.isna(found.upper)


# What is not there


@pytest.mark.parametrize("period", ["2013/14", "2013/14 Q4", "year ending December 2014"])
def test_stalking_before_its_own_class_is_refused(count, period):
    """There was no stalking class before April 2014; the message says when it begins, and gives no number."""
    with pytest.raises(NotToHand, match="does not exist for the whole of") as refusal:
        count(EW, "stalking", period)
    assert "8Q: Stalking" in str(refusal.value)
    assert "Start at April 2014, when the class begins" in str(refusal.value)


def test_group_is_refused_in_a_year_that_one_of_its_classes_begins_in(count):
    """Calendar 2020 would hold controlling behaviour for nine months of twelve."""
    with pytest.raises(NotToHand, match="does not exist for the whole of year ending December 2020") as refusal:
        count(EW, ALL, "year ending December 2020")
    assert "8U" in str(refusal.value)
    assert "April 2020" in str(refusal.value)


def test_group_before_a_class_begins_holds_the_others(count):
    """In 2013/14 the group is harassment alone, since the other classes did not exist."""
    assert count(EW, ALL, "2013/14").value == count(EW, "harassment", "2013/14").value


@pytest.mark.parametrize("period", ["2025/26 Q4", "2025/26", "year ending March 2027"])
def test_quarter_beyond_the_data_is_refused_and_not_zero(count, period):
    """A period that is not all there yet gives no number; the message says how far the data run."""
    with pytest.raises(NotToHand, match="is not to hand for every force and quarter") as refusal:
        count(EW, "stalking", period)
    assert "home_office_recorded_2026_04_23" in str(refusal.value)
    assert "April 2012 to December 2025" in str(refusal.value)
    assert "nothing is filled in" in str(refusal.value)


def test_missing_force_is_refused_and_not_left_out(offences, registers):
    """A national total without Greater Manchester is refused, and the coverage is printed."""
    without = offences[offences["area_code"] != registers.areas.find("Greater Manchester").code]
    with pytest.raises(NotToHand, match="not to hand") as refusal:
        recorded(
            without,
            area=registers.areas.find(EW),
            group=registers.offences.find("stalking"),
            period=Period.quarter(2024, 1),
            registers=registers,
        )
    assert "43 of 44 cells" in str(refusal.value)


def test_missing_value_is_refused_and_not_zero(offences, registers):
    """A row that is there with no number in it is missing all the same."""
    kent = registers.areas.find("Kent")
    gap = (
        (offences["area_code"] == kent.code)
        & (offences["offence_code"] == "8Q")
        & (offences["period_start"] == "2024-04-01")
    )
    assert gap.sum() == 1
    with pytest.raises(NotToHand, match="3 of 4 cells"):
        recorded(
            offences.assign(offences_n=offences["offences_n"].mask(gap)),
            area=kent,
            group=registers.offences.find("stalking"),
            period=Period.financial_year(2024),
            registers=registers,
        )


@pytest.mark.parametrize("period", ["Feb to Apr 2024", "April to July 2024", "2024-04-02 to 2024-06-30"])
def test_period_that_cuts_a_quarter_is_refused(count, period):
    """The data are quarters, so half a quarter is refused and not rounded to one."""
    with pytest.raises(BadPeriod, match="not a whole number of quarters"):
        count(EW, "stalking", period)


def test_newest_release_is_read(offences, registers):
    """With two releases in the table, only the newer one is counted."""
    old = offences.assign(source_id="home_office_recorded_2025_04_24", offences_n=offences["offences_n"] + 1)
    found = recorded(
        pd.concat([offences, old], ignore_index=True),
        area=registers.areas.find(EW),
        group=registers.offences.find("stalking"),
        period=Period.financial_year(2024),
        registers=registers,
    )
    assert found.value == 135_628
    assert found.contract.release == "home_office_recorded_2026_04_23"


# Series


def ask(offences, registers, area, group, periods, **options):
    """A series, named in words."""
    return series(
        offences,
        area=registers.areas.find(area),
        group=registers.offences.find(group),
        periods=periods,
        registers=registers,
        **options,
    )


def test_series_across_breaks_is_refused_with_each_break_named(offences, registers):
    """Stalking from 2014/15 to 2024/25 is no trend: three breaks are named, and where to start instead."""
    with pytest.raises(NotComparable, match="crosses 3 registered breaks") as refusal:
        ask(offences, registers, EW, "stalking", years(2014, 2024))
    message = str(refusal.value)
    for words in (
        "2,885",
        "135,628",
        "from April 2018 a course of conduct",
        "from April 2020 a course of conduct by a former partner",
        "from May 2023",
        "across_breaks=True",
    ):
        assert words in message


def test_series_across_one_break_is_refused(offences, registers):
    """One break is enough; the message counts rightly and says at which period to start instead."""
    with pytest.raises(NotComparable, match="crosses a registered break") as refusal:
        ask(offences, registers, EW, "stalking", years(2019, 2020))
    assert "Start at year ending March 2021 ('2020/21')" in str(refusal.value)


def test_series_that_ends_at_its_break_is_not_told_to_start_after_its_end(offences, registers):
    """2022/23 to 2023/24, a year that holds May 2023, has no later period to start at: choose a shorter span."""
    with pytest.raises(NotComparable, match="crosses a registered break") as refusal:
        ask(offences, registers, EW, "stalking", years(2022, 2023))
    assert "Choose a shorter span" in str(refusal.value)
    assert "Start at" not in str(refusal.value)


def test_break_on_the_first_day_is_not_crossed(offences, registers):
    """A series that starts at the break may be drawn up to the next one."""
    found = ask(offences, registers, EW, "stalking", years(2020, 2022))
    assert [e.value for e in found] == [99_106, 117_692, 117_177]


def test_series_across_breaks_is_given_to_those_who_say_so(offences, registers):
    """across_breaks=True gives every year, in order."""
    found = ask(offences, registers, EW, "stalking", years(2014, 2024), across_breaks=True)
    assert [e.contract.period for e in found] == years(2014, 2024)
    assert found[-1].value == 135_628


@pytest.mark.parametrize(
    ("group", "reason"),
    [(ALL, "2020-04-controlling-behaviour"), ("stalking", "2020-04-former-partners")],
)
def test_april_2020_cuts_a_series_for_its_own_reason(registers, group, reason):
    """Stalking is cut because former partners moved in; the whole group, which they never left, because of 8U."""
    area, codes = registers.areas.find(EW), registers.offences.find(group).codes
    crossed = breaks_between(years(2019, 2020), registers.breaks_in("recorded_offences", codes=codes, area=area))
    assert [b.id for b in crossed] == [reason]


def test_notices_and_disputed_dates_cut_nothing(a_break):
    """Only a break is a break: a notice is named and a disputed date is not drawn."""
    others = [a_break(date(2018, 4, 1), kind="notice"), a_break(date(2019, 4, 1), kind="disputed")]
    assert breaks_between(years(2016, 2020), others) == []
    assert segments(years(2016, 2020), others) == [(0, False)] * 5


def test_series_is_cut_between_two_periods(a_break):
    """A break on the first day of a year parts it from the year before."""
    assert segments(years(2018, 2021), [a_break(date(2020, 4, 1))]) == [
        (0, False),
        (0, False),
        (1, False),
        (1, False),
    ]


def test_period_with_a_break_inside_is_a_run_of_its_own(a_break):
    """The year that holds May 2023 is joined to neither neighbour."""
    assert segments(years(2021, 2025), [a_break(date(2023, 5, 1))]) == [
        (0, False),
        (0, False),
        (1, True),
        (2, False),
        (2, False),
    ]


def test_two_mixed_periods_side_by_side_are_two_runs(a_break):
    """Two years that each hold a break are not joined to each other either."""
    cuts = [a_break(date(2020, 6, 1)), a_break(date(2021, 6, 1))]
    assert segments(years(2019, 2022), cuts) == [(0, False), (1, True), (2, True), (3, False)]


@given(cuts=st.lists(st.dates(date(2010, 1, 1), date(2030, 1, 1)), max_size=6), n=st.integers(1, 12))
def test_no_run_holds_a_break(a_break, cuts, n):
    """Whatever the breaks, no two periods of one run have one between or inside them."""
    periods = years(2014, 2013 + n)
    breaks = [a_break(cut) for cut in cuts]
    runs = segments(periods, breaks)
    assert len(runs) == n
    for number in {run for run, _ in runs}:
        inside = [p for p, (run, _) in zip(periods, runs, strict=True) if run == number]
        crossed = breaks_between(inside, breaks)
        assert not crossed or len(inside) == 1
    assert [is_mixed for _, is_mixed in runs] == [
        any(p.start < cut <= p.end for cut in cuts) for p in periods
    ]  # a break on the first day is not inside


def test_series_as_a_table_keeps_value_method_and_run_together(offences, registers):
    """A row of the table has everything that belongs to its number."""
    stalking = registers.breaks_in("recorded_offences", codes=("8Q",), area=registers.areas.find(EW))
    rows = as_table(ask(offences, registers, EW, "stalking", years(2017, 2020), across_breaks=True), stalking)
    assert list(rows["run"]) == [0, 1, 1, 2]
    assert list(rows["value"]) == [10_396, 20_093, 33_350, 99_106]
    assert {"value", "lower", "upper", "unit", "method", "level", "n", "basis"} <= set(rows.columns)
    assert rows["period"].tolist()[0] == "year ending March 2018"


def test_a_count_can_be_asked_for_as_at_an_older_release(offences, registers):
    """2017/18 as an edition of 2018 had it; the contract names that release, and the newest stays the default."""
    asked = {
        "area": registers.areas.find(EW), "group": registers.offences.find("stalking"),
        "period": Period.parse("2017/18"),
    }  # fmt: skip
    then = recorded(offences, registers=registers.as_at("2018", "recorded_offences"), **asked)
    now = recorded(offences, registers=registers, **asked)
    assert (then.value, then.contract.release) == (10296, "home_office_recorded_2018")
    assert (now.value, now.contract.release) == (10396, "home_office_recorded_2026_04_23")
    with pytest.raises(NotComparable, match="come from two releases"):
        difference(then, now)
    assert difference(then, now, across_releases=True).value == 100


def test_a_period_that_an_older_release_does_not_cover_is_refused(offences, registers):
    """It says what it covers; the newer release does not fill in."""
    with pytest.raises(
        NotToHand, match=r"(?s)release:.*home_office_recorded_2018.*it covers: .*year ending March 2018"
    ):
        recorded(
            offences, area=registers.areas.find(EW), group=registers.offences.find("stalking"),
            period=Period.parse("2018/19"), registers=registers.as_at("2018", "recorded_offences"),
        )  # fmt: skip
