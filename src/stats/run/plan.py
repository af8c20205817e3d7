"""A brief is a YAML file: one notebook and the parameters of one publication. A plan is the list of briefs to run."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stats.errors import BadParameter, StatsError, nearest
from stats.registers import load
from stats.registers.entries import Entry, entry, read_mapping, shown
from stats.run.asking import Parameters
from stats.run.parameters import model_of
from stats.run.questions import cells_of

if TYPE_CHECKING:
    from stats.run.execute import Job


class Brief(Entry):
    """One publication: its title, its notebook, the document it is about (if any) and the parameters."""

    name: str
    title: str
    notebook: str
    document: str | None = None
    parameters: dict[str, Any]

    @property
    def asked(self) -> Parameters:
        """The validated parameters."""
        return model_of(self.notebook).ask(**self.parameters)


def load_brief(path: Path) -> Brief:
    """Return a brief whose parameters have been validated.

    Raises
    ------
    StatsError
        Naming the file and what is wrong in it.
    """
    brief = entry(Brief, {"name": path.stem, **read_mapping(path)}, file=path, name=path.stem)
    try:
        if brief.document:
            load().document(brief.document)
        _ = brief.asked
    except StatsError as problem:
        problem.evidence.insert(0, ("brief", shown(path)))
        raise
    return brief


def brief_paths(names: Iterable[str], root: Path) -> list[Path]:
    """Return the files of the briefs named (by name or path), or of all of them if none is named.

    Raises
    ------
    BadParameter
        If there is no such brief; the nearest are listed.
    """
    folder = root / "notebooks" / "briefs"
    every = {path.stem: path for path in sorted(folder.glob("*.yml"))}
    chosen = [_path_of(name, every) for name in names]
    return list(dict.fromkeys(chosen)) or list(every.values())


def notebook_path(notebook: str, root: Path) -> Path:
    """Return the file of a notebook."""
    return root / "notebooks" / f"{model_of(notebook).notebook}.ipynb"


def defaults(notebook: str, root: Path) -> dict[str, Any]:
    """Return the values in the notebook's cell tagged 'parameters', the one place where defaults are written."""
    cells = cells_of(notebook_path(notebook, root))
    source = next("".join(c["source"]) for c in cells if "parameters" in c["metadata"].get("tags", ()))
    return {
        target.id: ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _path_of(name: str, every: dict[str, Path]) -> Path:
    path = Path(name)
    if path.suffix in (".yml", ".yaml"):
        if path.is_file():
            return path.resolve()
        name = path.stem
    if name in every:
        return every[name]
    raise BadParameter(
        f"no brief is called '{name}'.",
        [("nearest", ", ".join(nearest(name, every) or list(every)))],
        "Briefs lie in notebooks/briefs; copy one and change its parameters.",
    )


def job_of(brief: Brief, root: Path, out: Path, executed: Path) -> Job:
    """Return the run of a brief: its figures go to a folder of its name in `out`, its notebook to one in `executed`."""
    from stats.run.execute import Job

    return Job(
        brief.name, notebook_path(brief.notebook, root), brief.asked.as_parameters(), (out / brief.name).resolve(),
        executed / f"{brief.name}.ipynb",
    )  # fmt: skip
