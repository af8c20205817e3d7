"""The plot of a figure without the words round it, for where those stand as text that anybody can read and copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

from stats.publish.pictures import saved

_SVG = "http://www.w3.org/2000/svg"
_PLACE = re.compile(r"translate\(\S+ (\S+)\)")
for _prefix, _uri in (("", _SVG), ("xlink", "http://www.w3.org/1999/xlink")):
    register_namespace(_prefix, _uri)


Span = Sequence[float]
"""Where the plot begins and ends: how far down the picture, as shares of its height."""


def trimmed_svg(svg: bytes, between: Span) -> bytes:
    """Return the plot of a figure of ours; the words above and below are in it no more."""
    root = fromstring(svg)  # noqa: S314 - a figure of ours; expat loads nothing and bounds what it expands
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    begins, ends = (round(top + share * height, 3) for share in between)
    for drawn in root.findall(f"{{{_SVG}}}g"):
        for part in [one for one in drawn if _is_outside(one, begins, ends)]:
            drawn.remove(part)
    high = round(ends - begins, 3)
    root.attrib |= {"height": f"{high:g}pt", "viewBox": f"{left:g} {begins:g} {width:g} {high:g}"}
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def trimmed_png(png: bytes, between: Span) -> bytes:
    """Return the plot of a figure, with as many dots an inch."""
    from PIL import Image

    with Image.open(BytesIO(png)) as picture:
        begins, ends = (round(share * picture.height) for share in between)
        return saved(picture.crop((0, begins, picture.width, ends)))


def _is_outside(part: Element, begins: float, ends: float) -> bool:
    """Whether a part of a figure is words alone, and all above or below the plot."""
    places = [_height_of(one) for one in part]
    return bool(places) and all(place is not None and not begins < place < ends for place in places)


def _height_of(one: Element) -> float | None:
    if one.tag != f"{{{_SVG}}}text":
        return None
    moved = _PLACE.search(one.get("transform", ""))
    return float(one.get("y") or (moved[1] if moved else 0))
