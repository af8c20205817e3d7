"""The printed totals that a release is tied to on its day: told by a person, printed in the file, or registered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from stats.errors import StatsError, UsageMistake, counted, nearest
from stats.period import Period
from stats.registers import Registers, Source
from stats.registers.sources import WIDEST, Total

FEWEST = 3
"""How many printed totals a release must tie to."""

ITSELF = "the release itself"

EXAMPLES = {
    "recorded_offences": "England and Wales, stalking, 2024/25 = 135,628",
    "outcomes": "England and Wales, stalking, 2024/25, Charged or summonsed = 11,610",
    "population": "England and Wales, 2024 = 61,806,682",
}
"""How a total is written, by the dataset it is of; the outcome type may be left out, and then all are meant."""

Ask = Callable[[str, str], str]


def with_totals(
    source: Source, fields: dict[str, Any], *, told: tuple[str, ...], printed_by: str | None, not_tied: str | None,
    in_file: int, registers: Registers, ask: Ask | None,
) -> tuple[Source, dict[str, Any]]:  # fmt: skip
    """Return the entry of a release with the totals that it is tied to; whether they fit is seen when tables are made.

    A total of the release itself must be met exactly, and one of another publication within 1%: it may be of another
    day, and releases revise each other.

    Parameters
    ----------
    source : Source
    fields : dict
        Of its entry, as they are written.
    told : tuple of str
        Each as in `EXAMPLES`; several in one are parted by semicolons.
    printed_by : str, optional
        The publication that printed them, if it is not the release itself.
    not_tied : str, optional
        Why there are fewer than three.
    in_file : int
        How many totals the file prints, all of them found to add up.
    registers : Registers
    ask : callable, optional
        Asks a person for those that are missing.

    Raises
    ------
    UsageMistake
        If there are fewer than three and no reason is told, or one cannot be understood.
    """
    words = [part.strip() for text in told for part in text.split(";") if part.strip()]
    known = in_file + _registered(source, registers)
    if ask is not None and not_tied is None:
        for number in range(known + len(words) + 1, FEWEST + 1):
            words.append(ask(f"total {number} of {FEWEST}", _meaning(source)))
    totals = [_total(text, source, registers, printed_by or ITSELF) for text in words]
    _must_differ(totals, words)
    lacking = FEWEST - known - len(totals)
    if lacking > 0 and not_tied is None:
        raise UsageMistake(
            "a release must tie to at least three totals that its publisher, or somebody else, printed.",
            [("file", source.path.name), ("found", f"{known + len(totals)}: {known} in the file and the registers, "
              f"{len(totals)} told"), (f"{lacking} more", f'--total "{EXAMPLES[source.dataset]}"')],
            "Copy them from the bulletin of the release (--totals-from names another publication). If none is to be "
            "had, say why with --not-tied: the entry keeps it, and every report says so. Nothing was stored.",
        )  # fmt: skip
    if lacking <= 0 and not_tied is not None:
        raise UsageMistake(
            "the release ties to three totals or more, so it is tied.",
            [("--not-tied", not_tied)], "Leave --not-tied out. Nothing was stored.",
        )  # fmt: skip
    kept = {"totals": [_as_written(total) for total in totals], "not_tied": not_tied}
    source = source.model_copy(update={"totals": tuple(totals), "not_tied": not_tied})
    return source, fields | {name: value for name, value in kept.items() if value}


def tied_in_words(source: Source, in_file: int, registers: Registers) -> tuple[str, str]:
    """Return in a label and words what a release is tied to."""
    parts = [f"{counted(in_file, 'total')} in the file {'adds' if in_file == 1 else 'add'} up" if in_file else ""]
    told = [total for total in registers.totals.values() if total.release == source.id]
    if told:
        parts.append("; ".join(f"{_where(total, registers)}: {total.printed:,} ({total.printed_by})" for total in told))
    if told and not in_file and source.covers_to and all(total.end < source.covers_to for total in told):
        parts.append(f"none of these reaches {source.covers_to:%B %Y}, so what is newest is tied to nothing")
    parts += [f"the recorded offences of the same day ({other})" for other in _of_the_day(source, registers)]
    said = "; ".join(filter(None, parts))
    if source.not_tied:
        return "NOT TIED", f"to three printed totals: {source.not_tied}" + (f" Tied to {said}" if said else "")
    return "tied to", said or "no printed total"


def _registered(source: Source, registers: Registers) -> int:
    """How many totals are here already; offences of the same day are as many totals as there are rows."""
    by_name = sum(total.release == source.id for total in registers.totals.values())
    return by_name + FEWEST * len(list(_of_the_day(source, registers)))


def _of_the_day(source: Source, registers: Registers) -> Iterator[str]:
    """Recorded offences published with outcomes: these add up to them in every force, quarter and offence."""
    if source.dataset == "outcomes":
        for other in registers.sources_of("recorded_offences"):
            if other.published == source.published and not other.holds_less_than(source):
                yield other.id


def _meaning(source: Source) -> str:
    newest = f"; one should reach {source.covers_to:%B %Y}" if source.covers_to else ""
    return f"printed by the release or its bulletin, such as: {EXAMPLES[source.dataset]}{newest}"


def _total(words: str, source: Source, registers: Registers, printed_by: str) -> Total:
    where, equals, number = words.rpartition("=")
    digits = re.sub(r"[,\s]", "", number)
    parts = [part.strip() for part in where.split(",")]
    try:
        if not equals or not re.fullmatch(r"[1-9]\d*", digits):
            raise UsageMistake("no number stands behind '='.")
        found = _residents(parts, registers) if source.dataset == "population" else _offences(parts, source, registers)
    except StatsError as problem:
        raise UsageMistake(
            f"a total cannot be understood: {problem.wrong}",
            [("given", words), *problem.evidence], f"Write it like this: {EXAMPLES[source.dataset]}",
        ) from None  # fmt: skip
    tolerance = 0 if printed_by == ITSELF else WIDEST
    return Total.model_validate({**found, "printed": int(digits), "printed_by": printed_by, "tolerance_pct": tolerance})


def _offences(parts: list[str], source: Source, registers: Registers) -> dict[str, Any]:
    types: tuple[str, ...] = ()
    if source.dataset == "outcomes" and len(parts) > 3 and not _is_period(parts[-1]):
        types = (_outcome(parts.pop(), registers),)
    *area, offence, period = parts if len(parts) > 2 else ["", "", ""]
    asked = Period.parse(period)
    if not source.covers(asked.start, asked.end):
        raise UsageMistake("the release does not cover this period.", [("covers", _span(source)), ("period", asked)])
    return {
        "area_code": registers.areas.find(", ".join(area)).code, "codes": registers.offences.find(offence).codes,
        "outcome_types": types, "start": asked.start, "end": asked.end,
    }  # fmt: skip


def _residents(parts: list[str], registers: Registers) -> dict[str, Any]:
    *area, year = parts
    found = re.fullmatch(r"(?:mid-)?((?:19|20)\d\d)", year)
    if not found or not area:
        raise UsageMistake("an area and a year are wanted.")
    day = f"{found[1]}-06-30"
    return {"area_code": registers.areas.find(", ".join(area)).code, "start": day, "end": day}


def _is_period(words: str) -> bool:
    try:
        return bool(Period.parse(words))
    except StatsError:
        return False


def _outcome(words: str, registers: Registers) -> str:
    by_name = {outcome.name.casefold(): code for code, outcome in registers.outcomes.items()}
    if words in registers.outcomes or words.casefold() in by_name:
        return by_name.get(words.casefold(), words)
    close = ", ".join(nearest(words.casefold(), by_name)) or "none"
    raise UsageMistake(f"no outcome type is called '{words}'.", [("nearest", close)])


def _must_differ(totals: list[Total], words: list[str]) -> None:
    """Stop if two totals are of one thing: three times the same is one total."""
    seen: dict[object, str] = {}
    for total, text in zip(totals, words, strict=True):
        at = (total.area_code, frozenset(total.codes), frozenset(total.outcome_types), total.start, total.end)
        if at in seen:
            raise UsageMistake(
                "two totals are of the same area, offences and period.", [("first", seen[at]), ("second", text)],
                "Give three different ones. Nothing was stored.",
            )  # fmt: skip
        seen[at] = text


def _as_written(total: Total) -> dict[str, Any]:
    fields = total.model_dump(exclude_defaults=True)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def _where(total: Total, registers: Registers) -> str:
    area = registers.areas.current[total.area_code].name
    days = f"mid-{total.end.year}" if total.start == total.end else Period(total.start, total.end).label
    return ", ".join(filter(None, [area, " ".join(total.codes), days, " ".join(total.outcome_types)]))


def _span(source: Source) -> str:
    return f"{source.covers_from} to {source.covers_to}"
