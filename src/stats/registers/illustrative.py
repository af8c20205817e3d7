"""Made-up data, for showing how a page looks: kept apart from what somebody published, and marked by its very names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stats.errors import RegisterError
from stats.registers import Registers
from stats.registers.entries import entry, find, read_mapping, shown
from stats.registers.places import place
from stats.registers.sources import Source

FOLDER = "data/illustrative"
BEGINS = "illustrative_"
"""How the id of a made-up source begins, so that a table which names it can be told."""


def illustrative_sources(root: Path) -> dict[str, Source]:
    """Return the entry of every made-up file, by id.

    Raises
    ------
    RegisterError
        If a file has no entry, an entry no file, or an entry does not say that its file is made up.
    """
    folder, found = root / FOLDER, {}
    for path in sorted(folder.glob("*.csv")):
        beside = path.with_name(f"{path.name}.yml")
        source = entry(Source, {**read_mapping(beside), "file": str(path)}, file=beside, name=path.name)
        if source.kind != "illustrative" or not source.id.startswith(BEGINS):
            raise RegisterError(
                "an entry of made-up data does not say so.",
                [*place(beside, source.id), ("id", source.id), ("kind", source.kind)],
                f"Its kind is 'illustrative', and its id begins with '{BEGINS}'.",
            )
        found[source.id] = source
    return found


def source_of_file(name: str, dataset: str, registers: Registers) -> Source:
    """Return a source of FOI returns or survey answers by id: one of `data/raw`, or a made-up one.

    Raises
    ------
    RegisterError
        If `data/raw` holds made-up data.
    UnknownName
        If there is no such source of the dataset; the nearest are named.
    """
    published = {source.id: source for source in registers.sources_of(dataset)}
    strays = [source for source in published.values() if is_made_up([source])]
    if strays:
        raise RegisterError(
            "made-up data lie among what somebody published.", [("file", shown(strays[0].path))],
            f"Move the file and its entry to {FOLDER}.",
        )  # fmt: skip
    made_up = {s.id: s for s in illustrative_sources(registers.root).values() if s.dataset == dataset}
    return find({**published, **made_up}, name, what="source", where=f"data/raw and {FOLDER}")


def is_made_up(sources: Iterable[Source]) -> bool:
    """Whether any of these sources is illustrative."""
    return any(source.kind == "illustrative" or source.id.startswith(BEGINS) for source in sources)
