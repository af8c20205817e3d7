"""The memory and the journal of a matrix of runs: the content-addressed cache, and one line a run."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from stats.errors import StatsError
from stats.run.again import CACHE, error_of
from stats.run.cache import Cache
from stats.run.cache_entries import EXECUTED
from stats.run.cache_keys import Key
from stats.run.cache_room import clear, fresh_name
from stats.run.journal import PLACE, Status, append, read, record_of
from stats.run.matrix import Wanted


class Remembered:
    """A memory and a journal in one (`stats.run.kept`): both need the key of a run.

    Parameters
    ----------
    root : Path
        Of the repository.
    out : Path
        The folder with a folder for each run.
    executed : Path
        The folder of the executed notebooks.
    """

    def __init__(self, root: Path, out: Path, executed: Path) -> None:
        self.root, self.out, self.executed = root, out, executed
        self.cache = Cache(root / CACHE)
        self._keys: dict[str, Key] = {}

    def is_done(self, wanted: Wanted) -> bool:
        """Whether the figures lie in their folder as this key made them."""
        return self.cache.is_placed(self._key(wanted), self.out / wanted.name)

    def bring(self, wanted: Wanted) -> list[Path] | None:
        """Put figures that were made before into their folder; None if there are none."""
        entry = self.cache.find(self._key(wanted))
        if entry is None:
            return None
        made = self.cache.bring(entry, self.out / wanted.name)
        append(self.root / PLACE, self._record(wanted, "cached", made))
        return made

    def keep(self, wanted: Wanted, made: Sequence[Path]) -> None:
        """Store what a run has made, with its executed notebook."""
        temporary = fresh_name(self.cache.folder)
        temporary.mkdir(parents=True)
        try:
            for path in made:
                shutil.copyfile(path, temporary / path.name)
            executed = self.executed / f"{wanted.name}.ipynb"
            if executed.is_file():
                shutil.copyfile(executed, temporary / EXECUTED)
            entry = self.cache.store(self._key(wanted), temporary, {"seconds": {}})
            self.cache.bring(entry, self.out / wanted.name)
        finally:
            clear(temporary)

    def began(self, wanted: Wanted) -> None:
        """Nothing is written before a run has ended."""

    def ended(self, wanted: Wanted, made: Sequence[Path] | StatsError) -> None:
        """Write the line of a run that has ended, well or not."""
        is_failure = isinstance(made, StatsError)
        files: Sequence[Path] = () if isinstance(made, StatsError) else made
        error = error_of(made, self.executed / f"{wanted.name}.ipynb") if isinstance(made, StatsError) else None
        append(self.root / PLACE, self._record(wanted, "failed" if is_failure else "done", files, error))

    def failed(self) -> frozenset[str]:
        """Names of the runs that failed the last time they ran."""
        last = {record["name"]: record["status"] for record in read(self.root / PLACE)[0]}
        return frozenset(name for name, status in last.items() if status == "failed")

    def close(self) -> None:
        """Write down what was learnt of the files."""
        self.cache.close()

    def _key(self, wanted: Wanted) -> Key:
        if wanted.name not in self._keys:
            self._keys[wanted.name] = self.cache.key(wanted, self.root)
        return self._keys[wanted.name]

    def _record(
        self, wanted: Wanted, status: Status, made: Sequence[Path], error: dict[str, object] | None = None
    ) -> dict[str, object]:
        return record_of(
            wanted, self._key(wanted), status, name=wanted.name, root=self.root, out=self.out / wanted.name,
            executed=self.executed / f"{wanted.name}.ipynb", how={}, versions=self.cache.versions(self.root),
            outputs={path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}, error=error,
        )  # fmt: skip
