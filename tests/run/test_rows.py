"""A figure rests on the rows that its numbers are made from, and on no others."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from stats.draw.page import Number
from stats.period import Period
from stats.run.asking import Parameters
from stats.run.parameters import ChargeShare, RecordedOffences, RecordedToConvicted
from stats.run.plan import brief_paths, load_brief

ROOT = Path(__file__).parents[2]


def drawn(periods: list[str] = (), claims: tuple[str, ...] = (), table: pd.DataFrame | None = None) -> Any:
    """What a model needs to know of a drawing: the periods that are shown, its claims and its table."""
    numbers = [
        Number(f"n.{at}", 1, "1", "offences", "count", "recorded_offences", None, Period.parse(p).label, "full count")
        for at, p in enumerate(periods)
    ]
    return SimpleNamespace(numbers=numbers, claims=claims, table=table)


def asked(name: str) -> Parameters:
    """The parameters of a committed brief."""
    (path,) = brief_paths([name], ROOT)
    return load_brief(path).asked


def cell(table: pd.DataFrame, area: str, code: str, start: str) -> pd.DataFrame:
    """One cell of recorded offences or outcomes."""
    return table[
        (table["area_name"] == area) & (table["offence_code"] == code) & (table["period_start"] == pd.Timestamp(start))
    ]


def test_series_rests_on_its_forces_classes_and_quarters(offences: pd.DataFrame) -> None:
    """All 44 forces, one class, the four quarters of a year: and the sum of these rows is the number."""
    headline = asked("national_headline")
    rows = headline.uses("recorded_offences", offences, drawn(["2024/25"]))
    assert len(rows) == 44 * 4
    assert rows["offences_n"].sum() == 135_628
    assert set(rows["offence_code"]) == {"8Q"}


def test_years_that_are_not_shown_are_not_rested_on(offences: pd.DataFrame) -> None:
    """A rate of 2018/19 and 2023/24 does not depend on a count of 2020/21, for which there is no population."""
    rows = asked("national_headline").uses("recorded_offences", offences, drawn(["2018/19", "2023/24"]))
    assert set(rows["period_start"].dt.year) == {2018, 2019, 2023, 2024}


def test_coercive_behaviour_in_lincolnshire_is_in_one_brief_alone(offences: pd.DataFrame) -> None:
    """The cell of 8U in April to June 2021 is in the series of Lincolnshire, and in no national series."""
    (at,) = cell(offences, "Lincolnshire", "8U", "2021-04-01").index
    holding = {
        name
        for name in ("lincolnshire_recorded", "national_headline", "article_004_recorded")
        if at in asked(name).uses("recorded_offences", offences, drawn(["2020/21", "2021/22 Q1", "2016/17 Q3"])).index
    }
    assert holding == {"lincolnshire_recorded"}


def test_claims_rest_on_their_own_quarter(offences: pd.DataFrame) -> None:
    """Claims of stalking and of harassment in one quarter rest on 44 cells each, whatever the series shows."""
    brief = asked("article_004_recorded")
    rows = brief.uses("recorded_offences", offences, drawn(["2016/17 Q3"], claims=("C004-06", "C004-07")))
    assert len(rows) == 2 * 44
    assert rows.groupby("offence_code")["offences_n"].sum().to_dict() == {"8L": 52_408, "8Q": 1_383}
    assert set(brief.uses("recorded_offences", offences, drawn(["2016/17 Q3"]))["offence_code"]) == {"8L"}


def test_rate_rests_on_the_population_of_its_years(population: pd.DataFrame) -> None:
    """England and Wales as printed where it was printed, and its 43 forces where it was not."""
    headline = asked("national_headline")
    rows = headline.uses("population", population, drawn(["2018/19"]))
    assert rows["area_code"].tolist() == ["K04000001"]
    assert len(headline.uses("population", population, drawn(["2024/25"]))) == 43
    assert len(headline.uses("population", population, drawn(["2020/21"]))) == 0


def test_two_areas_beside_each_other_rest_on_both(outcomes: pd.DataFrame) -> None:
    """Lincolnshire beside England and Wales rests on every force, each row once; alone, on its own."""
    beside = asked("lincolnshire")
    rows = beside.uses("outcomes", outcomes, drawn())
    assert rows["area_code"].nunique() == 44
    assert not rows.index.has_duplicates
    kent = ChargeShare(area="Kent", offence="stalking", period="2024/25", beside="Lincolnshire")
    assert set(kent.uses("outcomes", outcomes, drawn())["area_name"]) == {"Kent", "Lincolnshire"}
    alone = ChargeShare(area="Kent", offence="stalking", period="2024/25 Q1", beside="none")
    rows = alone.uses("outcomes", outcomes, drawn())
    assert set(rows["area_name"]) == {"Kent"}
    assert set(rows["offence_code"]) == {"8Q"}
    assert set(rows["period_start"]) == {pd.Timestamp("2024-04-01")}


STEPS = ["thornberry-recorded-2021-22", "slt-conviction-ratio-2021-22; guardian-recorded-2021-22", ""]


@pytest.mark.parametrize(
    ("table", "names"),
    [(pd.DataFrame({"figures": STEPS}), 3), (pd.DataFrame({"figure_id": ["bbc-charge-share-2021-22"]}), 1)],
    ids=["ladder", "rates"],
)
def test_ladder_rests_on_the_published_figures_it_names(
    published: pd.DataFrame, table: pd.DataFrame, names: int
) -> None:
    """A step with a printed number on one row, an implied one on two, a missing one on none."""
    ladder = RecordedToConvicted(ladder="stalking-2021-22", claims=())
    assert len(ladder.uses("published_figures", published, drawn(table=table))) == names


def test_model_that_does_not_say_rests_on_everything(offences: pd.DataFrame) -> None:
    """A new notebook whose model says nothing goes red too often, and never too seldom."""
    usual = RecordedOffences(
        area="Kent", offence="stalking", start="2024/25", end="2024/25", by="year", across_breaks=False, claims=()
    )
    assert len(Parameters.uses(usual, "recorded_offences", offences, drawn())) == len(offences)
