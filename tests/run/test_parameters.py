"""The one door to a notebook's parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.errors import BadParameter, BadPeriod, NotCovered, NotToHand, UnknownName
from stats.run.parameters import ChargeShare, PeopleAndCaseFiles, RecordedOffences, RecordedToConvicted, model_of
from stats.run.plan import brief_paths, defaults, load_brief

ROOT = Path(__file__).parents[2]
RECORDED = defaults("recorded_offences", ROOT)
CHARGE = defaults("charge_share", ROOT)


def test_a_misspelt_parameter_names_the_nearest() -> None:
    """Papermill would only warn and run on with the default."""
    with pytest.raises(BadParameter, match="Did you mean 'offence'"):
        ChargeShare.ask(**{**CHARGE, "ofence": "stalking"})


def test_a_missing_parameter_is_named() -> None:
    """Nothing falls back to a hidden default."""
    with pytest.raises(BadParameter, match=r"period:\s+is missing"):
        ChargeShare.ask(**{k: v for k, v in CHARGE.items() if k != "period"})


@pytest.mark.parametrize(
    ("name", "value"), [("area", 4.1), ("offence", 8), ("start", 2020), ("across_breaks", "maybe"), ("by", "month")]
)
def test_a_wrong_type_stops_and_is_shown(name: str, value: object) -> None:
    """A code or a year that turned into a number is refused, not read."""
    with pytest.raises(BadParameter, match=rf"{name}:"):
        RecordedOffences.ask(**{**RECORDED, name: value})


def test_a_near_choice_is_offered() -> None:
    """by=quarters is one letter off."""
    with pytest.raises(BadParameter, match="Did you mean by=quarter"):
        RecordedOffences.ask(**{**RECORDED, "by": "quarters"})


def test_an_offence_code_given_as_words_stays_text() -> None:
    """`8E1` must not become 80, nor `8Q` anything but 8Q."""
    with pytest.raises(UnknownName, match="8E1"):
        ChargeShare.from_text({"offence": "8E1"}, CHARGE)
    assert ChargeShare.from_text({"offence": "8Q"}, CHARGE).group.codes == ("8Q",)


def test_an_unknown_area_names_the_nearest() -> None:
    """A typing error in a force is answered with the force."""
    with pytest.raises(UnknownName, match="Lincolnshire"):
        ChargeShare.ask(**{**CHARGE, "area": "Linconshire"})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Met", "E23000001"),
        ("Devon & Cornwall", "E23000035"),
        ("Heddlu Gwent", "W15000002"),
        ("E23000020", "E23000020"),
    ],
)
def test_areas_go_by_any_of_their_names(words: str, code: str) -> None:
    """Short, Welsh and old names and codes all work."""
    assert ChargeShare.ask(**{**CHARGE, "area": words}).places[0].code == code


@pytest.mark.parametrize(("name", "place"), [("area", "Scotland"), ("beside", "PSNI"), ("area", "UK")])
def test_a_place_elsewhere_is_refused_at_the_door(name: str, place: str) -> None:
    """Scotland is refused as such, in the area and in the one beside it."""
    with pytest.raises(NotCovered, match=r"is not covered \(England and Wales only\)"):
        ChargeShare.ask(**{**CHARGE, name: place})


@pytest.mark.parametrize("start", ["2030/31", "2011/12"])
def test_a_period_outside_the_data_stops_before_anything_runs(start: str) -> None:
    """Nothing is extrapolated."""
    with pytest.raises(NotToHand, match="to hand"):
        RecordedOffences.ask(**{**RECORDED, "start": start, "end": start})


def test_an_impossible_period_names_what_would_do() -> None:
    """2024/26 is not a financial year."""
    with pytest.raises(BadPeriod, match="second year follows"):
        ChargeShare.ask(**{**CHARGE, "period": "2024/26"})


def test_a_bare_year_is_refused() -> None:
    """Calendar, financial and 'ending' years differ."""
    with pytest.raises(BadPeriod, match="bare year"):
        ChargeShare.ask(**{**CHARGE, "period": "2024"})


def test_a_quarter_asked_for_by_year_is_refused() -> None:
    """A span must be written in the step it is asked in."""
    with pytest.raises(BadParameter, match="by=quarter"):
        RecordedOffences.ask(**{**RECORDED, "start": "2020/21 Q1", "end": "2020/21 Q4", "by": "year"})


def test_an_end_before_its_start_is_refused() -> None:
    """The error speaks of the two dates."""
    with pytest.raises(BadPeriod, match="before it starts"):
        RecordedOffences.ask(**{**RECORDED, "start": "2022/23", "end": "2020/21"})


def test_a_class_that_did_not_exist_yet_is_refused() -> None:
    """There was no stalking class before April 2014."""
    with pytest.raises(NotToHand, match=r"(?s)class begins:.*2014-04-01.*Start at April 2014"):
        RecordedOffences.ask(**{**RECORDED, "start": "2013/14"})


def test_8s_is_named_for_what_it_is() -> None:
    """8S is an assault, not stalking."""
    with pytest.raises(UnknownName, match="assault with injury on a constable"):
        ChargeShare.ask(**{**CHARGE, "offence": "8S"})


def test_unknown_documents_ladders_and_claims_name_the_nearest() -> None:
    """Every register that a parameter points to is looked up at the door."""
    with pytest.raises(UnknownName, match="article_000"):
        PeopleAndCaseFiles.ask(document="article_0000")
    with pytest.raises(UnknownName, match="stalking-2021-22"):
        RecordedToConvicted.ask(ladder="stalking-2021-23", claims=[])
    with pytest.raises(UnknownName, match="nearest:  C00"):
        RecordedToConvicted.ask(ladder="stalking-2021-22", claims=["C003-99"])


def test_an_unknown_notebook_names_the_nearest() -> None:
    """A typing error in the notebook is answered with the notebook."""
    with pytest.raises(BadParameter, match="charge_share"):
        model_of("charge_shares")


def test_words_become_the_fields_own_type() -> None:
    """Yes and no are truth values, a list is parted at commas, all else is text."""
    asked = RecordedOffences.from_text(
        {"across_breaks": "No", "claims": "C004-06, C004-07", "start": "2020/21"}, RECORDED
    )
    assert asked.across_breaks is False
    assert asked.claims == ("C004-06", "C004-07")
    assert asked.start == "2020/21"


def test_every_committed_brief_is_valid() -> None:
    """All briefs pass the door."""
    assert len([load_brief(path) for path in brief_paths((), ROOT)]) >= 7


def test_a_wrong_brief_names_its_file_and_field(tmp_path: Path) -> None:
    """A misspelt field of a brief is answered with the field."""
    path = tmp_path / "mine.yml"
    path.write_text("title: x\nnotebok: charge_share\nparameters: {}\n", "utf-8")
    with pytest.raises(Exception, match=r"(?s)mine.*nearest is 'notebook'"):
        load_brief(path)


def test_an_unknown_brief_names_the_nearest() -> None:
    """Stats run lincolnshir is answered with lincolnshire."""
    with pytest.raises(BadParameter, match="lincolnshire"):
        brief_paths(["lincolnshir"], ROOT)
