"""The words of claims beside their evidence: title, notes, alternative text, and the numbers to quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from stats import present
from stats.claims.compared import Row
from stats.claims.verdicts import VERDICTS
from stats.draw.notes import coverage
from stats.draw.page import Number, Words
from stats.draw.verdicts_lanes import cited, of_base
from stats.registers import Registers
from stats.registers.areas import ENGLAND_AND_WALES


def words_of(rows: Sequence[Row], table: pd.DataFrame, left: int, day: str | None, registers: Registers) -> Words:
    """Return title, subtitle and notes."""
    documents = list({row.document.id: row.document for row in rows}.values())
    which = (
        f"“{documents[0].title}”, {documents[0].cited}"
        if len(documents) == 1
        else f"claims of {len(documents)} documents"
    )
    known = f", as known on {day}" if day else ""
    subtitle = f"Shares and counts, each read as a range, beside the figures it was judged by{known}: {which}"
    return Words(_title(rows), subtitle, tuple(_notes(rows, table, left, registers)))


def alt_of(rows: Sequence[Row]) -> str:
    """Return the alternative text: how many claims got which verdict, and the one that is furthest off."""
    times = Counter(row.verdict.verdict for row in rows)
    counts = present.listed([f"{times[name]} {spoken(name)}" for name in VERDICTS if times[name]])
    is_one, shown = len(rows) == 1, striking(rows)
    claims = "1 claim beside the figures it was" if is_one else f"{len(rows)} claims beside the figures they were"
    lead = "It says" if is_one else "Furthest off" if shown else "Such as"
    row = shown or rows[0]
    other = "" if row.reference.is_own else ", of another measure"
    against = (
        f"“{row.words}” against {of_base(row, row.reference.evidence.text)} ({cited(row.reference)}){other}{_far(row)}"
    )
    return f"Range chart of {claims} judged by: {counts}. {lead}: {against}."


def description_of(rows: Sequence[Row], table: pd.DataFrame) -> str:
    """Return every claim with its words, its figures and its verdict, in the order of the rows."""
    parts = []
    for row in rows:
        its = table[table["claim_id"] == row.claim.id]
        lanes = ". ".join(filter(None, ["; ".join(its["text"]), to_add(row).rstrip(".")]))
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
                    f"{name}.{row.claim.id}.{at}", float(middle) if is_share else int(middle), of_base(row, e.text),
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


def heading_of(row: Row) -> str:
    """Return the verdict as the label of a row has it, with what probably happened."""
    slip = f": {row.verdict.slip}" if row.verdict.slip else ""
    return f"{present.capital(spoken(row.verdict.verdict))}{slip}"


def whose(row: Row, *, alone: bool) -> str:
    """Return the id of a claim, and who printed it unless the figure is of one document alone."""
    return row.claim.id if alone else f"{row.claim.id}, {row.document.cited}"


def to_add(row: Row) -> str:
    """Return what must be told with a right claim, or what may be said in place of a wrong one; or nothing."""
    if row.group == "fits":
        return f"To add: {row.verdict.caveats[0]}" if row.verdict.caveats else ""
    may = row.verdict.may_say if row.group == "does not fit" else ()
    said = present.listed(may) if row.verdict.verdict == "arithmetic-error" else next(iter(may), "")
    return f"May be said: {said}." if said else ""


def _title(rows: Sequence[Row]) -> str:
    wrong = [row for row in rows if row.group == "does not fit"]
    fits = sum(row.group == "fits" for row in rows)
    furthest = striking(rows)
    if len(rows) == 1:
        return _finding(rows[0])
    if furthest:
        own = "its own counts, " if furthest.verdict.verdict == "arithmetic-error" else ""
        against = f"“{furthest.words}” stands against {own}{of_base(furthest, furthest.reference.evidence.text)}"
        return f"{len(wrong)} of {len(rows)} numbers do{'es' if len(wrong) == 1 else ''} not fit: {against}"
    caveats = sum(row.verdict.verdict == "supported-with-caveat" for row in rows)
    added = f", {caveats} with something to add" if caveats else ""
    if fits < len(rows):
        return f"{fits} of {len(rows)} numbers {'fits its' if fits == 1 else 'fit their'} evidence{added}"
    every = "Both" if len(rows) == 2 else f"All {len(rows)}"
    return f"{every} numbers that could be checked fit their evidence{added}"


def _finding(row: Row) -> str:
    """Return what was found of one claim, as a title."""
    text, slip = of_base(row, row.reference.evidence.text), row.verdict.slip
    if row.verdict.verdict == "wrong-measure":
        return f"“{row.words}” is {slip.removeprefix('this is ')}; the figure for what it says is {text}"
    meaning = f"probably {slip}" if slip else VERDICTS[row.verdict.verdict][0]
    meaning = f"{meaning[:1].lower()}{meaning[1:]}"
    if not row.reference.is_own:
        return f"“{present.capital(row.words)}” {meaning}: no figure of its own measure is to hand"
    return f"“{present.capital(row.words)}” against {text}: {meaning}"


def _notes(rows: Sequence[Row], table: pd.DataFrame, left: int, registers: Registers) -> list[str]:
    bases = {registers.measures[r.claim.measure].basis for r in rows if r.claim.measure in registers.measures}
    themselves = [who for basis, who in present.STAND_FOR_THEMSELVES.items() if basis in bases]
    notes = []
    if (table["axis"] == "count").any():
        notes.append(
            "Counts are divided by the figure they were judged by, on a log scale: half is as far away as twice"
        )
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
