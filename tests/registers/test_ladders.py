import pytest

from stats.errors import RegisterError

IMPLIED = "      implied: {percent_figure: slt-custody-share-2019-20}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (IMPLIED, ""),
        (IMPLIED, IMPLIED + "      figure: slt-charged-2019-20\n"),
        (IMPLIED, IMPLIED + "      why_missing: not to hand\n"),
        ("      figure: slt-charged-2019-20\n", "      figure: slt-charged-2019-20\n      why_missing: not to hand\n"),
    ],
)
def test_rung_is_a_figure_an_implied_count_or_a_reason(broken, old, new):
    """A step with nothing in it, or with two answers at once, is refused."""
    with pytest.raises(
        RegisterError,
        match=r"(?s)entry:\s+stalking-2019-20.*rungs\.[23]:.*exactly one of figure, implied and why_missing",
    ):
        broken.damage("registers/ladders.yml", old, new).load()


def test_ladder_goes_from_victims_to_convictions(registers):
    """The steps are in the order of the process, and each counts something of its own."""
    for ladder in registers.ladders.values():
        assert [r.step for r in ladder.rungs] == [
            "Victims estimated by survey",
            "Offences recorded",
            "Offences charged so far",
            "People convicted",
        ]
        assert len({registers.measure(r.measure).numerator.unit for r in ladder.rungs}) == 3


def test_ladder_names_every_figure_it_rests_on(registers):
    """Figures of rungs, of implied counts and of rates are all there, so that each can be checked."""
    assert set(registers.ladder("stalking-2019-20").figures) == {
        "lords-survey-victims-2019-20",
        "slt-recorded-2019-20",
        "slt-charged-2019-20",
        "slt-custody-share-2019-20",
        "slt-charge-share-2019-20",
        "bbc-charge-share-2019-20",
        "slt-conviction-ratio-victims-2019-20",
    }


def test_missing_step_gives_its_reason(registers):
    """Where there is no figure the ladder says why, and nothing is filled in."""
    survey = registers.ladder("stalking-2021-22").rungs[0]
    assert survey.figure is None
    assert "no Crime Survey estimate" in survey.why_missing


def test_misspelt_field_of_a_rung_is_named(broken):
    """A slip deep in a ladder is named by its place."""
    with pytest.raises(RegisterError, match=r"(?s)ladders\.yml.*rungs\.0\.mesure:\s+no such field"):
        broken.damage("registers/ladders.yml", "      measure: survey", "      mesure: survey").load()


def test_ladder_is_named_for_its_period(broken, registers):
    """Claims are held against the period, and readers meet the name: the two may not differ."""
    assert registers.ladder("stalking-2021-22").period.label == "year ending March 2022"
    with pytest.raises(RegisterError, match=r"(?s)stalking-2021-22.*year ending March 2023, and plain_name"):
        broken.damage(
            "registers/ladders.yml", "start: 2021-04-01\n  end: 2022-03-31", "start: 2022-04-01\n  end: 2023-03-31"
        ).load()
