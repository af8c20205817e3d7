"""What the commands do: make the tables, the figures of briefs, a draft, and the committed notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from stats.errors import BadParameter, StatsError
from stats.read.made import must_be_as_made
from stats.registers import load
from stats.registers.entries import shown
from stats.run.execute import Job
from stats.run.parameters import MODELS, model_of
from stats.run.plan import Brief, brief_paths, defaults, load_brief, notebook_path
from stats.run.pool import run_all
from stats.run.records import digest, inputs_of, inputs_of_brief, is_current, remember

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
    import os

    paths = brief_paths(names, root)
    (out or root / "figures").mkdir(parents=True, exist_ok=True)
    briefs = [load_brief(path) for path in paths]
    todo: dict[str, tuple[Job, str]] = {}
    for brief, path in zip(briefs, paths, strict=True):
        inputs = digest(inputs_of_brief(brief, path, root), root)
        job = _job(brief, root, out or root / "figures")
        if force or not is_current(_record(root, job), inputs):
            todo[brief.name] = (job, inputs)
        else:
            say(f"{shown(job.out)}  up to date")
    must_be_as_made((t for brief in briefs if brief.name in todo for t in brief.asked.reads), load(root))
    failed = []
    for job, made, *_ in run_all([job for job, _ in todo.values()], jobs or os.cpu_count() or 1) if todo else ():
        if isinstance(made, StatsError):
            failed.append((job, made))
            continue
        remember(_record(root, job), todo[job.name][1], made)
        for path in made:
            say(shown(path))
    _say_failed(failed)
    return len(todo) - len(failed), len(briefs) - len(todo)


def build_draft(root: Path, notebook: str, values: Iterable[str], *, out: Path | None, say: Say) -> None:
    """Make the figures of a notebook with a person's own parameters, marked as a draft."""
    from stats.run.execute import run

    model = model_of(notebook)
    asked = model.from_text(_pairs(values), defaults(model.notebook, root))
    must_be_as_made(model.reads, load(root))
    folder = (out or root / "build" / "draft" / model.notebook).resolve()
    for path in run(
        Job(
            "draft",
            notebook_path(notebook, root),
            asked.as_parameters(),
            folder,
            root / "build" / "notebooks" / f"draft_{model.notebook}.ipynb",
            is_draft=True,
        )
    ):
        say(shown(path))


def build_notebooks(root: Path, say: Say) -> None:
    """Run each committed notebook and store its outputs in it."""
    from stats.run.notebooks import store

    must_be_as_made((table for model in MODELS.values() for table in model.reads), load(root))
    for notebook in MODELS:
        say(shown(store(notebook_path(notebook, root))))


def _job(brief: Brief, root: Path, out: Path) -> Job:
    return Job(
        brief.name, notebook_path(brief.notebook, root), brief.asked.as_parameters(), (out / brief.name).resolve(),
        root / "build" / "notebooks" / f"{brief.name}.ipynb",
    )  # fmt: skip


def _record(root: Path, job: Job) -> Path:
    """Where a job's record lies: another `--out` has a record of its own."""
    import hashlib

    place = hashlib.sha256(str(job.out).encode()).hexdigest()[:8]
    return root / "build" / "records" / f"{job.name}-{place}.json"


def _pairs(values: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in values:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise BadParameter(
                f"'{word}' is not key=value.", [("given", word)], "Write it like this: area=Lincs start='2020/21'"
            )
        if key in pairs:
            raise BadParameter(
                f"the key '{key}' is given twice.",
                [("given", f"{key}={pairs[key]} and {key}={value}")],
                "Give it once; for a second figure, run the command again with another --out.",
            )
        pairs[key] = value
    return pairs


def _say_failed(failed: list[tuple[Job, StatsError]]) -> None:
    if not failed:
        return
    said = "\n\n".join(f"{job.name}: {problem}" for job, problem in failed)
    problem = failed[0][1]
    wrapped = StatsError(
        f"{len(failed)} of the briefs could not be made.", [("briefs", "\n" + said)], "Their old figures are unchanged."
    )
    wrapped.exit_code = problem.exit_code
    raise wrapped
