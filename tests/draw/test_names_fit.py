import pytest

from stats.registers import load

AREAS = [area.name for area in load().areas.current.values()]


@pytest.mark.parametrize("area", AREAS)
def test_name_of_every_area_fits_over_a_series(studio, misplaced, area):
    """Title, subtitle and notes of a series of each of the 47 areas, with the longest offence group."""
    drawing = studio.series(area, "stalking and harassment", "2020/21", "2024/25")
    assert area.removesuffix(" Police") in drawing.words.title
    assert misplaced(drawing.figure) == []
