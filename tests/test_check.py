import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats import check
from stats.errors import CheckFailed
from stats.registers.columns import Column, Table

PLAN = Table(
    rows="one force",
    dataset="recorded_offences",
    columns={
        "force": Column(type="text", unit="name", meaning="the force", key=True),
        "offences_n": Column(type="whole number", unit="offences", meaning="a count", low=-5, high=100),
        "charged_share": Column(type="number", unit="share", meaning="a share", low=0, high=1, may_be_empty=True),
        "period_end": Column(type="date", unit="date", meaning="a day"),
    },
)


@pytest.fixture
def forces():
    """Two forces, as the plan above wants them."""
    return pd.DataFrame(
        {
            "force": pd.Series(["Kent", "Essex"], dtype="str"),
            "offences_n": pd.Series([12, 40], dtype="Int64"),
            "charged_share": [0.25, None],
            "period_end": pd.Series(pd.to_datetime(["2025-03-31", "2025-03-31"])).astype("datetime64[s]"),
        }
    )


def test_fitting_table_comes_back_as_it_went_in(forces):
    """A table with the registered columns, types and ranges passes, an empty cell where one is allowed."""
    assert check.fits(forces, PLAN, name="forces") is forces


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("offences_n", [12, 101], r"offences_n: less_than_or_equal_to\(100.*\(101\).*1\s+Essex\s+101"),
        ("offences_n", [-6, 40], r"offences_n: greater_than_or_equal_to\(-5.*\(-6\).*0\s+Kent\s+-6"),
        ("offences_n", [None, 40], r"offences_n: not_nullable.*0\s+Kent\s+<NA>"),
        ("charged_share", [0.25, 25.0], r"charged_share: less_than_or_equal_to\(1.*1\s+Essex\s+40\s+25"),
    ],
)
def test_value_out_of_range_is_shown_with_its_row(forces, column, values, words):
    """A count beyond what can be, a missing one, or per cent in a column of shares stops with the row."""
    forces[column] = pd.Series(values, dtype=forces[column].dtype)
    with pytest.raises(CheckFailed, match=r"(?s)forces does not fit its columns\..*" + words):
        check.fits(forces, PLAN, name="forces")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.assign(offences_n=["12", "40"]), r"offences_n: dtype\('Int64'\)"),
        (lambda t: t.assign(offences_n=[12.0, 40.0]), r"offences_n: dtype\('Int64'\) \(float64\)"),
        (lambda t: t.assign(note="x"), r"column_in_schema \(note\)"),
        (lambda t: t.drop(columns="period_end"), r"column_in_dataframe \(period_end\)"),
        (lambda t: t[["offences_n", "force", "charged_share", "period_end"]], r"column_ordered"),
    ],
)
def test_other_columns_or_types_are_refused(forces, change, words):
    """A number kept as text, and an extra, missing or misplaced column, are named."""
    with pytest.raises(CheckFailed, match=r"(?s)does not fit its columns.*" + words + r".*mend the reader"):
        check.fits(change(forces), PLAN, name="forces")


def test_repeated_key_does_not_fit(forces):
    """Two rows for one force are refused where the force is the key, both of them shown."""
    with pytest.raises(CheckFailed, match=r"(?s)forces has rows with the same force.*rows:.* 2.*Kent.*Kent"):
        check.fits(forces.assign(force=pd.Series(["Kent", "Kent"], dtype="str")), PLAN, name="forces")


def test_table_without_a_key_may_repeat_rows(forces):
    """Where no column is a key nothing needs to be unique."""
    columns = {name: spec.model_copy(update={"key": False}) for name, spec in PLAN.columns.items()}
    plan = PLAN.model_copy(update={"columns": columns})
    assert len(check.fits(pd.concat([forces, forces], ignore_index=True), plan, name="forces")) == 4


