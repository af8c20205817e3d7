"""How a number is computed again from the rows of the publisher's data: every count as a sum, and shares of sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

import pandas as pd

from stats.errors import BadPeriod, NotReproduced, UnknownName
from stats.estimate.rates import PER
from stats.period import Period
from stats.publish.pack.figure import Figure
from stats.publish.pack.recipes import Recipe, gives, slug
from stats.registers import Registers

COUNTED = ("charge_share", "compare_forces", "is_it_changing", "recorded_offences", "how_much_do_figures_move")
"""The notebooks whose numbers are counted from rows of recorded offences, outcomes and populations."""

OUTCOMES = {
    "offences_charged": ("charged", ""),
    "charge_share_of_offences_recorded": ("charged", "all"),
    "charge_share_of_offences_resolved": ("charged", "resolved"),
    "outcomes_of_one_kind": ("named", ""),
    "outcome_share_of_offences_recorded": ("named", "all"),
}
"""Of each measure of outcomes, the kinds of outcome over and under the line."""


def rows_path(source: str, digest: str) -> str:
    """Return where the rows of a source lie in a pack; `verify.py` knows it too."""
    return f"data/{source}/{digest[:16]}.csv"


def paths_of(figure: Figure) -> dict[str, str]:
    """Return where the rows of each source of a figure lie in a pack, by the id of the source."""
    hashes = {told["id"]: told["rows_sha256"] for told in figure.record["sources"] if "rows_sha256" in told}
    return {name: rows_path(name, digest) for name, digest in hashes.items() if name in figure.rows}


def of_rows(number: Mapping[str, Any], figure: Figure, registers: Registers) -> Recipe | None:
    """Return how a number of a figure follows from the rows of its sources; None for what is no count, share or rate.

    Raises
    ------
    NotReproduced
        If it should follow and does not.
    """
    if figure.record["notebook"] not in COUNTED or not (number["area"] and number["period"] and number["measure"]):
        return None
    files = {path: figure.rows[name] for name, path in paths_of(figure).items()}
    tried = list(_ways(number, figure, registers))
    right = next((recipe for recipe in tried if gives(recipe, number["text"], files)), None)
    if tried and right is None:
        raise NotReproduced(
            "a number of a figure does not follow from its rows.",
            [("figure", figure.name), ("number", number["id"]), ("printed", number["text"])],
            "Make the figure again (make figures), look, and commit. If it stays, the code that makes it is wrong.",
        )
    return right


def _ways(number: Mapping[str, Any], figure: Figure, registers: Registers) -> Iterator[Recipe]:
    try:
        period, area = Period.parse(number["period"]), registers.areas.find(number["area"])
    except (BadPeriod, UnknownName):
        return
    if number["measure"] in OUTCOMES and "outcomes" in figure.datasets.values():
        yield from _of_outcomes(number, figure, _of_area(area.code, registers), period, registers)
    elif number["measure"] == "recorded_offences" and number["unit"] == "count":
        yield from _of_recorded(number, figure, area.code, period, registers)
    elif number["measure"] == "recorded_offences_per_1000":
        yield from _of_rates(figure, area.code, period, registers)


def _of_outcomes(
    number: Mapping[str, Any], figure: Figure, places: list[str], period: Period, registers: Registers
) -> Iterator[Recipe]:
    over, under = OUTCOMES[number["measure"]]
    kinds = {
        "all": list(registers.outcomes), "charged": _types("charged", registers),
        "upper": _types("charged", registers) + _types("pending", registers),
        "resolved": _types("charged", registers) + _types("closed", registers),
        "named": [t for t, o in registers.outcomes.items() if slug(o.group) in number["id"].split(".")],
    }  # fmt: skip
    over = "upper" if number["id"].endswith(".upper") else over
    for source in _of_dataset("outcomes", figure):
        top = _sum(figure, source, period, area_code=places, outcome_type_code=kinds[over])
        top["none_is_zero"] = True  # rows with a count of zero are left out of the publisher's table
        below = _sum(figure, source, period, area_code=places, outcome_type_code=kinds[under or "all"])
        yield {"formula": "share", "numerator": top, "denominator": below} if under else {
            "formula": "sum", "numerator": top,
        }  # fmt: skip


def _of_recorded(
    number: Mapping[str, Any], figure: Figure, area: str, period: Period, registers: Registers
) -> Iterator[Recipe]:
    kinds = list(registers.outcomes)
    if ".offences_resolved." in number["id"]:
        kinds = _types("charged", registers) + _types("closed", registers)
    for source in _of_dataset("recorded_offences", figure) or _of_dataset("outcomes", figure):
        chosen = {"area_code": _of_area(area, registers), "outcome_type_code": kinds, **_offences(number, registers)}
        if not number["qualifier"].startswith("as at ") or number["qualifier"] == f"as at {source}":
            yield {"formula": "sum", "numerator": _sum(figure, source, period, **chosen)}


def _of_rates(figure: Figure, area: str, period: Period, registers: Registers) -> Iterator[Recipe]:
    middle = next(day for day in (date(y, 6, 30) for y in (period.start.year, period.end.year)) if period.contains(day))
    for source in _of_dataset("recorded_offences", figure):
        top = _sum(figure, source, period, area_code=_of_area(area, registers))
        for other in reversed(_of_dataset("population", figure)):
            places = [[area], [m.code for m in registers.areas.members(registers.areas.current[area])]]
            for below in (_term(figure, other, "residents_n", mid_year=[str(middle)], area_code=p) for p in places):
                yield {"formula": "rate", "per": PER, "numerator": top, "denominator": below}


def _offences(number: Mapping[str, Any], registers: Registers) -> dict[str, list[str]]:
    """Return the codes of a claim that a number is set beside; other figures hold rows of one group alone."""
    ids = {c.id: c for d in (registers.documents | registers.others).values() for c in d.claims}
    claim = next((ids[part] for part in number["id"].split(".") if part in ids), None)
    return {"offence_code": list(registers.offences.find(claim.offence).codes)} if claim and claim.offence else {}


def _sum(figure: Figure, source: str, period: Period, **chosen: list[str]) -> dict[str, Any]:
    starts = _column(figure, source, "period_start")
    inside = [start for start in starts if period.contains(date.fromisoformat(start))]
    return _term(figure, source, "offences_n", period_start=inside, **chosen)


def _term(figure: Figure, source: str, column: str, **chosen: list[str]) -> dict[str, Any]:
    """Return the rows of a source with these cells; a column that would leave no row out is not named."""
    where = {}
    for name, asked in chosen.items():
        there = _column(figure, source, name)
        kept = [cell for cell in there if cell in set(asked)]
        if there and kept != there:
            where[name] = kept
    return {"file": paths_of(figure)[source], "where": where, "column": column}


def _column(figure: Figure, source: str, name: str) -> list[str]:
    """Return what stands in a column of the rows of a source, each once, in order; nothing if it has none."""
    return list(_columns(figure.rows[source]).get(name, ()))


@lru_cache(maxsize=16)
def _columns(rows: bytes) -> dict[str, tuple[str, ...]]:
    table = pd.read_csv(BytesIO(rows), dtype="str", keep_default_na=False)
    return {str(name): tuple(sorted(set(table[name]))) for name in table}


def _of_dataset(dataset: str, figure: Figure) -> list[str]:
    return [name for name in figure.rows if figure.datasets[name] == dataset]


def _of_area(area: str, registers: Registers) -> list[str]:
    return [member.code for member in registers.areas.members(registers.areas.current[area])]


def _types(stage: str, registers: Registers) -> list[str]:
    return [name for name, outcome in registers.outcomes.items() if outcome.stage == stage]
