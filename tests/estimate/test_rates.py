from dataclasses import replace

import pandas as pd
import pytest

from stats.errors import NotComparable, NotToHand
from stats.estimate.estimate import Contract, full_count
from stats.estimate.rates import per_1000, per_1000_where_possible, residents, sources_used
from stats.period import Period

EW = "England and Wales"


@pytest.fixture(scope="module")
def people(registers, population):
    """Return the residents that a rate of an area and period rests on, named in words."""

    def of(area: str, period: str) -> int:
        return residents(population, area=registers.areas.find(area), period=Period.parse(period), registers=registers)

    return of


@pytest.fixture(scope="module")
def printed(registers, population):
    """Return the population of an area as the table has it for the middle of a year."""

    def of(area: str, year: int) -> int:
        code = registers.areas.find(area).code
        rows = population[(population["area_code"] == code) & (population["mid_year"] == f"{year}-06-30")]
        assert len(rows) == 1
        return int(rows["residents_n"].iloc[0])

    return of


@pytest.mark.parametrize(
    ("period", "mid_year"),
    [
        ("2024/25", 2024),
        ("2016/17", 2016),
        ("year ending December 2018", 2018),
        ("year ending June 2018", 2018),
        ("year ending May 2018", 2017),
    ],
)
def test_population_is_that_of_the_30_june_inside_the_year(people, printed, period, mid_year):
    """A year is divided by the residents of its own June, however the year is cut."""
    assert people("Kent", period) == printed("Kent", mid_year)


@pytest.mark.parametrize(
    ("period", "mid_year"), [("2019/20", 2019), ("2020/21", 2020), ("2021/22", 2021), ("2022/23", 2022)]
)
@pytest.mark.parametrize("area", ["Lincolnshire", EW])
def test_years_without_a_population_are_refused(people, area, period, mid_year):
    """Mid-2019 to mid-2022 are not to hand and are not drawn in between 2018 and 2023."""
    with pytest.raises(NotToHand, match=rf"no population of mid-{mid_year} is to hand") as refusal:
        people(area, period)
    assert "2018, 2023, 2024" in str(refusal.value)
    assert "nothing is filled in" in str(refusal.value)


@pytest.mark.parametrize(("period", "length"), [("2024/25 Q1", "3 months"), ("2020-04-01 to 2020-12-31", "9 months")])
def test_rate_of_less_than_a_year_is_refused(count, population, registers, period, length):
    """A quarter over a year's residents would look a quarter as high."""
    with pytest.raises(NotComparable, match="is per year") as refusal:
        per_1000(count("Kent", "stalking", period), population, registers=registers)
    assert length in str(refusal.value)


def test_transport_police_has_no_rate(count, population, registers):
    """Nobody lives on the railway."""
    with pytest.raises(NotToHand, match="British Transport Police has no resident population"):
        per_1000(count("British Transport Police", "stalking", "2024/25"), population, registers=registers)


def test_count_without_a_contract_has_no_rate(population, registers):
    """A bare count does not say whose residents to divide it by."""
    with pytest.raises(NotComparable, match="without area and period has no rate"):
        per_1000(full_count(135_628), population, registers=registers)


def test_latest_national_population_is_the_sum_of_43_forces(people, population, registers):
    """Mid-2024 has no national row, so England and Wales is its 43 forces; British Transport Police adds nobody."""
    of_2024 = population[population["mid_year"] == "2024-06-30"]
    assert registers.areas.find(EW).code not in set(of_2024["area_code"])
    assert len(of_2024) == 43
    assert people(EW, "2024/25") == of_2024["residents_n"].sum()


def test_sum_of_forces_agrees_with_the_printed_nation(people, printed, population, registers):
    """Where the nation is printed too, its 43 forces (each rounded to 100) add up to it within that rounding."""
    forces = [a.code for a in registers.areas.forces if a.kind == "force"]
    of_2023 = population[(population["mid_year"] == "2023-06-30") & population["area_code"].isin(forces)]
    assert len(of_2023) == 43
    assert people(EW, "2023/24") == printed(EW, 2023)
    assert abs(of_2023["residents_n"].sum() - printed(EW, 2023)) <= 44 * 50


