"""Remember what the tables were made from, so that they are not made twice: a record of hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from stats.publish.files import as_json, write
from stats.run.cache_keys import CODE, DATA


def inputs_of(root: Path) -> list[Path]:
    """Return every file that any table or figure may depend on, notebooks and briefs apart."""
    code = Path(__file__).parents[1]
    return [
        *sorted(p for p in code.rglob("*") if p.suffix in CODE),
        *(p for name in DATA for p in sorted((root / "data" / name).rglob("*")) if p.is_file()),
        *filter(Path.is_file, [root / "requirements.lock"]),
    ]


def digest(files: Iterable[Path], root: Path) -> str:
    """Return one hash over the names and bytes of files."""
    total = hashlib.sha256()
    for path in files:
        name = path.relative_to(root) if path.is_relative_to(root) else path.name
        total.update(f"{name}\0{_sha(path)}\n".encode())
    return total.hexdigest()


def is_current(record: Path, inputs: str) -> bool:
    """Whether a record tells of the same inputs, and its outputs are still as they were made."""
    try:
        told = json.loads(record.read_text("utf-8"))
        made = {Path(name): sha for name, sha in told["outputs"].items()}
    except (FileNotFoundError, ValueError, KeyError):
        return False
    return told["inputs"] == inputs and all(path.is_file() and _sha(path) == sha for path, sha in made.items())


def remember(record: Path, inputs: str, outputs: Iterable[Path]) -> None:
    """Write a record."""
    write(record, as_json({"inputs": inputs, "outputs": {str(path): _sha(path) for path in outputs}}))


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
