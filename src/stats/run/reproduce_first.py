"""The first thing in which a committed file is not what is rebuilt: a cell, a field, words or a sign, cut short."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any

from stats.publish.visible import visible

MOST, BEFORE, WORDS = 60, 20, 6
"""How many characters of a value are shown, how many before the first that differs, and how many words around."""

NOTHING = "nothing"
MARK = "Where this comes from: "
"""How the title of a number or claim in the text of a page begins; its id follows (`stats.publish.pack.verify`)."""


def first_difference(suffix: str, committed: bytes, made: bytes) -> str:
    """Return in one line how two files that are not the same bytes differ first, as 'committed → rebuilt'.

    Parameters
    ----------
    suffix : str
        '.csv', '.json', '.html' and so on; of bytes that are no text and no PNG it is said only that they differ.
    committed, made : bytes
    """
    if suffix == ".png":
        return f"differs{_pixels(committed, made)}"
    try:
        old, new = committed.decode("utf-8"), made.decode("utf-8")
    except UnicodeDecodeError:
        return "differs"
    try:
        told = {".csv": _table, ".json": _record, ".ipynb": _record, ".html": _page, ".svg": _picture}[suffix](old, new)
    except (KeyError, TypeError, ValueError, csv.Error):  # another form than such a file has
        told = ""
    return f"differs {told or _lines(old, new)}"


def _table(old: str, new: str) -> str:
    """Return the row and column of the first cell that differs."""
    tables = [list(csv.reader(io.StringIO(text, newline=""))) for text in (old, new)]
    (heads, *rows), (now, *others) = tables
    if heads != now:
        return f"in its columns: {changed(', '.join(heads), ', '.join(now))}"
    more = f" (of {len(rows):,} rows, rebuilt {len(others):,})" if len(rows) != len(others) else ""
    for at, (row, other) in enumerate(zip_longest(rows, others), 2):
        if row != other and (more or row is None or other is None or len(row) != len(other)):
            return f"in line {at}{more}: {changed(', '.join(row or ()), ', '.join(other or ()))}"
        for head, cell, is_now in zip(heads, row or (), other or (), strict=False):
            if cell != is_now:
                return f"in line {at} ({_short(row[0])}), column {_short(head)}: {changed(cell, is_now)}"
    return ""


def _record(old: str, new: str) -> str:
    """Return the fields that differ, then the printed numbers that do, or else the path of the first value."""
    committed, made = json.loads(old), json.loads(new)
    if not (isinstance(committed, dict) and isinstance(made, dict)):
        return ""
    fields = [key for key in {**committed, **made} if committed.get(key) != made.get(key)]
    if not fields:
        return ""
    told = _numbers(committed, made) or next(_paths(committed, made, ""), "")
    return f"in {_short(', '.join(fields))}: {told}"


def _numbers(committed: dict[str, Any], made: dict[str, Any]) -> str:
    """Return the first printed numbers that are not those that are rebuilt."""
    old, new = ({n["id"]: n["text"] for n in told.get("numbers", ())} for told in (committed, made))
    told = [f"{_short(name)} is {_short(text)}, rebuilt {_short(new.get(name, NOTHING))}"
            for name, text in old.items() if text != new.get(name)]  # fmt: skip
    told += [f"{_short(name)} is {NOTHING}, rebuilt {_short(text)}" for name, text in new.items() if name not in old]
    return "; ".join(told[:3])


def _paths(old: Any, new: Any, path: str) -> Iterator[str]:
    """Yield the path of each value that differs, with the value; a member of a list goes by its id if it has one."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _paths(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(old, list) and isinstance(new, list):
        for at, (one, other) in enumerate(zip_longest(old, new)):
            name = one.get("id", at) if isinstance(one, dict) else at
            yield from _paths(one, other, f"{path}[{name}]")
    elif old != new:
        yield f"{_short(path, from_end=True)}: {changed(_text(old), _text(new))}"


def _text(value: Any) -> str:
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _page(old: str, new: str) -> str:
    """Return the words round the first that differ, and which claim or number they are of; else the first tag."""
    pages = [_Words.of(text) for text in (old, new)]
    words, others = ([word for word, _ in page] for page in pages)
    at = _first(words, others)
    if at is None:
        return _tags(old, new)
    left, right = _last(words[at:], others[at:])
    before = " ".join(words[max(0, at - WORDS) : at])
    mark = next((page[at][1] for page in pages if at < len(page) and page[at][1]), "")
    of = f"in the words of {_short(mark)}" if mark else "in its words"
    return f"{of}, after “{_short(before, from_end=True)}”: {changed(' '.join(left), ' '.join(right))}"


