"""The readers on the files as they were published: each reads whole, and its totals are the printed ones.

Each release is tied to three printed totals or more, but for two. No total of the street-level file of January 2024 is
to hand; its rows are counted. The sheets of the BBC are tied to the one row of totals they hold, and to sums of ours.
"""

import pandas as pd
import pytest
from kept_outside import shared

from stats.home import home
from stats.run.reading import read_file

HOME_OFFICE = "home-office/prc-pfa"
ONS = "ons/pfa-tables/policeforcearea"
TOTAL, STALKING, VIOLENCE = (
    "Total recorded crime (excluding fraud)", "Stalking and harassment", "Violence against the person",
)  # fmt: skip


@pytest.fixture(scope="module")
def reading():
    """Read one of the published files, once."""
    known = {}

    def of(path):
        if path not in known:
            known[path] = read_file(shared("official") / path, home())
        return known[path]

    return of


def _of(table, **wanted):
    for name, value in wanted.items():
        table = table[table[name] == value]
    return table


@pytest.mark.parametrize(
    ("file", "until", "printed"),
    [
        ("tablesyearendingmarch2018v2.xlsx", "2018-03-31", {TOTAL: 4876282, STALKING: 295571, VIOLENCE: 1395196}),
        ("datatablesyearendingjune2018corrected.xlsx", "2018-06-30",
         {TOTAL: 4978455, STALKING: 332327, VIOLENCE: 1469200}),
        ("tablesyearendingseptember2019.xlsx", "2019-09-30", {TOTAL: 5000036, STALKING: 448960, VIOLENCE: 1630163}),
        ("tablesyedecember2024.xlsx", "2024-12-31", {TOTAL: 5350405, STALKING: 606251, VIOLENCE: 1957367}),
    ],
)  # fmt: skip
def test_force_area_tables_hold_their_printed_totals(reading, file, until, printed):
    """England and Wales as printed; every force is there, and rates and changes beside the counts."""
    table = reading(f"{ONS}{file}").table
    counts = _of(table[table["sheet"].str.strip() == "Table P1"], unit="offences", area_code="K04000001")
    assert set(counts["period_end"]) == {pd.Timestamp(until)}
    assert counts.set_index("offence_name")["value"].loc[list(printed)].to_dict() == printed
    assert table.loc[table["area_kind"].isin(["force", "special force"]), "area_code"].nunique() == 44
    assert {"offences", "per cent change on the year before", "offences per 1,000 residents"} <= set(table["unit"])


def test_every_table_of_a_force_area_workbook_reads(reading):
    """Knife, firearm, fraud and incident tables too; what is left out is left out with its reason."""
    found = reading(f"{ONS}tablesyedecember2024.xlsx")
    latest = _of(found.table, area_code="K04000001", period_end=pd.Timestamp("2024-12-31")).set_index("unit")["value"]
    assert latest["fraud and computer misuse offences"] == 354002
    assert latest["offences involving a knife per 100,000 residents"] == pytest.approx(89.7005, abs=1e-4)
    tables = {name.strip() for name in found.table["sheet"]}
    assert tables == {*(f"Table P{n}" for n in range(1, 10)), *(f"Table C{n}" for n in range(2, 6))}
    older = reading(f"{ONS}tablesyearendingmarch2018v2.xlsx").table
    knife = _of(older, area_code="K04000001", period_end=pd.Timestamp("2018-03-31"), unit="offences involving a knife")
    assert knife["value"].iloc[0] == 40147
    incidents = _of(older, area_code="K04000001", period_end=pd.Timestamp("2018-03-31"), unit="incidents")
    assert incidents["value"].tolist() == [1661455]