def test_repeated_rows_are_shown_side_by_side(drawn):
    """Only the rows that repeat are shown, sorted by their key."""
    offences = drawn("""
        force | quarter | n
        Kent  | Q1      | 5
        Essex | Q1      | 7
        Kent  | Q2      | 6
        Kent  | Q1      | 9
    """)
    with pytest.raises(CheckFailed, match="offences has rows with the same force, quarter") as caught:
        check.unique(offences, ["force", "quarter"], name="offences")
    assert dict(caught.value.evidence)["wrong"].split("\n")[2:] == ["0  Kent      Q1  5", "3  Kent      Q1  9"]
    assert check.unique(offences, ["force", "quarter", "n"], name="offences") is offences


@given(st.lists(st.integers(0, 20), max_size=12))
def test_unique_passes_only_without_repeats(numbers):
    """A table passes if, and only if, no key comes twice."""
    table = pd.DataFrame({"key": numbers})
    if len(set(numbers)) == len(numbers):
        assert check.unique(table, ["key"], name="t") is table
    else:
        with pytest.raises(CheckFailed, match="rows with the same key"):
            check.unique(table, ["key"], name="t")


def test_missing_and_unexpected_rows_are_told_apart(drawn):
    """A hole in the grid and a row outside it are both shown, each by its name."""
    wanted = drawn("""
        force | quarter
        Kent  | Q1
        Kent  | Q2
    """)
    offences = drawn("""
        force | quarter | n
        Kent  | Q1      | 5
        Mars  | Q1      | 5
    """)
    with pytest.raises(
        CheckFailed, match=r"(?s)offences does not cover its grid.*Kent\s+Q2\s+missing.*Mars\s+Q1\s+not expected"
    ):
        check.covers(offences, wanted, name="offences")
    assert check.covers(offences.head(1), wanted.head(1), name="offences").equals(offences.head(1))


@given(st.sets(st.integers(0, 6)), st.lists(st.integers(0, 6), max_size=9))
def test_covers_passes_only_on_the_very_grid(wanted, present):
    """A table covers its grid if it holds every wanted row and no other, however often."""
    table = pd.DataFrame({"key": present}, dtype="int64")
    grid = pd.DataFrame({"key": sorted(wanted)}, dtype="int64")
    if set(present) == wanted:
        assert check.covers(table, grid, name="t") is table
    else:
        with pytest.raises(CheckFailed, match=r"missing|not expected"):
            check.covers(table, grid, name="t")


def test_values_outside_the_limits_are_shown():
    """The limits themselves and a missing value pass; what lies beyond is shown."""
    shares = pd.DataFrame({"charged_pct": [0.0, 100.0, None]})
    assert check.between(shares, "charged_pct", 0, 100, name="shares") is shares
    beyond = pd.DataFrame({"charged_pct": [50.0, 100.5, -1.0]})
    with pytest.raises(CheckFailed, match=r"(?s)shares has charged_pct outside 0 to 100.*100\.5.*-1\.0") as caught:
        check.between(beyond, "charged_pct", 0, 100, name="shares")
    assert "50.0" not in str(caught.value)


def _adds_up(parts, totals, tolerance=0):
    return check.adds_up(
        parts, totals, on=["year"], part="forces_n", total="printed_n", tolerance=tolerance, name="population"
    )


def test_parts_may_differ_from_a_total_by_the_tolerance_and_no_more():
    """Rounded parts pass within the tolerance; one more stops, and the year that is off is shown."""
    forces = pd.DataFrame({"year": ["2023", "2023", "2024"], "forces_n": [10, 20, 5]})
    printed = pd.DataFrame({"year": ["2023", "2024"], "printed_n": [32, 5]})
    assert _adds_up(forces, printed, tolerance=2) is forces
    with pytest.raises(CheckFailed, match=r"(?s)population does not add up \(tolerance 1\).*2023\s+30\s+32") as caught:
        _adds_up(forces, printed, tolerance=1)
    assert "2024" not in str(caught.value)


