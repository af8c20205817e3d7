"""Recognise a published table from its contents: which layout it has, and where its header stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from stats.errors import NotRecognised
from stats.read.headings import heading_rows, joined
from stats.read.opening import Sheet, Workbook
from stats.registers.layouts import Layout, Numbers
from stats.registers.printed_words import fold_heading

SEARCHED = 60
"""How many lines of a sheet are searched for its header."""

NEAR = 0.5
"""The share of a layout's columns from which a header that differs is called a near miss."""


@dataclass(frozen=True)
class ValueColumn:
    """One column of numbers: its group, the item it counts, and the words of its period, if its heading tells them."""

    numbers: Numbers
    item: str | None = None
    period: str | None = None
    mid_year: str | None = None


@dataclass(frozen=True)
class Found:
    """A recognised sheet: `header` is the line its header ends on; columns go by their position."""

    layout: Layout
    sheet: Sheet
    header: int
    keys: dict[int, str]
    numbers: dict[int, ValueColumn]
    left_out: dict[int, str]

    @property
    def above(self) -> list[str]:
        """The words over the header, line by line."""
        return _texts(self.sheet.rows[: self.header - self.layout.header_rows])


@dataclass(frozen=True)
class Recognised:
    """What a file holds: its tables, and the sheets that were left out, each with the reason."""

    path: Path
    tables: list[Found]
    skipped: dict[str, str]
    words: list[str]
    ends_open: bool = False


@dataclass
class _Match:
    layout: Layout
    line: int
    keys: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, ValueColumn] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.unknown or self.twice or self.title)

    @property
    def likeness(self) -> float:
        found = len(self.keys) + len(self.numbers)
        return found / (found + len(self.missing) + len(self.unknown) + len(self.twice)) - 0.01 * len(self.title)


def recognise(workbook: Workbook, layouts: Iterable[Layout]) -> Recognised:
    """Return the layout of every sheet, and where its header stands.

    Raises
    ------
    NotRecognised
        If a sheet fits no layout, or more than one; the nearest layout and the columns that differ are named.
    """
    known = [layout for layout in layouts if workbook.kind in layout.kinds]
    whole, near = {}, {}
    for sheet in workbook.sheets:
        matches = _matches(sheet, known)
        whole[sheet.name] = [match for match in matches if match.is_whole]
        near[sheet.name] = max(matches, key=lambda match: match.likeness, default=None)
    tables, skipped = [], {}
    for sheet in workbook.sheets:
        if whole[sheet.name]:
            tables.append(_only(workbook, sheet, whole[sheet.name]))
        else:
            skipped[sheet.name] = _why_left_out(workbook, sheet, known, near[sheet.name])
    if not tables:
        raise _unknown(workbook, workbook.sheets[0] if workbook.sheets else None)
    words = [text for sheet in workbook.sheets if sheet.name in skipped for text in _texts(sheet.rows[:SEARCHED])]
    return Recognised(workbook.path, tables, skipped, words, workbook.ends_open)


def _matches(sheet: Sheet, layouts: list[Layout]) -> list[_Match]:
    found = []
    headings = [[fold_heading(cell) if cell is not None else "" for cell in row] for row in sheet.rows[:SEARCHED]]
    for layout in layouts:
        if re.fullmatch(layout.sheet, sheet.name.strip(), re.I):
            lines = heading_rows(headings, layout.header_rows)
            found += [_match(layout, line, headings) for line in lines if _may_head(headings, line, layout)]
    return found


def _may_head(headings: list[list[str]], line: int, layout: Layout) -> bool:
    row = [*joined(headings, line, layout)[0].values()] if layout.unheaded else headings[line - 1]
    known = sum(heading in layout.headings for heading in row)
    enough = len(layout.unheaded) + 1 if layout.unheaded else 2
    return known >= enough or (known >= 1 and any(_by_pattern(layout, heading) for heading in row if heading))


def _match(layout: Layout, line: int, headings: list[list[str]]) -> _Match:
    match = _Match(layout, line)
    printed, banners = joined(headings, line, layout)
    for at, heading in printed.items():
        _place(match, at, heading)
    seen = {*match.keys.values()}
    match.missing = [name for name in layout.columns if name not in seen and name not in layout.optional]
    match.missing += _missing_values(match)
    match.unknown += [banner for banner in banners if banner not in map(fold_heading, layout.banners)]
    above = "\n".join(cell for row in headings[: line - layout.header_rows] for cell in row if cell)
    match.title = [words for words in layout.above if not re.search(words, above, re.I | re.M)]
    match.title += [f"not {words}" for words in layout.not_above if re.search(words, above, re.I | re.M)]
    return match