def _picture(old: str, new: str) -> str:
    """Return the first text of a picture that differs; else the first tag."""
    texts, others = (re.findall(r">\s*([^<>\s][^<>]*)<", text) for text in (old, new))
    at = _first(texts, others)
    if at is None:
        return _tags(old, new)
    return f"in its text: {changed(*(some[at] if at < len(some) else NOTHING for some in (texts, others)))}"


def _pixels(old: bytes, new: bytes) -> str:
    """Return in how much of a PNG, and where, the points are others; nothing if it is no such picture."""
    from matplotlib.image import imread

    try:
        picture, other = (imread(io.BytesIO(data), format="png") for data in (old, new))
    except (OSError, SyntaxError, ValueError):  # Pillow calls a damaged PNG a syntax error
        return ""
    (height, width), (now_high, now_wide) = picture.shape[:2], other.shape[:2]
    if picture.shape != other.shape:
        return f" in its size: {changed(f'{width} x {height}', f'{now_wide} x {now_high}')}"
    unlike = (picture != other).reshape(height, width, -1).any(axis=-1).nonzero()
    if not unlike[0].size:
        return " in no point, but in what is written into the file"
    top, bottom, left, right = (f(axis) for axis in unlike for f in (min, max))
    share = unlike[0].size / (height * width)
    return f" in {share:.2%} of its points, from {left}, {top} to {right}, {bottom} of {width} x {height}"


def _tags(old: str, new: str) -> str:
    """Return the first tag that differs, where no word does."""
    tags, others = (re.findall(r"<[^>]*>", text) for text in (old, new))
    at = _first(tags, others)
    if at is None:
        return ""
    return f"in no word, but in {changed(*(some[at] if at < len(some) else NOTHING for some in (tags, others)))}"


def _lines(old: str, new: str) -> str:
    lines, others = old.split("\n"), new.split("\n")
    at = _first(lines, others) or 0
    return f"in line {at + 1}: {changed(*(some[at] if at < len(some) else NOTHING for some in (lines, others)))}"


def _first(some: Sequence[str], others: Sequence[str]) -> int | None:
    """Return where two lists differ first; None if they are the same."""
    return next((at for at, (one, other) in enumerate(zip_longest(some, others)) if one != other), None)


def _last(some: list[str], others: list[str]) -> tuple[list[str], list[str]]:
    """Return two lists without what both end with."""
    same = _first(some[::-1], others[::-1])
    cut = min(same if same is not None else 0, len(some) - 1 if some else 0, len(others) - 1 if others else 0)
    return some[: len(some) - cut], others[: len(others) - cut]


def changed(old: str, new: str) -> str:
    """Return two texts side by side, each cut round the first sign that differs.

    Examples
    --------
    >>> changed("8.6%", "9.6%")
    '“8.6%” → “9.6%”'
    """
    at = _first(old, new) or 0
    start = at - BEFORE if at > BEFORE and max(len(old), len(new)) > MOST else 0
    shown = [f"{'…' if start else ''}{_short(text[start:])}" for text in (old, new)]
    return " → ".join(f"“{text}”" for text in shown)


def _short(text: str, *, from_end: bool = False) -> str:
    text = visible(text)
    if len(text) <= MOST:
        return text
    return f"…{text[-MOST:]}" if from_end else f"{text[:MOST]}…"


class _Words(HTMLParser):
    """The words of a page that a reader meets, each with the claim or number that it is marked as of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.mark, self.hidden = "", ""

    @classmethod
    def of(cls, page: str) -> list[tuple[str, str]]:
        """Return the words of a page."""
        reader = cls()
        reader.feed(page)
        reader.close()
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whose words follow."""
        title = dict(attrs).get("title") or ""
        self.mark = title.removeprefix(MARK) if tag == "a" and title.startswith(MARK) else self.mark
        self.hidden = tag if tag in ("style", "script") else self.hidden

    def handle_endtag(self, tag: str) -> None:
        """Note that they end."""
        self.mark = "" if tag == "a" else self.mark
        self.hidden = "" if tag == self.hidden else self.hidden

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.found += [] if self.hidden else [(word, self.mark) for word in data.split()]
