"""The plot of a figure without the words round it."""

from __future__ import annotations

import json
from io import BytesIO
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from stats.draw.notes import WHOSE
from stats.home import home
from stats.publish.documents.pictures import picture_of
from stats.publish.documents.trimmed import trimmed_png, trimmed_svg

FIGURES = home() / "figures"
RECORDS = sorted(path for path in FIGURES.glob("*/*.json") if path.name != "numbers.json")


def words_in(svg: bytes) -> str:
    """All that is written in an SVG, lines and all, without blanks."""
    return "".join("".join(one.itertext()) for one in fromstring(svg).iter("{http://www.w3.org/2000/svg}text")).replace(
        " ", ""
    )


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_words_of_a_figure_stand_beside_it_or_in_it_and_none_twice(path) -> None:
    """Title, subtitle, notes and source line have left the picture; all other words are still in it."""
    record = json.loads(path.read_text("utf-8"))
    picture = picture_of(path.parent, path.stem)
    whole, left = words_in(path.with_suffix(".svg").read_bytes()), words_in(picture.svg)
    said = [picture.title, picture.subtitle, *picture.notes, picture.source_line]
    assert [words for words in said if words.replace(" ", "") not in whole] == []
    assert [words for words in said if words.replace(" ", "") in left] == []
    assert "notanofficialpublication" not in left
    gone = sum(len(words.replace(" ", "")) for words in [*said, WHOSE])
    assert len(left) >= len(whole) - gone > 0
    assert record["alt"] == picture.alt


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_of_the_plot_is_cut(path) -> None:
    """The edges of the picture are white from one side to the other, and both pictures have the same shape."""
    picture = picture_of(path.parent, path.stem)
    with Image.open(BytesIO(picture.png)) as drawn:
        edges = [drawn.crop((0, at, drawn.width, at + 1)).getcolors() for at in (0, drawn.height - 1)]
        assert [[colour for _, colour in edge or []] for edge in edges] == [[(255, 255, 255)]] * 2
        across, down = drawn.size
        assert drawn.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    _, _, wide, high = map(float, fromstring(picture.svg).attrib["viewBox"].split())
    assert across / down == pytest.approx(wide / high, rel=0.005)


def test_a_figure_without_words_round_it_stays_whole() -> None:
    """From its top to its bottom is all of it."""
    path = FIGURES / "lincolnshire" / "charged"
    svg, png = path.with_suffix(".svg").read_bytes(), path.with_suffix(".png").read_bytes()
    assert words_in(trimmed_svg(svg, (0, 1))) == words_in(svg)
    with Image.open(BytesIO(png)) as before, Image.open(BytesIO(trimmed_png(png, (0, 1)))) as after:
        assert before.tobytes() == after.tobytes()
