"""Entries of the registers as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from stats.errors import UnknownName, nearest
from stats.registers import Area, OffenceGroup, Registers, Source
from stats.registers.entries import Entry, shown
from stats.registers.offences import Offence


def show(what: str, words: str, registers: Registers) -> str:
    """Return one entry in full, or a line for each that holds the words.

    Parameters
    ----------
    what : str
        A key of `KINDS`.
    words : str
        A name, alias, id or code for one entry; other words to search; empty for all.
    registers : Registers

    Raises
    ------
    UnknownName
        If nothing holds the words; the nearest names are listed.
    """
    kind = KINDS[what]
    entries = kind.entries(registers)
    if not words:
        return "\n".join(kind.line(e) for e in entries)
    one = kind.one(words, registers)
    if one is not None:
        return full(one)
    wanted = [
        re.compile(rf"(?<!\w){re.escape(word)}" + r"(?!\d)" * word[-1].isdigit()) for word in words.casefold().split()
    ]
    found = [e for e in entries if all(word.search(kind.line(e).casefold().replace("_", " ")) for word in wanted)]
    if len(found) == 1:
        return full(found[0])
    if found:
        return "\n".join(kind.line(e) for e in found)
    names = [kind.name(e) for e in entries]
    raise UnknownName(
        f"no {what} holds the words '{words}'.",
        [("nearest", ", ".join(nearest(words, names)) or "none")],
        f"See them all with: stats show {what}",
    )


def full(entry: Entry) -> str:
    """Return every field of an entry, one a line."""
    fields = {k: v for k, v in entry.model_dump(mode="json").items() if v not in (None, [], "")}
    if isinstance(entry, Source):
        fields["file"] = shown(Path(entry.file))
    width = max(len(k) for k in fields)
    return "\n".join(f"{k:<{width}}  {_text(v, width)}" for k, v in fields.items())


class _Kind:
    def __init__(
        self,
        entries: Callable[[Registers], Iterable[Any]],
        name: Callable[[Any], str],
        line: Callable[[Any], str],
        find: Callable[[str, Registers], Any],
    ) -> None:
        self._entries, self.name, self.line, self._find = entries, name, line, find

    def entries(self, registers: Registers) -> list[Any]:
        return list(self._entries(registers))

    def one(self, words: str, registers: Registers) -> Any:
        try:
            return self._find(words, registers)
        except (UnknownName, KeyError):
            return None


def _claims(registers: Registers) -> Iterable[Any]:
    return (claim for document in registers.documents.values() for claim in document.claims)


def _area_line(area: Area) -> str:
    also = ", ".join(area.aliases + area.aliases_cy)
    return f"{area.code:<10} {area.name}" + (f"  (also {also})" if also else "")


def _offence_line(entry: Offence | OffenceGroup) -> str:
    if isinstance(entry, OffenceGroup):
        return f"{', '.join(entry.codes):<20} {entry.name}"
    return f"{entry.code:<20} {entry.name}" + ("" if entry.counted_here else "  (not counted here)")


KINDS = {
    "area": _Kind(lambda r: r.areas.current.values(), lambda a: a.name, _area_line, lambda w, r: r.areas.find(w)),
    "offence": _Kind(
        lambda r: [*r.offences.groups.values(), *r.offences.by_code.values()], lambda o: o.name, _offence_line,
        lambda w, r: r.offences.by_code.get(w.upper()) or r.offences.find(w),
    ),
    "measure": _Kind(
        lambda r: r.measures.values(), lambda m: m.id, lambda m: f"{m.id:<46} {m.plain_name}",
        lambda w, r: r.measures[w],
    ),
    "break": _Kind(
        lambda r: r.breaks.values(), lambda b: b.id, lambda b: f"{b.date}  {b.kind:<9} {b.id:<40} {b.label}",
        lambda w, r: r.breaks[w],
    ),
    "source": _Kind(
        lambda r: r.sources.values(), lambda s: s.id, lambda s: f"{s.id:<36} {s.citation}", lambda w, r: r.sources[w]
    ),
    "claim": _Kind(
        _claims, lambda c: c.id, lambda c: f"{c.id}  “{c.quote}”  [{c.words}]", lambda w, r: r.claim(w.upper())
    ),
}  # fmt: skip
"""What can be shown, by the word after `stats show`."""


def _text(value: Any, width: int) -> str:
    if isinstance(value, list):
        return ("\n" + " " * (width + 2)).join(_text(v, width) for v in value)
    if isinstance(value, dict):
        return "; ".join(f"{k}: {v}" for k, v in value.items() if v is not None)
    return str(value)