def test_counts_over_population_are_the_printed_rates(reading):
    """The rates of table P3 follow from the counts and populations of the same workbook, in both layouts."""
    for file in ("tablesyearendingmarch2018v2.xlsx", "tablesyedecember2024.xlsx"):
        table = reading(f"{ONS}{file}").table
        table = table[table["sheet"].str.strip().isin(["Table P1", "Table P3"])]
        wide = {unit: _of(table, unit=unit).set_index(["area_code", "offence_name"])["value"] for unit in
                ("offences", "offences per 1,000 residents", "residents")}  # fmt: skip
        force = ("E23000021", STALKING)
        people = wide["residents"].loc["E23000021"].iloc[0]
        rate = 1000 * wide["offences"][force] / people
        assert rate == pytest.approx(wide["offences per 1,000 residents"][force], rel=2e-3)


def test_greater_manchester_is_not_available_in_2019(reading):
    """'..' is a status, never nought, and the summary says whose total leaves the force out."""
    found = reading(f"{ONS}tablesyearendingseptember2019.xlsx")
    manchester = _of(found.table, area_code="E23000005", unit="offences")
    assert manchester["value"].isna().all()
    assert set(manchester["status"]) == {"x"}
    assert any("leaves out Greater Manchester" in words for _, words in found.summary)


def test_partnerships_add_up_to_their_forces(reading):
    """Tables C2 and C5: the parts of each force, those of no partnership included, are its printed count."""
    found = reading(f"{ONS}tablesyedecember2024.xlsx")
    table = found.table[found.table["sheet"].isin(["Table C2", "Table C5"])]
    whole = table["csp_name"].isna()
    key = ["sheet", "area_code", "offence_name"]
    forces = table[whole].set_index(key)["value"].sort_index()
    parts = table[~whole].groupby(key)["value"].sum().sort_index()
    pd.testing.assert_series_equal(forces, parts.loc[forces.index])
    assert set(parts.index) - set(forces.index) == {(s, "E23000034", o) for s, _, o in parts.index if s}
    assert forces["Table C2", "E23000036", TOTAL] == 167777
    mended = table[table["correction"] == "ons_partnerships_code_of_gwent"]
    assert set(zip(mended["area_code"], mended["csp_name"], mended["sheet"], strict=True)) == {
        ("W15000002", "Unassigned Gwent", "Table C2")
    }


def test_every_offence_code_is_text_in_appendix_table_a4(reading):
    """4.1 and 4.10 stay two codes; five codes add up to the printed stalking and harassment."""
    table = _of(reading("ons/appendix-tables/appendixtablesyesept22.xlsx").table, unit="offences")
    year = _of(table, period_end=pd.Timestamp("2022-03-31")).set_index("offence_code")["value"]
    assert year[["8L", "8M", "8Q", "8R", "8U"]].sum() == 718480
    assert year["8Q"] == 117973
    latest = _of(table, period_end=pd.Timestamp("2022-09-30"))
    assert latest.set_index("offence_code")["value"].loc[["4.1", "4.10", "8Q"]].tolist() == [84, 13, 118345]
    assert _of(latest, offence_name="Stalking and harassment")["value"].tolist() == [719430]
    assert 5531610 in set(latest["value"])


def test_recorded_crime_of_2026_holds_its_printed_totals(reading):
    """Recorded stalking of three years; the last year has three quarters, and the summary says so."""
    found = reading(f"{HOME_OFFICE}_2012-13_to_2025-26Q3_stalking-harassment_8L8M8Q8R8U.csv")
    stalking = _of(found.table, offence_code="8Q")
    years = stalking.groupby(stalking["period_start"].dt.year - (stalking["period_start"].dt.month < 4))
    assert years["offences_n"].sum().loc[[2014, 2019, 2024]].tolist() == [2885, 33350, 135628]
    assert any("2025/26 holds 3 of its 4 quarters" in words for _, words in found.summary)


def test_all_offences_of_2024_25_read_whole(reading):
    """147 codes; stalking and harassment within 1% of what was printed in October 2025, for all and for two forces."""
    table = reading(f"{HOME_OFFICE}_2024-25_all-offences.csv").table
    assert len(table) == 25356
    assert table["offence_code"].nunique() == 147
    ours = _of(table, offence_subgroup=STALKING).groupby("area_name")["offences_n"].sum()
    assert ours.sum() == 599180
    assert ours.sum() == pytest.approx(599908, rel=0.01)
    assert ours["Devon and Cornwall"] == pytest.approx(14530, rel=0.01)
    assert ours["Bedfordshire"] == pytest.approx(5108, rel=0.01)


