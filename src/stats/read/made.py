"""Whether a tidy table is the one that was made from the raw files that are here. Imports nothing heavy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from stats.errors import CheckFailed, NotToHand
from stats.registers import Registers
from stats.registers.entries import find, shown

RECORD = "made.json"
"""The file beside the tidy tables that tells the hash of each, and of the raw files it was made from."""

MEND = "Nothing is made from it. Run: make data"


def record_of(files: Mapping[str, bytes], registers: Registers) -> dict[str, Any]:
    """Return what is to be remembered of tables just made: by name, the hash of each and of its raw files.

    Parameters
    ----------
    files : mapping of str to bytes
        The tables as they are written, by name.
    registers : Registers
    """
    return {
        name: {"sha256": _sha(files[name]), "sources": _sources(name, registers)}
        for name in registers.tables
        if name in files
    }


def must_be_as_made(names: Iterable[str], registers: Registers) -> None:
    """Stop unless each table is, byte for byte, what `stats data` made from the raw files that are here.

    Raises
    ------
    NotToHand
        If a table, or the record of how it was made, is not there.
    CheckFailed
        If a table was changed since, or made from other raw files.
    SourceChanged
        If a raw file is not the one its entry describes.
    """
    for name in dict.fromkeys(names):
        _must_be_as_made(name, registers)


def _must_be_as_made(name: str, registers: Registers) -> None:
    dataset = find(registers.tables, name, what="table", where="data/registers/columns.yml").dataset
    path = registers.root / "data" / "tidy" / f"{name}.csv"
    if not path.is_file():
        raise NotToHand(f"the table {name} has not been made.", [("file", shown(path))], "Run: make data")
    told = _told(registers).get(name)
    if told is None:
        raise NotToHand(
            f"nothing tells how the table {name} was made.", [("file", shown(path.with_name(RECORD)))], MEND
        )
    if _sha(path.read_bytes()) != told["sha256"]:
        raise CheckFailed(
            f"the table {name} was changed after it was made from the raw files.", [("file", shown(path))], MEND
        )
    for source in registers.sources_of(dataset):
        source.read()
    here = _sources(name, registers)
    if here != told["sources"]:
        changed = sorted(dict(here.items() ^ told["sources"].items()))
        raise CheckFailed(
            f"the table {name} was made from other raw files than those that are here.",
            [("file", shown(path)), ("changed", ", ".join(changed))],
            MEND,
        )


def _told(registers: Registers) -> dict[str, Any]:
    path = registers.root / "data" / "tidy" / RECORD
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as problem:
        raise CheckFailed(
            "the record of how the tables were made cannot be read.",
            [("file", shown(path)), ("problem", problem)],
            MEND,
        ) from None
    return found


def _sources(name: str, registers: Registers) -> dict[str, str]:
    return {source.id: source.sha256 for source in registers.sources_of(registers.tables[name].dataset)}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
