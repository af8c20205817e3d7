"""What the notebooks ask and which keys they take, for the help of the command. Imports nothing heavy by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stats.errors import RegisterError


def questions(root: Path) -> list[tuple[str, str]]:
    """Return each notebook with its question, as its title has it."""
    return [(path.stem, _title(path)) for path in sorted((root / "notebooks").glob("*.ipynb"))]


def keys(notebook: str, root: Path) -> list[tuple[str, str]]:
    """Return each key of a notebook with what it means and the value it has when it is not given.

    Raises
    ------
    BadParameter
        If there is no such notebook; the nearest is named.
    """
    from stats.run.parameters import model_of
    from stats.run.plan import defaults

    model, given = model_of(notebook), defaults(notebook, root)
    return [
        (name, f"{field.description} (if not given: {typed(given[name])})")
        for name, field in model.model_fields.items()
    ]


def typed(value: Any) -> str:
    """Return a value as a person types it after `key=`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ",".join(value) or "nothing"
    return str(value)


def cells_of(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook.

    Raises
    ------
    RegisterError
        If the file holds no notebook.
    """
    return cells_in(path.read_bytes(), path.name)


def cells_in(data: bytes, name: str) -> list[dict[str, Any]]:
    """Return the cells of a notebook from its bytes; `name` is what an error calls it."""
    try:
        cells: list[dict[str, Any]] = json.loads(data)["cells"]
    except (ValueError, KeyError, TypeError) as problem:
        raise RegisterError(
            "a notebook cannot be read.",
            [("file", name), ("problem", problem)],
            "Restore it (git checkout), or mend it in JupyterLab.",
        ) from None
    return cells


def _title(path: Path) -> str:
    return "".join(cells_of(path)[0]["source"]).splitlines()[0].lstrip("# ")