def test_the_sheet_of_2017_18_ties_to_the_ons_workbook_of_its_day(reading):
    """'-00 ' is nought, corrections stay, and totals lie within 0.5% of those that ONS printed from it."""
    found = reading(f"{HOME_OFFICE}-mar2013-onwards-tables201718.csv")
    table = found.table[found.table["area_kind"] != "body"]
    assert (table["offences_n"] == 0).sum() > 5000
    assert (table["offences_n"] < 0).sum() == 34
    printed = {VIOLENCE: 1395196, "Robbery": 77059, "Drug offences": 136107, "Public order offences": 386062}
    ours = table.groupby("offence_group")["offences_n"].sum()
    for group, total in printed.items():
        assert ours[group] == pytest.approx(total, rel=0.005)
    assert table["offences_n"].sum() == pytest.approx(4876282, rel=0.005)


def test_outcomes_of_2024_25_hold_their_printed_totals(reading):
    """Recorded basis: stalking offences, charged so far, and those not yet assigned an outcome."""
    table = _of(
        reading("home-office/outcomes_2024-25_stalking-harassment_recorded-basis_RECONSTRUCTED.csv").table,
        offence_code="8Q", basis="recorded",
    )  # fmt: skip
    types = table.groupby("outcome_type_code")["offences_n"].sum()
    assert types.sum() == 135628
    assert types[["1", "15", "16", "0"]].tolist() == [11610, 41074, 64570, 5665]


def test_populations_hold_their_printed_totals(reading):
    """The forces are within rounding of England and Wales; regions stay apart; three forces together are left out."""
    found = reading("ons/population/popm_population_data.csv")
    people = _of(found.table, unit="residents")
    assert _of(people, area_code="K04000001")["value"].tolist() == [59115800]
    assert _of(people, area_kind="force")["value"].sum() == pytest.approx(59115800, abs=100 * 43)
    assert _of(people, area_name="West Midlands")["value"].tolist() == [5900800, 2916500]
    assert any("Beds Cambs Herts" in words for label, words in found.summary if label == "skipped")


def test_populations_of_mid_2024_hold_their_printed_totals(reading):
    """England and Wales, England, and Wales, to the person, as in the bulletin of July 2025; the year must be told."""
    file = shared("official") / "ons/population/pfa_population_mid-2024.csv"
    untold = read_file(file, home())
    assert ("span", "the file does not tell; give it with --period or --mid-year") in untold.summary
    told = read_file(file, home(), mid_year="2024")
    assert set(told.table["mid_year"]) == {pd.Timestamp("2024-06-30")}
    assert ("told", "the period, the middle of 2024, was told by the person who read the file") in told.summary
    wales = told.table["area_code"].str.startswith("W")
    people = told.table["value"]
    assert (people.sum(), people[~wales].sum(), people[wales].sum()) == (61806682, 58620101, 3186581)


def test_tables_made_by_hand_in_a_newsroom_read_with_their_faults_marked(reading):
    """Spreadsheet errors are a status, the row of totals is checked, nine months are not a year."""
    orders = reading("bbc/spo_main_dataset.csv").table
    assert _of(orders, measure="granted")["value"].sum() == 294
    assert _of(orders, area_code="E23000005", unit="per cent")["status"].tolist() == ["x", "x"]
    outcomes = reading("bbc/spo_stalking_outcomes_data.csv").table
    assert outcomes.groupby("period_start")["value"].sum().tolist() == [4100, 5283, 10175, 19374, 30818, 59950]
    assert outcomes["period_end"].max() == pd.Timestamp("2020-12-31")
    charges = reading("bbc/spo_stalking_charge_data.csv").table
    assert charges["area_code"].nunique() == 40


RATE = "charge rate April to December 2020"


