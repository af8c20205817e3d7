"""How each number of a figure is computed again from the table beside it; `verify.py` follows these recipes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stats.draw.funnel_words import BEYOND
from stats.publish.pack.figure import Figure
from stats.publish.pack.verify import Wrong, recomputed

Recipe = dict[str, Any]
Row = dict[str, str]

KEYS = (
    "label", "area_code", "outcome_group", "period", "claim_id", "figure_id", "step", "of", "measure", "role",
    "release", "text",
)  # fmt: skip
"""Columns of a figure's table that tell a row, in the order in which they are looked at."""

COUNTS = (
    "offences_n", "charged_n", "numerator_n", "recorded_n", "n", "value", "offences_was_n", "offences_now_n",
    "low", "high", "count_low", "count_high", "people_n",
)  # fmt: skip
SHARES = (
    ("offences_n", "recorded_n"), ("charged_n", "recorded_n"), ("numerator_n", "n"), ("people_n", "base_n"),
)  # fmt: skip
"""Whole numbers whose quotient is a share."""

PERCENTAGES = ("value_pct", "upper_pct", "share_pct", "charged_pct")
BASES = ("n", "recorded_n", "base_n")
CHANGES = (("offences_now_n", "offences_was_n"),)
TEXTS = ("text", "change_text", "short")
PARTS = (("text", ": ", 0), ("label", "  ", 0), ("text", ", ", -1))
"""Where a number stands in words: before or after what parts them."""

JUDGED = "no verdict"
"""How the verdict of a force begins that gets none; all others are judged together."""

OF_ROWS: dict[str, dict[str, list[str]]] = {
    "judged": {}, "beyond": {"verdict": sorted(BEYOND)}, "differ": {"differs_beyond_chance": ["True"]},
}  # fmt: skip
"""Numbers of a funnel that count its rows, by how their ids end, with the cells of those rows; none: of all judged."""


def of_table(number: Mapping[str, Any], figure: Figure) -> Recipe | None:
    """Return how a number of a figure follows from the figure's own table: the first way that gives what is printed.

    Parameters
    ----------
    number : mapping
        As the JSON of the figure lists it.
    figure : Figure
    """
    rows = figure.table.to_dict("records")
    files = {figure.path: figure.files["csv"]}
    of_one = [] if number["id"].rpartition(".")[2] in OF_ROWS and "verdict" in figure.table else _its(number, rows)
    for row in of_one:
        where = _told_apart(row, rows)
        for recipe in _ways(number, row, figure.path, where) if where else ():
            if gives(recipe, number["text"], files):
                return recipe
    return next((recipe for recipe in _of_many(number, rows, figure) if gives(recipe, number["text"], files)), None)


def _of_many(number: Mapping[str, Any], rows: list[Row], figure: Figure) -> Iterator[Recipe]:
    """Yield the counts and shares of all forces that are judged together, and how many those are."""
    judged = sorted({verdict for verdict in _verdicts(rows) if not verdict.startswith(JUDGED)})
    if not judged or "area_code" not in rows[0]:
        return

    def cells(column: str) -> dict[str, Any]:
        return {"file": figure.path, "where": {"verdict": judged}, "column": column}

    tail = number["id"].rpartition(".")[2]
    if tail in OF_ROWS:
        where = OF_ROWS[tail] or {"verdict": judged}
        yield {"formula": "rows", "numerator": {**cells("area_code"), "where": where, "none_is_zero": True}}
    elif number["unit"] == "count":
        yield from ({"formula": "sum", "numerator": cells(column)} for column in ("charged_n", "recorded_n"))
    elif number["unit"] == "share":
        yield {"formula": "share", "numerator": cells("charged_n"), "denominator": cells("recorded_n")}


def _verdicts(rows: list[Row]) -> set[str]:
    return {row.get("verdict") or JUDGED for row in rows}


def gives(recipe: Recipe, printed: str, files: Mapping[str, bytes]) -> bool:
    """Whether a recipe gives what is printed."""
    try:
        return recomputed(recipe, dict(files)) == printed
    except Wrong:
        return False


def slug(text: str) -> str:
    """Return a text as it stands in the id of a number."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _its(number: Mapping[str, Any], rows: list[Row]) -> list[Row]:
    """Return the rows that a number can be of: its place, measure and period, and what its id names."""
    named = {slug(part) for part in number["id"].split(".")}
    for column, asked in (("area_code", number["area"]), ("measure", number["measure"]), ("period", number["period"])):
        same = [row for row in rows if asked and row.get(column) == asked]
        rows = same or rows
    of = [row for row in rows if named & {slug(row[key]) for key in (*KEYS, "short") if row.get(key)}]
    on_base = [row for row in of or rows if any(row.get("measure", "").endswith(f"_of_{n}") for n in _bases(number))]
    return on_base or of or rows


def _bases(number: Mapping[str, Any]) -> Iterable[str]:
    return [part for part in number["id"].split(".") if part.startswith("offences_")]


def _told_apart(row: Row, rows: list[Row]) -> dict[str, list[str]]:
    """Return the fewest cells that tell a row from all others; none if nothing does."""
    where: dict[str, list[str]] = {}
    left = rows
    for key in KEYS:
        same = [other for other in left if other.get(key) == row.get(key)]
        if row.get(key) and len(same) < len(left):
            where, left = {**where, key: [row[key]]}, same
    if len(left) > 1:
        return {}
    return where or {column: [row[column]] for column in [*row][:1]}


def _ways(number: Mapping[str, Any], row: Row, file: str, where: dict[str, list[str]]) -> Iterator[Recipe]:
    """Yield the ways in which a number may follow from a row: counted first, as it is worded last."""

    def cell(column: str) -> dict[str, Any]:
        return {"file": file, "where": where, "column": column}

    unit = number["unit"]
    if unit == "count":
        yield from ({"formula": "count", "numerator": cell(c)} for c in COUNTS if row.get(c))
    if unit == "share":
        pairs = [pair for pair in SHARES if row.get(pair[0]) and row.get(pair[1])]
        yield from ({"formula": "share", "numerator": cell(a), "denominator": cell(b)} for a, b in pairs)
        changes = [pair for pair in CHANGES if row.get(pair[0]) and row.get(pair[1])]
        yield from ({"formula": "change", "numerator": cell(a), "denominator": cell(b)} for a, b in changes)
        base = next(({"denominator": cell(c)} for c in BASES if row.get(c)), {})
        there = [c for c in PERCENTAGES if row.get(c)]
        yield from ({"formula": "percentage", "numerator": cell(c), **base} for c in there)
        yield from ({"formula": "whole percentage", "numerator": cell(c)} for c in there)
    if unit.startswith("per ") and row.get("value"):
        yield {"formula": "rate", "numerator": cell("value"), "per": 1}
    yield from ({"formula": "text", "numerator": cell(c)} for c in TEXTS if row.get(c))
    for column, at, part in PARTS:
        if at in row.get(column, ""):
            yield {"formula": "text", "numerator": cell(column), "at": at, "part": part}
