"""The axes of a matrix - areas, offences, periods - and what a word for one of them stands for, groups among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stats.errors import BadParameter
from stats.period import Period
from stats.registers import Registers
from stats.run.asking import Parameters, is_span

AXES = ("area", "offence", "period")
"""In the order in which the combinations of a matrix come."""

AREAS = {
    "all": "the 43 territorial forces and British Transport Police, which together are England and Wales",
    "forces": "the 43 territorial forces",
    "nations": "England, Wales, and England and Wales",
}
OFFENCES = {"all": "every group of the register", "codes": "every code that is counted here, by itself"}
PERIODS = {"all": "every whole financial year of the releases to hand", "quarters": "every quarter of them"}
GROUPS = {"area": AREAS, "offence": OFFENCES, "period": PERIODS}
"""The words that stand for more than one, and what for."""


def resolved(
    axis: str, words: Iterable[str], registers: Registers, model: type[Parameters] | None = None
) -> tuple[str, ...]:
    """Return what words of an axis stand for, each once and as its register writes it.

    Parameters
    ----------
    axis : {"area", "offence", "period"}
    words : iterable of str
        Names, aliases, codes or periods, and the groups of `GROUPS`.
    registers : Registers
    model : type of Parameters, optional
        Of the notebook: 'all' periods are those of the tables that it reads.

    Raises
    ------
    UnknownName, NotCovered, BadPeriod
        If a word stands for nothing; the nearest are listed.
    """
    found: list[str] = []
    for word in words:
        if axis == "period":
            found += _periods(word, registers, model)
        else:
            found += _areas(word, registers) if axis == "area" else _offences(word, registers)
    return tuple(dict.fromkeys(found))


def _areas(word: str, registers: Registers) -> list[str]:
    areas = registers.areas
    kinds: dict[str, Callable[[str], bool]] = {
        "all": lambda kind: kind in ("force", "special force"),
        "forces": lambda kind: kind == "force",
        "nations": lambda kind: kind in ("nation", "nations"),
    }
    if word.casefold() in kinds:
        return sorted(area.name for area in areas.current.values() if kinds[word.casefold()](area.kind))
    return [areas.find(word).name]


def _offences(word: str, registers: Registers) -> list[str]:
    if word.casefold() == "all":
        return list(registers.offences.groups)
    if word.casefold() == "codes":
        return [offence.code for offence in registers.offences.counted]
    group = registers.offences.find(word)
    return [group.name if group.name in registers.offences.groups else group.codes[0]]


def _periods(word: str, registers: Registers, model: type[Parameters] | None) -> list[str]:
    if word.casefold() in PERIODS:
        span = _held(registers, model)
        quarters = [q.short for q in span.through(span, by="quarter")]
        if word.casefold() == "quarters":
            return quarters
        years = (Period.financial_year(year) for year in range(span.start.year, span.end.year + 1))
        return [year.short for year in years if span.start <= year.start and year.end <= span.end]
    if is_span(word):
        first, _, last = word.partition(" to ")
        return [f"{_period(first)} to {_period(last)}"]
    return [_period(word)]


def _period(words: str) -> str:
    """One period as it is written shortest, so that two spellings are one."""
    return Period.parse(words).short


def _held(registers: Registers, model: type[Parameters] | None) -> Period:
    """What the releases of the first table of a notebook cover together; of both tables if none is named."""
    tables = [registers.tables[name].dataset for name in (model.reads if model else ("recorded_offences", "outcomes"))]
    sources = [s for name in tables[: 1 if model else None] for s in registers.sources_of(name)]
    first, last = (
        [day for day in (getattr(source, name) for source in sources) if day] for name in ("covers_from", "covers_to")
    )
    if not first or not last:
        raise BadParameter(
            "this notebook reads no table of periods.", [("notebook", model.notebook if model else "none")],
            "Name the periods.",
        )  # fmt: skip
    return Period(min(first), max(last))
