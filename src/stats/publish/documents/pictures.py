"""A figure of ours as it stands in a document: its picture, its words, and what is plotted as a table to read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stats.draw.funnel_pending import verdict_said
from stats.errors import CheckFailed, NotToHand
from stats.publish.documents.model import Cell, Document, Grid, Picture, Words
from stats.publish.documents.plotted import plotted
from stats.publish.documents.trimmed import trimmed_png, trimmed_svg

LABELS = {
    "label": "What", "area_name": "Area", "period": "Period", "outcome_group": "Outcome", "words": "Words",
    "document": "Document", "step": "Step", "verdict": "Verdict",
}  # fmt: skip
"""Columns of a figure's table that say what a row is, in the order of a reader's table, with their heads."""

COUNTS = {
    "numerator_n": "Number", "charged_n": "Charged", "offences_n": "Offences", "offences_was_n": "Was",
    "offences_now_n": "Is", "people_n": "People", "n": "Of", "base_n": "Of", "recorded_n": "Recorded",
}  # fmt: skip
"""Columns that are whole numbers, and are numbers in a spreadsheet too."""

TEXT = {"text": "As printed"}

NAMED_BY_SHARE = {"text": "What it sets over what, and when", "label": "Published as, by"}
"""Of shares whose label is 'value  publisher': the columns of a reader's table, which say first what each is."""

_SHARE_FIRST = re.compile(r"[\d.,]+%\s")
NO_NUMBER = ("[c]", "[x]", "[z]")
"""Shorthand that stands in the place of a number."""


def picture_of(folder: Path, name: str) -> Picture:
    """Return a figure from its four files.

    Parameters
    ----------
    folder : Path
        With the figures of one brief.
    name : str

    Raises
    ------
    NotToHand
        If a file of it is missing.
    """
    try:
        record = json.loads((folder / f"{name}.json").read_text("utf-8"))
        files = {suffix: (folder / f"{name}.{suffix}").read_bytes() for suffix in ("svg", "png")}
        rows = rows_of(folder, name)
    except FileNotFoundError as problem:
        raise NotToHand(
            "a figure of the document has not been made.", [("figure", f"{folder.name}/{name}"),
            ("missing", Path(problem.filename).name)], "Make it: make figures",
        ) from None  # fmt: skip
    svg, png = shown_of(files, record)
    return Picture(
        f"{folder.name}/{name}", record["title"], record["subtitle"], record["alt"], record["description"],
        tuple(record["notes"]), record["source_line"], svg, png, _grid(rows, record, f"{folder.name}_{name}"),
    )  # fmt: skip


def shown_of(files: Mapping[str, bytes], record: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Return the SVG and the PNG of a figure as a document shows them: the words round the plot stand there as text."""
    between = record["plot_between"]
    return trimmed_svg(files["svg"], between), trimmed_png(files["png"], between)


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a figure's table as text."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def must_have_alt(document: Document) -> None:
    """Stop if a figure says nothing to a reader who cannot see it; pandoc would write it all the same.

    Raises
    ------
    CheckFailed
        Naming each such figure.
    """
    silent = [picture.name for picture in document.pictures if not picture.alt.strip()]
    if silent:
        raise CheckFailed(
            "a figure has no alternative text, so a reader who cannot see it would miss it.",
            [("document", document.name), ("figure", ", ".join(silent))],
            "Give it one in the notebook that draws it, then: make figures",
        )


def _grid(rows: list[dict[str, str]], record: dict[str, Any], name: str) -> Grid:
    """Return what is plotted as a table to read: what each row is, its whole numbers, and its words as published.

    Numbers that are the words as published are no column of their own.
    """
    there = rows[0].keys() if rows else ()
    said = {row.get("text", "") for row in rows}
    chosen = NAMED_BY_SHARE if _is_named_by_share(rows) else {
        column: head for column, head in {**LABELS, **COUNTS, **TEXT}.items()
        if column in there and (column not in COUNTS or not {f"{float(row[column] or 0):,.0f}" for row in rows} <= said)
    }  # fmt: skip
    cells = tuple(tuple(_cell(row, column) for column in chosen) for row in rows)
    more = plotted(rows, {column: head for column, head in COUNTS.items() if column not in chosen}, NO_NUMBER)
    return Grid(
        name, record["subtitle"], tuple(chosen.values()), cells, (record["source_line"],),
        tuple(head for head, _ in more), tuple(zip(*(cells for _, cells in more), strict=True)),
    )  # fmt: skip


def _is_named_by_share(rows: list[dict[str, str]]) -> bool:
    return bool(rows) and "value_pct" in rows[0] and all(_SHARE_FIRST.match(row.get("label", "")) for row in rows)


def said_of(row: Mapping[str, str], column: str) -> str:
    """Return what a cell of a figure's table says; a verdict that outcomes still to come may change says so."""
    if column != "verdict":
        return row[column]
    told = {name: row.get(name) == "True" for name in ("is_provisional", "is_pending_withheld")}
    return verdict_said(row[column], **told)


def _cell(row: Mapping[str, str], column: str) -> Cell:
    text = said_of(row, column)
    if column in COUNTS and not text and row.get("status") in NO_NUMBER:
        text = row["status"]
    if column not in COUNTS or not text or text in NO_NUMBER:
        return Cell((Words(" ".join(text.split())),))
    value = int(float(text))
    return Cell((Words(f"{value:,}"),), value, "count")
