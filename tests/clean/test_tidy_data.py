"""The real data: what the raw files, cleaned, must add up to."""

import pandas as pd
import pytest

from stats.errors import CheckFailed, RegisterError
from stats.publish.files import as_csv
from stats.run.data import TABLES, codebook, cross_checked, figures_are_known, make_data


def _year_ending_march(offences):
    """Sum offences by the year in whose March they end."""
    return offences.groupby((offences["period_end"] + pd.DateOffset(months=9)).dt.year)["offences_n"].sum()


def _newest(tables, name):
    """The newest release of a table: releases lie below each other, the oldest first."""
    releases = tables[name]["source_id"]
    return tables[name][releases == releases.iloc[-1]] if name in ("recorded_offences", "outcomes") else tables[name]


def _of(tables, name, **where):
    table = _newest(tables, name)
    for column, value in where.items():
        table = table[table[column] == value]
    return table


def test_recorded_stalking_meets_the_release(tables):
    """Recorded stalking in England and Wales, transport police included, by year ending March 2015 to 2025."""
    years = _year_ending_march(_of(tables, "recorded_offences", offence_code="8Q"))
    assert years.loc[2015:2025].tolist() == [
        2885, 4292, 5424, 10396, 20093, 33350, 99106, 117692, 117177, 128829, 135628,
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "n"), [("8L", 52408), ("8Q", 1383)])
def test_last_quarter_of_2016_is_what_the_article_should_have_said(tables, code, n):
    """'5,000 of harassment' in October to December 2016 was 52,408; 'more than 1,200' of stalking was 1,383."""
    quarter = _of(tables, "recorded_offences", offence_code=code, period_start=pd.Timestamp("2016-10-01"))
    assert len(quarter) == 44
    assert quarter["offences_n"].sum() == n


@pytest.mark.parametrize(
    ("force", "code", "year", "n"),
    [
        ("Merseyside", "8Q", 2015, 19),
        ("Merseyside", "8Q", 2016, 639),
        ("Northumbria", "8Q", 2018, 622),
        ("West Midlands", "8Q", 2020, 703),
        ("West Midlands", "8Q", 2021, 7283),
        ("Greater Manchester", "8Q", 2020, 610),
        ("Devon and Cornwall", "8Q", 2023, 1535),
        ("Humberside", "8Q", 2024, 3844),
        ("Humberside", "8Q", 2025, 1795),
        ("Humberside", "8L", 2025, 10922),
    ],
)
def test_steps_of_single_forces_are_as_known(tables, force, code, year, n):
    """The local steps that the register of breaks speaks of are in the data."""
    years = _year_ending_march(_of(tables, "recorded_offences", area_name=force, offence_code=code))
    assert years[year] == n


@pytest.mark.parametrize(("code", "year", "n"), [("8L", 2014, 61211), ("8R", 2024, 170318), ("8R", 2025, 98921)])
def test_other_codes_meet_the_release(tables, code, year, n):
    """Harassment before stalking had its class, and the fall of malicious communications."""
    assert _year_ending_march(_of(tables, "recorded_offences", offence_code=code))[year] == n


def test_nine_negative_corrections_are_kept(tables):
    """Nine cells take back more than they record: seven of -1 and two of -2."""
    counts = _newest(tables, "recorded_offences")["offences_n"]
    assert sorted(counts[counts < 0]) == [-2, -2] + [-1] * 7


def test_every_quarter_is_there_for_every_force(tables):
    """April 2012 to December 2025 is 55 quarters of 44 forces, each code from its start."""
    recorded = _newest(tables, "recorded_offences")
    assert recorded["period_start"].nunique() == 55
    quarters = {"8L": 55, "8M": 55, "8Q": 47, "8R": 35, "8U": 23}
    assert recorded["offence_code"].value_counts().to_dict() == {code: 44 * n for code, n in quarters.items()}


def test_an_older_release_stands_beside_the_newest(tables):
    """The sheet of 2017/18 of an earlier edition is kept whole: 44 forces, four quarters, four codes."""
    recorded = tables["recorded_offences"]
    older = recorded[recorded["source_id"] == "home_office_recorded_2018"]
    assert older["offence_code"].value_counts().to_dict() == dict.fromkeys(["8L", "8M", "8Q", "8R"], 44 * 4)
    assert older.groupby("offence_code")["offences_n"].sum().tolist() == [124393, 1882, 10296, 159377]
    assert sorted(older["offences_n"])[0] == -1


@pytest.mark.parametrize(("outcome", "n"), [(None, 135628), ("1", 11610), ("16", 64570), ("15", 41074), ("0", 5665)])
def test_outcomes_of_stalking_meet_the_release(tables, outcome, n):
    """Of 135,628 stalking offences of 2024/25, 11,610 are charged so far and 5,665 have no outcome yet."""
    where = {"outcome_type_code": outcome} if outcome else {}
    assert _of(tables, "outcomes", offence_code="8Q", **where)["offences_n"].sum() == n


def test_humberside_corrections_are_kept(tables):
    """The gap register speaks of -150, -111 and -133 offences with no outcome yet: they are there."""
    rows = _of(tables, "outcomes", area_name="Humberside", offence_code="8R", outcome_type_code="0")
    assert rows.loc[rows["offences_n"] < 0, "offences_n"].tolist() == [-150, -111, -133]


def test_populations_have_their_gap(tables):
    """Mid-2019 to mid-2022 are not to hand, and no line is drawn through them."""
    years = set(tables["population"]["mid_year"].dt.year)
    assert years == {*range(2002, 2019), 2023, 2024}
    assert "BTP" not in set(tables["population"]["area_code"])


