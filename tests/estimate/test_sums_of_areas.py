"""Areas that do not overlap are added, and keep what they are; a local break inside a period is seen."""

import pytest

from stats.errors import NotComparable
from stats.estimate.change import difference, total


def test_three_forces_are_added_one_by_one(count):
    """A sum keeps its contract, so that another force can be added to it."""
    kent, essex, surrey = (count(force, "stalking", "2024/25") for force in ("Kent", "Essex", "Surrey"))
    three = total(total(kent, essex), surrey)
    assert three.value == kent.value + essex.value + surrey.value
    assert three.contract.area.name == "Kent and Essex and Surrey"


def test_nations_and_the_transport_police_add_up_to_england_and_wales(count):
    """England, Wales and British Transport Police do not overlap and leave nothing out."""
    parts = [count(area, "stalking", "2024/25") for area in ("England", "Wales", "BTP")]
    assert total(total(*parts[:2]), parts[2]).value == count("England and Wales", "stalking", "2024/25").value


@pytest.mark.parametrize(("first", "second"), [("Kent", "England"), ("England and Wales", "BTP"), ("Kent", "Kent")])
def test_an_area_is_not_added_to_one_that_holds_it(first, second, count):
    """Offences would be counted twice."""
    with pytest.raises(NotComparable, match="overlap or leave a hole"):
        total(count(first, "stalking", "2024/25"), count(second, "stalking", "2024/25"))


def test_a_force_is_not_added_to_a_sum_that_holds_its_nation(count):
    """The parts of a sum are looked through."""
    both = total(count("England", "stalking", "2024/25"), count("Gwent", "stalking", "2024/25"))
    with pytest.raises(NotComparable, match="overlap"):
        total(both, count("Kent", "stalking", "2024/25"))


def test_a_local_break_inside_the_period_parts_two_forces(count):
    """Merseyside's recording changed in April 2015; Cheshire's did not."""
    merseyside, cheshire = (count(f, "stalking", "year ending December 2015") for f in ("Merseyside", "Cheshire"))
    with pytest.raises(NotComparable, match="April 2015"):
        difference(merseyside, cheshire)
    before = [count(f, "stalking", "year ending March 2015") for f in ("Merseyside", "Cheshire")]
    assert difference(*before).value == before[1].value - before[0].value
