"""Remember what a brief was made from, so that nothing is made twice: a record of hashes beside each run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from stats.publish.files import as_json, write
from stats.run.questions import cells_of


def inputs_of(root: Path) -> list[Path]:
    """Return every file that any table or figure may depend on, notebooks and briefs apart."""
    code = Path(__file__).parents[1]
    return [
        *sorted(p for p in code.rglob("*") if p.suffix in (".py", ".mplstyle", ".json")),
        *sorted(p for p in (root / "data" / "registers").rglob("*") if p.is_file()),
        *sorted(p for p in (root / "data" / "claims").rglob("*") if p.is_file()),
        *sorted(p for p in (root / "data" / "raw").rglob("*") if p.is_file()),
        *sorted(p for p in (root / "data" / "illustrative").rglob("*") if p.is_file()),
        *filter(Path.is_file, [root / "requirements.lock"]),
    ]


def digest(files: Iterable[Path], root: Path) -> str:
    """Return one hash over the names and bytes of files; a notebook counts by its source, not its outputs."""
    total = hashlib.sha256()
    for path in files:
        name = path.relative_to(root) if path.is_relative_to(root) else path.name
        total.update(f"{name}\0{_sha(path)}\n".encode())
    return total.hexdigest()


def is_current(record: Path, inputs: str, outputs: Iterable[Path] | None = None) -> bool:
    """Whether a record tells of the same inputs, and its outputs are still as they were made."""
    try:
        told = json.loads(record.read_text("utf-8"))
        made = {Path(name): sha for name, sha in told["outputs"].items()}
    except (FileNotFoundError, ValueError, KeyError):
        return False
    wanted = set(made) if outputs is None else set(outputs)
    same = all(path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == made[path] for path in made)
    return told["inputs"] == inputs and wanted == set(made) and same


def remember(record: Path, inputs: str, outputs: Iterable[Path]) -> None:
    """Write a record."""
    made = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs}
    write(record, as_json({"inputs": inputs, "outputs": made}))


@lru_cache(maxsize=4096)
def _sha(path: Path) -> str:
    return hashlib.sha256(_bytes(path)).hexdigest()


def _bytes(path: Path) -> bytes:
    if path.suffix == ".ipynb":
        cells = cells_of(path)
        return json.dumps([(c["cell_type"], c["source"], c["metadata"].get("tags")) for c in cells]).encode()
    return path.read_bytes() if path.is_file() else b"missing"
