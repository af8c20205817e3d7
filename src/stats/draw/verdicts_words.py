"""The words of claims beside their evidence: title, notes, alternative text, and the table that is plotted."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import nan
from typing import Any

import pandas as pd

from stats import present
from stats.claims.compared import Ends, Figure, Row
from stats.claims.verdicts import VERDICTS
from stats.draw.page import Number, Words, coverage
from stats.registers import Registers
from stats.registers.areas import ENGLAND_AND_WALES

DEFAULT, STRICT = "claim", "claim, strict reading"
OWN, OTHER = "figure", "figure of another measure"
"""What a row of the plotted table is."""

_QUOTED = 110
"""Letters of a quote that fit beside the plot; a longer one is cut where a word ends."""


def verdicts_table(rows: Sequence[Row], reading: str, registers: Registers) -> pd.DataFrame:
    """Return what is plotted: of each claim a row for each reading, then one for each figure beside it.

    Parameters
    ----------
    rows : sequence of Row
    reading : {"both", "default", "strict"}
    registers : Registers

    Returns
    -------
    DataFrame
        `value`, `lower`, `upper`: per cent, or counts; `value_ratio`, `lower_ratio`, `upper_ratio`: counts over the
        figure that the claim is measured by. `lower_is_open`, `upper_is_open`: the words give no such end.
    """
    lanes = [lane for row in rows for lane in _lanes(row, reading, registers)]
    return pd.DataFrame(lanes)


def words_of(rows: Sequence[Row], table: pd.DataFrame, left: int, day: str | None, registers: Registers) -> Words:
    """Return title, subtitle and notes."""
    documents = list({row.document.id: row.document for row in rows}.values())
    which = f"“{documents[0].title}”, {documents[0].cited}" if len(documents) == 1 else f"{len(documents)} documents"
    known = f", as known on {day}" if day else ""
    subtitle = f"Shares and counts, each read as a range, beside the figures it was judged by{known}: {which}"
    return Words(_title(rows), subtitle, tuple(_notes(rows, table, left, registers)))


def alt_of(rows: Sequence[Row]) -> str:
    """Return the alternative text: how many claims got which verdict, and the one that is furthest off."""
    times = Counter(row.verdict.verdict for row in rows)
    counts = present.listed([f"{times[name]} {spoken(name)}" for name in VERDICTS if times[name]])
    claims = f"{len(rows)} claim{'s' if len(rows) > 1 else ''}"
    alt = f"Range chart of {claims} beside the figures {'they were' if len(rows) > 1 else 'it was'} judged by: {counts}."
    shown = striking(rows) or rows[0]
    lead = "Furthest off" if striking(rows) and len(rows) > 1 else "Such as" if len(rows) > 1 else "It says"
    return f"{alt} {lead}: “{shown.words}” against {shown.reference.evidence.text} ({cited(shown.reference)}){_far(shown)}."


def description_of(rows: Sequence[Row], table: pd.DataFrame) -> str:
    """Return every claim with its words, its figures and its verdict, in the order of the rows."""
    parts = []
    for row in rows:
        its = table[table["claim_id"] == row.claim.id]
        lanes = "; ".join(its["text"])
        parts.append(f"{row.claim.id}, {spoken(row.verdict.verdict)}. “{row.claim.quote}”: {lanes}.")
    return " ".join(parts)


def numbers_of(name: str, rows: Sequence[Row], registers: Registers) -> tuple[Number, ...]:
    """Return the figures that a document may quote, each with who printed it."""
    numbers = []
    for row in rows:
        for at, figure in enumerate(row.figures, start=1):
            e, measure = figure.evidence, registers.measures.get(figure.evidence.measure)
            middle = figure.ends.at
            is_share = row.axis == "share"
            numbers.append(
                Number(
                    f"{name}.{row.claim.id}.{at}", float(middle) if is_share else int(middle), e.text,
                    measure.plain_name if measure else e.title, "share" if is_share else "count",
                    e.measure or None, row.claim.area_code, e.period, measure.basis if measure else "as published",
                    f"{cited(figure)}; beside claim {row.claim.id}: {spoken(row.verdict.verdict)}",
                )
            )  # fmt: skip
    return tuple(numbers)


def striking(rows: Sequence[Row]) -> Row | None:
    """Return the wrong claim that is furthest from its figure, as a ratio; None where none is wrong."""
    wrong = [row for row in rows if row.group == "does not fit"]
    return max(wrong, key=lambda row: _off(row.times), default=None)


def spoken(verdict: str) -> str:
    """Return a verdict as a sentence takes it: 'supported with caveat', 'wrong measure'."""
    return verdict.replace("-", " ")


def cited(figure: Figure) -> str:
    """Return who says so and when: a figure without a date says that it has none."""
    return figure.evidence.cited if figure.evidence.published else f"{figure.evidence.publisher}, date not known"


def heading_of(row: Row) -> str:
    """Return the verdict as the label of a row has it, with what probably happened."""
    slip = f": {row.verdict.slip}" if row.verdict.slip else ""
    return f"{present.capital(spoken(row.verdict.verdict))}{slip}"


def whose(row: Row, *, alone: bool) -> str:
    """Return the id of a claim, and who printed it unless the figure is of one document alone."""
    return row.claim.id if alone else f"{row.claim.id}, {row.document.cited}"


def to_add(row: Row) -> str:
    """Return what must be told with a right claim, or nothing."""
    return row.verdict.caveats[0] if row.verdict.caveats and row.group == "fits" else ""


def label_of(row: Row, most: int = _QUOTED) -> str:
    """Return the quote in quotation marks, cut where a word ends if it is long; what is read is kept."""
    quote = row.claim.quote
    head = textwrap.shorten(quote, most, placeholder=" …")
    wanted = row.words.split()[-1]
    if wanted in head or wanted not in quote:
        return f"“{head}”"
    tail = textwrap.shorten(" ".join(reversed(quote.split())), most, placeholder=" …")
    return f"“{' '.join(reversed(tail.split()))}”"


def _lanes(row: Row, reading: str, registers: Registers) -> list[dict[str, Any]]:
    default, strict = row.allows
    is_same = row.default == row.strict or default == strict
    lanes = []
    if reading != "strict" or is_same:
        said = row.words if default.casefold() in (row.words, "1") else f"{row.words}”: {_of_base(row, default)}"
        lanes.append(_lane(row, DEFAULT, f"“{said}{'' if '”' in said else '”'}", row.default))
    if reading != "default" and not is_same:
        lanes.append(_lane(row, STRICT, f"strictly {_of_base(row, strict)}", row.strict))
    is_mixed = any(not figure.is_own for figure in row.figures)
    return lanes + [_figure_lane(row, figure, is_mixed, registers) for figure in row.figures]


def _of_base(row: Row, allows: str) -> str:
    return f"{allows} of {present.count(row.base_n)}" if row.base_n else allows


def _figure_lane(row: Row, figure: Figure, is_mixed: bool, registers: Registers) -> dict[str, Any]:
    e = figure.evidence
    measure = registers.measures.get(e.measure)
    counts = f" ({e.counts})" if e.counts else ""
    of = f" of {present.count(row.base_n)}" if row.base_n else ""
    what = f", {measure.plain_name}" if is_mixed and measure else ""
    text = f"{e.text}{counts}{of}{what}: {cited(figure)}"
    lane = _lane(row, OWN if figure.is_own else OTHER, text, figure.ends)
    return {
        **lane, "value": _in_unit(row, figure.ends.at), "value_ratio": _over(row, figure.ends.at),
        "measure": e.measure, "publisher": e.publisher, "published": e.published, "figure_id": e.figure,
        "release": e.release, "is_reference": figure is row.reference,
    }  # fmt: skip


def _lane(row: Row, role: str, text: str, ends: Ends) -> dict[str, Any]:
    high = ends.high
    return {
        "claim_id": row.claim.id, "document": row.document.id, "verdict": row.verdict.verdict, "group": row.group,
        "axis": row.axis, "role": role, "label": label_of(row), "text": text,
        "unit": "percent" if row.axis == "share" else "count", "value": nan,
        "lower": _in_unit(row, ends.low), "upper": nan if high is None else _in_unit(row, high), "value_ratio": nan,
        "lower_ratio": _over(row, ends.low), "upper_ratio": nan if high is None else _over(row, high),
        "lower_is_in": ends.low_is_in, "upper_is_in": ends.high_is_in, "lower_is_open": ends.low_is_open,
        "upper_is_open": ends.high_is_open, "measure": row.claim.measure or "", "publisher": row.document.publisher,
        "published": row.document.published, "figure_id": "", "release": row.document.id, "is_reference": False,
        "status": "", "reason": row.verdict.reason,
    }  # fmt: skip


def _in_unit(row: Row, number: Fraction) -> float:
    return float(number * 100 if row.axis == "share" else number)


def _over(row: Row, number: Fraction) -> float:
    return nan if row.axis == "share" else float(number / row.reference.ends.at)


def _title(rows: Sequence[Row]) -> str:
    wrong = [row for row in rows if row.group == "does not fit"]
    fits = sum(row.group == "fits" for row in rows)
    furthest = striking(rows)
    if len(rows) == 1:
        return _finding(rows[0])
    if furthest:
        against = f"“{furthest.words}” stands against {furthest.reference.evidence.text}"
        return f"{len(wrong)} of {len(rows)} numbers do{'es' if len(wrong) == 1 else ''} not fit: {against}"
    caveats = sum(row.verdict.verdict == "supported-with-caveat" for row in rows)
    added = f", {caveats} of them with something to add" if caveats else ""
    return f"{'All' if fits == len(rows) else fits} {f'{fits} ' if fits == len(rows) else f'of {len(rows)} '}numbers fit their evidence{added}"


def _finding(row: Row) -> str:
    """Return what was found of one claim, as a title."""
    text, slip = row.reference.evidence.text, row.verdict.slip
    if row.verdict.verdict == "wrong-measure":
        return f"“{row.words}” is {slip.removeprefix('this is ')}; the figure for what it says is {text}"
    meaning = f"probably {slip}" if slip else VERDICTS[row.verdict.verdict][0]
    return f"“{present.capital(row.words)}” against {text}: {meaning[:1].lower()}{meaning[1:]}"


def _notes(rows: Sequence[Row], table: pd.DataFrame, left: int, registers: Registers) -> list[str]:
    bases = {registers.measures[r.claim.measure].basis for r in rows if r.claim.measure in registers.measures}
    themselves = [who for basis, who in present.STAND_FOR_THEMSELVES.items() if basis in bases]
    notes = []
    if (table["axis"] == "count").any():
        notes.append("Counts are divided by the figure that the claim is measured by, so that 1 is as the figure says")
    if themselves:
        stand = f"{present.capital(present.listed(themselves))} stand for themselves: no margin of error exists"
        notes.append(stand)
    if left:
        notes.append(f"{left} more claim{'s' if left > 1 else ''} cannot be drawn; the notebook lists why")
    if any(row.claim.area_code == ENGLAND_AND_WALES for row in rows):
        notes += coverage(registers.areas.current[ENGLAND_AND_WALES])
    return notes


def _off(times: Fraction | None) -> float:
    """How far a ratio is from one, either way; what has no ratio is furthest."""
    return float("inf") if not times else float(max(times, 1 / times))


def _far(row: Row) -> str:
    """Return ', about 10 times the claim', where that is more than a rounding."""
    if row.times is None or _off(row.times) < 1.5:
        return ""
    often = present.rate(_off(row.times))
    return f", which is about {often} times the claim" if row.times < 1 else f"; the claim is about {often} times that"
