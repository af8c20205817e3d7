"""The parameters of the notebook on revisions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stats.errors import BadParameter, BadPeriod, NotToHand, UnknownName
from stats.run.how_much_do_figures_move import HowMuchDoFiguresMove
from stats.run.parameters import model_of
from stats.run.plan import defaults

ASKED = defaults("how_much_do_figures_move", Path(__file__).parents[2])
OLD, NEW = "home_office_recorded_2018", "home_office_recorded_2026_04_23"


def test_releases_are_named_or_meant_by_a_day() -> None:
    """The release that was the newest on a day is the one."""
    asked = HowMuchDoFiguresMove.ask(**{**ASKED, "earlier": "2019-06-30", "later": "2026-12-31"})
    assert [source.id for _, source in asked.releases] == [OLD, NEW]
    assert [registers.newest("recorded_offences").id for registers, _ in asked.releases] == [OLD, NEW]
    assert model_of("how_much_do_figures_move") is HowMuchDoFiguresMove


def test_the_figure_rests_on_the_cells_of_both_releases(offences: pd.DataFrame) -> None:
    """44 forces, four quarters and four codes, twice."""
    used = HowMuchDoFiguresMove.ask(**ASKED).uses("recorded_offences", offences, None)  # type: ignore[arg-type] # unused
    assert used["source_id"].value_counts().to_dict() == {OLD: 704, NEW: 704}


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"period": "2018/19"}, NotToHand, f"as at {OLD}"),
        ({"period": "2011/12"}, NotToHand, "not to hand"),
        ({"earlier": NEW, "later": OLD}, BadParameter, "not an earlier release and a later one"),
        ({"earlier": NEW}, BadParameter, "not an earlier release and a later one"),
        ({"later": "2019"}, BadParameter, "not an earlier release and a later one"),
        ({"earlier": "2018-08-01"}, NotToHand, "was out as at 2018-08-01"),
        ({"earlier": "home_office_2018"}, UnknownName, "neither a release that is here nor a date"),
        ({"offence": "8U"}, NotToHand, "class begins"),
        ({"offence": "stalkin"}, UnknownName, "stalking"),
        ({"period": "May 2017"}, BadPeriod, "whole number of quarters"),
        ({"area": "Kent"}, BadParameter, "no parameter of this name"),
    ],
)
def test_what_is_wrong_stops_before_anything_runs(wrong: dict[str, str], error: type[Exception], said: str) -> None:
    """A period that one release lacks, releases in the wrong order, and unknown names."""
    with pytest.raises(error, match=said):
        HowMuchDoFiguresMove.ask(**{**ASKED, **wrong})