def test_metropolitan_police_has_its_residents(tables):
    """The largest force serves 9,074,625 residents, as printed and not rounded."""
    rows = _of(tables, "population", area_code="E23000001", mid_year=pd.Timestamp("2024-06-30"))
    assert rows["residents_n"].tolist() == [9074625]


def test_each_published_figure_has_a_name_of_its_own(tables):
    """No two figures, from whichever file, go by one name."""
    figures = tables["published_figures"]["figure_id"]
    assert figures[figures.duplicated()].tolist() == []


def test_dorset_periods_are_kept_as_they_are(tables):
    """Two answers of one force cover 367 and 395 days, and neither was made a year."""
    figures = tables["published_figures"].set_index("figure_id")
    spans = figures.loc[["dorset-police-recorded-2020", "dorset-police-recorded-13-months-2021-22"]]
    assert ((spans["period_end"] - spans["period_start"]).dt.days + 1).tolist() == [367, 395]


@pytest.mark.parametrize("name", [*TABLES, "tie_out", "codebook"])
def test_committed_table_is_what_the_raw_files_make(registers, tables, name):
    """data/tidy holds, byte for byte, what reading, cleaning and checking the raw files gives."""
    made = {**tables, **cross_checked(tables, registers), "codebook": codebook(registers)}
    committed = registers.root / "data" / "tidy" / f"{name}.csv"
    assert committed.read_bytes() == as_csv(made[name])


def test_making_the_data_writes_every_table_and_nothing_else(registers, tmp_path):
    """`make data` writes the committed tables and the codebook, and says how many rows each has."""
    said = []
    made = make_data(registers, tmp_path, said.append)
    committed = {path.name for path in (registers.root / "data" / "tidy").iterdir()}
    assert {path.name for path in made} == {path.name for path in tmp_path.iterdir()} == committed
    assert "data/tidy/recorded_offences.csv  10,164 rows" in said


def test_nothing_is_written_if_a_check_fails(broken, tmp_path):
    """A total that does not fit stops before the first file is written."""
    registers = broken.damage("registers/totals.yml", "printed: 2885", "printed: 2985").load()
    with pytest.raises(CheckFailed, match="do not fit the printed ones"):
        make_data(registers, tmp_path / "tidy", print)
    assert not (tmp_path / "tidy").exists()


def test_every_column_is_in_the_codebook(registers, tables):
    """Each column of each table is explained, in its order, and nothing is explained that is not there."""
    explained = codebook(registers)
    explained = explained[explained["table"].map(lambda name: registers.tables[name].is_kept)]
    made = {**tables, **cross_checked(tables, registers)}
    assert explained.groupby("table", sort=False)["column"].agg(list).to_dict() == {n: list(t) for n, t in made.items()}


def test_codebook_says_unit_meaning_and_source_of_every_column(registers):
    """No column is without its unit, its meaning and the files it comes from."""
    explained = codebook(registers)
    for column in ("unit", "meaning", "sources", "row_is", "type"):
        assert (explained[column].str.strip() != "").all(), column
    named = {name for sources in explained["sources"] for name in sources.split("; ")}
    named -= {"the file that is read"}
    assert named == set(registers.sources)


def test_figure_that_no_file_holds_is_refused(broken, tables):
    """A claim that rests on a figure we do not have stops with the claim and the nearest figure."""
    broken.damage("claims/article_003.yml", "- thornberry-charged-2021-22", "- thornbury-charged-2021-22")
    with pytest.raises(
        RegisterError,
        match=r"(?s)rests on a published figure that is not there.*entry:\s+C003-01.*thornbury-charged-2021-22"
        r".*nearest:\s+thornberry-charged-2021-22.*add the figure to data/raw",
    ):
        figures_are_known(tables["published_figures"], broken.load())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("figure: lords-survey-victims-2019-20", "figure: lord-survey-victims-2019-20"),
        ("percent_figure: slt-custody-share-2019-20", "percent_figure: lord-survey-victims-2019-20"),
        ("base_figure: guardian-recorded-2021-22", "base_figure: lord-survey-victims-2019-20"),
        ("- figure: slt-charge-share-2019-20", "- figure: lord-survey-victims-2019-20"),
    ],
)
def test_ladder_on_an_unknown_figure_is_refused(broken, tables, old, new):
    """A rung, an implied count or a rate that names no figure stops with its ladder."""
    broken.damage("registers/ladders.yml", old, new)
    with pytest.raises(
        RegisterError, match=r"(?s)entry:\s+stalking-20.*lord-survey-victims-2019-20.*nearest:\s+lords-survey-victims"
    ):
        figures_are_known(tables["published_figures"], broken.load())


def test_known_figures_pass(registers, tables):
    """Every claim and ladder of the repository rests on figures that are there."""
    assert figures_are_known(tables["published_figures"], registers) is tables["published_figures"]


def test_outcomes_and_recorded_offences_are_held_against_each_other(registers, tables):
    """One outcome more than offences recorded stops the making of the data."""
    outcomes = tables["outcomes"].copy()
    outcomes.loc[0, "offences_n"] += 1
    with pytest.raises(CheckFailed, match=r"(?s)outcomes against recorded offences does not add up.*rows:\s+1\n"):
        cross_checked({**tables, "outcomes": outcomes}, registers)


def test_claims_are_held_against_the_figures(registers, tables):
    """The making of the data stops if a figure that claims rest on is taken away."""
    figures = tables["published_figures"].query("figure_id != 'thornberry-charged-2021-22'")
    with pytest.raises(RegisterError, match="thornberry-charged-2021-22"):
        cross_checked({**tables, "published_figures": figures}, registers)
