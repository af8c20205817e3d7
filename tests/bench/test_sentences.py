"""The sentences that measure the checker: well formed, and their numbers follow from our tables."""

from datetime import date

import pandas as pd
import pytest
from score_sets import KINDS, entries, passage, sentences
from scoring import LINTS

from stats.claims.draft.remarks import UNPLACED
from stats.claims.verdicts import RIGHT, VERDICTS

EVERY = [(kind, entry) for kind in KINDS for entry in entries(kind)]
FIELDS = {"id", "text", "written", "expect", "quantities", "not_claims", "lints", "may_lint", "rests_on"}
RESTS_ON = [(entry["id"], row) for _, entry in EVERY for row in entry.get("rests_on", ())]
LAST_DAY = {3: 31, 6: 30, 9: 30, 12: 31}
ENGLAND_AND_WALES, WALES = "England and Wales", ("North Wales", "Gwent", "South Wales", "Dyfed-Powys")


def test_there_are_sentences_of_every_kind_enough_and_no_two_share_an_id() -> None:
    """At least 150 in all, about a third true, a third false and a third harmless."""
    counts = {kind: len(entries(kind)) for kind in KINDS}
    assert sum(counts.values()) >= 150
    assert min(counts.values()) >= 50
    assert len({entry["id"] for _, entry in EVERY}) == len(EVERY)


@pytest.mark.parametrize(("kind", "entry"), EVERY, ids=[entry["id"] for _, entry in EVERY])
def test_an_entry_is_well_formed(kind, entry) -> None:
    """Quotes stand in the text once, verdicts and rules are of the closed lists, and dates are dates."""
    assert set(entry) <= FIELDS
    made = passage(entry, kind)
    assert {verdict for wanted in made.expect for verdict in wanted.verdicts} <= set(VERDICTS)
    assert {*made.lints, *made.may_lint} <= set(LINTS)
    assert made.written is None or type(made.written) is date
    assert all(wanted.why for wanted in made.expect)


def test_each_kind_demands_what_its_name_says() -> None:
    """True and harmless sentences have nothing to mend; a false one has, by a verdict or by its words."""
    fine = {*RIGHT, UNPLACED}
    for each in sentences("true"):
        assert all(set(wanted.verdicts) & fine for wanted in each.expect)
        assert not each.lints
    for each in sentences("harmless"):
        assert all(UNPLACED in wanted.verdicts for wanted in each.expect)
        assert not each.lints
    assert all(each.lints or any(not set(w.verdicts) & fine or w.is_wrong for w in each.expect)
               for each in sentences("false"))  # fmt: skip


def test_every_rule_on_wording_is_demanded_somewhere() -> None:
    """A rule that no sentence breaks would not be measured."""
    assert {lint for each in sentences("false") for lint in each.lints} == set(LINTS)


@pytest.mark.parametrize(("name", "row"), RESTS_ON, ids=[f"{name}-{n}" for n, (name, _) in enumerate(RESTS_ON)])
def test_what_a_sentence_rests_on_is_in_our_tables(name, row, offences, outcomes, population, published) -> None:
    """No number was typed from memory: each is looked up again."""
    kind, *what, number = row
    tables = {"recorded": offences, "outcomes": outcomes, "population": population, "figure": published}
    assert LOOK_UP[kind](tables[kind], *what) == pytest.approx(number), name


def _recorded(table: pd.DataFrame, area: str, codes: str, start: str, end: str) -> int:
    last = pd.Timestamp(f"{end}-{LAST_DAY[int(end[-2:])]}")
    newest = table[table["source_id"] == "home_office_recorded_2026_04_23"]
    rows = _of(newest, area, codes)
    rows = rows[(rows["period_start"] >= pd.Timestamp(f"{start}-01")) & (rows["period_end"] <= last)]
    assert len(rows)
    return int(rows["offences_n"].sum())


def _outcomes(table: pd.DataFrame, area: str, codes: str, types: str) -> int:
    rows = _of(table, area, codes)
    return int(rows[(types == "all") | rows["outcome_type_code"].isin(types.split("+"))]["offences_n"].sum())


def _of(table: pd.DataFrame, area: str, codes: str) -> pd.DataFrame:
    if area == "Wales":
        table = table[table["area_name"].isin(WALES)]
    elif area != ENGLAND_AND_WALES:
        table = table[table["area_name"] == area]
    return table[(codes == "together") | table["offence_code"].isin(codes.split("+"))]


def _population(table: pd.DataFrame, area: str, year: int) -> int:
    rows = table[(table["area_name"] == area) & (table["mid_year"] == pd.Timestamp(year, 6, 30))]
    return int(rows["residents_n"].iloc[0])


def _figure(table: pd.DataFrame, figure: str) -> float:
    return float(table.set_index("figure_id").loc[figure, "value"])


LOOK_UP = {"recorded": _recorded, "outcomes": _outcomes, "population": _population, "figure": _figure}
