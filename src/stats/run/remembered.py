"""What runs have made and how they ended: the content-addressed cache and the journal, asked by job."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from stats.errors import NotToHand, StatsError
from stats.run.cache import Cache
from stats.run.cache_entries import EXECUTED, Entry
from stats.run.cache_keys import Key, Run
from stats.run.cache_room import clear, fresh_name
from stats.run.execute import Ended, Job
from stats.run.failed import error_of
from stats.run.journal import PLACE, Status, append, read, record_of

CACHE = Path("build", "cache")
ELSEWHERE = "STATS_CACHE"
"""Environment variable: the folder of the cache, where many machines share one that lies outside the repository."""

Record = dict[str, Any]


class Remembered:
    """The cache and the journal of a repository.

    What was made with a notebook has another key than what was made without one, since the first holds the notebook
    too. Their figures are the same, so who wants figures only takes either.

    Parameters
    ----------
    root : Path
        Of the repository.
    figures_only : bool
        Whether runs are made without their notebooks.
    """

    def __init__(self, root: Path, *, figures_only: bool = False) -> None:
        self.root, self.figures_only = root, figures_only
        self.cache = Cache(root / (os.environ.get(ELSEWHERE) or CACHE), own=root / CACHE)
        self._keys: dict[tuple[str, bool], Key] = {}
        self._begun: dict[str, Job] = {}

    def __enter__(self) -> Remembered:
        return self

    def __exit__(self, *_: object) -> None:
        self.cache.close()

    def key(self, job: Job) -> Key:
        """Return the key of a job, by what lay in the repository when the first was asked for."""
        return self._key(job, self.figures_only)

    def is_done(self, job: Job) -> bool:
        """Whether all that the job makes lies in its place, made from what is there now."""
        return any(self.cache.is_placed(key, job.out, executed) for key, executed in self._places(job))

    def bring(self, job: Job) -> Record | None:
        """Put what was made before into its place, and return the record of that; None if there is nothing."""
        for key, _ in self._places(job):
            entry = self.cache.find(key)
            if entry is not None:
                return self._written(job, "cached", key=key, outputs=_hashes(self._brought(entry, job)))
        return None

    def begin(self, job: Job) -> Job:
        """Return a job as it is to be run: into a folder of the cache, from where `ended` puts it in its place."""
        begun = replace(job, out=fresh_name(self.cache.folder) / "figures")
        self._begun[job.name] = job
        return begun

    def ended(self, ended: Ended) -> Record:
        """Keep what a job has made and put it in its place, write its line in the journal, and return that."""
        begun, made, seconds, memory = ended
        job = self._begun.pop(begun.name)
        try:
            if isinstance(made, StatsError):
                raise made
            started = time.monotonic()
            entry = self._of_another(made) if isinstance(made, Key) else self.keep(job, begun.out, seconds)
            outputs = _hashes(self._brought(entry, job))
            seconds = {**seconds, "store": seconds.get("store", 0.0) + time.monotonic() - started}
            return self._written(job, "done", seconds=seconds, memory=memory, outputs=outputs)
        except StatsError as problem:
            executed = getattr(problem, "executed", None)
            error = {**error_of(problem, executed), "code": problem.exit_code}
            return self._written(job, "failed", seconds=seconds, memory=memory, error=error, executed=executed or "")
        finally:
            clear(begun.out.parent)

    def keep(self, job: Job, made: Path, seconds: Mapping[str, float]) -> Entry:
        """Store what a job has made in a folder, with the notebook unless there is none."""
        if not self.figures_only:
            shutil.copyfile(job.executed, made / EXECUTED)
        return self.cache.store(self.key(job), made, {"seconds": dict(seconds)})

    def look_again(self) -> None:
        """Have the next key tell what lies in the repository then."""
        self._keys.clear()
        self.cache.look_again()

    def stopped(self, job: Job) -> Record:
        """Write the line of a job that was begun, and ended with the whole."""
        clear(job.out.parent)
        return self._written(self._begun.pop(job.name), "stopped")

    def failed(self) -> frozenset[str]:
        """Names of the runs that failed the last time they ran."""
        last = {record["name"]: record["status"] for record in read(self.root / PLACE)[0]}
        return frozenset(name for name, status in last.items() if status == "failed")

    def _key(self, job: Job, figures_only: bool) -> Key:
        known = job.name, figures_only
        if known not in self._keys:
            self._keys[known] = self.cache.key(_run(job), self.root, how=_how(job, figures_only))
        return self._keys[known]

    def _places(self, job: Job) -> list[tuple[Key, Path | None]]:
        """Where what a job makes may be found: by which keys, and with which notebook beside the figures."""
        if not self.figures_only:
            return [(self._key(job, False), job.executed)]
        return [(self._key(job, True), None), (self._key(job, False), None)]

    def _of_another(self, key: Key) -> Entry:
        """Return the entry that a worker on another machine stored."""
        entry = self.cache.find_of_another(key)
        if entry is None:
            raise NotToHand(
                "what a worker made did not come home.",
                [("key", key.compute[:12]), ("looked in", self.cache.folder)],
                f"Set {ELSEWHERE} to one folder that this computer and all workers see, for both, and run it again.",
            )
        return entry

    def _brought(self, entry: Entry, job: Job) -> list[Path]:
        """Put what an entry holds into the place of a job, and return it there."""
        executed = None if self.figures_only else job.executed
        return self.cache.bring(entry, job.out, executed=executed, notebook=job.notebook)

    def _written(self, job: Job, status: Status, *, key: Key | None = None, **told: Any) -> Record:
        places = {"out": job.out, "executed": None if self.figures_only else job.executed}
        given = {**places, **{name: value for name, value in told.items() if value is not None}}
        record = record_of(
            _run(job), key or self.key(job), status, name=job.name, root=self.root,
            how=_how(job, self.figures_only), versions=self.cache.versions(self.root), **given,
        )  # fmt: skip
        append(self.root / PLACE, record)
        return record


def _run(job: Job) -> Run:
    return Run(job.notebook.stem, job.parameters)


def _how(job: Job, figures_only: bool) -> dict[str, bool]:
    """Return what else a job is told that changes what it makes."""
    return {name: True for name, is_so in (("is_draft", job.is_draft), ("figures_only", figures_only)) if is_so}


def _hashes(made: list[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}
