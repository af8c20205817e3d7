"""The printed totals that a release is tied to: told, asked for, printed in the file, or registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stats.errors import UsageMistake
from stats.run.release_totals import EXAMPLES, tied_in_words, with_totals

THREE = (
    "England and Wales, stalking, 2024/25 = 135,628",
    "Lincs, stalking and harassment, 2024/25 Q1 = 2 345",
    "London, City of, 8L, year ending December 2024=12",
)


def tied(source, registers, *told, ask=None, printed_by=None, not_tied=None, in_file=0):
    """Return the source and fields with totals."""
    return with_totals(
        source, {}, told=told, printed_by=printed_by, not_tied=not_tied, in_file=in_file, registers=registers, ask=ask
    )


@pytest.fixture
def recorded(registers):
    """A release of recorded offences that no register knows."""
    known = registers.source("home_office_recorded_2026_04_23")
    return known.model_copy(update={"id": "new", "published": "2026-07-23", "totals": ()})


@pytest.fixture
def outcomes(registers):
    """A release of outcomes that no register knows."""
    known = registers.newest("outcomes")
    return known.model_copy(update={"id": "new", "published": "2026-07-23", "totals": ()})


@pytest.fixture
def population(registers):
    """A release of a population that no register knows."""
    return registers.source("ons_population_2024").model_copy(update={"id": "new", "not_tied": None})


def test_totals_are_kept_with_the_entry(recorded, registers):
    """Each has its area, codes and days; of the release itself none may stray, and the fields can be written."""
    source, fields = tied(recorded, registers, *THREE)
    assert [t.printed for t in source.totals] == [135628, 2345, 12]
    assert [t.area_code for t in source.totals] == ["K04000001", "E23000020", "E23000034"]
    assert source.totals[1].codes == ("8L", "8M", "8Q", "8R", "8U")
    assert (source.totals[2].start, source.totals[2].end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert {t.tolerance_pct for t in source.totals} == {0}
    assert fields["totals"][0] == {
        "printed": 135628, "printed_by": "the release itself", "codes": ["8Q"], "area_code": "K04000001",
        "start": date(2024, 4, 1), "end": date(2025, 3, 31), "tolerance_pct": 0,
    }  # fmt: skip
    assert "not_tied" not in fields


def test_several_stand_in_one_text(recorded, registers):
    """As `make quarter TOTALS=` gives them."""
    assert tied(recorded, registers, ";".join(THREE) + ";") == tied(recorded, registers, *THREE)


def test_totals_of_another_publication_may_be_of_another_day(recorded, registers):
    """Within 1%, and its name is kept."""
    source, _ = tied(recorded, registers, *THREE, printed_by="ONS, Crime in England and Wales")
    assert {(t.printed_by, t.tolerance_pct) for t in source.totals} == {("ONS, Crime in England and Wales", 1)}


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("England and Wales, stalking, 2024/25", "no number stands behind"),
        ("England and Wales, stalking, 2024/25 = many", "no number stands behind"),
        ("England and Wales, stalking, 2024/25 = 0", "no number stands behind"),
        ("England and Wales, stalking, 2024 = 5", "2024"),
        ("Yorkshire, stalking, 2024/25 = 5", "Yorkshire"),
        ("Kent, theft, 2024/25 = 5", "theft"),
        ("stalking, 2024/25 = 5", "cannot be understood"),
        ("Kent, stalking, 2031/32 = 5", "does not cover this period"),
    ],
)
def test_a_total_that_cannot_be_understood_stops(recorded, registers, words, wrong):
    """It is shown as given, with how one is written."""
    with pytest.raises(UsageMistake) as stopped:
        tied(recorded, registers, words, *THREE[1:])
    assert wrong in str(stopped.value)
    assert words in str(stopped.value)
    assert EXAMPLES["recorded_offences"] in str(stopped.value)


def test_the_same_total_thrice_is_one(recorded, registers):
    """Under another name of the area too."""
    with pytest.raises(UsageMistake, match="same area, offences and period"):
        tied(recorded, registers, *THREE[:2], "E&W, 8Q, year ending March 2025 = 135,628")


def test_what_is_missing_is_asked_for(recorded, registers):
    """At a terminal, one question for each total that is lacking."""
    asked, answers = [], iter(THREE[1:])

    def ask(name, meaning):
        asked.append(name)
        assert EXAMPLES["recorded_offences"] in meaning
        return next(answers)

    assert tied(recorded, registers, THREE[0], ask=ask) == tied(recorded, registers, *THREE)
    assert asked == ["total 2 of 3", "total 3 of 3"]


def test_totals_in_the_file_and_in_the_register_count(recorded, registers):
    """Three rows of totals that add up are three; so are those that the register has of this very release."""
    assert tied(recorded, registers, in_file=3) == (recorded, {})
    with pytest.raises(UsageMistake, match=r"found:\s+2: 2 in the file and the registers, 0 told"):
        tied(recorded, registers, in_file=2)
    source = recorded.model_copy(update={"id": "home_office_recorded_2026_04_23"})
    assert tied(source, registers) == (source, {})


def test_why_it_is_not_tied_is_kept_and_wanted_only_then(recorded, registers):
    """A reason beside three totals is a mistake; with fewer it stands in the entry, and nothing is asked for."""
    source, fields = tied(recorded, registers, THREE[0], not_tied="None is printed.", ask=pytest.fail)
    assert (source.not_tied, fields["not_tied"], len(fields["totals"])) == ("None is printed.", "None is printed.", 1)
    with pytest.raises(UsageMistake, match="so it is tied"):
        tied(recorded, registers, *THREE, not_tied="None is printed.")


def test_outcomes_are_tied_to_the_offences_of_their_day_or_to_totals_by_type(outcomes, registers):
    """The offences of one day are more than three totals; without them a type may be named, or left out."""
    same_day = outcomes.model_copy(update={"published": "2026-04-23"})
    assert tied(same_day, registers) == (same_day, {})
    assert tied_in_words(same_day, 0, registers) == (
        "tied to", "the recorded offences of the same day (home_office_recorded_2026_04_23)",
    )  # fmt: skip
    where = "England and Wales, stalking, 2024/25"
    source, _ = tied(
        outcomes, registers, EXAMPLES["outcomes"], f"{where}, 16 = 64,570", f"{where} = 135,628"
    )  # fmt: skip
    assert [t.outcome_types for t in source.totals] == [("1",), ("16",), ()]
    with pytest.raises(UsageMistake, match=r"(?s)no outcome type.*nearest:\s+charged or summonsed"):
        tied(outcomes, registers, f"{where}, Charged or summoned = 5")


def test_populations_are_tied_by_area_and_year(population, registers):
    """A total of residents names no offence."""
    three = ("England and Wales, mid-2024 = 61,806,682", "Kent, 2024 = 1", "England, 2024 = 2")
    source, fields = tied(population, registers, *three)
    assert {(t.codes, t.start, t.end) for t in source.totals} == {((), date(2024, 6, 30), date(2024, 6, 30))}
    assert "codes" not in fields["totals"][0]
    with pytest.raises(UsageMistake, match="an area and a year are wanted"):
        tied(population, registers, "Kent, 2024/25 = 1")


def test_what_a_release_is_tied_to_is_told(recorded, registers):
    """The totals and who printed them; or, first of all, that it is not tied."""
    known = registers.source("home_office_recorded_2018")
    label, words = tied_in_words(known, 2, registers)
    assert label == "tied to"
    assert words.startswith("2 totals in the file add up; England and Wales, 8L 8M 8Q 8R 8U, year ending March 2018: ")
    assert "is tied to nothing" not in words
    totals = {
        name: total for name, total in registers.totals.items() if total.release == "home_office_recorded_2026_04_23"
    }
    _, words = tied_in_words(registers.newest("recorded_offences"), 0, replace(registers, totals=totals))
    assert words.endswith("none of these reaches December 2025, so what is newest is tied to nothing")
    label, words = tied_in_words(recorded.model_copy(update={"not_tied": "Why."}), 0, replace(registers, totals={}))
    assert (label, words) == ("NOT TIED", "to three printed totals: Why.")
