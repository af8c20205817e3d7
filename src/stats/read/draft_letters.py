"""The letters of a document: bytes to text, and text to the plain letters that numbers are read from.

A number may be written with full-width or Arabic digits, with a thin space between thousands, or with signs inside it
that nobody sees. Each becomes the plain number, and the place where it was written is kept.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from stats.read.recognise import refuse

MOST_CONTROLS = 0.02
"""More control signs than this share of all letters: no text."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_ODD = re.compile(r"\s{2,}|[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2013-\u2027\u20ac]")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u2007-\u2009\u202f](?:[\u200b-\u200d\u2060\ufeff]?\d){3})+(?!\d)")
_GROUPING = re.compile(r"[\u00a0\u2007-\u2009\u202f]")
_LINE = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CHOSEN = re.compile(r"[\ufe00-\ufe0f]")
_LIKE = {"\u066b": ".", "\u066c": ",", "\u066a": "%", "\ufe6a": "%", "\u2010": "-", "\u2011": "-", "\ufe63": "-"}
_META = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,30})"
    rb"|<\?xml[^>]{0,200}encoding=[\"']([\w-]{1,30})",
    re.I,
)


class Plain(NamedTuple):
    """Plain letters; where they part from the letters as written; and how many signs were left out, by kind."""

    text: str
    breaks: list[tuple[int, int]]
    left_out: Counter[str]


def plain(written: str) -> Plain:
    """Return the plain letters of a text.

    Digits of any script become 0 to 9, spaces inside a number commas, ligatures letters, runs of blanks one blank.
    Signs that steer the direction of reading or have no width are left out, so that numbers stand in logical order.
    """
    written = _GROUPED.sub(lambda found: _GROUPING.sub(",", found[0]), written)
    out: list[str] = []
    breaks, left_out = [(0, 0)], Counter[str]()
    at = length = 0
    for found in _ODD.finditer(written):
        letter, new = found[0], _plain_letter(found[0])
        if new == letter:
            continue
        out += (written[at : found.start()], new)
        length += found.start() - at + len(new)
        at = found.end()
        if not new:
            left_out[_unseen(letter)] += 1
        if len(new) != len(letter):
            breaks.append((length, at))
    out.append(written[at:])
    return Plain("".join(out), breaks, left_out)


def _plain_letter(letter: str) -> str:
    if letter.isspace():
        return "\n" if _LINE.search(letter) else "\t" if "\t" in letter else " "
    if letter in _LIKE:
        return _LIKE[letter]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if "\uff01" <= letter <= "\uff5e":
        return chr(ord(letter) - 0xFEE0)
    if "\ufb00" <= letter <= "\ufb06":
        return unicodedata.normalize("NFKC", letter)
    return "" if unicodedata.category(letter) in ("Cf", "Cc") or _CHOSEN.match(letter) else letter


def _unseen(letter: str) -> str:
    if _BIDI.match(letter):
        return "signs that steer the direction of reading"
    if letter == "\u00ad":
        return "soft hyphens"
    return "signs without width" if unicodedata.category(letter) != "Cc" else "control signs"


def decoded(path: Path, data: bytes) -> tuple[str, list[str]]:
    """Return the text that bytes stand for, and what a reader should know of how it was found.

    Raises
    ------
    CannotOpen
        If the bytes are no text.
    """
    text, told = _by_mark(path, data) or _by_nuls(data) or _by_lines(data)
    if len(_CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        refuse(path, "this is no document that we know, and no text.", f"it begins {data[:16]!r}",
               "Save it as .docx, .odt, .pdf or plain text, and give that file.")  # fmt: skip
    return text, told


def _by_mark(path: Path, data: bytes) -> tuple[str, list[str]] | None:
    for mark, name in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), []
            except UnicodeDecodeError as problem:
                if name != "utf-8":
                    refuse(path, f"the text is damaged: it is marked as {name.upper()}, and is not.", problem,
                           "Save it again as UTF-8, and give that file.")  # fmt: skip
    return None


def _by_nuls(data: bytes) -> tuple[str, list[str]] | None:
    """UTF-16 without its mark: every second byte of English is NUL."""
    head = data[:4096]
    for name, nuls in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 4 and nuls.count(0) > 0.8 * len(nuls):
            try:
                return data.decode(name), ["The text is in UTF-16 without a mark that says so."]
            except UnicodeDecodeError:
                pass
    return None


def _by_lines(data: bytes) -> tuple[str, list[str]]:
    """UTF-8; else what the page says of itself; else line by line, the lines that are not UTF-8 as Windows-1252."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if data.isascii():
        return data.decode("ascii"), []
    said = _said(data[:2048])
    if said and said != "utf-8":
        return data.decode(said, "replace"), []
    lines = [_line(line) for line in data.splitlines(keepends=True)]
    if any(is_utf8 and not text.isascii() for text, is_utf8 in lines):
        how = "Some lines are in UTF-8 and some are not; those were read as Windows-1252."
    else:
        how = "The text is not in UTF-8; it was read as Windows-1252."
    return "".join(text for text, _ in lines), [how]


def _line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return "".join(_WINDOWS[byte] for byte in line), False


def _said(head: bytes) -> str | None:
    """Return the encoding a web page names, if it is one that pages have; Latin-1 means Windows-1252 there."""
    found = _META.search(head)
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    known = name.startswith(("cp125", "iso8859", "koi8", "gb", "shift_jis", "euc", "big5", "utf-8"))
    return ("cp1252" if name in ("iso8859-1", "ascii") else name) if known else None


_WINDOWS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
