"""Characters that hide or draw a number, and texts without what spellings differ in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "_": " "})
_HIDDEN = {"Cf": "a format character", "Cc": "a control character", "Co": "a private character",
           "Cn": "no character", "No": "a number-like character", "Nl": "a number-like character",
           "So": "a drawn sign"}  # fmt: skip
_ARROWS = range(0x2190, 0x2200)
_RUN = re.compile(r"([^\w\s\u2018-\u201f\ufffc!-~])(?:\s?\1)+|([A-Za-z])\2{2,}|\b(?:[A-Za-z] ){3,}[A-Za-z]\b")
_ASCII_RUN = re.compile(r"([!-/:-@\[-`{-~])(?: ?\1){2,}")


def folded(text: str) -> str:
    r"""Return a text in which what looks alike is alike: compatible forms, accents and quotation marks; lines stay.

    Examples
    --------
    >>> folded("\u2074\u2070, f\u00f3rty")
    '40, forty'
    """
    apart = unicodedata.normalize("NFKD", text.translate(_LIKE))
    return "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Me"))


def strange(text: str, symbols: str) -> Iterator[tuple[int, str, str]]:
    """Give each character that hides or draws something: where, what, and which kind it is.

    Parameters
    ----------
    text : str
    symbols : str
        Signs that may stand all the same.
    """
    for at, one in enumerate(text):
        kind = "" if one in symbols + "\n\t\ufffc" else _kind(one)
        if kind:
            yield at, f"U+{ord(one):04X}", kind
    for found in _RUN.finditer(text):
        if found[0].casefold() != "www":
            yield found.start(), found[0], "a run that can be counted"


def tallies(text: str) -> Iterator[tuple[int, str, str]]:
    """Give each run of a plain sign, as in '||||'; Markdown has such runs, so this is for finished text."""
    for found in _ASCII_RUN.finditer(text):
        yield found.start(), found[0], "a run that can be counted"


def _kind(one: str) -> str:
    """Return what kind of strange character it is, or nothing."""
    category = unicodedata.category(one)
    if category in _HIDDEN:
        return _HIDDEN[category]
    if ord(one) in _ARROWS:
        return "an arrow"
    if category == "Nd" and not one.isascii():
        return "a digit of another script"
    base = unicodedata.normalize("NFKD", one)[0]
    return "a letter that is not of the English alphabet" if category[0] == "L" and not base.isascii() else ""
