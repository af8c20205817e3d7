"""Put the outputs of a notebook that was run under the words it has now, without running it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from stats.errors import StatsError

INJECTED = "injected-parameters"
"""How papermill tags the cell of parameters that it puts in."""

Cell = dict[str, Any]


def rerender(executed: bytes, notebook: bytes) -> bytes:
    """Return a notebook with the outputs of an earlier run of the same code, and its own words.

    Parameters
    ----------
    executed : bytes
        The notebook as papermill left it.
    notebook : bytes
        The notebook as it is now, with or without outputs of its own.

    Raises
    ------
    StatsError
        If its code is not that of the notebook that was run.
    """
    ran, now = json.loads(executed), json.loads(notebook)
    cells = list(_cells(_code_of(ran["cells"]), now["cells"]))
    whole = {**ran, "cells": cells}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
    return f"{text}\n".encode()


def _code_of(cells: list[Cell]) -> list[tuple[Cell, list[Cell]]]:
    """Return each code cell of the notebook itself, with what papermill put behind it; what it put first has none."""
    found: list[tuple[Cell, list[Cell]]] = [({}, [])]
    for cell in cells:
        if cell["cell_type"] == "code":
            if INJECTED in _tags(cell):
                found[-1][1].append(cell)
            else:
                found.append((cell, []))
    return found


def _cells(ran: list[tuple[Cell, list[Cell]]], now: list[Cell]) -> Iterator[Cell]:
    (_, first), *rest = ran
    _must_be_the_same([cell for cell, _ in rest], [cell for cell in now if cell["cell_type"] == "code"])
    yield from first
    left = iter(rest)
    for cell in now:
        if cell["cell_type"] != "code":
            yield cell
            continue
        done, injected = next(left)
        yield done | {"id": cell["id"]} if "id" in cell else done
        yield from injected


def _must_be_the_same(ran: list[Cell], now: list[Cell]) -> None:
    if [_told(cell) for cell in ran] != [_told(cell) for cell in now]:
        raise StatsError(
            "the code of a notebook is not the code that was run.",
            [("run", f"{len(ran)} cells of code"), ("now", f"{len(now)} cells of code")],
            "Its outputs are not put under other code. Run it again.",
        )


def _told(cell: Cell) -> tuple[str, list[str]]:
    return "".join(cell["source"]), _tags(cell)


def _tags(cell: Cell) -> list[str]:
    return [tag for tag in cell["metadata"].get("tags", ()) if tag]
