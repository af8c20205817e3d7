"""Where a number lies: the rows of a tidy table that it is counted from, and the raw file they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stats.publish.documents.cited import in_prose
from stats.publish.documents.ending import OWN_ADDRESS
from stats.publish.documents.model import Cell, Grid, Words
from stats.registers import Source

ADDED_UP = "offences_n"
"""The column of the tidy tables of offences that a count adds up."""


def cells_table(source: Source, where: Mapping[str, str], reference: str, root: Path) -> Grid:
    """Return where a number lies, so that a reader finds its rows: the tidy table, what its rows hold, the raw file.

    Parameters
    ----------
    source : Source
        Whose rows of the tidy table of its dataset they are.
    where : mapping
        What the rows hold, by column of the tidy table.
    reference : str
        The number.
    root : Path
        Of the repository: the file is named as it lies there.
    """
    file = source.path.resolve().relative_to(root.resolve()).as_posix()
    cited = f"{source.publisher}, {in_prose(source.published)}"
    told = [("Rows of the table", f"data/tidy/{source.dataset}.csv")]
    told += [(column, value) for column, value in {**where, "source_id": source.id}.items()]
    told += [("Column added up", ADDED_UP), ("Read from the file", file), ("Its sha256", source.sha256)]
    told.append(("Published by", cited))
    if source.kind != "official-copy":
        told.append(
            ("What the file is", f"a copy in our own columns, and not the publisher's own file ({source.kind})")
        )
    rows = [(_cell(what, reference), _cell(which, reference)) for what, which in told]
    if source.publisher_url:
        own = Words(source.publisher_url, address=source.publisher_url, reference=f"source {source.id}: address")
        at = next(at for at, (what, _) in enumerate(told, 1) if what == "Published by")
        rows.insert(at, (_cell(OWN_ADDRESS, reference), Cell((own,))))
    return Grid("cells", "The rows that the number is counted from", ("What", "Which"), tuple(rows))


def _cell(text: str, reference: str) -> Cell:
    return Cell((Words(text, reference=reference),))
