"""Our raw files against the files that were published, kept outside the repository."""

import pandas as pd
from kept_outside import shared

from stats.period import Period

EARLIER = "home-office/prc-pfa-mar2013-onwards-tables201718.csv"
RECORDED = "home-office/prc-pfa_2012-13_to_2025-26Q3_stalking-harassment_8L8M8Q8R8U.csv"
OUTCOMES = "home-office/outcomes_2024-25_stalking-harassment_recorded-basis_RECONSTRUCTED.csv"
POPULATION = "ons/population/pfa_population_mid-2024.csv"


def _published(path):
    return pd.read_csv(shared("official") / path, dtype="str", keep_default_na=False)


def _placed(published, registers):
    """Return published rows with our area codes and quarters in place of names and financial quarters."""
    quarters = published["Financial Year"] + " Q" + published["Financial Quarter"]
    starts = {words: pd.Timestamp(Period.parse(words).start) for words in quarters.unique()}
    codes = {name: registers.areas.find(name).code for name in published["Force Name"].unique()}
    return published.assign(area_code=published["Force Name"].map(codes), period_start=quarters.map(starts))


def _release(tables, source):
    """Return the recorded offences of one release."""
    return tables["recorded_offences"].query("source_id == @source")


def _counts(table, key, count):
    """Return counts by key as plain numbers, in one order; a repeated key would be an error of the file."""
    counts = table.set_index(key)[count].astype("int64").rename("n").sort_index()
    assert counts.index.is_unique
    return counts


def _assert_same(ours, theirs):
    pd.testing.assert_series_equal(ours, theirs, check_index_type=False)


def test_recorded_offences_are_exactly_the_published_ones(registers, tables):
    """Every force, quarter and code has the count that the open data table prints, and there is no other row."""
    published = _placed(_published(RECORDED), registers)
    assert len(published) == 9460
    assert published["Financial Year"].nunique() == 14
    ours = _counts(
        _release(tables, registers.newest("recorded_offences").id),
        ["area_code", "period_start", "offence_code"],
        "offences_n",
    )
    theirs = _counts(published, ["area_code", "period_start", "Offence Code"], "Number of Offences")
    _assert_same(ours, theirs.rename_axis(ours.index.names))


def test_the_earlier_edition_holds_exactly_the_published_rows_of_our_codes(registers, tables):
    """Every force, quarter and code of 8L, 8M, 8Q and 8R of the sheet of 2017-18 is ours, '-00' as nought."""
    published = _published(EARLIER)
    published = _placed(published[published["Offence Code"].isin(["8L", "8M", "8Q", "8R", "8U"])], registers)
    count = published["Number of Offences"].str.strip().str.replace("-00", "0")
    assert len(published) == 704
    key = ["area_code", "period_start", "offence_code"]
    ours = _counts(_release(tables, "home_office_recorded_2018"), key, "offences_n")
    theirs = _counts(published.assign(n=count), ["area_code", "period_start", "Offence Code"], "n")
    _assert_same(ours, theirs.rename_axis(key))


def test_outcomes_are_exactly_the_published_ones_without_noughts(registers, tables):
    """Every outcome count that is not nought is ours, corrections below zero included, and no other is."""
    count = "Outcomes for offences that were recorded in the quarter"
    published = _placed(_published(OUTCOMES), registers)
    published = published[published[count].astype("int64") != 0]
    assert len(published) == 9457
    key = ["area_code", "period_start", "offence_code", "outcome_type_code"]
    ours = _counts(tables["outcomes"], key, "offences_n")
    theirs = _counts(published, ["area_code", "period_start", "Offence Code", "Outcome Type"], count)
    _assert_same(ours, theirs.rename_axis(ours.index.names))


def test_populations_of_mid_2024_are_exactly_the_published_ones(tables):
    """All 43 forces have the residents that ONS gives for the middle of 2024."""
    published = _published(POPULATION)
    assert len(published) == 43
    population = tables["population"]
    ours = _counts(population[population["mid_year"] == "2024-06-30"], ["area_code"], "residents_n")
    _assert_same(ours, _counts(published, ["PFA 2023 Code"], "Population").rename_axis("area_code"))