@pytest.mark.parametrize(("parts", "printed"), [(["2023", "2024"], ["2023"]), (["2023"], ["2023", "2024"])])
def test_part_without_a_total_fails_and_total_without_a_part(parts, printed):
    """A year that only one side has is not taken for nought, whatever the tolerance."""
    forces = pd.DataFrame({"year": parts, "forces_n": 1})
    totals = pd.DataFrame({"year": printed, "printed_n": 1})
    with pytest.raises(CheckFailed, match=r"(?s)does not add up.*2024.*NaN|2024\s+NaN"):
        _adds_up(forces, totals, tolerance=1000)


def test_parts_of_no_year_are_not_lost():
    """Rows whose year is missing are not quietly left out of a sum: they fail."""
    forces = pd.DataFrame({"year": ["2023", None], "forces_n": [10, 5]})
    printed = pd.DataFrame({"year": ["2023"], "printed_n": [10]})
    with pytest.raises(CheckFailed, match=r"(?s)does not add up.*rows:\s+1\n.*NaN\s+5"):
        _adds_up(forces, printed)


def test_parts_and_totals_may_share_a_column_name():
    """Two tables that both call it residents_n are told apart in the error."""
    table = pd.DataFrame({"year": ["2023"], "residents_n": [5]})
    more = table.assign(residents_n=6)
    kept = check.adds_up(table, table, on=["year"], part="residents_n", total="residents_n", name="p")
    assert kept is table
    with pytest.raises(CheckFailed, match=r"(?s)residents_n_parts\s+residents_n_total.*5\s+6"):
        check.adds_up(table, more, on=["year"], part="residents_n", total="residents_n", name="p")


@given(
    st.dictionaries(st.sampled_from("abcd"), st.lists(st.integers(-50, 50), min_size=1, max_size=5), min_size=1),
    st.integers(0, 10),
    st.integers(-20, 20),
)
def test_sums_add_up_unless_one_total_moves_beyond_the_tolerance(groups, tolerance, moved):
    """Negative corrections included, parts fit their sums; one total moved too far stops."""
    parts = pd.DataFrame([(name, n) for name, numbers in groups.items() for n in numbers], columns=["year", "forces_n"])
    totals = pd.DataFrame([(name, sum(numbers)) for name, numbers in groups.items()], columns=["year", "printed_n"])
    totals.loc[0, "printed_n"] += moved
    if abs(moved) <= tolerance:
        assert _adds_up(parts, totals, tolerance) is parts
    else:
        with pytest.raises(CheckFailed, match="does not add up"):
            _adds_up(parts, totals, tolerance)


def test_unknown_value_is_shown_and_an_empty_one_passes(drawn):
    """A code in no register stops with its row; an empty cell is another matter."""
    offences = drawn("""
        force | code
        Kent  | 8Q
        Essex |
    """)
    assert check.among(offences, "code", {"8Q": "stalking"}, name="offences") is offences
    with pytest.raises(CheckFailed, match=r"(?s)offences has a code that is in no register.*Kent\s+8Q"):
        check.among(offences, "code", ["8L", "8M"], name="offences")


def test_as_many_wrong_rows_as_fit_are_all_shown():
    """Eight wrong rows are shown, and 'and 0 more' is never printed."""
    with pytest.raises(CheckFailed, match=r"(?s)rows:\s+8\n.*\n +7  7\n") as caught:
        check.between(pd.DataFrame({"n": range(check.SHOWN)}), "n", -2, -1, name="t")
    assert "more" not in str(caught.value)


def test_only_the_first_wrong_rows_are_shown_and_the_rest_counted():
    """Thousands of wrong rows do not fill the screen."""
    table = pd.DataFrame({"n": range(1010)})
    with pytest.raises(CheckFailed, match="… and 1,002 more") as caught:
        check.between(table, "n", -2, -1, name="t")
    assert dict(caught.value.evidence)["rows"] == "1,010"
    assert len(dict(caught.value.evidence)["wrong"].strip().split("\n")) == 1 + check.SHOWN + 1