def test_nation_with_a_force_missing_has_no_rate(population, registers):
    """Forty-two forces are not England and Wales."""
    without = population[population["area_code"] != registers.areas.find("Greater Manchester").code]
    with pytest.raises(NotToHand, match="no population of mid-2024"):
        residents(without, area=registers.areas.find(EW), period=Period.financial_year(2024), registers=registers)


@pytest.mark.parametrize("area", ["Lincolnshire", "City of London", "Wales", EW])
def test_rate_is_offences_over_residents_times_1000(count, people, population, registers, area):
    """The rate is the count per 1,000 people, not per 1,000 thousands; its base is the people."""
    counted = count(area, "stalking", "2024/25")
    rate = per_1000(counted, population, registers=registers)
    assert rate.value == pytest.approx(counted.value / people(area, "2024/25") * 1000, rel=1e-12)
    assert rate.n == people(area, "2024/25")
    assert 0.1 < rate.value < 10
    assert rate.unit == "per 1,000 residents"
    assert rate.contract.measure.id == "recorded_offences_per_1000"
    assert pd.isna(rate.lower)


def yearly(count, area, first, last):
    """Counts of stalking for the financial years that start in `first` to `last`."""
    return [count(area, "stalking", Period.financial_year(year).short) for year in range(first, last + 1)]


def test_years_that_have_no_rate_say_why_in_one_line(count, population, registers):
    """Four missing populations are one reason; the years that have a rate keep it."""
    rates, reasons = per_1000_where_possible(yearly(count, EW, 2014, 2024), population, registers=registers)
    assert [rate is None for rate in rates] == [False] * 5 + [True] * 4 + [False] * 2
    assert reasons == ["[x] No population of mid-2019, mid-2020, mid-2021 or mid-2022 is to hand."]


def test_each_reason_is_given_once(count, population, registers):
    """A force that never has a rate says so once, however many years are asked for."""
    rates, reasons = per_1000_where_possible(
        yearly(count, "British Transport Police", 2014, 2024), population, registers=registers
    )
    assert set(rates) == {None}
    assert reasons == ["[x] British Transport Police has no resident population."]


def test_quarters_say_that_a_rate_is_per_year(count, population, registers):
    """Quarters get no rate, and no reason that names a population."""
    quarters = [count("Kent", "stalking", f"2024/25 Q{n}") for n in (1, 2)]
    rates, reasons = per_1000_where_possible(quarters, population, registers=registers)
    assert rates == [None, None]
    assert reasons == ["[x] A rate per 1,000 residents is per year."]


def test_only_populations_that_were_divided_by_are_cited(count, population, registers):
    """A rate of 2018/19 and 2024/25 cites mid-2018 and mid-2024, oldest first, and no other release."""
    counts = [count("Kent", "stalking", period) for period in ("2018/19", "2021/22", "2024/25")]
    rates, _ = per_1000_where_possible(counts, population, registers=registers)
    cited = sources_used(population, rates, registers)
    assert [source.id for source in cited] == ["ons_population_2018", "ons_population_2024"]


def test_a_year_in_two_releases_counts_once_by_the_newer(registers, population):
    """A later release of the same mid-year takes the place of the earlier one, and is the one that is cited."""
    kent, year = registers.areas.find("Kent"), Period.parse("2024/25")
    later = registers.source("ons_population_2024").model_copy(update={"id": "later", "published": "2026-05-01"})
    some = replace(registers, sources={**registers.sources, "later": later})
    again = population[population["mid_year"] == "2024-06-30"]
    both = pd.concat([population, again.assign(source_id="later", residents_n=again["residents_n"] + 1)])
    before = residents(population, area=kent, period=year, registers=registers)
    assert residents(both, area=kent, period=year, registers=some) == before + 1
    count = full_count(5, contract=Contract(registers.measure("recorded_offences"), kent, year, "a_release"))
    used = sources_used(both, [per_1000(count, both, registers=some)], some)
    assert [source.id for source in used] == ["later"]
