"""Repeat one run from its line of the journal: the same notebook and parameters, on what is there today."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from stats.kernels.choice import good_name
from stats.read.made import must_be_as_made
from stats.registers import load
from stats.run.execute import Job
from stats.run.journal import OUTSIDE, PLACE, read
from stats.run.making import Runner, here, make, must_be_made
from stats.run.parameters import model_of
from stats.run.plan import notebook_path
from stats.run.remembered import Remembered
from stats.run.runs import found
from stats.run.showing import Lines


def again(beginning: str, root: Path, say: Callable[[str], None], *, runner: Runner | None = None) -> list[Path]:
    """Run the notebook of a key again and return the figures in their place; it is recorded like any other run.

    Parameters
    ----------
    beginning : str
        Of the key, as much as tells it from the others.
    root : Path
    say : callable
    runner : callable, optional
        What runs a job.

    Raises
    ------
    UsageMistake
        If no key, or more than one, begins so.
    NotebookStopped
        If it fails again, with its words.
    """
    before = found(beginning, read(root / PLACE)[0])
    model = model_of(before["notebook"])
    must_be_as_made(model.reads, load(root))
    job = _job(before, model.ask(**before["parameters"]).as_parameters(), root)
    figures_only = bool(before["how"].get("figures_only"))
    with Remembered(root, figures_only=figures_only) as remembered:
        key = remembered.key(job).compute
        if key != before["key"]:
            say(f"The code, the data or the packages have changed since: its key is now {key[:8]}.")
        runner = runner or here(1, figures_only=figures_only)
        (record,) = make([job], remembered, runner, Lines(1, lambda _: None), force=True)
    must_be_made(record)
    made = [job.out / name for name in record["outputs"]]
    for path in made:
        say(path.relative_to(root).as_posix())
    return made


def _job(before: dict[str, Any], parameters: dict[str, Any], root: Path) -> Job:
    """Return the job of a record; where its places lay outside the repository, they are places of its name inside."""
    name = before["name"]
    out = before["out"] if before["out"] and OUTSIDE not in before["out"] else f"build/figures/{name}"
    executed = good_name(before["executed"])
    executed = executed if executed and OUTSIDE not in executed else f"build/notebooks/{name}.ipynb"
    return Job(
        name, notebook_path(before["notebook"], root), parameters, root / out, root / executed,
        is_draft=bool(before["how"].get("is_draft")),
    )  # fmt: skip
