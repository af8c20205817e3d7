"""What the plan says can be made is what the library makes, and what it refuses the plan tells of, with the reason."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stats.errors import NotComparable, NotHonest, NotToHand, StatsError
from stats.estimate.attrition import cohort, outcome_groups
from stats.estimate.counts import series
from stats.estimate.rates import per_1000_where_possible
from stats.period import Period
from stats.read.tidy import read_tidy
from stats.registers import load
from stats.run.availability import (
    CORRECTED,
    NONE_RECORDED,
    TOO_FEW,
    of_breaks,
    of_counts,
    of_outcomes,
    without_rates,
)
from stats.run.held import Held

REGISTERS = load()
HELD = Held(REGISTERS)
TABLES = {name: read_tidy(name, REGISTERS) for name in ("recorded_offences", "outcomes", "population")}

areas = st.sampled_from(list(REGISTERS.areas.current.values()))
groups = st.sampled_from([*REGISTERS.offences.groups.values(), REGISTERS.offences.find("8M")])
of_outcome = st.sampled_from([Period.parse(p) for p in (
    "2024/25", "2024/25 Q1", "2024/25 Q2", "2024/25 Q3", "2024/25 Q4", "2023/24", "2025/26 Q1", "Jul-Dec 2024",
)])  # fmt: skip
quarters = st.integers(min_value=2010 * 4, max_value=2026 * 4 + 3).map(
    lambda n: Period.months_from(n // 4, n % 4 * 3 + 1, 3)
)


def refuses(call) -> bool:
    """Whether the library refuses."""
    try:
        call()
    except StatsError:
        return True
    return False


def where(area: str, offence: str):
    """An area and an offence group by name."""
    return {"area": REGISTERS.areas.find(area), "group": REGISTERS.offences.find(offence)}


CITY, HUMBERSIDE = REGISTERS.areas.find("City of London"), REGISTERS.areas.find("Humberside")
COMMUNICATIONS = REGISTERS.offences.find("malicious communications")


@given(area=areas, group=groups, period=of_outcome)
@example(area=CITY, group=REGISTERS.offences.find("stalking"), period=Period.parse("2024/25 Q1"))
@example(area=HUMBERSIDE, group=COMMUNICATIONS, period=Period.parse("2024/25"))
@example(area=REGISTERS.areas.find("BTP"), group=REGISTERS.offences.find("8U"), period=Period.parse("2024/25"))
def test_outcomes_are_planned_as_they_are_made(area, group, period) -> None:
    """Possible by the plan is made by the library, whatever the area, offence and period; and the other way round."""
    asked = {"area": area, "group": group, "period": period, "registers": REGISTERS}

    def made() -> None:
        outcome_groups(TABLES["outcomes"], **asked)
        cohort(TABLES["outcomes"], **asked)

    assert (of_outcomes(HELD, area=area, group=group, period=period) is not None) == refuses(made)


@given(area=areas, group=groups, first=quarters, length=st.integers(1, 9))
@example(area=CITY, group=REGISTERS.offences.find("stalking"), first=Period.parse("2013/14 Q4"), length=2)
@example(area=CITY, group=REGISTERS.offences.find("stalking"), first=Period.parse("2025/26 Q3"), length=2)
def test_counts_are_planned_as_they_are_made(area, group, first, length) -> None:
    """So are series of recorded offences, with breaks in them or without."""
    periods = first.through(Period.months_from(first.start.year, first.start.month, 3 * length), by="quarter")
    asked = {"area": area, "group": group, "periods": periods}
    why = of_counts(HELD, **asked)
    table = TABLES["recorded_offences"]
    assert (why is not None) == refuses(lambda: series(table, registers=REGISTERS, across_breaks=True, **asked))
    breaks = REGISTERS.breaks_in("recorded_offences", codes=group.codes, area=area)
    crossed = why or of_breaks(periods, breaks)
    assert (crossed is not None) == refuses(lambda: series(table, registers=REGISTERS, **asked))


@given(area=areas, year=st.integers(2014, 2024), length=st.integers(1, 3))
def test_rates_are_missing_where_the_plan_says_so(area, year, length) -> None:
    """A run without a figure of rates is told of, with the reason."""
    periods = [Period.financial_year(at) for at in range(year, min(year + length, 2025))]
    group = REGISTERS.offences.find("stalking")
    counts = series(
        TABLES["recorded_offences"], area=area, group=group, periods=periods, registers=REGISTERS, across_breaks=True
    )
    rates, _ = per_1000_where_possible(counts, TABLES["population"], registers=REGISTERS)
    assert bool(without_rates(HELD, area=area, periods=periods)) == (not any(rates))


@pytest.mark.parametrize("change", ["gone", "missing"])
def test_a_hole_in_the_table_is_seen_by_both(change: str) -> None:
    """One cell that is not there, or holds no number, stops the plan and the library alike."""
    asked = {**where("Kent", "stalking"), "periods": [Period.parse("2023/24")]}
    release, force, cell = REGISTERS.newest("recorded_offences").id, asked["area"].code, ("8Q", "2023-07-01")
    table = TABLES["recorded_offences"].copy()
    at = table.index[
        (table["source_id"] == release) & (table["area_code"] == force) & (table["offence_code"] == "8Q")
        & (table["period_start"] == pd.Timestamp("2023-07-01"))
    ]  # fmt: skip
    held = Held(REGISTERS)
    cells = {key: dict(value) for key, value in held.recorded.items()}
    if change == "gone":
        table, _ = table.drop(at), cells[release, force].pop(cell)
    else:
        table.loc[at, "offences_n"], cells[release, force][cell] = pd.NA, False
    assert of_counts(held, **asked) is None
    held.__dict__["recorded"] = cells
    with pytest.raises(NotToHand):
        series(table, registers=REGISTERS, **asked)
    why = of_counts(held, **asked)
    assert why
    assert "lack a force or a quarter" in why.words


@pytest.mark.parametrize(
    ("area", "offence", "period", "kind", "words"),
    [
        ("Kent", "stalking", "2013/14", "not counted then",
         "the police did not count stalking apart from harassment before April 2014"),
        ("Kent", "8R", "2016/17", "not counted then", "apart from harassment before April 2017"),
        ("Kent", "8U", "2019/20", "not counted then", "controlling or coercive behaviour in a class of these"),
        ("Kent", "stalking", "2025/26", "not to hand", "so 2025/26 has three quarters"),
        ("Kent", "harassment", "2010/11", "not to hand", "holds recorded offences of April 2012 to December 2025"),
    ],
)  # fmt: skip
def test_the_reason_for_a_count_is_in_plain_words(area, offence, period, kind, words) -> None:
    """Of the registers, naming no area, so that like reasons can be told together."""
    why = of_counts(HELD, **where(area, offence), periods=[Period.parse(period)])
    assert why
    assert why.kind == kind
    assert words in why.words
    assert area not in why.words


@pytest.mark.parametrize(
    ("area", "offence", "period", "kind", "words"),
    [
        ("Kent", "stalking", "2023/24", "not to hand", "Outcomes by force and type for years before 2024/25"),
        ("GMP", "stalking", "2019/20", "not to hand", "Outcomes by force and type for years before 2024/25"),
        ("Kent", "stalking", "2025/26", "not to hand", "for quarters after March 2025"),
        ("Kent", "stalking", "2012/13", "not counted then", "apart from harassment before April 2014"),
        ("Humberside", "8R", "2024/25", "a correction", "Humberside has negative counts of malicious communications"),
        ("Humberside", "8R", "2024/25 Q2", "a correction", "Humberside has negative counts"),
        ("BTP", "8U", "2024/25", "none recorded", NONE_RECORDED),
        ("City of London", "stalking", "2024/25 Q1", "too few", TOO_FEW),
    ],
)
def test_the_reason_for_outcomes_is_in_plain_words(area, offence, period, kind, words) -> None:
    """A gap, a class that was not counted, a correction, or too few to show."""
    why = of_outcomes(HELD, **where(area, offence), period=Period.parse(period))
    assert why
    assert (why.kind, words in why.words) == (kind, True)
    assert CORRECTED


def test_a_break_and_a_missing_population_are_told_in_plain_words() -> None:
    """What is counted changed; British Transport Police has no residents; no year to hand; quarters have no rate."""
    years = [Period.parse("2018/19"), Period.parse("2020/21")]
    why = of_breaks(years, REGISTERS.breaks_in("recorded_offences", codes=["8Q"]))
    assert why
    assert "former partner" in why.words
    area = REGISTERS.areas.find
    assert "no resident population" in without_rates(HELD, area=area("BTP"), periods=years)
    assert "no population" in without_rates(HELD, area=area("Kent"), periods=years[1:])
    assert "per year" in without_rates(HELD, area=area("Kent"), periods=[Period.parse("2023/24 Q1")])
    assert without_rates(HELD, area=area("Kent"), periods=[Period.parse("2023/24")]) == ""


def test_refusals_of_the_library_are_of_the_kinds_the_plan_knows() -> None:
    """Each of these errors has its counterpart above."""
    asked = {"registers": REGISTERS, "period": Period.parse("2024/25")}
    with pytest.raises(NotHonest):
        outcome_groups(TABLES["outcomes"], **where("Humberside", "8R"), **asked)
    with pytest.raises(NotComparable):
        series(TABLES["recorded_offences"], **where("Kent", "stalking"), registers=REGISTERS,
               periods=[Period.parse("2018/19"), Period.parse("2020/21")])  # fmt: skip
