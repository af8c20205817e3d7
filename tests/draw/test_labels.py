"""Labels stand where nothing is hidden, or are left out."""

import pytest

from stats.draw.labels import Box, place

ROOM = Box(0, 0, 6, 3)


def test_a_free_point_has_its_label_above():
    """The plain case."""
    [(text, box)] = place([("1,234", (3, 1))], within=ROOM, obstacles=[], lines=[])
    assert text == "1,234"
    assert box.bottom > 1


def test_a_label_goes_below_when_the_line_stands_above():
    """In a valley the line climbs on both sides."""
    [(_, box)] = place([("1,234", (3, 1))], within=ROOM, obstacles=[], lines=[((2.5, 2), (3, 1)), ((3, 1), (3.5, 2))])
    assert box.top < 1


def test_the_first_wanted_label_wins_and_the_other_moves():
    """Two points side by side never share a place."""
    placed = dict(place([("b", (3.05, 1)), ("a", (3, 1))], within=ROOM, obstacles=[], lines=[]))
    assert not placed["a"].meets(placed["b"])
    assert placed["b"].bottom > 1


def test_a_label_with_no_free_place_is_left_out():
    """The table holds the value; the chart does not print it over something else."""
    assert place([("1,234", (3, 1))], within=ROOM, obstacles=[Box(0, 0, 6, 3)], lines=[]) == []


@pytest.mark.parametrize("point", [(0, 0), (0, 1.5), (6, 1.5), (6, 0)])
def test_labels_stay_inside(point):
    """None is cut off, and none reaches the years under the axis."""
    [(_, box)] = place([("152,228", point)], within=ROOM, obstacles=[], lines=[])
    assert box.left >= 0
    assert box.bottom >= 0
    assert box.right <= 6


def test_a_label_crosses_the_line_of_a_break_only_where_no_other_place_is_free():
    """It goes below its point if a break stands beside it, and above if there is nothing else."""
    rule = Box(2.9, 0, 2.94, 3)
    [(_, box)] = place([("99,106", (3.1, 1))], within=ROOM, obstacles=[], lines=[], rather_not=[rule])
    assert not box.meets(rule)
    [(_, crossing)] = place(
        [("99,106", (2.92, 1))], within=Box(2.6, 0, 3.3, 3), obstacles=[], lines=[], rather_not=[rule]
    )
    assert crossing.meets(rule)


def test_a_label_of_two_lines_takes_the_room_of_both():
    """Twice as high as one line and as wide as the longer."""
    [(_, one)] = place([("up 54% a year", (3, 1))], within=ROOM, obstacles=[], lines=[])
    [(_, two)] = place([("up 54% a year\n(42%)", (3, 1))], within=ROOM, obstacles=[], lines=[])
    assert two.right - two.left == one.right - one.left
    assert two.top - two.bottom > 2 * (one.top - one.bottom)


def test_a_label_that_must_stay_over_its_point_is_left_out_rather_than_moved():
    """The middle stays where it is: over the point, under it, or nowhere."""
    wall = [Box(2.9, 1.05, 6, 3), Box(2.9, 0, 6, 0.95)]
    asked = {"within": ROOM, "obstacles": wall, "lines": []}
    assert place([("1,234", (3, 1))], **asked, only_over=True) == []
    assert place([("1,234", (3, 1))], **asked)
