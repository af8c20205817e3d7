"""Findings: what a source was read to say about a claim, where that is no row of the tidy tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from stats.registers.entries import Entry, entry, read_mapping, with_id
from stats.registers.sources import PartialDate


class Differs(Entry):
    """One point in which a claim and its source are not the same.

    A difference of `question` means that the two answer different questions, so that the source is no evidence for
    the claim; any other is to be told with it.
    """

    of: Literal["question", "wording", "period", "population"]
    claim: str
    source: str


class Finding(Entry):
    """What one source says, with who says it and where.

    `words` is a quantity as the source words it, `start` and `end` the days of an event; with `figure` the finding
    only adds to a published figure how the claim differs from it.
    """

    id: str
    claims: tuple[str, ...]
    says: str
    words: str | None = None
    start: date | None = None
    end: date | None = None
    figure: str | None = None
    differs: tuple[Differs, ...] = ()
    publisher: str
    published: PartialDate | None = None
    url: str

    @model_validator(mode="after")
    def _says_something(self) -> Finding:
        if bool(self.start) != bool(self.end):
            raise ValueError("an event wants both start and end; write the same day twice if it was one day")
        if not (self.words or self.start or self.figure):
            raise ValueError("a finding wants words, the days of an event, or the figure that it adds to")
        return self


def load_findings(folder: Path) -> dict[str, Finding]:
    """Return the register of findings in `folder`, by id."""
    path = folder / "findings.yml"
    return {
        name: entry(Finding, with_id(fields, name), file=path, name=name) for name, fields in read_mapping(path).items()
    }
