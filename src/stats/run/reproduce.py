"""Rebuild everything that is committed from the raw files, in a temporary folder, and compare byte for byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from stats.errors import NotReproduced, StatsError
from stats.home import VARIABLE
from stats.publish.claims_page import PAGE as CLAIMS_PAGE
from stats.publish.corrected import unlike_changelog
from stats.publish.files import write
from stats.publish.methods import PAGE, VALUES, methods_page
from stats.registers import Registers, load
from stats.registers.mistakes import Mistake
from stats.run.claims import FACTS, facts_of, page_of
from stats.run.committed_documents import FOLDER
from stats.run.data import TABLES, codebook, cross_checked, write_tables
from stats.run.environment import environment
from stats.run.execute import Job
from stats.run.execute import environment as with_environment
from stats.run.figures_only import make_all
from stats.run.notebooks import executed
from stats.run.parameters import MODELS
from stats.run.plan import brief_paths, job_of, load_brief, notebook_path
from stats.run.pool import run_all
from stats.run.reproduce_documents import BRIEFINGS, looked_at, write_documents
from stats.run.reproduce_first import first_difference
from stats.run.reproduce_pages import CHANGELOG, Made, pages, unlike_made

COPIED = (
    "data/raw", "data/illustrative", "data/registers", "data/claims", "notebooks", "briefings", "pyproject.toml",
    "requirements.lock", VALUES,
)  # fmt: skip
COMPARED = ("data/tidy", "figures", FOLDER)


@dataclass
class Rebuilt:
    """What a rebuild found: the tables made, and by file or folder the reason why it could not be made."""

    failed: dict[str, StatsError] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    mistakes: tuple[Mistake, ...] = ()

    def reason(self, name: str) -> str:
        """Return in one line why a file could not be made; empty if there was no reason."""
        of = (name, template_of(name))
        problem = next((why for what, why in self.failed.items() if what in of or name.startswith(f"{what}/")), None)
        if problem is None:
            return ""
        evidence = "; ".join(
            f"{label} {text.strip().splitlines()[0]}" for label, text in problem.evidence if text.strip()
        )
        return f"could not be made: {problem.wrong.splitlines()[0]}" + (f" ({evidence})" if evidence else "")

    def must_wait(self, what: str, reads: Iterable[str]) -> bool:
        """Whether something cannot be made because a table that it reads could not; the reason is noted."""
        for table in reads:
            if table not in self.tables:
                self.failed[what] = self.failed[table_file(table)]
                return True
        return False


def reproduce(root: Path, workers: int, say: Callable[[str], None]) -> None:
    """Rebuild and compare, saying PASS or FAIL for each file.

    What can still be rebuilt is, when one source fails: the files that depend on it fail, and no others.

    Raises
    ------
    NotReproduced
        Naming every file that differs, is missing, is extra, or could not be made.
    """
    with tempfile.TemporaryDirectory(prefix="plain-figures-") as folder:
        copy = Path(folder).resolve()
        for name in COPIED:
            _copy(root / name, copy / name)
        with with_environment({VARIABLE: str(copy)}):
            rebuilt = _rebuild(copy, workers)
        wrong = dict(_compared(root, copy, rebuilt, say))
    if wrong:
        raise NotReproduced(
            f"{len(wrong)} committed {'file is' if len(wrong) == 1 else 'files are'} not what sources and code make.",
            wrong.items(),
            "If the change is meant, run: make methods claims notebooks documents, look, commit. If not, restore it. "
            "Other pages and the templates in briefings are edited by hand.",
        )


def _rebuild(copy: Path, workers: int) -> Rebuilt:
    registers = load(copy)
    rebuilt = Rebuilt(mistakes=registers.mistakes)
    _tables(registers, copy / "data" / "tidy", rebuilt)
    briefs = [load_brief(path) for path in brief_paths((), copy)]
    ready = [b for b in briefs if not rebuilt.must_wait(f"figures/{b.name}", b.asked.reads)]
    jobs = [job_of(brief, copy, copy / "figures", copy / "build" / "notebooks") for brief in ready]
    for job, made, *_ in run_all(jobs, workers):
        if isinstance(made, StatsError):
            rebuilt.failed[f"figures/{job.name}"] = made
    rebuilt.failed |= _without_kernels([job for job in jobs if f"figures/{job.name}" not in rebuilt.failed], workers)
    for notebook, model in MODELS.items():
        if not rebuilt.must_wait(notebook_file(notebook), model.reads):
            try:
                write(notebook_path(notebook, copy), executed(notebook_path(notebook, copy)))
            except StatsError as problem:
                rebuilt.failed[notebook_file(notebook)] = problem
    _pages(copy, rebuilt)
    _documents(copy, rebuilt)
    return rebuilt


def _without_kernels(jobs: list[Job], workers: int) -> dict[str, StatsError]:
    """Make the figures of jobs without a kernel too, and return by folder why they are not what the notebook made."""
    wrong: dict[str, StatsError] = {}
    with tempfile.TemporaryDirectory(prefix="plain-figures-") as folder:
        for job, made, *_ in make_all([replace(job, out=Path(folder) / job.name) for job in jobs], workers):
            by_notebook = next(of.out for of in jobs if of.name == job.name)
            if isinstance(made, StatsError):
                wrong[f"figures/{job.name}"] = made
            elif unlike := unlike_files(by_notebook, job.out):
                wrong[f"figures/{job.name}"] = StatsError(
                    "a notebook and --figures-only made different files.", [("files", ", ".join(unlike))],
                    "A cell of the notebook rests on something that only a kernel has.",
                )  # fmt: skip
    return wrong


def unlike_files(one: Path, other: Path) -> list[str]:
    """Return the names of the files that are not the same bytes in two folders, or lie in one alone."""
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (one, other))
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def _pages(copy: Path, rebuilt: Rebuilt) -> None:
    write(copy / "environment.yml", environment(copy))
    try:
        write(copy / PAGE, methods_page(copy))
    except StatsError as problem:
        rebuilt.failed[PAGE] = problem
    if not rebuilt.must_wait(CLAIMS_PAGE, FACTS):
        try:
            write(copy / CLAIMS_PAGE, page_of(facts_of(copy)))
        except StatsError as problem:
            rebuilt.failed[CLAIMS_PAGE] = problem


def _documents(copy: Path, rebuilt: Rebuilt) -> None:
    """Look at every template, and write the documents that are committed; each fails alone."""
    wanted, unusable = looked_at(copy)
    rebuilt.failed |= unusable
    if wanted and not rebuilt.must_wait(FOLDER, FACTS):
        rebuilt.failed |= write_documents(wanted, facts_of(copy), copy)


def _tables(registers: Registers, out: Path, rebuilt: Rebuilt) -> None:
    tables = {}
    for name, make in TABLES.items():
        try:
            tables[name] = make(registers)
        except StatsError as problem:
            rebuilt.failed[table_file(name)] = problem
    try:
        tables |= cross_checked(tables, registers) if len(tables) == len(TABLES) else {}
    except StatsError as problem:
        rebuilt.failed[table_file("tie_out")] = problem
    if len(tables) < len(TABLES):
        rebuilt.failed[table_file("tie_out")] = next(iter(rebuilt.failed.values()))
    tables["codebook"] = codebook(registers)
    write_tables(tables, registers, out)
    rebuilt.tables |= set(tables)


def table_file(name: str) -> str:
    """Return where a tidy table lies."""
    return f"data/tidy/{name}.csv"


def template_of(name: str) -> str:
    """Return the template of a file of a document; of any other file, the file."""
    return f"{BRIEFINGS}/{name.split('/')[1]}.md" if name.startswith(f"{FOLDER}/") else name


def notebook_file(name: str) -> str:
    """Return where a notebook lies."""
    return f"notebooks/{name}.ipynb"


def _compared(root: Path, copy: Path, rebuilt: Rebuilt, say: Callable[[str], None]) -> list[tuple[str, str]]:
    wrong, made = [], Made(copy)
    names = {*_names(root), *_names(copy), "environment.yml", PAGE, CLAIMS_PAGE, *map(notebook_file, MODELS)}
    names |= {what for what in rebuilt.failed if not any(name.startswith(f"{what}/") for name in names)}
    written = {path.relative_to(root).as_posix(): unlike_made(path, root, made) for path in pages(root)}
    written[CHANGELOG] = _unlike_changelog(root / CHANGELOG, rebuilt)
    for name in sorted({*names, *written}):
        why = rebuilt.reason(name) or (written[name] if name in written else _why(root / name, copy / name))
        say(f"{'FAIL' if why else 'PASS'}  {name}{f'  {why}' if why else ''}")
        wrong += [(name, why)] if why else []
    return wrong


def _names(root: Path) -> set[str]:
    files = (path for folder in COMPARED for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in files}


def _unlike_changelog(path: Path, rebuilt: Rebuilt) -> str:
    """Return what the changelog does not tell of our corrections: nobody makes it, and that must stand there."""
    return unlike_changelog(path.read_text("utf-8"), rebuilt.mistakes) if path.is_file() else "is missing"


def _why(committed: Path, made: Path) -> str:
    if not committed.is_file():
        return "is missing"
    if not made.is_file():
        return "is not made by any brief or table"
    if committed.read_bytes() == made.read_bytes():
        return ""
    return first_difference(committed.suffix, committed.read_bytes(), made.read_bytes())


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    else:
        shutil.copy(source, to)


def workers() -> int:
    """Return how many notebooks to run side by side: one a core."""
    return os.cpu_count() or 1
