"""Printed cells -> numbers and typed statuses. Missing, suppressed, not applicable and zero are four things."""

from __future__ import annotations

import re

import pandas as pd

from stats.read.cells import CALCULATE, UNSAVED
from stats.read.published import Published, as_text
from stats.registers.layouts import Layout, Numbers

_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:[eE]([-+]?\d+))?", re.ASCII)
_MARKED = re.compile(r"(.*\d)\s*\[([a-z]+)\d?\]")
_NOTE = re.compile(r"\[\s*notes?\b[^\]]*\]", re.I)
_LARGEST = 2**53
"""A whole number beyond this is no longer exact; no count comes near it."""

_THOUSANDS = re.compile(r"\bin thousands\b|\bthousands?\)|\(000s?\)|\b000s\b", re.I)

MARKED = {"b", "c", "e", "low", "p", "r", "u"}
"""Statuses that may stand beside a number: '12 [p]'."""


def with_numbers(published: Published) -> pd.DataFrame:
    """Return the published table with `value` and `status` in place of the printed cells.

    Raises
    ------
    CheckFailed
        If a cell is neither a number nor a marker of the layout, a count is not whole, or a number is too large, or
        negative where the layout allows no corrections.
    """
    table = published.table
    if "printed" not in table:
        return table.assign(value=1.0, status=pd.Series(None, index=table.index, dtype="str"), unit="records")
    parts = [_group(published, number) for number in sorted(table["group"].unique())]
    return pd.concat(parts).sort_index().drop(columns=["printed", "group"])


def number_of(text: str, layout: Layout) -> tuple[float | None, str | None] | None:
    """Return what a cell says: a number, a status, both, or None if it says neither.

    Examples
    --------
    >>> from stats.registers.layouts import Layout
    >>> plain = Layout(id="a", publisher="b", title="c", dataset="d", columns={}, keys=(), period="untold",
    ...                markers={"-": "u"})
    >>> [number_of(text, plain) for text in ("-00 ", " 66,776 ", "-45 ", "-", "12 [p]", "6,77")]
    [(0.0, None), (66776.0, None), (-45.0, None), (None, 'u'), (12.0, 'p'), None]
    """
    text = _NOTE.sub("", text).strip()
    if not text:
        return (None, layout.blank) if layout.blank else None
    marker = next((status for words, status in layout.markers.items() if _bare(words) == _bare(text)), None)
    if marker:
        return None, marker
    marked = _MARKED.fullmatch(text)
    if marked and marked[2] in MARKED:
        number = _number(marked[1])
        return (number, marked[2]) if number is not None else None
    number = _number(text)
    return (number, None) if number is not None else None


def _bare(words: str) -> str:
    """A marker without what its spellings differ in: 'N/A', 'n/a', 'N / A'."""
    return "".join(words.split()).casefold()


def _number(text: str) -> float | None:
    text = text.strip().replace("\N{MINUS SIGN}", "-").removesuffix("%").strip()
    return float(text.replace(",", "")) + 0.0 if _NUMBER.fullmatch(text) else None


def _must_be_in_units(published: Published, values: Numbers) -> None:
    """Stop if the words over a table speak of thousands and its layout does not."""
    said = [text for text in published.above if _THOUSANDS.search(text)]
    if said and values.times == 1 and values.whole:
        raise published.stop(
            "a table is in thousands, and its layout counts in ones.", {"title": said[0]}, f"{values.unit}, one by one",
            f"Write a layout of its own with `times: 1000` (data/registers/layouts/{published.layout.id}.yml).",
        )  # fmt: skip


def _group(published: Published, number: int) -> pd.DataFrame:
    layout = published.layout
    values = layout.numbers[number]
    _must_be_in_units(published, values)
    rows = published.table[published.table["group"] == number]
    texts = rows["printed"].map(as_text)
    read = {text: number_of(text, layout) for text in texts.unique()}
    _must_be_read(published, rows, texts, read)
    numbers = texts.map({text: said[0] for text, said in read.items() if said}).astype("float64") * values.times
    _must_be_fit(published, rows, texts, numbers, values)
    return rows.assign(
        value=numbers.where(numbers != 0, 0.0),
        status=texts.map({text: said[1] for text, said in read.items() if said}).astype("str"),
        unit=values.unit,
    )


def _cells(rows: pd.DataFrame, texts: pd.Series) -> dict[int | str, str]:
    """What is printed in the cells of `texts`: by their row, and the column where the table has several."""
    columns = rows["item"].fillna(rows["period_words"]).fillna(rows["mid_year"])
    where = zip(rows.loc[texts.index, "line"], columns[texts.index], texts, strict=True)
    if columns.nunique() < 2:
        return {line: text for line, _, text in where}
    return {f"row {line}, {column}": repr(text) for line, column, text in where}


def _must_be_read(
    published: Published, rows: pd.DataFrame, texts: pd.Series, read: dict[str, tuple[float | None, str | None] | None]
) -> None:
    unknown = texts.isin([text for text, said in read.items() if said is None])
    if unknown.any():
        markers = ", ".join(repr(words) for words in published.layout.markers) or "none"
        raise published.stop(
            "a cell is neither a number nor a marker we know.",
            _cells(rows, texts[unknown]),
            f"a number, or a marker: {markers}",
            CALCULATE
            if texts[unknown].eq(UNSAVED).any()
            else f"Find out what it means (missing is not zero) and add it to `markers` in data/registers/layouts/"
            f"{published.layout.id}.yml.",
        )


def _must_be_fit(
    published: Published, rows: pd.DataFrame, texts: pd.Series, numbers: pd.Series, values: Numbers
) -> None:
    shares = texts.str.rstrip().str.endswith("%") if values.whole else texts.isna()
    if shares.any():
        raise published.stop(
            f"a per cent stands where {values.unit} are counted.", _cells(rows, texts[shares]), "whole numbers",
            "The columns may have slipped: look at the file.",
        )  # fmt: skip
    vast = numbers.abs() > _LARGEST
    if vast.any():
        raise published.stop(
            f"a number of {values.unit} is larger than any count.",
            _cells(rows, texts[vast]), f"numbers below {_LARGEST:,}",
            "The columns may have slipped, or cells have run together: look at the file.",
        )  # fmt: skip
    broken = numbers.notna() & (numbers % 1 != 0) if values.whole else numbers.isna() & False
    if broken.any():
        raise published.stop(
            f"a count of {values.unit} is not a whole number.",
            _cells(rows, texts[broken]), "whole numbers",
            "The columns may have slipped, or the table is in other units: look at its title.",
        )  # fmt: skip
    negative = numbers < 0
    if negative.any() and not values.may_be_negative:
        raise published.stop(
            f"a number of {values.unit} is negative where none belongs.",
            _cells(rows, texts[negative]), "numbers from 0 up",
            f"If the publisher prints corrections here, say `may_be_negative: true` in data/registers/layouts/"
            f"{published.layout.id}.yml.",
        )  # fmt: skip
