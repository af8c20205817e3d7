"""Groups of a large table: as pandas adds them up, with missing kept apart from zero."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.errors import BadParameter, CheckFailed, NotComparable, NotToHand, StatsError
from stats.publish.parquet_file import as_parquet
from stats.run.scale import conditions, grouped

CODES = ["4.10", "4.1", "8E1", "80", "8Q", "=1+1", "O'Neil", 'a"b', "a{}b"]
Q1, Q2 = pd.Timestamp("2024-06-30"), pd.Timestamp("2024-09-30")


def parquet(folder: Path, table: pd.DataFrame) -> Path:
    """Write a table."""
    path = folder / "a.parquet"
    path.write_bytes(as_parquet(table))
    return path


def tidy(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Rows of force, day, code, number."""
    table = pd.DataFrame(rows, columns=["area_code", "period_end", "offence_code", "offences_n"])
    return table.astype({"area_code": "str", "offence_code": "str", "offences_n": "Int64"}).assign(
        period_end=pd.to_datetime(table["period_end"])
    )


def by_pandas(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The same groups, the slow way."""
    groups = table.groupby(by, dropna=False, sort=True)["offences_n"]
    made = groups.agg(offences_n=lambda n: n.sum(), rows_n="size", missing_n=lambda n: n.isna().sum()).reset_index()
    return made.assign(offences_n=made["offences_n"].astype("Int64").mask(made["missing_n"] > 0)).astype(
        {"rows_n": "int64", "missing_n": "int64"}
    )


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["E1", "E2", None]), st.sampled_from([Q1, Q2, None]), st.sampled_from([*CODES, None]),
        st.none() | st.integers(-5, 2**40),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, by=st.permutations(["area_code", "period_end", "offence_code"]), many=st.integers(1, 3))
def test_groups_are_those_of_pandas(tmp_path_factory, rows, by, many) -> None:
    """Any rows, any columns, in a fixed order; codes stay text; missing keys are a group of their own, and last."""
    table, by = tidy(*rows), by[:many]
    found = grouped(parquet(tmp_path_factory.getbasetemp(), table), by=by)
    pd.testing.assert_frame_equal(
        found, by_pandas(table, by), check_dtype=False, check_index_type=False, check_column_type=False
    )


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, code=st.sampled_from(CODES))
def test_chosen_rows_are_those_of_pandas(tmp_path_factory, rows, code) -> None:
    """A value is never part of the query, whatever it holds."""
    table = tidy(*rows)
    path, chosen = parquet(tmp_path_factory.getbasetemp(), table), table[table["offence_code"] == code]
    if chosen.empty:
        with pytest.raises(NotToHand, match="no row of the table has this value"):
            grouped(path, by=["area_code"], where={"offence_code": code})
        return
    found = grouped(path, by=["area_code"], where={"offence_code": code})
    pd.testing.assert_frame_equal(found, by_pandas(chosen, ["area_code"]), check_dtype=False)


def test_a_group_with_a_missing_part_has_no_total(tmp_path: Path) -> None:
    """It says how many rows have no number; a group of zeros is zero."""
    path = parquet(tmp_path, tidy(("E1", Q1, "8Q", 3), ("E1", Q2, "8Q", None), ("E2", Q1, "8Q", 0)))
    found = grouped(path, by=["area_code"])
    assert found["offences_n"].isna().tolist() == [True, False]
    assert found["offences_n"].iloc[1] == 0
    assert found[["rows_n", "missing_n"]].to_numpy().tolist() == [[2, 1], [1, 0]]


def test_values_are_of_the_kind_of_their_column(tmp_path: Path) -> None:
    """Days as dates or text, several values at once."""
    path = parquet(tmp_path, tidy(("E1", Q1, "8Q", 3), ("E1", Q2, "8L", 4), ("E2", Q2, "4.10", 5)))
    for day in (date(2024, 9, 30), "2024-09-30"):
        assert grouped(path, by=["offence_code"], where={"period_end": day})["offences_n"].tolist() == [5, 4]
    both = grouped(path, by=["period_end"], where={"offence_code": ["8Q", "8L"], "area_code": "E1"})
    assert both["offences_n"].tolist() == [3, 4]
    assert both["period_end"].tolist() == [Q1, Q2]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"by": []}, "told by columns"),
        ({"by": ["area_code", "area_code"]}, "told by columns"),
        ({"by": ["offences_n"]}, "told by columns"),
        ({"by": ["area_cod"]}, r"no such column.*nearest:\s+area_code"),
        ({"by": ["area_code; DROP TABLE x"]}, "no such column"),
        ({"by": ['area_code", (SELECT 1) "']}, "no such column"),
        ({"by": ["area_code"], "sum": "area_code"}, "which numbers"),
        ({"by": ["area_code"], "where": {"offence_cod": "8Q"}}, "no such column"),
        ({"by": ["area_code"], "where": {"offence_code": 80}}, "not of the kind"),
        ({"by": ["area_code"], "where": {"period_end": "March"}}, "not of the kind"),
        ({"by": ["area_code"], "where": {"offence_code": []}}, "names no value"),
        ({"by": ["area_code"], "where": {"offence_code": "8q"}}, r"no row of the table has this value.*8Q"),
        ({"by": ["area_code"], "where": {"offence_code": "8Q' OR 'a'='a"}}, "no row of the table has this value"),
        ({"by": ["area_code"], "where": {"offence_code": "8L", "area_code": "E1"}}, "all of these values"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, asked: dict, words: str) -> None:
    """A wrong column or value stops before anything is added up."""
    path = parquet(tmp_path, tidy(("E1", Q1, "8Q", 3), ("E2", Q2, "8L", 4)))
    with pytest.raises((BadParameter, NotToHand), match=f"(?s){words}"):
        grouped(path, **asked)


def test_which_numbers_are_added_up_is_asked_where_there_are_several(tmp_path: Path) -> None:
    """One of them is taken by its name only."""
    path = parquet(tmp_path, tidy(("E1", Q1, "8Q", 3)).assign(victims_n=2))
    with pytest.raises(BadParameter, match="offences_n, victims_n"):
        grouped(path, by=["area_code"])
    assert grouped(path, by=["area_code"], sum="victims_n")["victims_n"].tolist() == [2]


def test_a_total_too_large_for_a_number_stops(tmp_path: Path) -> None:
    """It does not turn into a rounded one, or one below zero."""
    path = parquet(tmp_path, tidy(("E1", Q1, "8Q", 2**62), ("E1", Q2, "8Q", 2**62)))
    with pytest.raises(CheckFailed, match="more digits"):
        grouped(path, by=["area_code"])


def test_decimals_are_added_up_in_one_order_and_nan_is_missing(tmp_path: Path) -> None:
    """However many threads there are, the last digit is the same."""
    table = tidy(*[("E1", Q1, "8Q", 0)] * 3, ("E2", Q1, "8Q", 0)).assign(value=[0.1, 0.2, 0.3, float("nan")])
    pyarrow, written = pytest.importorskip("pyarrow"), tmp_path / "nan.parquet"
    arrow = pyarrow.Table.from_pandas(table.drop(columns="value"), preserve_index=False)
    arrow = arrow.append_column("value", pyarrow.array([0.3, 0.2, 0.1, float("nan")]))
    pytest.importorskip("pyarrow.parquet").write_table(arrow, written)
    one = grouped(parquet(tmp_path, table), by=["area_code"], sum="value", threads=1)
    other = grouped(written, by=["area_code"], sum="value", threads=2)
    assert one["value"].iloc[0] == other["value"].iloc[0]
    for found in (one, other):
        assert found["missing_n"].tolist() == [0, 1]
        assert found["value"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("more", "by", "words"),
    [
        ({"basis": ["assigned", "recorded"]}, "offence_code", "two bases are two measures"),
        ({"unit": ["offences", "offences_per_1000"]}, "offence_code", "two units"),
        ({"area_kind": ["force", "nation"]}, "offence_code", "counted twice"),
        ({"area_kind": ["nation", "nations"]}, "offence_code", "counted twice"),
        ({"period_start": ["2024-04-01", "2023-10-01"]}, "area_code", "periods overlap"),
        ({"period_start": ["2024-04-01", "2024-04-01"]}, "period_start", "periods overlap"),
    ],
)
def test_what_must_not_be_added_up_is_refused_until_it_is_told_apart(
    tmp_path: Path, more: dict[str, list[str]], by: str, words: str
) -> None:
    """Two measures, an area and its parts, and the same months twice."""
    (name, held) = next(iter(more.items()))
    values = pd.to_datetime(held) if name == "period_start" else pd.Series(held, dtype="str")
    path = parquet(tmp_path, tidy(("E1", Q1, "8Q", 3), ("E2", Q2, "8Q", 4)).assign(**{name: values}))
    with pytest.raises(NotComparable, match=words):
        grouped(path, by=[by])
    apart = [by, "period_end"] if name == "period_start" else [by, name]
    assert grouped(path, by=apart)["offences_n"].tolist() == [3, 4]
    assert grouped(path, by=[by], where={"area_code": "E2"})["offences_n"].tolist() == [4]


def test_forces_and_bodies_do_not_hold_each_other(tmp_path: Path) -> None:
    """British Transport Police and Action Fraud stand beside the forces."""
    kinds = pd.Series(["force", "special force", "body"], dtype="str")
    table = tidy(("E1", Q1, "8Q", 3), ("BTP", Q1, "8Q", 4), ("AF", Q1, "8Q", 5)).assign(area_kind=kinds)
    assert grouped(parquet(tmp_path, table), by=["offence_code"])["offences_n"].tolist() == [12]


def test_a_condition_without_an_equals_sign_is_refused() -> None:
    """And one with two keeps the second."""
    assert conditions(["name=a=b"]) == {"name": ["a=b"]}
    with pytest.raises(StatsError, match="COLUMN=VALUE"):
        conditions(["8Q"])
