import pytest

from stats.registers import load

FORCES = [area.name for area in load().areas.forces]


@pytest.mark.parametrize("area", FORCES)
def test_name_of_every_force_fits_on_its_bars(studio, misplaced, seen, area):
    """Each force with England and Wales beside it: both names stand beside their bars and touch nothing."""
    drawing = studio.outcomes_of(area, "stalking")
    assert misplaced(drawing.figure) == []
    shown = [text for text, _ in seen(drawing.figure)]
    assert shown.count(area) == 1
    assert shown.count("England and Wales") == 1
