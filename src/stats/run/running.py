"""Run a matrix: plan it, leave what is done, run the rest, and say what failed and what cannot be computed."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path

from stats.errors import StatsError, UsageMistake, counted
from stats.kernels.choice import VARIABLE
from stats.registers import load
from stats.registers.entries import shown
from stats.run.asking import typed
from stats.run.execute import Job, run_all
from stats.run.kept import Journal, Memory, NoJournal, Records
from stats.run.matrix import Matrix, Wanted, load_matrix
from stats.run.nothing_to_do import remember_nothing_to_do, standing
from stats.run.options import RunOptions
from stats.run.parameters import MODELS, model_of
from stats.run.plan import notebook_path
from stats.run.plan_text import counts, impossible_lines, plan_json, plan_text
from stats.run.planning import Plan, plan_of
from stats.run.records import inputs_of

Say = Callable[[str], None]
Ended = Generator[tuple[Job, list[Path] | StatsError], None, None]
Runner = Callable[[list[Job], int], Ended]

Failures = list[tuple[str, StatsError]]


def run_matrix(
    options: RunOptions, say: Say, *, memory: Memory | None = None, journal: Journal | None = None
) -> int:  # fmt: skip
    """Run what the options ask for, and return the exit code.

    It is 0 if everything that can be computed is there, though some combinations cannot; else the code of the first
    failure. A mistake in what was asked stops before anything runs.

    Parameters
    ----------
    options : RunOptions
    say : callable
        Takes a line, or several.
    memory : Memory, optional
        What is already done; by default a record beside the figures.
    journal : Journal, optional
        What became of each run; by default nothing is written.

    Raises
    ------
    UsageMistake, RegisterError
        If what was asked cannot be understood.
    """
    inputs = standing(_inputs(options), options.root)
    plan = plan_of(_matrices(options), load(options.root))
    memory, journal = memory or Records(options.root, options.folder), journal or NoJournal()
    done = [] if options.force else [w for w in plan.wanted if memory.is_done(w)]
    chosen = _chosen(plan, done, options, journal)
    names = [w.name for w in done], [w.name for w in chosen]
    if options.is_plan:
        say((plan_json if options.as_json else plan_text)(plan, set(names[0]), chosen=names[1]))
        return 0
    failures = _run_all(plan, chosen, names, options, memory, journal, say)
    if len(done) + len(chosen) == len(plan.wanted) and not failures and not options.force:
        said = nothing_to_make(plan, [w.name for w in plan.wanted])
        folders = [_out(w, options) for w in plan.wanted]
        remember_nothing_to_do(options.words, options.root, said, inputs=inputs, folders=folders)
    return _told(failures, say)


def _run_all(
    plan: Plan, chosen: Sequence[Wanted], names: tuple[Sequence[str], Sequence[str]], options: RunOptions,
    memory: Memory, journal: Journal, say: Say,
) -> Failures:  # fmt: skip
    """Run what was chosen between a first line of counts and a last."""
    if not chosen:
        say(nothing_to_make(plan, names[0]))
        return []
    say(counts(plan, *names))
    left = _brought(chosen, options, memory, say)
    made, failures = _run(left, options, memory, journal, say)
    told = f"{made:,} made" + (f", {len(chosen) - len(left):,} as they were made before" if left != chosen else "")
    say("\n".join([told, *impossible_lines(plan.impossible)]))
    return failures


def nothing_to_make(plan: Plan, done: Sequence[str]) -> str:
    """Return what is said when nothing is to be made."""
    return "\n".join([counts(plan, done, ()), *impossible_lines(plan.impossible)])


def _matrices(options: RunOptions) -> list[Matrix]:
    """The matrix files, or one made of the flags."""
    if options.matrices:
        return [load_matrix(path) for path in options.matrices]
    models = [model_of(name) for name in options.notebooks if name != "all"] or list(MODELS.values())
    fixed = {}
    for pair in options.fixed:
        name, equals, text = pair.partition("=")
        if not equals:
            raise UsageMistake("a fixed parameter is KEY=VALUE.", [("--set", pair)], "For example: --set beside=none")
        fixed[name] = typed(next((m for m in models if name in m.model_fields), models[0]), name, text)
    return [
        Matrix(
            notebooks=options.notebooks, areas=options.areas, offences=options.offences, periods=options.periods,
            parameters=fixed,
        )
    ]  # fmt: skip


def _chosen(plan: Plan, done: Sequence[Wanted], options: RunOptions, journal: Journal) -> list[Wanted]:
    """What runs now: what is not done, of that what failed before if so asked, and no more than the limit."""
    there = {w.name for w in done}
    left = [w for w in plan.wanted if w.name not in there]
    if options.only_failed:
        failed = journal.failed()
        left = [w for w in left if w.name in failed]
    return left[: options.limit]


def _brought(chosen: Sequence[Wanted], options: RunOptions, memory: Memory, say: Say) -> list[Wanted]:
    """Bring what was made before, elsewhere, and return what is left to run."""
    left = []
    for wanted in chosen:
        if options.force or memory.bring(wanted) is None:
            left.append(wanted)
        else:
            say(f"{shown(_out(wanted, options))}  as it was made before")
    return left


def _run(
    left: Sequence[Wanted], options: RunOptions, memory: Memory, journal: Journal, say: Say
) -> tuple[int, Failures]:  # fmt: skip
    """Run them and return how many were made and what failed, in the order in which it ended."""
    made_n, failures, by_name = 0, Failures(), {w.name: w for w in left}
    for wanted in left:
        journal.began(wanted)
    with closing(_runner(options)([_job(w, options) for w in left], options.jobs or os.cpu_count() or 1)) as ended:
        for job, made in ended:
            wanted = by_name[job.name]
            journal.ended(wanted, made)
            if isinstance(made, StatsError):
                failures.append((job.name, made))
                say(f"{job.name}  failed")
                if not options.keep_going:
                    break
                continue
            memory.keep(wanted, made)
            made_n += 1
            say(f"{shown(job.out)}  {counted(len(made), 'file')}")
    return made_n, failures


def _runner(options: RunOptions) -> Runner:
    """The function that runs jobs side by side, as it was asked for."""
    if options.executor:
        raise UsageMistake("other machines are not to hand yet.", [("--executor", options.executor)], "Leave it out.")
    if options.engine:
        os.environ[VARIABLE] = options.engine  # the processes that run notebooks look there
    return _without_notebooks if options.figures_only else run_all


def _without_notebooks(jobs: list[Job], workers: int) -> Ended:
    from stats.run.figures_pool import make_all

    yield from make_all(jobs, workers)


def _job(wanted: Wanted, options: RunOptions) -> Job:
    executed = executed_in(options) / f"{wanted.name}.ipynb"
    return Job(
        wanted.name, notebook_path(wanted.notebook, options.root), wanted.parameters, _out(wanted, options), executed,
        timeout=options.timeout,
    )  # fmt: skip


def executed_in(options: RunOptions) -> Path:
    """Return the folder of the executed notebooks."""
    return options.root / "build" / "notebooks" / options.folder.name


def _out(wanted: Wanted, options: RunOptions) -> Path:
    return options.folder / wanted.name


def _inputs(options: RunOptions) -> list[Path]:
    """Every file that the plan and its figures may depend on."""
    notebooks = sorted((options.root / "notebooks").glob("*.ipynb"))
    tidy = sorted((options.root / "data" / "tidy").iterdir())
    return [*inputs_of(options.root), *notebooks, *tidy, *(path.resolve() for path in options.matrices)]


def _told(failures: Failures, say: Say) -> int:
    """Say each failure with its own words, and return the exit code."""
    if not failures:
        return 0
    say("\n".join(["", f"Failed ({len(failures):,}):", *(f"\n{name}: {problem}" for name, problem in failures)]))
    return failures[0][1].exit_code
