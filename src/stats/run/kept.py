"""What `run_matrix` asks of a memory of runs and of a journal, and the plainest of each: records beside the figures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

from stats.errors import StatsError, UsageMistake
from stats.run.matrix import Wanted
from stats.run.parameters import MODELS
from stats.run.plan import notebook_path
from stats.run.records import digest, inputs_of, is_current, remember


class Memory(Protocol):
    """What was made before."""

    def is_done(self, wanted: Wanted) -> bool:
        """Whether the figures of a run lie in their folder, and all that they depend on is as it was."""

    def bring(self, wanted: Wanted) -> list[Path] | None:
        """Put figures that were made before, elsewhere, into their folder; None if there are none."""

    def keep(self, wanted: Wanted, made: Sequence[Path]) -> None:
        """Remember what a run has made."""


class Journal(Protocol):
    """What happened to each run."""

    def began(self, wanted: Wanted) -> None:
        """A run was handed over to be made."""

    def ended(self, wanted: Wanted, made: Sequence[Path] | StatsError) -> None:
        """A run has ended, well or not."""

    def failed(self) -> frozenset[str]:
        """Names of the runs that failed the last time they ran."""


class Records:
    """A memory that keeps a record of hashes for each run (`stats.run.records`), as briefs have.

    Parameters
    ----------
    root : Path
        Of the repository.
    out : Path
        The folder with a folder for each run.
    """

    def __init__(self, root: Path, out: Path) -> None:
        self.root, self.out = root, out
        self._of_notebook: dict[str, str] = {}

    def is_done(self, wanted: Wanted) -> bool:
        """Whether the record tells of the same inputs, and the figures are still as they were made."""
        return is_current(self._record(wanted), self._inputs(wanted))

    def bring(self, wanted: Wanted) -> list[Path] | None:
        """Nothing is kept elsewhere."""
        return None

    def keep(self, wanted: Wanted, made: Sequence[Path]) -> None:
        """Write the record."""
        remember(self._record(wanted), self._inputs(wanted), made)

    @cached_property
    def _everywhere(self) -> str:
        return digest(inputs_of(self.root), self.root)

    def _inputs(self, wanted: Wanted) -> str:
        """One hash over everything that the figures of a run may depend on."""
        notebook = wanted.notebook
        if notebook not in self._of_notebook:
            tables = [self.root / "data" / "tidy" / f"{table}.csv" for table in MODELS[notebook].reads]
            files = [notebook_path(notebook, self.root), *tables]
            self._of_notebook[notebook] = f"{self._everywhere}{digest(files, self.root)}"
        asked = json.dumps(wanted.parameters, sort_keys=True)
        return hashlib.sha256(f"{self._of_notebook[notebook]}{asked}".encode()).hexdigest()

    def _record(self, wanted: Wanted) -> Path:
        place = hashlib.sha256(str(self.out).encode()).hexdigest()[:8]
        return self.root / "build" / "records" / f"runs-{place}" / f"{wanted.name}.json"


class NoJournal:
    """A journal that keeps nothing."""

    def began(self, wanted: Wanted) -> None:
        """Keep nothing."""

    def ended(self, wanted: Wanted, made: Sequence[Path] | StatsError) -> None:
        """Keep nothing."""

    def failed(self) -> frozenset[str]:
        """Refuse: which runs failed is not known."""
        raise UsageMistake("no journal tells which runs failed.", [], "Leave out --only-failed: what is done is kept.")
