"""Which files were put where, so that a run with nothing to do reads no figure. Imports nothing heavy."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stats.run.cache_keys import SCHEMA, Key, canonical
from stats.run.file_hashes import put_whole, stamp


class Placed:
    """The folders of figures that were filled from the cache, with what the file system said of each file then."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._before: dict[str, Any] | None = None
        self._now: dict[str, Any] = {}

    def note(self, key: Key, out: Path, files: Iterable[Path]) -> None:
        """Remember what was put into a folder just now."""
        self._now[str(out)] = [key.compute, key.render, {str(path): stamp(str(path)) for path in files}]

    def holds(self, key: Key, out: Path, executed: Path | None) -> bool:
        """Whether all that the run of a key made is in its place and as it was put there."""
        if self._before is None:
            self._before = self._read()
        compute, render, files = self._now.get(str(out)) or self._before.get(str(out)) or ("", "", {})
        if compute != key.compute or (executed is not None and (render != key.render or str(executed) not in files)):
            return False
        try:
            return all(stamp(path) == seen for path, seen in files.items())
        except OSError:
            return False

    def save(self) -> None:
        """Write what was noted, over what another process may have written in the meantime."""
        if self._now:
            told = {out: of for out, of in (self._read() | self._now).items() if os.path.isdir(out)}
            put_whole(self._record, canonical({"schema": SCHEMA, "placed": told}))
            self._before, self._now = told, {}

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self._record.read_bytes())
            return dict(told["placed"]) if told["schema"] == SCHEMA else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