def _place(match: _Match, at: int, heading: str) -> None:
    kind, number, name = match.layout.headings.get(heading, ("", 0, ""))
    value = _by_pattern(match.layout, heading)
    if kind == "value":
        value = ValueColumn(match.layout.numbers[number], name, match.layout.reads_as.get(name))
    if kind == "key":
        match.twice += [heading] * (name in match.keys.values())
        match.keys[at] = name
    elif kind == "left out":
        match.left_out[at] = heading
    elif value:
        match.twice += [heading] * (value in match.numbers.values())
        match.numbers[at] = value
    else:
        match.unknown.append(heading)


def _by_pattern(layout: Layout, heading: str) -> ValueColumn | None:
    for values in layout.numbers:
        said = re.fullmatch(values.pattern, heading) if values.pattern else None
        if said:
            groups = said.groupdict()
            return ValueColumn(values, groups.get("item"), groups.get("period"), groups.get("mid_year"))
    return None


def _missing_values(match: _Match) -> list[str]:
    missing = []
    for values in match.layout.numbers:
        found = {column.item for column in match.numbers.values() if column.numbers is values}
        if values.optional and found:
            continue
        missing += [words[0] for item, words in values.headings.items() if item not in found]
        if values.pattern and not any(column.numbers is values for column in match.numbers.values()):
            missing += [f"(like {values.pattern})"] if not values.optional else []
    return missing


def _only(workbook: Workbook, sheet: Sheet, matches: list[_Match]) -> Found:
    if len(matches) > 1:
        raise NotRecognised(
            "a sheet fits more than one layout.",
            [*_at(workbook, sheet), *(("layout", f"{m.layout.id}, header in row {m.line}") for m in matches)],
            "Give one of these layouts a pattern in `above` or a column that the other lacks (data/registers/layouts).",
        )
    match = matches[0]
    return Found(match.layout, sheet, match.line, match.keys, match.numbers, match.left_out)


def _why_left_out(workbook: Workbook, sheet: Sheet, layouts: list[Layout], near: _Match | None) -> str:
    """Why a sheet holds no table: it is empty, or a layout says so; a table that nearly fits stops."""
    if not any(cell is not None and str(cell).strip() for row in sheet.rows for cell in row):
        return "empty"
    is_near = near is not None and near.likeness >= NEAR
    if near and is_near and not near.title:
        raise _near(workbook, sheet, near)
    first = [sheet.name.strip(), *_texts(sheet.rows[:SEARCHED])[:3]]
    reasons = {words: why for layout in layouts for words, why in layout.skips.items()}
    if not _has_numbers(sheet):
        reasons |= {words: "a sheet of words" for layout in layouts for words in layout.words}
    for words, why in reasons.items():
        if any(re.search(words, text) for text in first):
            return why
    raise _near(workbook, sheet, near) if near and is_near else _unknown(workbook, sheet)


def _has_numbers(sheet: Sheet) -> bool:
    """Whether a sheet holds a block of numbers: two or more beside each other, in three rows or more."""
    counts = (sum(type(cell) in (int, float) for cell in row) for row in sheet.rows)
    return sum(count >= 2 for count in counts) >= 3


def _near(workbook: Workbook, sheet: Sheet, near: _Match) -> NotRecognised:
    return NotRecognised(
        f"a table is nearly the one of {near.layout.publisher} that we know, and its columns differ.",
        [
            *_at(workbook, sheet),
            ("row", near.line),
            ("layout", f"{near.layout.id}: {near.layout.title}"),
            ("expected", "; ".join([*near.missing, *(f"over it: {words}" for words in near.title)]) or "no more"),
            ("found", "; ".join([*near.unknown, *(f"{words} (twice)" for words in near.twice)]) or "no more"),
        ],
        f"If the publisher renamed a column, add its spelling to data/registers/layouts/{near.layout.id}.yml, "
        "or write a layout of its own. Do not edit the file.",
    )


def _unknown(workbook: Workbook, sheet: Sheet | None) -> NotRecognised:
    first = "; ".join(_texts(sheet.rows[:SEARCHED])[:12]) if sheet else ""
    return NotRecognised(
        "this is no table that we know.",
        [*_at(workbook, sheet), ("expected", "the header of a layout"), ("found", f"{first[:300]}" or "nothing")],
        "See CONTRIBUTING.md, 'A new table', for how to add its layout in data/registers/layouts. Answers of a survey "
        "need their codebook beside them (docs/foi_and_surveys.md).",
    )


def _at(workbook: Workbook, sheet: Sheet | None) -> list[tuple[str, object]]:
    return [("file", workbook.path.name), *([("sheet", repr(sheet.name))] if sheet and sheet.name else [])]


def _texts(rows: Iterable[Iterable[object]]) -> list[str]:
    return [" ".join(cell.split()) for row in rows for cell in row if isinstance(cell, str) and cell.strip()]
