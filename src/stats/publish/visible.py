"""Words of a draft as they may be shown: signs that a terminal or a page would obey are spelt out."""

from __future__ import annotations

import re
import unicodedata

_ODD = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff]")
_BLANKS = re.compile(r"[ \t\n\r\x0b\x0c\xa0\x85\u2028\u2029]+")
_OBEYED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Control, format (direction of reading, no width), half a pair, private, unassigned, line and paragraph ends."""

_ASCII = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2026": "...",
     "\u00a0": " ", "\u00a3": "GBP "}
)  # fmt: skip


def visible(text: str) -> str:
    r"""Return a text on one line, in which nothing steers a terminal or the direction of reading.

    Examples
    --------
    >>> visible("5\u202e%\x1b[2J of\n these")
    '5<U+202E>%<U+001B>[2J of these'
    """
    return _ODD.sub(_spelt, _BLANKS.sub(" ", text))


def visible_lines(text: str) -> str:
    """Return a text with its lines and the spaces in them, otherwise like `visible`."""
    return "\n".join(_ODD.sub(_spelt, line) for line in text.replace("\r\n", "\n").replace("\t", " ").split("\n"))


def writable(text: str, encoding: str | None) -> str:
    r"""Return a text that a stream of this encoding can write.

    Examples
    --------
    >>> writable("\u201c\u017b\u00f3raw\u201d\u2026", "ascii")
    '"\\u017b\\xf3raw"...'
    """
    encoding = encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def around(text: str, start: int, end: int, most: int) -> tuple[str, str, str]:
    """Return what stands before a passage, the passage, and what stands after it: about `most` characters in all.

    Examples
    --------
    >>> around("Of all the offences that were recorded, 5% were charged in that year.", 40, 42, 40)
    ('… were recorded, ', '5%', ' were charged in …')
    """
    passage = text[start:end]
    if len(passage) > most // 2:
        passage = f"{passage[: most // 4].rstrip()} … {passage[-(most // 4) :].lstrip()}"
    room = most - len(passage)
    before, after = text[:start], text[end:]
    left = min(len(before), max(room // 2, room - len(after)))
    return _last(before, left), passage, _first(after, room - left)


def _last(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[len(text) - most :]
    return f"… {kept.split(' ', 1)[-1] if ' ' in kept[:-1] else kept}"


def _first(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[:most]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[1:] else kept} …"


def _spelt(found: re.Match[str]) -> str:
    sign = found[0]
    return f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in _OBEYED else sign
