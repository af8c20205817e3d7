"""The parameters of compare_forces."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.errors import BadParameter, NotHonest, NotToHand, UnknownName
from stats.run.compare_forces import RANKS
from stats.run.parameters import CompareForces
from stats.run.plan import defaults, load_brief

ROOT = Path(__file__).parents[2]
ASKED = defaults("compare_forces", ROOT)


def test_no_force_is_named_by_default() -> None:
    """Everybody is on the figure; none is picked out."""
    assert CompareForces.ask(**ASKED).place is None
    assert CompareForces.ask(**{**ASKED, "highlight": "None"}).place is None


@pytest.mark.parametrize(("words", "code"), [("Lincs", "E23000020"), ("Heddlu Gwent", "W15000002"), ("BTP", "BTP")])
def test_a_force_goes_by_any_of_its_names(words: str, code: str) -> None:
    """Short and Welsh names and codes all work."""
    place = CompareForces.ask(**{**ASKED, "highlight": words}).place
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize("words", ["England", "Wales", "England and Wales"])
def test_a_nation_is_no_force(words: str) -> None:
    """The forces together are the line in the middle."""
    with pytest.raises(BadParameter, match="not one police force"):
        CompareForces.ask(**{**ASKED, "highlight": words})


@pytest.mark.parametrize("word", ["worst", "Best", "TOP", *RANKS])
def test_a_place_in_a_ranking_is_refused(word: str) -> None:
    """There is no worst force to name."""
    with pytest.raises(NotHonest, match="forces are not ranked"):
        CompareForces.ask(**{**ASKED, "highlight": word})


def test_wrong_names_and_periods_stop_before_anything_runs() -> None:
    """As in every notebook."""
    with pytest.raises(UnknownName, match="Lincolnshire"):
        CompareForces.ask(**{**ASKED, "highlight": "Linconshire"})
    with pytest.raises(NotToHand, match="to hand"):
        CompareForces.ask(**{**ASKED, "period": "2022/23"})
    with pytest.raises(UnknownName, match="8S"):
        CompareForces.ask(**{**ASKED, "offence": "8S"})


def test_the_brief_of_a_force_names_it() -> None:
    """Lincolnshire among the forces."""
    asked = load_brief(ROOT / "notebooks" / "briefs" / "lincolnshire_among_forces.yml").asked
    assert isinstance(asked, CompareForces)
    assert asked.place is not None
    assert asked.place.name == "Lincolnshire"
