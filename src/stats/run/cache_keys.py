"""What a run rests on, as two hashes: `compute` of all that can change its figures, `render` of its words too.

Declared by every notebook: the code of `src/stats`, the lock, the packages installed, Python, and all that is loaded
with the registers: `data/registers`, `data/claims`, `data/raw` and `data/illustrative`, since any entry of them may be
cross-checked, cited or newer than another. Declared by its model's `reads`: tables of `data/tidy`, with what
`made.json` tells of each. A table that it does not read is not looked at. Hashes go by names below the repository: one
that was moved has the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from stats.run.file_hashes import FileHashes

SCHEMA = 1
"""Raised when what is stored, or what a key covers, changes its meaning: no older entry is then found."""

DATA = ("registers", "claims", "raw", "illustrative")
CODE = (".py", ".mplstyle", ".css", ".json")

_STARTED = time.time_ns()


class Run(NamedTuple):
    """A run as the cache and the journal are asked for it: its notebook, and what its model returned as parameters."""

    notebook: str
    parameters: Mapping[str, Any]


class Key(NamedTuple):
    """Two hashes in hexadecimal: of what the figures rest on, and of that with the notebook's words."""

    compute: str
    render: str


class Inputs:
    """What all runs of one repository rest on, as it is at this moment.

    Parameters
    ----------
    root : Path
    hashes : FileHashes
    code : Path, optional
        The folder of our code; the one that is running by default.
    """

    def __init__(self, root: Path, hashes: FileHashes, code: Path | None = None) -> None:
        self._root, self._hashes = root, hashes
        self._code = str(code or Path(__file__).parents[1])
        self.code = _of_tree(self._code, hashes, CODE)
        self.lock = hashes.of(str(root / "requirements.lock"))
        data = {name: _of_tree(str(root / "data" / name), hashes) for name in DATA}
        self._data, self._packages = data, installed()
        self._base = _digest([SCHEMA, sys.version_info[:2], self.code, self.lock, self._packages, data])
        self._made = _made(root)
        self._notebooks: dict[str, tuple[str, str]] = {}

    def key(self, run: Run, how: Mapping[str, Any]) -> Key:
        """Return the key of a run; `how` is what else it was told that changes its files."""
        name = run.notebook
        if name not in self._notebooks:
            self._notebooks[name] = self._of_notebook(name)
        cells, words = self._notebooks[name]
        compute = _digest([cells, dict(run.parameters), dict(how)])
        return Key(compute, _digest([compute, words]))

    def parts(self, notebooks: Iterable[str]) -> dict[str, Any]:
        """Return what runs of notebooks rest on, by names that a person knows; the packages are named one by one."""
        names = sorted(set(notebooks))
        tables = {table: of for name in names for table, of in self._tables(name).items()}
        return {
            "Python": ".".join(map(str, sys.version_info[:2])), "code (src/stats)": [SCHEMA, self.code],
            "requirements.lock": self.lock, "packages": self._packages,
            **{f"data/{name}": digest for name, digest in self._data.items()},
            **{f"data/tidy/{table}.csv": of for table, of in tables.items()},
            **{f"notebooks/{name}.ipynb": self._cells(self._root / "notebooks" / f"{name}.ipynb")[0] for name in names},
        }  # fmt: skip

    def _of_notebook(self, name: str) -> tuple[str, str]:
        """Return the hash of all that a notebook computes from, but for parameters, and that of its words."""
        cells, words = self._cells(self._root / "notebooks" / f"{name}.ipynb")
        return _digest([self._base, name, cells, self._tables(name)]), words

    def _tables(self, name: str) -> dict[str, list[Any]]:
        return {
            table: [self._hashes.of(str(self._root / "data" / "tidy" / f"{table}.csv")), self._made.get(table)]
            for table in sorted(self._reads(name))
        }

    def _reads(self, name: str) -> list[str]:
        """Return the tables that a notebook declares; remembered, since the models are slow to import."""
        known = self._hashes.notes.get("reads", {})
        if known.get("code") == self.code and name in known:
            return list(known[name])
        from stats.run.parameters import MODELS, model_of

        reads = list(model_of(name).reads)
        if _newest(self._code) < _STARTED:  # else what is imported may be older than what was hashed
            self._hashes.notes["reads"] = {}
            for other, model in MODELS.items():
                self._hashes.note("reads", other, list(model.reads))
            self._hashes.note("reads", "code", self.code)
        return reads

    def _cells(self, path: Path) -> tuple[str, str]:
        """Return the hashes of a notebook's code and of all its cells; both without outputs."""
        file = self._hashes.of(str(path))
        known = self._hashes.notes.get("cells", {}).get(path.stem)
        if known and known[0] == file:
            return known[1], known[2]
        from stats.run.questions import cells_of

        cells = cells_of(path)
        code = [[text_of(cell), _tags(cell)] for cell in cells if cell["cell_type"] == "code"]
        words = [[cell["cell_type"], text_of(cell), cell.get("metadata"), cell.get("id")] for cell in cells]
        found = _digest(code), _digest(words)
        if self._hashes.of(str(path)) == file:
            self._hashes.note("cells", path.stem, [file, *found])
        return found


def text_of(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell, which a notebook holds as one text or as lines."""
    return "".join(cell["source"])


def installed() -> list[str]:
    """Return each package that can be imported, with its version, by the names of their folders."""
    found = set()
    for place in sys.path:
        if place.endswith("-packages") and os.path.isdir(place):
            found |= {name for name in os.listdir(place) if name.endswith(".dist-info")}
    return sorted(name for name in found if not name.startswith("plainfigures-"))


def canonical(value: Any) -> bytes:
    r"""Return a value as JSON that is the same whatever the order of its names.

    Examples
    --------
    >>> canonical({"b": (1, 1.0), "a": "é"})
    b'{"a":"\\u00e9","b":[1,1.0]}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def _of_tree(folder: str, hashes: FileHashes, endings: tuple[str, ...] | None = None) -> str:
    """Return one hash over the names and bytes of the files of a folder; hidden ones do not count."""
    total = hashlib.sha256()
    for path in sorted(_files(folder)):
        if endings is None or path.endswith(endings):
            total.update(
                f"{path[len(folder) :].replace(os.sep, '/')}\0{hashes.of(path)}\n".encode("utf-8", "surrogateescape")
            )
    return total.hexdigest()


def _files(folder: str) -> Iterator[str]:
    try:
        entries: Iterable[os.DirEntry[str]] = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield entry.path


def _newest(folder: str) -> int:
    return max((os.stat(path).st_mtime_ns for path in _files(folder) if path.endswith(CODE)), default=0)


def _made(root: Path) -> dict[str, Any]:
    """Return what is told of how each tidy table was made; a run that reads one stops if this is damaged."""
    path = root / "data" / "tidy" / "made.json"
    try:
        told = json.loads(path.read_bytes())
        return told if isinstance(told, dict) else {}
    except (OSError, ValueError):
        return {}


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return list((cell.get("metadata") or {}).get("tags", ()))
