"""A cell of a document as a spreadsheet has it: a number shown as it was published, or text that is never a formula."""

from __future__ import annotations

import re
from math import isclose
from typing import Any

from stats.publish.documents.model import Cell, Grid, plain

MARK = "\U0010fffdx\U0010fffd"
"""Stands within text that gptables would take for its own markup, and is taken out of what it has written."""

_NUMBER = re.compile(r'([^\d"]{0,20}?)([-−]?)(\d[\d,]*)(?:\.(\d+))?([^"]{0,60})')


def shown(cell: Cell) -> tuple[int | float | str | None, str]:
    """Return what a cell of a spreadsheet holds, and the number format in which it shows what was published.

    Parameters
    ----------
    cell : Cell

    Returns
    -------
    tuple of (number, text or None, and str)
        A share of 0.054 published as '5.4%' is 0.054 in the format '0.0%'; 0.021 published as '2.1 percentage points'
        is 2.1, followed by these words. A value that its words do not print stays text. None is a blank cell; the
        format is empty for text.

    Examples
    --------
    >>> from stats.publish.documents.model import Words
    >>> shown(Cell((Words("5.4%"),), 0.054, "share"))
    (0.054, '0.0%')
    >>> shown(Cell((Words("1,531"),), 1531, "count"))
    (1531, '#,##0')
    """
    words = plain(cell.words)
    if cell.value is not None and (printed := _NUMBER.fullmatch(words)):
        before, sign, whole, places, after = printed.groups()
        number = float(f"{'-' if sign else ''}{whole.replace(',', '')}.{places or '0'}")
        pattern = ("#,##0" if "," in whole else "0") + ("." + "0" * len(places) if places else "")
        held = _held(cell.value, number, after)
        if held is not None:
            percent = "%" if after.startswith("%") else ""
            return held, f"{_quoted(before)}{pattern}{percent}{_quoted(after.removeprefix('%'))}"
    return safe(words) if words.strip() else None, ""


def _held(value: float, number: float, after: str) -> int | float | None:
    """Return the number that a cell holds, if it is the one that its words print; a percentage holds the share."""
    if after.startswith("%"):
        return value if isclose(value * 100, number, rel_tol=1e-9, abs_tol=1e-9) else None
    if isclose(value, number, rel_tol=1e-9, abs_tol=1e-9):
        return value
    return number if isclose(value * 100, number, rel_tol=1e-9, abs_tol=1e-9) else None


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""


def safe(text: str) -> str:
    """Return text in which gptables finds no reference, no link and no sign that it refuses."""
    text = re.sub(r"\$(?=\$)|\](?=\()", lambda sign: sign[0] + MARK, text)
    return text if re.search("[a-zA-Z0-9]", text) else text + MARK


def heads_of(grid: Grid) -> list[str]:
    """Return the heads of a table, none empty and no two alike, as a table in a spreadsheet must have them."""
    heads: dict[str, str] = {}
    for at, head in enumerate(grid.heads, 1):
        name = first = head.strip() or f"Column {at}"
        again = 1
        while name.casefold() in heads:
            again += 1
            name = f"{first} ({again})"
        heads[name.casefold()] = safe(name)
    return list(heads.values())


def rows_of(grid: Grid) -> tuple[list[list[Any]], list[dict[str, Any]]]:
    """Return the rows of a table, and what gptables is to do with single cells of it."""
    cells = [[shown(cell) for cell in row] for row in grid.rows]
    words = [at for at in range(1, len(grid.heads)) if not any(line[at][1] for line in cells)]
    formats: list[dict[str, Any]] = [{"column": {"columns": words, "format": {"indent": 1}, "include_names": True}}]
    formats += [
        {"cell": {"format": format_, "cells": [(row, column)]}}
        for row, line in enumerate(cells, 1) for column, held in enumerate(line) if (format_ := _format(*held))
    ]  # fmt: skip
    return [[value for value, _ in line] for line in cells], formats


def _format(value: int | float | str | None, pattern: str) -> dict[str, Any]:
    """Return how a cell is set: a number as published; text that begins like a formula stays text when it is edited."""
    if pattern:
        return {"num_format": pattern, "align": "right"}
    return {"quote_prefix": True} if isinstance(value, str) and value[0] in "=+-@\t\r" else {}