def test_greater_manchester_is_not_available_in_a_newsroom_s_tables(reading):
    """Zeros that were never counted are [x] in all three; as published they are zeros, and the table says so."""
    for file, unit in (("main_dataset", "offences"), ("stalking_outcomes_data", "outcomes"),
                       ("stalking_charge_data", "charges")):  # fmt: skip
        table = _of(reading(f"bbc/spo_{file}.csv").table, area_code="E23000005", unit=unit).set_index("period_end")
        late = table.loc[["2020-03-31", "2020-12-31"]]
        assert late["value"].isna().all()
        assert set(late["status"]) == {"x"}
        assert late["correction"].str.endswith("greater_manchester").all()
        assert (table["value"] > 0).sum() == 4
        path = shared("official") / f"bbc/spo_{file}.csv"
        plain = read_file(path, home(), as_printed=True)
        assert (_of(plain.table, area_code="E23000005", unit=unit)["value"] == 0).sum() == 2
        assert any(words.startswith("none applied, as asked") for _, words in plain.summary)
    totals = [words for label, words in reading("bbc/spo_stalking_outcomes_data.csv").summary if label == "note"]
    assert any("without Greater Manchester" in words for words in totals)


def test_no_charge_rate_of_a_newsroom_is_that_of_another_force(reading):
    """Every rate of the main table is charges over cases of the same force, joined by name and not by line."""
    rates = _of(reading("bbc/spo_main_dataset.csv").table, measure=RATE).set_index("area_name")
    until = {"period_end": pd.Timestamp("2020-12-31")}
    charges = _of(reading("bbc/spo_stalking_charge_data.csv").table, unit="charges", **until)
    cases = _of(reading("bbc/spo_stalking_outcomes_data.csv").table, **until)
    ours = 100 * charges.set_index("area_name")["value"] / cases.set_index("area_name")["value"]
    assert set(rates.index[rates["value"].isna()]) == {"Greater Manchester", "Leicestershire", "North Yorkshire"}
    known = rates["value"].dropna()
    within = known.index.map(lambda name: 0.5 if pd.isna(rates.loc[name, "correction"]) else 0.005)
    assert ((known - ours[known.index]).abs() <= within + 1e-9).all()
    named = known[["Nottinghamshire", "Merseyside", "Metropolitan Police", "Wiltshire"]]
    assert named.tolist() == [9.55, 8.39, 8.51, 8.71]
    assert rates.loc["Leicestershire", "status"] == "x"


def test_the_charge_rates_were_joined_line_by_line(reading):
    """Why they are corrected: each was the charges on its line of another file, over its own cases."""
    folder = shared("official") / "bbc"
    printed = read_file(folder / "spo_main_dataset.csv", home(), as_printed=True).table
    rates = _of(printed, measure=RATE).set_index("line")
    cases = _of(printed, measure="April 2020 to December 2020").set_index("line")["value"]
    charges = _of(reading("bbc/spo_stalking_charge_data.csv").table, unit="charges",
                  period_end=pd.Timestamp("2020-12-31")).set_index("line")  # fmt: skip
    by_line = (100 * charges["value"].reindex(rates.index, fill_value=0) / cases).round()
    corrected = reading("bbc/spo_main_dataset.csv").table
    lines = _of(corrected[corrected["correction"].notna()], measure=RATE)["line"]
    assert len(lines) == 20
    assert rates.loc[lines, "value"].tolist() == by_line[lines].tolist()
    assert rates.loc[31, ["area_name", "value"]].tolist() == ["Nottinghamshire", 37]
    assert charges.loc[31, "area_name"] == "South Yorkshire"
    before = rates["value"].notna() & (rates.index < 22)
    assert rates.loc[before, "value"].tolist() == by_line[before].tolist()


def test_street_crime_reads_a_row_a_record(reading):
    """Anti-social behaviour has no id and is kept."""
    table = reading("police-uk/2024-01-city-of-london-street.csv").table
    assert len(table) == 734
    assert table["crime_id"].isna().sum() == (table["crime_type"] == "Anti-social behaviour").sum()
    assert set(table["area_code"]) == {"E23000034"}
