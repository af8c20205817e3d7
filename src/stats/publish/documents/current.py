"""Nothing that a later release has overtaken is stated, unless its author accepts it, with a reason and until a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from stats.errors import BadPeriod, NotHonest
from stats.period import Period
from stats.publish.documents.cited import OFFICIAL, TYPED
from stats.publish.documents.model import Reference
from stats.registers import Registers
from stats.registers.entries import Entry, shown

OVERTAKEN = ("superseded", "stale")


class Accepted(Entry):
    """Why something that was overtaken is stated all the same, and until when."""

    reason: str
    until: date


class Overtaken(NotHonest):
    """A document states what a later release has overtaken."""


def must_be_current(
    references: Iterable[Reference], registers: Registers, accepted: Mapping[str, Accepted], *, file: Path
) -> None:  # fmt: skip
    """Stop if a claim was superseded or is stale, or a number rests on a release that a newer one replaces.

    Parameters
    ----------
    references : iterable of Reference
    registers : Registers
    accepted : mapping
        By id of a number, claim or whole figure, what the author accepts: until the day of the newest official release
        that is here, and never the clock.
    file : Path
        Of the template.

    Raises
    ------
    Overtaken
        Naming each, with its value and the release that replaces it.
    """
    day = newest_day(registers)
    ends = {name: one.until for name, one in accepted.items()}
    found = [(one.id, why) for one, why in _overtaken(references, registers)
             if max(ends.get(one.id, date.min), ends.get(one.figure, date.min)) < day]  # fmt: skip
    if found:
        raise Overtaken(
            "a document states what a later release has overtaken.", [("file", shown(file)), *found],
            "Make the figures again (make figures) and mend the words. Or accept it, with reason and until, under\n"
            "  accepted_stale in the head of the template.",
        )  # fmt: skip


def newest_day(registers: Registers) -> date:
    """Return the day of the newest official release, whatever it is of: what was accepted until then has ended."""
    sources = [source for source in registers.sources.values() if source.kind in OFFICIAL and source.dataset != TYPED]
    return max((date.fromisoformat(source.order) for source in sources), default=date.min)


def _overtaken(references: Iterable[Reference], registers: Registers) -> Iterator[tuple[Reference, str]]:
    for reference in references:
        if reference.verdict in OVERTAKEN:
            yield reference, f"{reference.text or 'a claim'} is {reference.verdict}"
        for source, newer in _replaced(reference, registers):
            yield reference, f"{reference.text}, from {source}, which {newer} replaces"


def _replaced(reference: Reference, registers: Registers) -> Iterator[tuple[str, str]]:
    """Give each release that a number rests on and that is not the newest of its period, with the newest."""
    try:
        period = Period.parse(reference.period)
    except BadPeriod:
        return
    for name in reference.sources:
        source = registers.sources.get(name)
        if source is None or source.covers_from is None or not source.covers(period.start, period.end):
            continue
        newest = registers.newest(source.dataset, period)
        if newest.id not in reference.sources:
            yield source.id, newest.id
