"""What police forces answered to a document about them: it stands in that document, in their own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field, HttpUrl

from stats.errors import RegisterError
from stats.registers.areas import Areas
from stats.registers.entries import Entry, entry, read_list, shown

FILE = "replies.yml"


class Reply(Entry):
    """One reply of a force.

    `area` is its code. `to` says what it answers ('the share charged, year ending March 2025'); `words` are its own,
    whole or in part, and `url` is where they are published, if they are.
    """

    area: str
    date: date
    to: str = Field(min_length=3)
    words: str = Field(min_length=3)
    url: HttpUrl | None = None


def load_replies(folder: Path, areas: Areas) -> tuple[Reply, ...]:
    """Return the replies in `folder`, the oldest first.

    Raises
    ------
    RegisterError
        If an entry does not fit its model, or is of no police force.
    """
    path = folder / FILE
    found = [entry(Reply, fields, file=path, name=f"entry {at}") for at, fields in enumerate(read_list(path), 1)]
    for reply in found:
        area = areas.current.get(reply.area)
        if area is None or "force" not in area.kind:
            raise RegisterError("a reply is of no police force.", [("file", shown(path)), ("area", reply.area)],
                                "Give the code of data/registers/areas.csv, such as E23000020.")  # fmt: skip
    return tuple(sorted(found, key=lambda reply: reply.date))
