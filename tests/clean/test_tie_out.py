from dataclasses import replace
from datetime import date

import pytest

from stats.clean.tie_out import tie_out
from stats.errors import CheckFailed
from stats.registers.totals import PrintedTotal


def _one(registers, printed, **fields):
    """Return the registers with a single printed total: stalking in Lincolnshire, one quarter, ours being 310."""
    known = {"codes": ["8Q"], "area_code": "E23000020", "start": date(2024, 4, 1), "end": date(2024, 6, 30)}
    total = PrintedTotal(**{"id": "one", "printed": printed, "printed_by": "X", "tolerance_pct": 1, **known, **fields})
    return replace(registers, totals={"one": total})


@pytest.fixture(scope="module")
def recorded(tables):
    """Recorded offences with 310 for stalking in Lincolnshire in the first quarter of 2024/25."""
    table = tables["recorded_offences"].copy()
    here = (
        (table["area_code"] == "E23000020") & (table["offence_code"] == "8Q") & (table["period_start"] == "2024-04-01")
    )
    assert here.sum() == 1
    table.loc[here, "offences_n"] = 310
    return table


def test_our_total_stands_beside_the_printed_one(registers, recorded):
    """The difference is in per cent of the printed total, ours less theirs."""
    row = tie_out(recorded, _one(registers, 312)).iloc[0]
    assert (row["printed_n"], row["offences_n"], row["difference_pct"], row["fit"]) == (312, 310, -0.64, "good")


def test_total_outside_its_tolerance_stops(registers, recorded):
    """A printed total that we no longer meet is shown with ours, and nothing is written over."""
    with pytest.raises(
        CheckFailed,
        match=r"(?s)totals do not fit the printed ones.*one\s+E23000020.*320\s+310\s+-3\.12\s+1\.0\s+good.*Find out",
    ):
        tie_out(recorded, _one(registers, 320))


def test_known_poor_fit_is_shown_with_its_reason(registers, recorded):
    """A total that we are known to miss passes and says why."""
    row = tie_out(recorded, _one(registers, 320, fit="poor", reason="Revised since.")).iloc[0]
    assert (row["fit"], row["reason"]) == ("poor", "Revised since.")


def test_poor_fit_that_became_good_stops(registers, recorded):
    """An excuse that is no longer needed has to go."""
    with pytest.raises(CheckFailed, match=r"(?s)do not fit the printed ones as the register says.*poor"):
        tie_out(recorded, _one(registers, 310, fit="poor", reason="Revised since."))


@pytest.mark.parametrize(("printed", "fits"), [(310, True), (311, False), (309, False)])
def test_no_tolerance_means_none(registers, recorded, printed, fits):
    """With a tolerance of nought one offence either way stops."""
    asked = _one(registers, printed, tolerance_pct=0)
    if fits:
        assert tie_out(recorded, asked)["difference_pct"].tolist() == [0]
    else:
        with pytest.raises(CheckFailed, match="do not fit the printed ones"):
            tie_out(recorded, asked)


def test_ten_offences_too_many_are_noticed(registers, tables):
    """Ten offences more in one force stop the year: 135,638 is not 135,628."""
    table = tables["recorded_offences"].copy()
    here = (table["area_name"] == "Kent") & (table["offence_code"] == "8Q") & (table["period_start"] == "2024-04-01")
    table.loc[here, "offences_n"] += 10
    with pytest.raises(CheckFailed, match=r"(?s)stalking-2024-25-release-2026.*135628\s+135638"):
        tie_out(table, registers)


def test_england_and_wales_includes_the_transport_police(registers, tables):
    """The printed totals of the release are met only with British Transport Police."""
    without = tables["recorded_offences"].query("area_code != 'BTP'")
    with pytest.raises(CheckFailed, match="stalking-2014-15-release-2026"):
        tie_out(without, registers)
