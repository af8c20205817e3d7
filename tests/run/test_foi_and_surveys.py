"""The parameters of foi_and_surveys, and its files: made-up data are what they say they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stats.errors import BadPeriod, NotHonest, NotToHand, RegisterError, UnknownName
from stats.home import home
from stats.registers.illustrative import FOLDER, illustrative_sources
from stats.run.foi_and_surveys import FoiAndSurveys, answers_of, returns_of
from stats.run.illustrative import make_illustrative
from stats.run.plan import defaults

ASKED = defaults("foi_and_surveys", Path(__file__).parents[2])


def test_the_notebook_knows_before_it_runs_that_it_reads_made_up_data() -> None:
    """So every figure of it must say so."""
    ids = [source.id for source in FoiAndSurveys.ask(**ASKED).made_up]
    assert ids == ["illustrative_foi_returns", "illustrative_sample_survey"]


def test_wrong_sources_offences_and_periods_stop_before_anything_runs() -> None:
    """As in every notebook."""
    with pytest.raises(UnknownName, match="illustrative_foi_returns"):
        FoiAndSurveys.ask(**{**ASKED, "returns": "illustrative_returns"})
    with pytest.raises(UnknownName, match="illustrative_open_survey"):
        FoiAndSurveys.ask(**{**ASKED, "survey": "open_survey"})
    with pytest.raises(NotToHand, match="to hand"):
        FoiAndSurveys.ask(**{**ASKED, "period": "2009/10"})
    with pytest.raises(BadPeriod, match="whole number of quarters"):
        FoiAndSurveys.ask(**{**ASKED, "period": "2024-04-01 to 2025-04-30"})


def test_the_illustrative_files_are_what_their_maker_makes(registers, tmp_path) -> None:
    """The same bytes every time, entries and codebooks too; and nothing else lies beside them."""
    made = make_illustrative(tmp_path, registers)
    assert {path.name for path in made} == {path.name for path in (home() / FOLDER).iterdir()}
    for path in made:
        assert path.read_bytes() == (home() / FOLDER / path.name).read_bytes(), path.name


@pytest.mark.parametrize(("name", "read"), [("foi_returns", returns_of), ("open_survey", answers_of)])
def test_made_up_rows_under_another_kind_are_refused(tmp_path, name, read) -> None:
    """A copy of the file with an entry that calls it evidence: the rows, or the codebook, still say what they are."""
    for path in (home() / FOLDER).glob(f"{name}*"):
        shutil.copy(path, tmp_path / path.name)
    update = {"id": "returns", "kind": "foi", "file": str(tmp_path / f"{name}.csv")}
    source = illustrative_sources(home())[f"illustrative_{name}"].model_copy(update=update)
    with pytest.raises(NotHonest, match="do not agree on whether it is made up"):
        read(source)


def test_a_survey_without_its_codebook_stops(tmp_path) -> None:
    """Codes without labels say nothing."""
    shutil.copy(home() / FOLDER / "open_survey.csv", tmp_path)
    update = {"file": str(tmp_path / "open_survey.csv")}
    source = illustrative_sources(home())["illustrative_open_survey"].model_copy(update=update)
    with pytest.raises(RegisterError, match="no codebook beside it"):
        answers_of(source)
