"""The SVG of a figure as an element of a page: words stay words, ids are its own, and a policy may forbid styles."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

from stats.errors import CannotOpen
from stats.publish.documents.model import Picture
from stats.publish.visible import visible

KNOWN = frozenset(
    ["svg", "g", "defs", "path", "use", "rect", "circle", "line", "polyline", "polygon", "text", "tspan", "clipPath",
     "pattern"]
)  # fmt: skip
"""What a figure is drawn of. Nothing in it runs, and nothing leads out of it."""

SAID_OTHERWISE = frozenset(["title", "desc", "metadata", "style"])
"""Title and description stand on the page: in an element that is shown they would also be a box under the mouse."""

_GIVEN = frozenset(
    ["viewBox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "d", "points", "width",
     "height", "transform", "patternUnits", "patternTransform", "preserveAspectRatio"]
)  # fmt: skip
_STYLED = frozenset(
    ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
     "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "stroke-miterlimit", "opacity", "font-size",
     "font-family", "font-weight", "font-style", "text-anchor", "clip-path", "clip-rule"]
)  # fmt: skip
_SHAPES = ("path", "rect", "circle", "line", "polyline", "polygon")
_SHEET = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_POINTS = re.compile(r"(url\()?#([^)\s]+)(\))?")


def inline(picture: Picture, prefix: str) -> Element:
    """Return the picture as an element.

    Parameters
    ----------
    picture : Picture
    prefix : str
        Of every id in it, and of no other picture of the page.

    Raises
    ------
    CannotOpen
        If the SVG is not XML, or holds anything that a figure of ours is not drawn of.
    """
    try:
        root = fromstring(picture.svg)  # noqa: S314 - a figure of ours; expat loads nothing and bounds what it expands
    except ParseError as problem:
        raise _unfit(picture, f"is no XML: {problem}") from None
    sheets = [_SHEET.fullmatch(one.text or "") for one in root.iter() if _name(one) == "style"]
    if not all(sheets):
        raise _unfit(picture, "has a style sheet with more than one rule for all")
    common = {k: v for sheet in sheets if sheet for k, v in _declared(sheet[1]).items()}
    made = _copied(root, picture, prefix, common)
    for name in ("width", "height"):
        made.attrib.pop(name, None)
    made.attrib |= {"role": "img", "aria-label": visible(picture.alt)}
    return made


def _copied(old: Element, picture: Picture, prefix: str, common: dict[str, str]) -> Element:
    """Copy what is known, with styles as attributes: a policy that forbids styles lets those stand."""
    name = _name(old)
    if name not in KNOWN:
        raise _unfit(picture, f"holds <{name}>")
    new = Element(name, _attributes(old, prefix))
    if name in _SHAPES:
        new.attrib = {**common, **new.attrib}
    new.text, new.tail = _text(old.text, name), "\n"
    for child in old:
        if _name(child) not in SAID_OTHERWISE:
            new.append(_copied(child, picture, prefix, common))
            new[-1].tail = _text(child.tail, name) or "\n"
    return new


def _attributes(old: Element, prefix: str) -> dict[str, str]:
    made = {k: v for k, v in old.attrib.items() if k in _GIVEN or k in _STYLED}
    made |= {k: v for k, v in _declared(old.get("style", "")).items() if k in _STYLED}
    made = {k: _POINTS.sub(rf"\g<1>#{prefix}\g<2>\g<3>", v) if v.startswith("url(#") else v for k, v in made.items()}
    made = {k: v for k, v in made.items() if "url(" not in v or v.startswith(f"url(#{prefix}")}
    if "id" in old.attrib:
        made["id"] = prefix + old.attrib["id"]
    for name in ("href", "{http://www.w3.org/1999/xlink}href"):
        if old.get(name, "").startswith("#"):
            made["href"] = f"#{prefix}{old.attrib[name][1:]}"
    return made


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _name(element: Element) -> str:
    return str(element.tag).removeprefix("{http://www.w3.org/2000/svg}")


def _text(words: str | None, name: str) -> str:
    return words or "" if name in ("text", "tspan") else ""


def _unfit(picture: Picture, what: str) -> CannotOpen:
    return CannotOpen(
        "a figure cannot stand in a page.", [("figure", picture.name), ("its SVG", what)],
        "Make it again: make figures",
    )  # fmt: skip
