"""Find the entries of a register that hold the words a person typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from stats.errors import NotHonest, UnknownName, nearest
from stats.publish.kinds import KINDS
from stats.registers import Area, Break, Measure, Registers
from stats.registers.areas import Elsewhere

_JOINING = {"and", "or", "of", "the", "in", "by", "&", "+", "with"}
"""Words that part the others and tell nothing."""


def search(what: str, words: str, registers: Registers) -> list[Any]:
    """Return the entries of a kind that hold all the words, in the order of the register.

    Words may be begun and not finished; those that an underscore joins must stand side by side.

    Raises
    ------
    NotCovered
        If the words mean a place outside England and Wales.
    NotHonest
        If no measure is called so, because the name must not be used.
    UnknownName
        If nothing holds the words; the nearest names are listed.
    """
    kind = KINDS[what]
    entries = [*kind.entries(registers), *(registers.areas.elsewhere if what == "area" else ())]
    of_codes = registers.offences.codes_in(words) if what == "offence" else ()
    if of_codes:
        return [e for e in entries if getattr(e, "code", None) in of_codes or getattr(e, "codes", None) == of_codes]
    group = _group(words, registers) if what == "break" else None
    found = [e for e in entries if holds(kind.text(e, registers), words) or (group and cuts(e, group))]
    if found and all(isinstance(e, Elsewhere) for e in found):
        raise registers.areas.refusal(found[0])
    if found or (what == "break" and area_of(words, registers)):
        return found
    if what == "measure":
        refuse_forbidden(words, registers.measures.values())
    names = [*map(kind.name, entries), *(registers.documents if what == "claim" else ())]
    raise UnknownName(
        f"no {what} holds the words '{words}'.",
        [("nearest", ", ".join(nearest(words, names)) or "none")],
        f"See them all with: stats show {what}",
    )


def holds(text: str, words: str) -> bool:
    """Whether a text holds every word, whole or begun, in any case."""
    plain = text.casefold().replace("_", " ")
    return all(re.search(rf"(?<!\w){re.escape(word)}" + r"(?!\d)" * word[-1].isdigit(), plain) for word in asked(words))


def asked(words: str) -> list[str]:
    """Return the words that tell something, apart from each other."""
    every = [word.replace("_", " ").strip() for word in re.split(r"[\s;]+|,(?:\s|$)", words.casefold())]
    every = [word for word in every if word]
    return [word for word in every if word not in _JOINING] or every


def area_of(words: str, registers: Registers) -> Area | None:
    """Return the area of exactly this name, or None."""
    try:
        return registers.areas.find(words)
    except UnknownName:
        return None


def of_every_area(found: Iterable[Break], registers: Registers) -> list[Break]:
    """Return the breaks that concern every area and are not found yet."""
    known = {b.id for b in found}
    return [b for b in registers.breaks.values() if not b.areas and b.id not in known]


def cuts(entry: Break, codes: tuple[str, ...]) -> bool:
    """Whether a break cuts a series of these offence codes, in an area of its own if it has one."""
    area = entry.areas[0] if entry.areas else None
    return any(entry.touches(dataset=dataset, codes=codes, area=area) for dataset in entry.datasets)


def refuse_forbidden(words: str, measures: Iterable[Measure]) -> None:
    """Stop if words are a name that measures must not be called by, and name those measures as they should be.

    Raises
    ------
    NotHonest
    """
    said = " ".join(words.casefold().replace("_", " ").split())
    meant = [
        (name, m)
        for m in measures
        for name in m.forbidden_names
        if re.search(rf"(?<!\w){re.escape(name.casefold())}", said) or holds(name, said)
    ]
    if meant:
        names = list(dict.fromkeys(name for name, _ in meant))
        right = {m.id: f"{m.plain_name}  ({m.id})" for _, m in meant}
        raise NotHonest(
            f"'{words}' is a name that must not be used for a measure.",
            [("forbidden", ", ".join(names)), ("as a name of", "\n".join(right.values()))],
            "Choose the one that you mean, and call it by these words. Its base and caveat: stats show measure NAME",
        )


def _group(words: str, registers: Registers) -> tuple[str, ...]:
    try:
        return registers.offences.find(words).codes
    except UnknownName:
        return ()
