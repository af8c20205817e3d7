"""A table as published -> the same with its declared corrections, each cell that was corrected named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from stats.clean.printed_numbers import number_of
from stats.clean.printed_places import area_codes
from stats.errors import CheckFailed
from stats.read.published import Published, as_text
from stats.registers.areas import Areas
from stats.registers.corrections import Cell, Correction
from stats.registers.printed_words import without_notes
from stats.registers.published_codes import PublishedCodes

REGISTER = "data/registers/corrections"

Masks = list[pd.Series]
"""Which rows of each sheet a cell is, sheet by sheet."""


def corrected(
    published: list[Published], corrections: Iterable[Correction], areas: Areas, codes: PublishedCodes
) -> tuple[list[Published], list[str]]:
    """Return the tables of a file with their corrections, and what was corrected, with the reasons.

    A corrected row has the id of its correction in the column `correction`. Tables that no correction concerns are
    returned as they are.

    Raises
    ------
    CheckFailed
        If a cell of a correction is not there, or not printed as declared: the publisher has mended it.
    """
    told = []
    for correction in corrections:
        for name in correction.layouts:
            at = [number for number, part in enumerate(published) if part.layout.id == name]
            of = [number for number in at if _is_of(published[number], correction)]
            if of:
                mended, rows = _applied([published[number] for number in of], correction, areas, codes)
                published = [mended[of.index(n)] if n in of else part for n, part in enumerate(published)]
                told.append(_words(correction, rows))
            elif at:
                told.append(f"{correction.id}: not of this release, so not applied")
    return published, told


def declared_for(published: list[Published], corrections: Iterable[Correction]) -> list[str]:
    """Return the ids of the corrections that the tables of a file would have."""
    return [c.id for c in corrections if any(part.layout.id in c.layouts and _is_of(part, c) for part in published)]


def _is_of(part: Published, correction: Correction) -> bool:
    words = (*part.above, *part.words)
    return correction.release is None or any(re.search(correction.release, text, re.I) for text in words)


def _words(correction: Correction, rows: int) -> str:
    done = "made not available" if correction.action == "not-available" else "replaced"
    told = correction.told if isinstance(correction.told, str) else f"told {correction.told:%d %B %Y}"
    what = "number" if correction.column is None else f"{correction.column.replace('_', ' ')}"
    return f"{correction.id}: {rows:,} {what}{'s' * (rows != 1)} {done}: {correction.reason} (publisher: {told})"


def _applied(
    parts: list[Published], correction: Correction, areas: Areas, codes: PublishedCodes
) -> tuple[list[Published], int]:
    """The sheets of one table with one correction, and how many of their rows it changed."""
    is_placed = any("area" in correction.place_of(cell) for cell in correction.cells)
    places = [area_codes(part.table, part, areas, codes) if is_placed else None for part in parts]
    found = []
    for cell in correction.cells:
        where = {name: areas.find(text).code if name == "area" else text
                 for name, text in correction.place_of(cell).items()}  # fmt: skip
        found.append((cell, [_rows(part, where, of) for part, of in zip(parts, places, strict=True)]))
    for cell, masks in found:
        _must_be_there(parts, correction, cell, masks)
        _must_not_meet(parts, correction, masks)
    _must_be_as_declared(parts, correction, found)
    for cell, masks in found:
        parts = [_set(part, correction, cell, mask) for part, mask in zip(parts, masks, strict=True)]
    return parts, sum(int(mask.sum()) for _, masks in found for mask in masks)


def _rows(part: Published, where: dict[str, str], places: pd.Series | None) -> pd.Series:
    """Which rows of a sheet stand where a correction says; `places` are the codes of their areas."""
    rows = pd.Series(True, index=part.table.index)
    units = dict(enumerate(values.unit for values in part.layout.numbers))
    for name, text in where.items():
        column = {"heading": "period_words", "unit": "group"}.get(name, name)
        if name == "area":
            rows &= places == text
        elif name == "sheet":
            rows &= part.sheet.strip() == text
        elif column not in part.table:
            rows &= False
        else:
            texts = part.table[column].map(units) if name == "unit" else part.table[column]
            rows &= texts.isin([said for said in texts.dropna().unique() if text in (_plain(said), _bare(said))])
    return rows


def _set(part: Published, correction: Correction, cell: Cell, mask: pd.Series) -> Published:
    """A sheet with one cell corrected."""
    table = part.table if "correction" in part.table else part.table.assign(correction=None)
    now = part.layout.not_available if cell.right is None else cell.right
    column = table[_column(correction)].mask(mask, now)
    ids = table["correction"].mask(mask, correction.id)
    return replace(part, table=table.assign(**{_column(correction): column, "correction": ids}))


def _must_be_there(parts: list[Published], correction: Correction, cell: Cell, masks: Masks) -> None:
    count, where = sum(int(mask.sum()) for mask in masks), correction.named(cell)
    if count == 0:
        raise _stop(
            parts[0], correction, "a correction matches nothing.", {"where": where}, "a row that it corrects",
            f"Mend `where`; or, if the publisher left the row out, remove this correction ({_file(correction)}).",
        )  # fmt: skip
    if cell.right is None:
        return
    if correction.column is None and count > 1:
        raise _stop(
            parts[0], correction, "a right number is that of one cell.", {"where": where, "cells": count}, "one cell",
            f"Name more in `where` ({_file(correction)}): area, item, heading, unit, sheet or a column.",
        )  # fmt: skip
    if correction.column is None and number_of(cell.right, parts[0].layout) is None:
        raise _stop(
            parts[0], correction, "what is right is neither a number nor a marker of the table.",
            {"where": where, "right": cell.right}, "a number as the table prints them", f"Mend {_file(correction)}.",
        )  # fmt: skip


def _must_not_meet(parts: list[Published], correction: Correction, masks: Masks) -> None:
    """Stop at a row that was corrected already: no correction is made upon another."""
    for part, mask in zip(parts, masks, strict=True):
        done = part.table[mask & part.table.get("correction", pd.Series(None, index=mask.index)).notna()]
        if len(done):
            raise _stop(
                part, correction, "two corrections meet in one row.",
                dict(zip(done["line"], done["correction"], strict=True)), "one correction a row",
                f"Make one correction of them ({REGISTER}), or name more in `where` or `release`.",
            )  # fmt: skip


def _must_be_as_declared(parts: list[Published], correction: Correction, found: list[tuple[Cell, Masks]]) -> None:
    """The guard: every cell still prints what its correction says, or the publisher has mended it."""
    changed = [(part, *said) for cell, masks in found for part, mask in zip(parts, masks, strict=True)
               for said in _changed(part, correction, cell, mask)]  # fmt: skip
    if not changed:
        return
    mended = "The publisher has mended it: remove this correction, or these cells of it"
    if not all(is_right for *_, is_right in changed):
        mended = f"If it is right now: {mended[0].lower()}{mended[1:]}; if it is wrong in another way, declare that"
    raise _stop(
        changed[0][0], correction, "a cell is not printed as its correction says.",
        {place: words for _, place, words, _ in changed}, "what was printed when the correction was declared",
        f"{mended} ({_file(correction)}). Until then: stats read --as-published",
    )  # fmt: skip


def _changed(
    part: Published, correction: Correction, cell: Cell, mask: pd.Series
) -> Iterator[tuple[str, str, bool]]:  # fmt: skip
    """Cells that print something else than declared: where, what, and whether it is what the correction makes of it."""
    for line, printed in part.table.loc[mask, ["line", _column(correction)]].itertuples(index=False):
        text = _plain(as_text(printed))
        if text != _plain(cell.printed):
            place = f"row {line}, {', '.join(cell.where.values()) or correction.named(cell)}"
            words = f"expected {cell.printed!r}, found {text!r}"
            yield place, words, correction.action == "not-available" or text == _plain(cell.right)


def _stop(
    part: Published, correction: Correction, wrong: str, rows: Mapping[Any, object], expected: str, mend: str
) -> CheckFailed:  # fmt: skip
    return part.stop(wrong, {"correction": correction.id, **rows}, expected, mend)


def _column(correction: Correction) -> str:
    return correction.column or "printed"


def _file(correction: Correction) -> str:
    return f"{REGISTER}/{correction.id}.yml"


def _plain(words: object) -> str:
    return " ".join(str(words).split())


def _bare(words: object) -> str:
    return without_notes(str(words))
