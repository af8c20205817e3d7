"""The figures of one force agree on what is withheld: none calls a count hidden that another prints."""

import pandas as pd
import pytest

from stats.draw.bars import _plotted
from stats.draw.funnel_words import plotted
from stats.estimate.attrition import cohort, outcome_groups, withheld
from stats.estimate.forces import compare_forces

Said = dict[str, dict[str, bool]]


@pytest.fixture(scope="module")
def asked(studio):
    """Stalking in the year of the page of a force."""
    group = studio.registers.offences.find("stalking")
    return {"group": group, "period": studio.registers.coverage("outcomes"), "registers": studio.registers}


@pytest.fixture(scope="module")
def groups(studio, asked):
    """The outcomes of each of the 44 forces."""
    return [(area, outcome_groups(studio.outcomes, area=area, **asked)) for area in asked["registers"].areas.forces]


def by_charge(studio, asked, groups, *, hidden=withheld) -> tuple[Said, Said]:
    """What the charge figure shows of each force: charged and pending, with its words."""
    cohorts = [(area, cohort(studio.outcomes, area=area, **asked), hidden(rows)) for area, rows in groups]
    table = studio.charges(cohorts, "stalking", "2024/25").table
    first = table[table["measure"] == "charge_share_of_offences_recorded"].set_index("area_code")
    second = table[table["measure"] == "charge_share_of_offences_resolved"].set_index("area_code")
    assert first["numerator_n"].equals(second["numerator_n"])
    assert first["status"].eq("[c]").equals(first["text"].str.startswith("[c] withheld, of "))
    return first["numerator_n"].notna().to_dict(), second["n"].notna().to_dict()


def by_outcomes(groups) -> tuple[Said, Said]:
    """What the outcomes figure shows."""
    shown: dict[str, Said] = {"charged": {}, "pending": {}}
    for area, rows in groups:
        told = _plotted(area, rows).set_index("outcome_group")
        for stage, its in shown.items():
            names = rows.loc[rows["stage"] == stage, "group"]
            its[area.code] = bool(told.loc[names, "offences_n"].notna().all())
            assert its[area.code] == ("[c]" not in set(told.loc[names, "text"]))
    return shown["charged"], shown["pending"]


def by_funnel(studio, asked) -> tuple[Said, Said]:
    """What the funnel shows; where it withholds the charged it says nothing of the pending."""
    table = plotted(compare_forces(studio.outcomes, **asked)).set_index("area_code")
    charged = table["charged_n"].notna()
    assert table["text"].str.startswith("[c]").equals(~charged)
    pending = table.loc[charged, "pending_n"].notna()
    assert table.loc[charged, "text"].str.contains("pending count withheld").equals(~pending)
    return charged.to_dict(), pending.to_dict()


def contradictions(*figures: tuple[Said, Said]) -> list[tuple[str, str]]:
    """The counts that one figure calls hidden and another prints: (which, force)."""
    found = []
    for at, which in enumerate(("charged", "pending")):
        said = [figure[at] for figure in figures]
        codes = sorted({code for one in said for code in one})
        found += [(which, code) for code in codes if len({one[code] for one in said if code in one}) > 1]
    return found


def test_no_figure_of_a_force_calls_a_count_hidden_that_another_prints(studio, asked, groups):
    """All 44, charged and pending, in the charge figure, the outcomes figure and the funnel."""
    assert len(groups) == 44
    charge, outcomes, funnel = by_charge(studio, asked, groups), by_outcomes(groups), by_funnel(studio, asked)
    assert contradictions(charge, outcomes, funnel) == []
    assert [len(figure[0]) for figure in (charge, outcomes, funnel)] == [44] * 3
    for figure in (charge, outcomes):
        assert [list(told.values()).count(False) for told in figure] == [2, 3]


def test_a_share_hidden_for_its_pending_count_would_be_found(studio, asked, groups):
    """Hertfordshire and Warwickshire, as they were said to be too small to show."""

    def either(rows: pd.DataFrame) -> frozenset[str]:
        return frozenset({"charged", "pending"}) if withheld(rows) else frozenset()

    charge = by_charge(studio, asked, groups, hidden=either)
    found = contradictions(charge, by_outcomes(groups), by_funnel(studio, asked))
    assert [code for which, code in found if which == "charged"] == ["E23000017", "E23000027"]


def test_a_bound_that_tells_a_withheld_count_would_be_found(studio, asked, groups):
    """Were nothing withheld, the charge figure alone would print both counts of four forces."""
    charge = by_charge(studio, asked, groups, hidden=lambda rows: frozenset())
    found = contradictions(charge, by_outcomes(groups), by_funnel(studio, asked))
    assert [which for which, _ in found].count("pending") == 3
