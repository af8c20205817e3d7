"""A table in, the same table out, for the methods that make one estimate of many rows."""

import dataclasses
import importlib
import math
import pkgutil
from datetime import date

import numpy as np
import pandas as pd
import pytest

import stats.estimate
from stats.errors import BadCount, BreakCrossed, NotHonest
from stats.estimate.by_series import NONE
from stats.estimate.estimate import COLUMNS
from stats.estimate.interrupted import step_change
from stats.estimate.microdata import survey_mean, survey_share
from stats.estimate.pooling import pool
from stats.estimate.revisions import mean_revision_test, revisions
from stats.estimate.sample_design import Design
from stats.estimate.trend import trend
from stats.estimate.two_periods import two_period
from stats.period import Period

QUARTERS = Period.parse("2020/21 Q1").through(Period.parse("2022/23 Q4"), by="quarter")
STARTS = pd.to_datetime([quarter.start for quarter in QUARTERS])
KENT = [90, 95, 104, 99, 98, 108, 115, 107, 112, 117, 126, 121]
ESSEX = [70, 75, 61, 66, 80, 71, 74, 69, 77, 72, 68, 81]
SERIES = pd.DataFrame(
    {
        "force": ["Kent"] * 12 + ["Essex"] * 12,
        "quarter_start": [*STARTS, *STARTS],
        "offences_n": KENT + ESSEX,
        "residents_n": [1000 + q for q in range(12)] * 2,
        "is_later": [False] * 6 + [True] * 6 + [False] * 6 + [True] * 6,
    },
    index=range(100, 124),
)
MIXED = SERIES.sample(frac=1, random_state=1).sort_values("quarter_start", kind="stable")
STUDIES = pd.DataFrame(
    {
        "topic": ["stalking"] * 5 + ["harassment"] * 5,
        "said_n": [16, 10, 4, 43, 10, 5, 6, 7, 8, 9],
        "asked_n": [27, 12, 18, 58, 20, 50, 60, 61, 62, 70],
        "question": ["ever"] * 5 + ["last year"] * 5,
        "population": ["women"] * 10,
    }
)
PEOPLE = pd.DataFrame(
    {"sex": ["f", "m"] * 6, "age": [20, 31, 45, 52, 28, 37, 61, 33, 49, 56, 24, 40], "said": [0, 1, 1, 0, 1, 1] * 2}
)
DESIGN = Design(weight=[2, 1, 2, 1, 1, 1] * 2, psu=[1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
MOVED = pd.DataFrame(
    {"force": ["Kent"] * 4 + ["Essex"] * 4, "first_n": [100, 102, 99, 97] * 2, "now_n": [101, 102, 102, 99] * 2}
)

CASES = {
    "trend": (trend, SERIES, ("offences_n", "quarter_start"), {"by": "force", "breaks": []}),
    "trend with residents": (
        trend, SERIES, ("offences_n", "quarter_start"), {"by": "force", "breaks": [], "offset": "residents_n"},
    ),
    "trend, the wider of two": (
        trend, MIXED, ("offences_n", "quarter_start"), {"by": "force", "breaks": [], "errors": "hac"},
    ),
    "step_change": (
        step_change, SERIES, ("offences_n", "quarter_start"), {"by": "force", "breaks": [], "at": date(2021, 10, 1)},
    ),
    "two_period": (
        two_period, SERIES[SERIES["quarter_start"] >= "2021-04-01"].assign(is_later=([False] * 4 + [True] * 4) * 2),
        ("offences_n", "quarter_start", "is_later"), {"by": "force", "breaks": []},
    ),
    "pool": (
        pool, STUDIES, ("said_n", "asked_n"), {"by": "topic", "questions": "question", "populations": "population"},
    ),
    "survey_mean": (survey_mean, PEOPLE, ("age",), {"by": "sex", "design": DESIGN}),
    "survey_share": (survey_share, PEOPLE, ("said",), {"by": "sex", "design": DESIGN}),
    "revisions": (revisions, MOVED, ("first_n", "now_n"), {"by": "force"}),
    "mean_revision_test": (mean_revision_test, MOVED, ("first_n", "now_n"), {"by": "force"}),
}  # fmt: skip
"""Each method with a table, the names of its columns, and options."""

OTHERWISE = {
    "attrition.cohort_bounds": "of one area, read from the register; charged_so_far takes tables",
    "attrition.charged_alone": "of one area, read from the register; the same without its bounds",
    "attrition.resolved_only": "of one area, read from the register; charged_of_resolved takes tables",
    "change.difference": "of two estimates with their contracts",
    "change.ratio": "of two estimates with their contracts",
    "change.total": "of estimates with their contracts",
    "completion.completion_factors": "of a triangle, and gives a row a cohort",
    "counts.recorded": "reads a tidy table",
    "estimate.full_count": "makes an estimate of a count as it is",
    "foi.total": "reads FOI returns, with their coverage",
    "pooling.pooled": "the reckoning behind pool",
    "rates.per_1000": "of an estimate with its contract",
    "releases.moved_between": "reads a tidy table of two releases",
    "shape.result": "makes the columns of every method",
}
"""Functions that give an estimate and take no table of numbers, with the reason."""


@pytest.mark.parametrize("name", CASES)
def test_a_table_gives_the_same_table_with_the_columns_of_an_estimate(name):
    """Nothing else of it changes, whatever the order of its rows and its index, and all rows have an estimate."""
    method, table, columns, options = CASES[name]
    found = method(table, *columns, **options)
    assert list(found.columns) == [*table.columns, *COLUMNS]
    pd.testing.assert_frame_equal(found[list(table.columns)], table)
    assert found[["value", "unit", "method", "n", "basis"]].notna().all(axis=None)
    assert found["value"].dtype == "float64"
    assert len(found[[options["by"], "value"]].drop_duplicates()) == found[options["by"]].nunique()


def test_each_row_carries_what_the_numbers_of_its_series_say():
    """Kent's rows have the trend of Kent alone, field by field."""
    found = trend(SERIES, "offences_n", "quarter_start", by="force", breaks=[])
    for force, numbers in (("Kent", KENT), ("Essex", ESSEX)):
        alone = trend(numbers, QUARTERS, breaks=[]).ratio
        rows = found[found["force"] == force]
        assert all(list(row) == list(alone.columns().values()) for row in rows[COLUMNS].itertuples(index=False))


def test_a_table_without_by_is_one_series():
    """As for a table of one force."""
    found = trend(SERIES.head(12), "offences_n", "quarter_start", breaks=[])
    assert found["value"].iloc[0] == trend(KENT, QUARTERS, breaks=[]).ratio.value


def test_a_group_of_a_sample_keeps_the_design():
    """The women's mean is that of the whole design with the others at weight zero, not of the women's rows alone."""
    found = survey_mean(PEOPLE, "age", by="sex", design=DESIGN)
    women = (PEOPLE["sex"] == "f").to_numpy()
    weight = np.where(women, np.asarray(DESIGN.weight), 0)
    alone = survey_mean(PEOPLE["age"], Design(weight=weight, psu=np.asarray(DESIGN.psu))).estimate
    assert found.loc[women, "lower"].eq(alone.lower).all()
    assert found.loc[women, "n"].eq(6).all()


def test_a_series_that_is_refused_has_no_estimate_and_says_why():
    """The others keep theirs; the reason stands where the method would."""
    few = SERIES.assign(offences_n=KENT + [1, 0, 2] * 4)
    found = trend(few, "offences_n", "quarter_start", by="force", breaks=[])
    essex = found[found["force"] == "Essex"]
    assert found.loc[found["force"] == "Kent", "value"].notna().all()
    assert essex[["value", "lower", "upper", "level"]].isna().all(axis=None)
    assert essex["method"].str.startswith(f"{NONE}too few to say").all()


def test_a_table_of_which_all_is_refused_is_refused():
    """Nothing of it can be published, and the error is that of the numbers alone."""
    with pytest.raises(NotHonest, match="too short to say"):
        trend(SERIES.iloc[[0, 1, 12, 13]], "offences_n", "quarter_start", by="force", breaks=[])


def test_a_break_of_one_force_alone_is_given_by_a_mapping(a_break):
    """It stops the trend of that force, and no other."""
    local = a_break(date(2021, 10, 1))
    found = trend(SERIES, "offences_n", "quarter_start", by="force", breaks={"Kent": [local], "Essex": []})
    assert found["value"].isna().tolist() == [True] * 12 + [False] * 12
    with pytest.raises(BreakCrossed):
        trend(SERIES.head(12), "offences_n", "quarter_start", by="force", breaks={"Kent": [local]})
    with pytest.raises(ValueError, match="says nothing of 'Essex'"):
        trend(SERIES, "offences_n", "quarter_start", by="force", breaks={"Kent": []})


@pytest.mark.parametrize("name", ["offences_n", "residents_n"])
def test_a_series_with_a_missing_value_has_no_estimate_and_says_why(name):
    """A quarter without a number is no quarter of zero, and no quarter fewer; the other forces keep their trend."""
    gap = SERIES.astype({name: "Float64"})
    gap.loc[gap["force"].eq("Essex").idxmax(), name] = pd.NA
    found = trend(gap, "offences_n", "quarter_start", by="force", breaks=[], offset="residents_n")
    essex = found["force"] == "Essex"
    assert found.loc[essex, "value"].isna().all()
    assert found.loc[essex, "method"].eq(f"{NONE}a value is missing, which is not zero").all()
    whole = trend(SERIES, "offences_n", "quarter_start", by="force", breaks=[], offset="residents_n")
    pd.testing.assert_frame_equal(found.loc[~essex, COLUMNS], whole.loc[~essex.to_numpy(), COLUMNS], check_dtype=False)


def test_a_missing_value_in_the_only_series_is_shown_with_its_row():
    """Nothing is left to give, so the table is refused."""
    with pytest.raises(BadCount, match="a value is missing") as refusal:
        trend(SERIES.head(12).assign(offences_n=[None, *KENT[1:]]), "offences_n", "quarter_start", breaks=[])
    assert "Kent" in str(refusal.value)


def test_a_missing_answer_leaves_only_its_own_group_without_an_estimate():
    """The other group's people have weight zero, so what they would have said moves nothing."""
    some = PEOPLE.assign(age=[None, *PEOPLE["age"][1:]])
    found, whole = (survey_mean(people, "age", by="sex", design=DESIGN) for people in (some, PEOPLE))
    men = (PEOPLE["sex"] == "m").to_numpy()
    assert found.loc[men, "lower"].eq(whole.loc[men, "lower"]).all()
    assert found.loc[~men, "value"].isna().all()


def test_people_need_a_design_with_an_entry_each():
    """A design of other people is not stretched or cut to fit."""
    for table, options in ((PEOPLE, {}), (PEOPLE.head(6), {"design": DESIGN})):
        with pytest.raises(ValueError, match="one entry for each of its rows"):
            survey_mean(table, "age", by="sex", **options)


@pytest.mark.parametrize("last", [None, math.nan, "yes", 2])
def test_a_quarter_is_of_the_later_period_or_is_not(last):
    """A missing word, or 'no', would count as true."""
    table = SERIES.head(12).assign(is_later=pd.Series([False] * 8 + [True] * 3 + [last], dtype=object).to_numpy())
    with pytest.raises((ValueError, BadCount), match=r"True or False|a value is missing"):
        two_period(table, "offences_n", "quarter_start", "is_later", breaks=[])


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        (SERIES.drop(columns="offences_n"), {"by": "force"}, "no column 'offences_n'"),
        (SERIES.assign(value=1), {"by": "force"}, "has a column 'value' already"),
        (SERIES, {"by": "area"}, "no column 'area'"),
        (SERIES.head(0), {"by": "force"}, "no rows"),
        (SERIES.assign(force=None), {"by": "force"}, "every row must have its force"),
        (SERIES, {"by": "force", "offset": "people"}, "no column 'people'"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused(table, options, words):
    """A column that lacks, one that would be written over, a row of no series."""
    with pytest.raises(ValueError, match=words):
        trend(table, "offences_n", "quarter_start", breaks=[], **options)


def test_a_mean_revision_has_the_interval_of_its_test():
    """It leaves out zero where the test does at that level, and is narrower at a lower level."""
    found = mean_revision_test([100, 102, 99, 97], [101, 102, 102, 99])
    assert found.estimate.value == found.mean == 1.5
    assert found.estimate.lower < 0 < found.estimate.upper
    at = mean_revision_test([100, 102, 99, 97], [101, 102, 102, 99], level=1 - found.p_value).estimate
    assert at.lower == pytest.approx(0, abs=1e-9)
    assert math.isnan(revisions([100, 102], [101, 102]).estimate.lower)


def public_functions():
    """Every public function of the estimates, with the name of its module."""
    for found in pkgutil.iter_modules(stats.estimate.__path__):
        module = importlib.import_module(f"stats.estimate.{found.name}")
        for name, thing in vars(module).items():
            is_own = getattr(thing, "__module__", "") == module.__name__ and callable(thing)
            if is_own and not name.startswith("_") and not isinstance(thing, type):
                yield module, name, thing


def gives_an_estimate(module, function) -> bool:
    """Whether a function returns an estimate, the columns of one, or a record that holds one."""
    returns = str(function.__annotations__.get("return"))
    record = vars(module).get(returns)
    holds = dataclasses.is_dataclass(record) and any("Estimate" in str(f.type) for f in dataclasses.fields(record))
    return returns in ("Estimate", "dict[str, Any]", "Revisions") or holds


def test_every_method_takes_a_table():
    """One shape: a method that gives an estimate takes numbers and tables alike, or its reason stands here."""
    without = {
        f"{module.__name__.rsplit('.', 1)[1]}.{name}"
        for module, name, function in public_functions()
        if gives_an_estimate(module, function) and not hasattr(function, "__wrapped__")
    }
    assert without == set(OTHERWISE)
