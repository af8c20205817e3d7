"""Run a matrix: plan it, leave what is done, run the rest, and say what failed and what cannot be computed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from stats.kernels.choice import VARIABLE
from stats.publish.failures import Summary, failures_text
from stats.registers import load
from stats.registers.entries import shown
from stats.run.asking import pairs, typed
from stats.run.execute import Job
from stats.run.journal import PLACE, read
from stats.run.making import Runner, here, make
from stats.run.matrix import Matrix, Wanted, load_matrix
from stats.run.nothing_to_do import remember_nothing_to_do, standing
from stats.run.options import RunOptions
from stats.run.parameters import MODELS, model_of
from stats.run.plan import notebook_path
from stats.run.plan_text import counts, impossible_lines, plan_json, plan_text
from stats.run.planning import Plan, plan_of
from stats.run.records import inputs_of
from stats.run.remembered import Remembered
from stats.run.runs import not_computed, summary_of, write_failures
from stats.run.showing import Showing, showing

Say = Callable[[str], None]


def run_matrix(
    options: RunOptions, say: Say, *, remembered: Remembered, show: Callable[[int], Showing] = showing
) -> int:
    """Run what the options ask for, and return the exit code.

    It is 0 if everything that can be computed is there, though some combinations cannot; else the code of the first
    failure. A mistake in what was asked stops before anything runs.

    Parameters
    ----------
    options : RunOptions
    say : callable
        Takes a line, or several.
    remembered : Remembered
        What was made before, and where it is written what became of each run.
    show : callable
        Returns what shows how far so many runs have come.

    Raises
    ------
    UsageMistake, RegisterError
        If what was asked cannot be understood.
    """
    inputs = standing(_inputs(options), options.root)
    plan = plan_of(_matrices(options), load(options.root))
    jobs = {wanted.name: _job(wanted, options) for wanted in plan.wanted}
    done = [] if options.force else [name for name, job in jobs.items() if remembered.is_done(job)]
    chosen = _chosen(jobs, done, options, remembered)
    if options.is_plan:
        say((plan_json if options.as_json else plan_text)(plan, set(done), chosen=chosen))
        return 0
    code = 0
    if chosen:
        say(counts(plan, done, chosen))
        code = _run([jobs[name] for name in chosen], plan, options, remembered, say, show)
    else:
        say(nothing_to_make(plan, done))
    if not code and len(done) + len(chosen) == len(jobs) and not options.force:
        said = nothing_to_make(plan, list(jobs))
        folders = dict.fromkeys(folder for job in jobs.values() for folder in _folders(job, options))
        remember_nothing_to_do(options.words, options.root, said, inputs=inputs, folders=folders)
    return code


def _run(
    chosen: Sequence[Job], plan: Plan, options: RunOptions, remembered: Remembered, say: Say,
    show: Callable[[int], Showing],
) -> int:  # fmt: skip
    """Run what was chosen, say what became of it, and return the code of the first failure."""
    started = time.monotonic()
    records = make(
        chosen,
        remembered,
        _runner(options, remembered),
        show(len(chosen)),
        force=options.force,
        keep_going=options.keep_going,
    )
    seconds = time.monotonic() - started
    code = next((record["error"]["code"] for record in records if record["status"] == "failed"), 0)
    every = read(options.root / PLACE)[0] if code else []
    left, cannot = len(chosen) - len(records), not_computed(plan.impossible)
    summary = summary_of(records, seconds, left=left, cannot=cannot, every=every)
    say(_told(summary, write_failures(summary, options.root), plan))
    return code


def _told(summary: Summary, pages: Sequence[Path], plan: Plan) -> str:
    """Return what is said at the end: the counts, each failure in its own words, and what cannot be computed."""
    lines = [failures_text(replace(summary, impossible=())).rstrip()]
    if summary.failed:
        lines += ["", f"The same as a page: {shown(pages[0])}"]
    return "\n".join([*lines, *impossible_lines(plan.impossible)])


def nothing_to_make(plan: Plan, done: Sequence[str]) -> str:
    """Return what is said when nothing is to be made."""
    return "\n".join([counts(plan, done, ()), *impossible_lines(plan.impossible)])


def _matrices(options: RunOptions) -> list[Matrix]:
    """The matrix files, or one made of the flags."""
    if options.matrices:
        return [load_matrix(path) for path in options.matrices]
    models = [model_of(name) for name in options.notebooks if name != "all"] or list(MODELS.values())
    fixed = {
        name: typed(next((m for m in models if name in m.model_fields), models[0]), name, text)
        for name, text in pairs(options.fixed).items()
    }
    return [
        Matrix(
            notebooks=options.notebooks, areas=options.areas, offences=options.offences, periods=options.periods,
            parameters=fixed,
        )
    ]  # fmt: skip


def _chosen(jobs: Collection[str], done: Collection[str], options: RunOptions, remembered: Remembered) -> list[str]:
    """What runs now: what is not done, of that what failed before if so asked, and no more than the limit."""
    there = set(done)
    left = [name for name in jobs if name not in there]
    if options.only_failed:
        failed = remembered.failed()
        left = [name for name in left if name in failed]
    return left[: options.limit]


def _runner(options: RunOptions, remembered: Remembered) -> Runner:
    """The function that runs jobs side by side, as it was asked for."""
    if options.executor:
        from stats.run.cluster import over

        return over(options.executor, remembered, workers=options.jobs, force=options.force)
    if options.engine:
        os.environ[VARIABLE] = options.engine  # the processes that run notebooks look there
    return here(options.jobs, figures_only=options.figures_only)


def _job(wanted: Wanted, options: RunOptions) -> Job:
    return Job(
        wanted.name, notebook_path(wanted.notebook, options.root), wanted.parameters, options.folder / wanted.name,
        options.root / "build" / "notebooks" / options.folder.name / f"{wanted.name}.ipynb", timeout=options.timeout,
    )  # fmt: skip


def _folders(job: Job, options: RunOptions) -> list[Path]:
    """Where a job leaves what it has made."""
    return [job.out] if options.figures_only else [job.out, job.executed.parent]


def _inputs(options: RunOptions) -> list[Path]:
    """Every file that the plan and its figures may depend on."""
    notebooks = sorted((options.root / "notebooks").glob("*.ipynb"))
    tidy = sorted((options.root / "data" / "tidy").glob("*"))
    return [*inputs_of(options.root), *notebooks, *tidy, *(path.resolve() for path in options.matrices)]
