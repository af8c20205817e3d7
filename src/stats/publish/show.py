"""Entries of the registers as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from stats.publish.kinds import KINDS, document_of
from stats.publish.search import area_of, of_every_area, search
from stats.registers import Area, Registers, Source
from stats.registers.claims import Claim, Document
from stats.registers.corrections import Cell, Correction
from stats.registers.entries import Entry, shown


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
    StatsError
        If nothing holds the words, or they name what is not covered or must not be said; the nearest are listed.
    """
    kind = KINDS[what]
    if not words.strip():
        return listed(what, list(kind.entries(registers)), registers)
    one = kind.one(words, registers)
    if one is not None:
        return full(one, registers)
    found = search(what, words, registers)
    text = full(found[0], registers) if len(found) == 1 else listed(what, found, registers)
    area = area_of(words, registers) if what == "break" else None
    if area is None:
        return text
    others = listed(what, of_every_area(found, registers), registers)
    return "\n".join(filter(None, [text, f"Breaks that concern {area.possessive} as they do every area:", others]))


def listed(what: str, entries: Sequence[Any], registers: Registers) -> str:
    """Return a line for each entry; claims stand under the document that makes them."""
    line = KINDS[what].line
    if what != "claim":
        return "\n".join(line(e) for e in entries)
    lines = []
    for document, claims in groupby(entries, key=lambda claim: document_of(claim, registers)):
        lines += [f"{document.id}  {_printed(document)}", *(f"  {line(claim)}" for claim in claims)]
    return "\n".join(lines)


def full(entry: Entry, registers: Registers) -> str:
    """Return every field of an entry, one a line, with what other entries tell of it."""
    fields = {k: v for k, v in entry.model_dump(mode="json").items() if v not in (None, [], "")}
    if isinstance(entry, Source):
        fields["file"] = shown(Path(entry.file))
    if isinstance(entry, Correction):
        fields["cells"] = [_cell(entry, cell) for cell in entry.cells]
    if isinstance(entry, Claim):
        document = document_of(entry, registers)
        fields["document"] = f"{document.id}: {_printed(document)}"
    if isinstance(entry, Area) and registers.areas.former(entry):
        fields |= {"name_since": fields.pop("valid_from"), **_former(entry, registers)}
    width = max(len(k) for k in fields)
    return "\n".join(f"{k:<{width}}  {_text(v, width)}" for k, v in fields.items())


def _former(area: Area, registers: Registers) -> dict[str, Any]:
    names = [
        f"{row.name}, until {row.valid_to}" + (f" (also {', '.join(row.aliases)})" if row.aliases else "")
        for row in registers.areas.former(area)
    ]
    older = f"of the same area and code; those from before {area.valid_from} are here under the name in use"
    return {"former_name": names, "older_data": older}


def _cell(correction: Correction, cell: Cell) -> str:
    right = "not available" if cell.right is None else cell.right
    return f"{correction.named(cell)}: printed {cell.printed}, right {right}"


def _printed(document: Document) -> str:
    return f"{document.title} ({document.publisher}, {document.published})"


def _text(value: Any, width: int) -> str:
    if isinstance(value, list):
        return ("\n" + " " * (width + 2)).join(_text(v, width) for v in value)
    if isinstance(value, dict):
        return "; ".join(f"{k}: {v}" for k, v in value.items() if v is not None)
    return str(value)
