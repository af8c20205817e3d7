"""What the commands do: make the tables, the figures of briefs, a draft, and the committed notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from stats.errors import StatsError, counted
from stats.publish.failures import in_plain_words
from stats.read.made import must_be_as_made
from stats.registers import load
from stats.registers.entries import shown
from stats.run.asking import pairs
from stats.run.execute import Job
from stats.run.making import here, make, must_be_made
from stats.run.parameters import MODELS, model_of
from stats.run.plan import brief_paths, defaults, job_of, load_brief, notebook_path
from stats.run.records import digest, inputs_of, is_current, remember
from stats.run.remembered import Record, Remembered
from stats.run.showing import Lines, showing

Say = Callable[[str], None]


def build_data(root: Path, say: Say) -> None:
    """Make `data/tidy`, unless nothing has changed since it was made."""
    record, inputs, out = (
        root / "build" / "records" / "data.json",
        digest(inputs_of(root), root),
        root / "data" / "tidy",
    )
    if is_current(record, inputs):
        say("data/tidy  up to date")
        return
    from stats.run.data import make_data

    made = make_data(load(root), out, say)
    remember(record, inputs, made)


def build_figures(
    root: Path, names: Iterable[str], *, out: Path | None, jobs: int | None, force: bool, say: Say
) -> tuple[int, int]:
    """Make the figures of briefs and return how many were made and how many were up to date.

    Every brief is validated before any runs; one that fails does not stop the others, and is named at the end.
    """
    folder = out or root / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    briefs = {brief.name: brief for brief in map(load_brief, brief_paths(names, root))}
    with Remembered(root) as remembered:
        asked = {name: job_of(brief, root, folder, root / "build" / "notebooks") for name, brief in briefs.items()}
        todo = {name: job for name, job in asked.items() if force or not remembered.is_done(job)}
        for name, job in asked.items():
            if name not in todo:
                say(f"{shown(job.out)}  up to date")
        must_be_as_made((table for name in todo for table in briefs[name].asked.reads), load(root))
        records = make(list(todo.values()), remembered, here(jobs), showing(len(todo)), force=force) if todo else []
    for record in records:
        if record["status"] != "failed":
            say(f"{shown(todo[record['name']].out)}  {counted(len(record['outputs']), 'file')}")
    _all_must_be_made(records)
    return len(todo), len(briefs) - len(todo)


def build_draft(root: Path, notebook: str, values: Iterable[str], *, out: Path | None, say: Say) -> None:
    """Make the figures of a notebook with a person's own parameters, marked as a draft."""
    model = model_of(notebook)
    asked = model.from_text(pairs(values), defaults(model.notebook, root))
    must_be_as_made(model.reads, load(root))
    job = Job(
        f"draft_{model.notebook}", notebook_path(notebook, root), asked.as_parameters(),
        (out or root / "build" / "draft" / model.notebook).resolve(),
        root / "build" / "notebooks" / f"draft_{model.notebook}.ipynb", is_draft=True,
    )  # fmt: skip
    with Remembered(root) as remembered:
        (record,) = make([job], remembered, here(1), Lines(1, lambda _: None))
    must_be_made(record)
    for name in record["outputs"]:
        say(shown(job.out / name))


def build_notebooks(root: Path, say: Say) -> None:
    """Run each committed notebook and store its outputs in it."""
    from stats.run.notebooks import store

    must_be_as_made((table for model in MODELS.values() for table in model.reads), load(root))
    for notebook in MODELS:
        say(shown(store(notebook_path(notebook, root))))


def _all_must_be_made(records: Iterable[Record]) -> None:
    """Stop if any failed, with the words of each."""
    failed = [record for record in records if record["status"] == "failed"]
    if failed:
        said = "\n\n".join(f"{record['name']}: {in_plain_words(record['error'])}" for record in failed)
        wrong = f"{len(failed)} of the briefs could not be made."
        problem = StatsError(wrong, [("briefs", f"\n{said}")], "Their old figures are unchanged.")
        problem.exit_code = failed[0]["error"]["code"]
        raise problem
