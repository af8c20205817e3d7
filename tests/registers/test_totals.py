import re
from collections import Counter

import pytest

from stats.clean.tie_out import tie_out
from stats.errors import CheckFailed, RegisterError
from stats.period import Period
from stats.registers.sources import WITH_TOTALS
from stats.run.data import of_one_day

REASON = "  reason: 'Printed from the 2018 release; later releases revised the year upwards.'\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (REASON, ""),
        ("  fit: poor\n" + REASON, REASON),
        (REASON, "  reason: ''\n"),
    ],
)
def test_poor_fit_wants_a_reason_and_a_good_one_has_none(broken, old, new):
    """A total that we miss is explained, and one that we meet needs no excuse."""
    with pytest.raises(
        RegisterError,
        match=r"(?s)entry:\s+stalking-2017-18-early.*a poor fit wants a reason, and only a poor fit has one",
    ):
        broken.damage("registers/totals.yml", old, new).load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("tolerance_pct: 0", "tolerance_pct: -1", r"tolerance_pct:.*greater than or equal to 0.*found -1"),
        ("tolerance_pct: 1", "tolerance_pct: 1.5", r"tolerance_pct:.*less than or equal to 1.*found 1.5"),
        ("printed: 2885", "printed: 2,885", r"printed:.*found '2,885'"),
        ("fit: poor", "fit: bad", r"fit:.*'good' or 'poor'.*found 'bad'"),
        ("start: 2014-04-01", "start: 2014/15", r"start:.*found '2014/15'"),
    ],
)
def test_wrong_total_is_refused(broken, old, new, words):
    """A negative tolerance, a number with a comma or an unknown fit names the entry."""
    with pytest.raises(RegisterError, match=rf"(?s)totals\.yml.*{words}.*the fields of PrintedTotal are"):
        broken.damage("registers/totals.yml", old, new).load()


def test_release_totals_allow_no_difference(registers):
    """Eleven year totals of the very release must be met exactly."""
    exact = [t for t in registers.totals.values() if t.tolerance_pct == 0]
    assert [(t.period.label, t.codes) for t in exact] == [
        (f"year ending March {year}", ("8Q",)) for year in range(2015, 2026)
    ]


def test_a_total_of_a_release_is_tied_to_that_release(registers, broken):
    """A later release revises earlier years, so its years are no longer those totals; an unknown release stops."""
    exact = [t for t in registers.totals.values() if t.tolerance_pct == 0]
    assert {t.release for t in exact} == {"home_office_recorded_2026_04_23"}
    close = {t.release for t in registers.totals.values() if t.tolerance_pct}
    assert close == {None, "home_office_recorded_2018"}
    with pytest.raises(RegisterError, match=r"(?s)names a source that is in no register.*totals.yml"):
        broken.damage("registers/totals.yml", "release: home_office_recorded_2026_04_23", "release: gone").load()


@pytest.mark.parametrize("name", ["controlling-or-coercive-2024-25", "west-mercia-ye-jun-2018"])
def test_a_difference_above_one_per_cent_is_a_poor_fit(registers, name):
    """No total fits well by a tolerance of its own; what is not known of the reason is said."""
    total = registers.totals[name]
    assert (total.tolerance_pct, total.fit) == (1, "poor")
    assert "is not known" in total.reason


def test_every_poor_fit_stands_in_the_limitations(registers, tables):
    """A reader finds each total that we miss: as printed, ours, and by how much."""
    text = (registers.root / "docs" / "limitations.md").read_text("utf-8")
    text = re.sub(r"\[([\d,]+)\]\([^)]*\)", r"\1", text)
    fits = tie_out(tables["recorded_offences"], registers)
    poor = [f"| {row.printed_n:,} | {row.offences_n:,} | {row.difference_pct:+.2f}% |"
            for row in fits[fits["fit"] == "poor"].itertuples()]  # fmt: skip
    assert len(poor) == 10
    assert [cells for cells in poor if cells not in text] == []


def test_total_has_its_period(registers):
    """A total of eighteen months is one of eighteen months."""
    total = registers.totals["stalking-18-months-to-sep-2021"]
    assert total.period == Period.parse("April 2020 to September 2021")
    assert (total.period.months, total.fit) == (18, "poor")


def test_every_release_is_tied_to_three_totals_or_says_why_not(registers, tables):
    """Offences to printed totals, outcomes to the offences of their day, populations to the printed nations."""
    tied = Counter(total.release for total in registers.totals.values() if total.fit == "good")
    tied.update(registers.newest(total.dataset).id for total in registers.totals.values() if not total.release)
    nations = tables["population"][tables["population"]["area_code"].str.startswith(("E92", "W92", "K04"))]
    tied.update(nations["source_id"])
    tied.update(outcomes.id for outcomes, _ in of_one_day(registers) for _ in range(3))
    releases = [s for s in registers.sources.values() if s.dataset in WITH_TOTALS]
    assert [s.id for s in releases if tied[s.id] < 3] == [s.id for s in releases if s.not_tied]
    assert [s.id for s in releases if s.not_tied] == ["ons_population_2024"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("printed: 295571", "printed: 0", "totals.0.printed:.*greater than 0"),
        ("codes: [8L, 8M, 8Q, 8R, 8U]", "codes: []", "name their codes"),
        ("codes: [8L, 8M, 8Q, 8R, 8U]", "codes: [8Y]", "offence code that is in no register.*8Y"),
        ("area_code: E23000003", "area_code: E23", "area code that is in no register.*E23"),
        ("end: 2018-03-31\n    tol", "end: 2016-03-31\n    tol", "the end comes before the start"),
        ("tolerance_pct: 1", "tolerance_pct: 2", "less than or equal to 1"),
    ],
)
def test_a_wrong_total_in_the_entry_of_a_release_is_refused(broken, old, new, words):
    """It is held to the same rules as one of the register."""
    with pytest.raises(RegisterError, match=rf"(?s){words}"):
        broken.damage("raw/home-office/2018/recorded_offences_2017_18.csv.yml", old, new).load()


def test_a_release_that_does_not_tie_to_its_own_totals_stops(broken, tables):
    """The entry of the release is named, not the register."""
    damaged = broken.damage("raw/home-office/2018/recorded_offences_2017_18.csv.yml", "printed: 8987", "printed: 9187")
    registers = damaged.load()
    with pytest.raises(CheckFailed, match=r"(?s)do not fit.*recorded_offences_2017_18.csv.yml.*9187\s+8987.*again"):
        tie_out(tables["recorded_offences"], registers)
