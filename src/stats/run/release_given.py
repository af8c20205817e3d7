"""A released file, and what it tells of itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from stats.errors import NotRecognised
from stats.read.opening import opened
from stats.read.recognise import read_whole
from stats.registers.layouts import Layout
from stats.run.reading import Reading, read_workbook

SHORT = {"recorded_offences": "recorded", "outcomes": "outcomes", "population": "population"}
"""The datasets that a release can feed, and how their sources are called."""


@dataclass(frozen=True)
class Given:
    """A file that was read: its bytes, and the part of it that feeds a dataset of ours."""

    path: Path
    data: bytes
    reading: Reading
    layout: Layout

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table of that part."""
        return self.reading.tables[self.layout.id]

    @property
    def totals(self) -> int:
        """How many totals that part prints; every one adds up."""
        return self.reading.totals.get(self.layout.id, 0)

    @property
    def published(self) -> str | None:
        """The day of publication, if the file tells it."""
        try:
            return datetime.strptime(self.reading.release or "", "published %d %B %Y").date().isoformat()
        except ValueError:
            return None


def given(path: Path, root: Path) -> Given:
    """Return a released file that feeds a dataset of ours; every check of the reader bites.

    Raises
    ------
    NotRecognised
        If the file fits no layout, or its tables feed none of ours.
    CheckFailed
        If anything in it is not what its layout says.
    """
    data = read_whole(path)
    reading = read_workbook(opened(path, data), root)
    ours = [layout for layout in reading.layouts if layout.dataset in SHORT]
    if len(ours) != 1:
        found = [(layout.id, f"{layout.title}: feeds {layout.dataset}") for layout in reading.layouts]
        raise NotRecognised(
            "this file reads, and feeds none of our tables." if not ours else "this file feeds several of our tables.",
            [("file", path.name), *found, ("ours", ", ".join(SHORT))],
            "Look at it with: stats read FILE. Recorded crime and outcomes are wanted by police force area.",
        )
    return Given(path, data, reading, ours[0])
