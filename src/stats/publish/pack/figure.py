"""A figure as a pack takes it: its four files, and the tidy rows that it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import pandas as pd

from stats.draw.page import Drawing
from stats.errors import NotToHand
from stats.publish.documents.model import Document
from stats.publish.files import as_csv
from stats.publish.folder import SUFFIXES
from stats.publish.rests_on import WHOLE, Asked
from stats.read.tidy import read_tidy
from stats.registers import Registers, Source
from stats.registers.illustrative import illustrative_sources

Ask = Callable[[str, Mapping[str, Any]], Asked]
"""From the name of a notebook and its plain parameters to the validated ones."""

CLAIM = "claim_id"
"""The column of a figure's table that names a claim."""

PRINTED_BY_OTHERS = "figure_id"
"""The column that names a figure which somebody else published."""


@dataclass(frozen=True)
class Figure:
    """A figure of a pack.

    Parameters
    ----------
    name : str
        'brief/figure', as below `figures`.
    files : dict
        Bytes by suffix.
    rows : dict
        By the id of each source read row by row: its tidy rows as CSV, as they are now.
    datasets : dict
        By the id of each source, its dataset.
    """

    name: str
    files: Mapping[str, bytes]
    rows: Mapping[str, bytes] = field(default_factory=dict)
    datasets: Mapping[str, str] = field(default_factory=dict)

    @property
    def brief(self) -> str:
        """The brief that it belongs to."""
        return self.name.split("/")[0]

    @cached_property
    def record(self) -> dict[str, Any]:
        """What its JSON tells."""
        return dict(json.loads(self.files["json"]))

    @cached_property
    def table(self) -> pd.DataFrame:
        """What is plotted, as text; an empty cell is ''."""
        return pd.read_csv(BytesIO(self.files["csv"]), dtype="str", keep_default_na=False)

    @property
    def claims(self) -> list[str]:
        """The ids of the claims that it shows, each once: those of its JSON, and those in its table."""
        return list(dict.fromkeys([*self.record.get("claims", ()), *filter(None, self.table.get(CLAIM, ()))]))

    @property
    def shown(self) -> list[str]:
        """The ids of its numbers, as a document calls them, and of its claims."""
        return [*(f"{self.brief}/{number['id']}" for number in self.record["numbers"]), *self.claims]

    @property
    def published(self) -> list[str]:
        """The ids of the figures of others that its table shows, each once."""
        return list(dict.fromkeys(filter(None, self.table.get(PRINTED_BY_OTHERS, ()))))

    @property
    def path(self) -> str:
        """Where its table lies in a pack."""
        return f"figures/{self.name}.csv"


def names_of(document: Document) -> list[str]:
    """Return the figures that a document shows or quotes a number of, each once."""
    quoted = [reference.figure for reference in document.references if reference.figure]
    return list(dict.fromkeys([picture.name for picture in document.pictures] + quoted))


def folder_of(name: str, registers: Registers, folders: Mapping[str, Path]) -> Path:
    """Return where the figures of a brief lie: in a folder made for the document, or among those that are committed."""
    return folders.get(name, registers.root / "figures" / name)


def figure_of(name: str, registers: Registers, ask: Ask, folders: Mapping[str, Path] = MappingProxyType({})) -> Figure:
    """Return a figure with the rows that it rests on as they are in `data/tidy` now.

    Parameters
    ----------
    name : str
        'brief/figure', as the document calls it.
    registers : Registers
    ask : callable
    folders : mapping
        By the name of a brief, the folder of its figures; those of `figures` need not be named.

    Raises
    ------
    NotToHand
        If a file of it is missing, or it names a source that is no longer there.
    """
    brief, _, stem = name.partition("/")
    folder = folder_of(brief, registers, folders)
    try:
        files = {suffix: (folder / f"{stem}.{suffix}").read_bytes() for suffix in SUFFIXES}
    except FileNotFoundError as problem:
        raise NotToHand(
            "a figure of the document has not been made.",
            [("figure", name), ("missing", Path(problem.filename).name)], "Make it: make figures",
        ) from None  # fmt: skip
    bare = Figure(name, files)
    asked, datasets, rows = ask(bare.record["notebook"], bare.record["parameters"]), {}, {}
    for told in bare.record["sources"]:
        datasets[told["id"]] = source_of(told["id"], registers).dataset
        if "rows_sha256" in told and datasets[told["id"]] not in WHOLE:
            rows[told["id"]] = _rows(told["id"], datasets[told["id"]], bare, asked, registers)
    return Figure(name, files, rows, datasets)


def _rows(source: str, dataset: str, figure: Figure, asked: Asked, registers: Registers) -> bytes:
    """Return the rows of one source as CSV, in the order that `rests_on.hash_of` puts them."""
    used = asked.uses(dataset, read_tidy(dataset, registers), _as_drawn(figure))
    its = used[used["source_id"] == source]
    return as_csv(its.sort_values(list(its.columns)))


def _as_drawn(figure: Figure) -> Drawing:
    """Return as much of a drawing as tells which rows it used: its table, its claims and the periods of its numbers."""
    record = figure.record
    numbers = [SimpleNamespace(period=number["period"]) for number in record["numbers"]]
    return cast("Drawing", SimpleNamespace(table=figure.table, claims=record["claims"], numbers=numbers))


def source_of(name: str, registers: Registers) -> Source:
    """Return a source by id: of data/raw, a document or finding as the source of its words, or a made-up one.

    Raises
    ------
    NotToHand
        If there is none.
    """
    if name in registers.sources:
        return registers.sources[name]
    if name in registers.documents or name in registers.others:
        return registers.document_source(name)
    if name in registers.findings:
        return registers.finding_source(name)
    made_up = illustrative_sources(registers.root)
    if name in made_up:
        return made_up[name]
    raise NotToHand("a figure names a source that is not there.", [("source", name)], "Make it again: make figures")
