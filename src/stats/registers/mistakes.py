"""Mistakes of ours that were corrected in public: what was said, what is right, and what changed with it.

The errors of publishers are another matter: see `stats.registers.corrections`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pydantic import Field

from stats.errors import RegisterError
from stats.registers.entries import Entry, entry, read_list
from stats.registers.places import place

FILE = "our_corrections.yml"


class Mistake(Entry):
    """One correction of ours.

    `number` counts from 1 and never changes. `of` is a claim ('C003-01') or a number of a figure
    ('lincolnshire/charged.E23000020.offences_recorded.share'). `was` and `is` are what was printed and what is right;
    `found` is the day on which it was found, `by` who found it, only if they wish to be named. `outputs` are the
    documents and figures that said it ('lincolnshire/charged'). `is_gone` says that number and outputs were once there
    and are no more, so that nobody looks for them.
    """

    number: int = Field(ge=1)
    of: str = Field(min_length=1)
    was: str = Field(min_length=1)
    now: str = Field(alias="is", min_length=1)
    found: date
    by: str | None = None
    why: str = Field(min_length=1)
    outputs: tuple[str, ...] = Field(min_length=1)
    is_gone: bool = False

    @property
    def brief(self) -> str:
        """The brief of a number; empty for a claim."""
        return self.of.split("/", 1)[0] if "/" in self.of else ""

    def touches(self, names: Iterable[str]) -> bool:
        """Whether it is of something that goes by one of these names: a claim, number, figure or document."""
        return not {self.of, *self.outputs}.isdisjoint(names)


def load_mistakes(folder: Path) -> tuple[Mistake, ...]:
    """Return the corrections of ours in `folder`, in order.

    Raises
    ------
    RegisterError
        If an entry does not fit its model, or they are not numbered 1, 2, 3 and on: none is ever taken away.
    """
    path, found = folder / FILE, []
    for at, fields in enumerate(read_list(path), 1):
        number = fields.get("number", at) if isinstance(fields, dict) else at
        found.append(entry(Mistake, fields, file=path, name=number))
        if number != at:
            raise RegisterError(
                "our corrections are not numbered in order.",
                [*place(path), ("expected", at), ("found", number)],
                "Number them 1, 2, 3 and on, the oldest first. One that was published stays.",
            )
    return tuple(found)
