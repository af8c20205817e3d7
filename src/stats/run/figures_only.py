"""The figures of a notebook without a kernel: its code cells run here one after another, and nothing is shown."""

from __future__ import annotations

import ast
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, Protocol

from stats.errors import NoAccess, StatsError
from stats.home import home
from stats.run.execute import Job, NotebookStopped, in_place
from stats.run.isolated import TookTooLong, isolated, within
from stats.run.plan import notebook_path
from stats.run.questions import cells_in, cells_of

MEND = "Run it without --figures-only to see the cell with what it showed."


class Wanted(Protocol):
    """A run that is wanted: the name of a notebook, its parameters, and a name for the run."""

    @property
    def notebook(self) -> str:
        """The name of the notebook."""
        ...

    @property
    def parameters(self) -> dict[str, Any]:
        """The validated parameters, as plain values."""
        ...

    @property
    def name(self) -> str:
        """A name that a folder may have."""
        ...


def make_figures(wanted: Job | Wanted, out: Path | None = None) -> list[Path]:
    """Make the figures of a notebook, with the same bytes as when it is run, and return the files written.

    The cells are the notebook's own, so there is one way to make a figure and not two. No kernel is started, no table
    is laid out for reading, and no notebook is written. The old figures stay as they were until all are made.

    Parameters
    ----------
    wanted : Job or Wanted
        A job, or a run by the name of its notebook.
    out : Path, optional
        The folder for the figures. By default that of the job; for a run, `figures/<name>` in the repository.

    Raises
    ------
    NotebookStopped
        With the notebook's own words if it refused, or the number of the cell that failed.
    """
    return in_place(_job(wanted, out), _play)


def imported_by(notebook: Path) -> list[str]:
    """Return the modules that the cells of a notebook import, for a process that is to be warm before it runs them."""
    found: dict[str, None] = {}
    for cell in cells_of(notebook):
        for node in _statements("".join(cell["source"])) if cell["cell_type"] == "code" else ():
            if isinstance(node, ast.Import):
                found |= dict.fromkeys(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
    return list(found)


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def _job(wanted: Job | Wanted, out: Path | None) -> Job:
    if isinstance(wanted, Job):
        return replace(wanted, out=out or wanted.out)
    root = home()
    return Job(
        wanted.name, notebook_path(wanted.notebook, root), wanted.parameters,
        (out or root / "figures" / wanted.name).resolve(), root / "build" / "notebooks" / f"{wanted.name}.ipynb",
    )  # fmt: skip


def _play(job: Job) -> None:
    """Run the cells of a job in order, in names of their own; stop at the first that fails."""
    cells = _compiled(job.notebook.read_bytes(), job.notebook.name)
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *_, **__: None}
    with isolated(job.notebook.parent):
        for number, code, takes_parameters in cells:
            try:
                with within(job.timeout):
                    exec(code, names)  # noqa: S102 - the cells of a notebook are what there is to run
            except (Exception, SystemExit, TookTooLong) as problem:
                raise _stopped(problem, number, job) from None
            if takes_parameters:
                names |= deepcopy(job.parameters)


def _stopped(problem: BaseException, number: int, job: Job) -> NotebookStopped:
    """Return what stopped a notebook: its own refusal, one of the computer, or a fault of ours."""
    if isinstance(problem, TookTooLong):
        said = f"TookTooLong: cell {number} of {job.notebook.name} took longer than {job.timeout or 0:g} s."
        return NotebookStopped(f"{said}\n  Give it longer (--timeout), or see what it does.")
    if isinstance(problem, StatsError):
        return NotebookStopped(str(problem), exit_code=problem.exit_code)
    if isinstance(problem, OSError) and problem.errno:
        refusal = NoAccess.of(problem)
        return NotebookStopped(str(refusal), exit_code=refusal.exit_code)
    return NotebookStopped(
        f"the notebook {job.notebook.name} failed in cell {number}: {type(problem).__name__}: {problem}\n"
        f"  This is a fault of ours. {MEND}"
    )


@lru_cache(maxsize=32)
def _compiled(notebook: bytes, name: str) -> tuple[tuple[int, CodeType, bool], ...]:
    """Return the code cells of a notebook, each with its number and whether the parameters follow it.

    As papermill has it, parameters follow the cell tagged so, and stand first where no cell is. Cells are counted from
    0, as JupyterLab and nbval count them.
    """
    cells = [(n, cell) for n, cell in enumerate(cells_in(notebook, name)) if cell["cell_type"] == "code"]
    tagged = [n for n, cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    before = [] if tagged else [(-1, _code("", -1, name), True)]
    after = [(n, _code("".join(cell["source"]), n, name), n in tagged[:1]) for n, cell in cells]
    return (*before, *after)


def _code(source: str, number: int, name: str) -> CodeType:
    try:
        return compile(source, f"{name}, cell {number}", "exec", dont_inherit=True)
    except SyntaxError as problem:
        line = (problem.text or source).strip()
        raise NotebookStopped(
            f"cell {number} of the notebook {name} is not plain Python, and needs a kernel: {line}\n"
            "  Run it without --figures-only."
        ) from None
