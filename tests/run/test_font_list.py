from stats.draw.fonts import list_of_this_version
from stats.run.font_list import font_list


def test_the_list_is_that_of_the_installed_matplotlib():
    """A new matplotlib needs a new list: `python -m stats.run.font_list` makes it."""
    assert list_of_this_version().read_bytes() == font_list()


def test_the_list_names_no_place_of_a_machine():
    """Every file is named as it lies in matplotlib's own folder."""
    assert b'"fname": "/' not in font_list()
    assert b"fonts/ttf/DejaVuSans-Bold.ttf" in font_list()
