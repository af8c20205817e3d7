"""Which counts of offences the tables of a pack print and hide, and of what: what the attack goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from stats.errors import BadPeriod, NotComparable
from stats.period import Period
from stats.publish.documents.model import Cell, Document, Grid, Reference, plain
from stats.publish.pack.figure import Figure
from stats.publish.pack.recipes import slug
from stats.registers import Registers

HIDDEN = "[c]"
TOTALS = ("all", "total", "recorded", "offences recorded", "all offences", "all outcomes", "of", "base")
"""How tables call the line that the others add up to."""

WHOLE = 100
"""The smallest total by which a table of a document is taken to be of the same offences as a figure."""

Dimension = frozenset[str]


@dataclass(frozen=True)
class Count:
    """A count that is printed, or hidden (None): of these places, offence codes, quarters and kinds of outcome.

    `is_own` says that it is a cell of a cross-table of ours, and no total that its publisher prints.
    """

    table: str
    label: str
    count: int | None
    places: Dimension
    offences: Dimension
    quarters: Dimension
    kinds: Dimension
    source: str = ""
    is_own: bool = True

    @property
    def box(self) -> tuple[Dimension, ...]:
        """What it counts."""
        return self.places, self.offences, self.quarters, self.kinds


def of_figure(figure: Figure, registers: Registers) -> list[Count]:
    """Return the counts of recorded offences and their outcomes that the table of a figure prints or hides."""
    told, table = figure.record["parameters"], figure.table
    if "offence" not in told or not len(table):
        return []
    columns = set(table.columns)
    if {"area_code", "outcome_group", "offences_n", "recorded_n"} <= columns:
        read = _of_outcomes
    elif {"area_code", "measure", "numerator_n", "n"} <= columns:
        read = _of_charged
    elif {"area_code", "charged_n", "recorded_n", "pending_n"} <= columns:
        read = _of_funnel
    elif {"period_start", "period_end"} <= columns and "area" in told:
        read = _of_series
    else:
        return []
    blank = _blank(figure, registers)
    return [found for row in table.to_dict("records") for found in read(row, blank, registers)]


def _blank(figure: Figure, registers: Registers) -> Count:
    told = figure.record["parameters"]
    place = registers.areas.find(told["area"]).code if "area" in told else ""
    return Count(
        figure.path, "", None, _places(place, registers), frozenset(registers.offences.find(told["offence"]).codes),
        _quarters(str(told.get("period", ""))), kinds_of(registers), next(iter(figure.rows), ""), is_own=False,
    )  # fmt: skip


def kinds_of(registers: Registers) -> Dimension:
    """Return the groups that outcomes are reported in."""
    return frozenset(outcome.group for outcome in registers.outcomes.values())


def _stage(stage: str, registers: Registers) -> Dimension:
    return frozenset(outcome.group for outcome in registers.outcomes.values() if outcome.stage == stage)


def _of_outcomes(row: dict[str, str], blank: Count, registers: Registers) -> Iterator[Count]:
    its = replace(blank, places=_places(row["area_code"], registers), label=f"{row['area_name']}, all")
    whole = _number(row["recorded_n"])
    yield replace(its, count=whole)
    shown = _number(row["offences_n"])
    if shown is None and row["share_pct"] and whole:
        shown = round(float(row["share_pct"]) * whole / 100)  # a printed share gives its count away
    kind = row["outcome_group"]
    yield replace(its, count=shown, kinds=frozenset([kind]), label=f"{row['area_name']}, {kind}", is_own=True)


def _of_charged(row: dict[str, str], blank: Count, registers: Registers) -> Iterator[Count]:
    if not row["area_code"] or not row["n"]:
        return
    its = replace(blank, places=_places(row["area_code"], registers), label=row["label"])
    is_resolved = row["measure"].endswith("_resolved")
    kinds = blank.kinds - _stage("pending", registers) if is_resolved else blank.kinds
    yield replace(its, count=_number(row["n"]), kinds=kinds)
    charged = _stage("charged", registers)
    yield replace(its, count=_number(row["numerator_n"]), kinds=charged, label=f"{row['label']}: charged", is_own=True)


def _of_funnel(row: dict[str, str], blank: Count, registers: Registers) -> Iterator[Count]:
    its = replace(blank, places=_places(row["area_code"], registers), label=f"{row['area_name']}, all")
    yield replace(its, count=_number(row["recorded_n"]))
    for column, stage in (("charged_n", "charged"), ("pending_n", "pending")):
        if row[column] or (row["status"] == HIDDEN and stage == "charged"):  # what is pending goes with the row
            label = f"{row['area_name']}, {stage}"
            yield replace(its, count=_number(row[column]), kinds=_stage(stage, registers), label=label, is_own=True)


def _of_series(row: dict[str, str], blank: Count, registers: Registers) -> Iterator[Count]:
    shown = row.get("offences_n") or (row.get("value", "") if row.get("unit") == "count" else "")
    if shown:
        period = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
        yield replace(blank, count=_number(shown), quarters=_quarters(period.label), label=row["period"])


def of_grid(grid: Grid, known: Sequence[Count], kinds: Dimension) -> list[Count]:
    """Return the counts that a table of a document prints or hides in columns and rows with a total.

    A line whose total is that of a figure's is of the same offences; any other line is of something of its own.
    """
    columns = [
        (head, [(plain(row[0].words), row[at]) for row in grid.rows]) for at, head in enumerate(grid.heads) if at
    ]
    rows = [(plain(row[0].words), list(zip(grid.heads[1:], row[1:], strict=True))) for row in grid.rows]
    return [count for name, line in columns + rows for count in _of_line(grid.name, name, line, known, kinds)]


def _of_line(
    table: str, name: str, line: Sequence[tuple[str, Cell]], known: Sequence[Count], kinds: Dimension
) -> Iterator[Count]:
    counted = [(label, cell) for label, cell in line if cell.unit == "count" or plain(cell.words) == HIDDEN]
    whole = next((cell.value for label, cell in counted if label.casefold() in TOTALS and cell.value), None)
    if whole is None:
        return
    own, heads = f"{table}/{name}", [label for label, _ in counted if label.casefold() not in TOTALS]
    like = [count for count in known if count.count == whole and count.kinds == kinds and whole >= WHOLE]
    alone = frozenset([own])
    same = next(iter(like), Count(own, "", None, alone, alone, alone, frozenset(heads), own))
    for label, cell in counted:
        is_whole = label.casefold() in TOTALS
        of = same.kinds if is_whole else frozenset(kind for kind in same.kinds if _is_called(kind, label))
        value = None if cell.value is None else int(cell.value)
        if of:
            where = f"tables/{table}.csv"
            yield replace(same, table=where, label=f"{name}, {label}", count=value, kinds=of, is_own=not is_whole)


def _is_called(kind: str, label: str) -> bool:
    """Whether a line is of that kind of outcome: 'Charged so far' is 'Charged or summonsed'."""
    one, other = kind.casefold(), label.casefold()
    return one == other or (one.split()[0] == "charged" and other.startswith("charged"))


def of_references(document: Document, figures: Iterable[Figure], registers: Registers) -> list[Count]:
    """Return the counts of one kind of outcome that a document states in words."""
    by_name = {figure.name: figure for figure in figures if "offence" in figure.record["parameters"]}
    found = []
    for reference in document.references:
        kinds = _kinds_of(reference, registers)
        if kinds and reference.value is not None and reference.figure in by_name:
            its = replace(_blank(by_name[reference.figure], registers), table=document.name, label=reference.id)
            places, quarters = _places(reference.area, registers), _quarters(reference.period)
            its = replace(its, places=places, quarters=quarters, kinds=kinds, is_own=True)
            found.append(replace(its, count=int(reference.value)))
    return found


def _kinds_of(reference: Reference, registers: Registers) -> Dimension:
    """Return the kind of outcome that a number counts; none if it counts no one kind."""
    if reference.unit != "count" or reference.measure not in ("offences_charged", "outcomes_of_one_kind"):
        return frozenset()
    if reference.measure == "offences_charged":
        return _stage("charged", registers)
    return frozenset(kind for kind in kinds_of(registers) if slug(kind) in reference.id.split("."))


def of_people(figure: Figure) -> list[tuple[str, int]]:
    """Return the counts of people in a table of a survey, with what each is of."""
    table = figure.table
    if "people_n" not in table:
        return []
    shown = table[table["people_n"] != ""]
    return [(f"{row.label}, {row.answer}", int(float(row.people_n))) for row in shown.itertuples()]


def _places(code: str, registers: Registers) -> Dimension:
    area = registers.areas.current.get(code)
    return frozenset(member.code for member in registers.areas.members(area)) if area else frozenset()


def _quarters(words: str) -> Dimension:
    try:
        period = Period.parse(words)
        return frozenset(str(quarter.start) for quarter in period.through(period, by="quarter"))
    except (BadPeriod, NotComparable):
        return frozenset()


def _number(text: str) -> int | None:
    return None if text == "" or pd.isna(text) else int(float(text))
