"""The figures of a notebook without a kernel: its code cells run here one after another, and nothing is shown."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from stats.errors import NoAccess, StatsError
from stats.run.execute import Job, Made, NotebookStopped, in_place
from stats.run.isolated import TookTooLong, isolated, within
from stats.run.pool import Begin, Ends, leave_unsaid, run_all
from stats.run.questions import cells_in, cells_of

MEND = "Run it without --figures-only to see the cell with what it showed."


def make_figures(job: Job) -> Made:
    """Make the figures of a job, with the same bytes as when its notebook is run, and return the files with their cost.

    The cells are the notebook's own, so there is one way to make a figure and not two. No kernel is started, no table
    is laid out for reading, and no notebook is written. The old figures stay as they were until all are made.

    Raises
    ------
    NotebookStopped
        With the notebook's own words if it refused, or the number of the cell that failed.
    """
    return in_place(job, _play, "worker")


def make_all(jobs: Sequence[Job], workers: int, *, began: Begin = leave_unsaid) -> Ends:
    """Make the figures of jobs side by side and yield how each ended, as `stats.run.pool.run_all` does."""
    warm = _imported_by_all(dict.fromkeys(job.notebook for job in jobs))
    return run_all(jobs, workers, work=make_figures, warm=warm, began=began)


def _imported_by_all(notebooks: Iterable[Path]) -> list[str]:
    """Return what notebooks import; one that cannot be read says so when it is run."""
    found: dict[str, None] = {"stats.publish.figures": None}
    for notebook in notebooks:
        with suppress(StatsError, OSError):
            found |= dict.fromkeys(imported_by(notebook))
    return list(found)


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


def _play(job: Job) -> float:
    """Run the cells of a job in order, in names of their own; stop at the first that fails. There is no wait."""
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
    return 0.0


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
    0, words among them, as nbval counts them.
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
