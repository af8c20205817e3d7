"""Elements of a page, built so that no word of a draft can ever become a tag, an attribute or a script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from stats.publish.visible import visible, visible_lines

Inner = Element | str | None
_HTTPS = re.compile(r"https://[^\s<>\"'\\^`{|}]+[^\s<>\"'\\^`{|}.,;:!?)\]]")
_BLOCKS = frozenset(
    ["html", "head", "body", "main", "header", "footer", "section", "h1", "h2", "h3", "h4", "p", "dl", "dt", "dd",
     "div", "ul", "ol", "li", "table", "caption", "tr", "th", "td", "thead", "tbody", "meta", "title", "nav", "figure",
     "figcaption", "details", "summary"]
)  # fmt: skip
"""Elements with a line of their own in the file, so that a person can read it."""

_AS_IT_IS = frozenset(("style",))


def el(tag: str, *inner: Inner, **attributes: str) -> Element:
    """Return an element with what stands in it; every text is made visible here, and escaped when it is written.

    Parameters
    ----------
    tag : str
    *inner : Element, str or None
    **attributes : str
        `class_` for class, `http_equiv` for http-equiv.
    """
    made = Element(tag, {name.rstrip("_").replace("_", "-"): visible(value) for name, value in attributes.items()})
    last: Element | None = None
    for one in inner:
        if isinstance(one, Element):
            made.append(one)
            last = one
        elif one is not None:
            words = one if tag in _AS_IT_IS else visible_lines(one)
            if last is None:
                made.text = (made.text or "") + words
            else:
                last.tail = (last.tail or "") + words
    if tag in _BLOCKS:
        made.tail = "\n"
    return made


def bdi(words: str) -> Element:
    """Return words of a draft, whose direction of reading stays their own."""
    return el("bdi", words)


def linked(words: str) -> list[Inner]:
    """Return words with their addresses as links; only addresses of https become any."""
    inner: list[Inner] = []
    at = 0
    for found in _HTTPS.finditer(words):
        inner += [words[at : found.start()], link(found[0], found[0], class_="bare")]
        at = found.end()
    return [*inner, words[at:]]


def link(address: str, words: str, **attributes: str) -> Inner:
    """Return a link that tells its target nothing; the words alone if the address is not of https."""
    if not _HTTPS.fullmatch(address):
        return words
    return el("a", words, href=address, rel="noopener noreferrer", **attributes)


def rows(pairs: Iterable[tuple[str, list[Inner]]]) -> Element:
    """Return a list of terms, each with what is said of it; what says nothing is left out."""
    made = el("dl")
    for term, said in pairs:
        if any(one is not None and one != "" for one in said):
            made.append(el("div", el("dt", term), el("dd", *said)))
    return made


def written(page: Element) -> bytes:
    """Return a page as the bytes of a file."""
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}".encode()
