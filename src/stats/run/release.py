"""A release day: read a file, store it, make the tables anew, and say what has changed. Nothing older is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from stats.errors import CheckFailed, NotToHand, StatsError
from stats.period import Period
from stats.publish.claims_page import PAGE
from stats.publish.files import as_csv, write
from stats.read.made import must_be_as_made
from stats.read.tidy import read_tidy
from stats.registers import Registers, Source, load_again
from stats.registers.entries import shown
from stats.run.claims import FACTS
from stats.run.data import make_data
from stats.run.release_claims import claims_again, page_again
from stats.run.release_diff import Diff, differences, pair_of
from stats.run.release_effects import figures_again, without
from stats.run.release_entry import Ask, Told, asked, entry_of
from stats.run.release_given import Given, given
from stats.run.release_report import Report, as_markdown
from stats.run.release_store import Kept, must_be_free, put, take_away, take_back
from stats.run.release_totals import tied_in_words, with_totals
from stats.run.release_version import current, proposed

Say = Callable[[str], None]

NOT_RUN = "The briefs were not run. See what changes with: stats reproduce"


def add_release(
    file: Path, told: Told, root: Path, say: Say, *, ask: Ask | None = None, workers: int | None = None
) -> Path:
    """Add a published file to the repository, and return where it lies.

    Parameters
    ----------
    file : Path
        As its publisher gave it, unedited.
    told : Told
        What a person tells of it.
    root : Path
        The repository.
    say : callable
        Takes each line of what is told.
    ask : callable, optional
        Asks a person for what is missing; without it, what is missing stops.
    workers : int, optional
        How many notebooks to run side by side, to see which figures change; 0 runs none. One a core by default.

    Raises
    ------
    StatsError
        If the file does not read, something of it is not told, its place is taken, or the tables cannot be made with
        it. The tree is then as it was.
    """
    found = given(file, root)
    for left in take_back(file, found.data, root):
        say(f"{shown(left)}  was left without an entry, and is put anew")
    registers = load_again(root)
    source = _already_here(found, told, registers)
    if source is None:
        source = _store(found, told, registers, root, ask, say)
    elif _is_made(source, registers) and (_folder(source, root) / "summary.md").is_file():
        say(f"{shown(source.path)}  already here ({source.id}); nothing has changed")
        return source.path
    else:
        say(f"{shown(source.path)}  already here ({source.id})")
        _make(root, say)
    _tell(source, found, root, workers, say)
    return source.path


def _store(found: Given, told: Told, registers: Registers, root: Path, ask: Ask | None, say: Say) -> Source:
    """Put a file into place and make the tables with it; if that fails, take it away again."""
    source, fields = entry_of(found, asked(told, found, registers, ask), registers, root)
    must_be_free(source, registers)
    source, fields = with_totals(
        source, fields, told=told.totals, printed_by=told.totals_from, not_tied=told.not_tied,
        in_file=found.totals, registers=registers, ask=ask,
    )  # fmt: skip
    put(source.path, found.data, fields, root)
    try:
        _make(root, say)
    except BaseException as problem:
        take_away(source.path, root)
        load_again(root)
        if isinstance(problem, StatsError):
            problem.mend += " The file was not stored: everything is as it was before."
        raise
    say(f"{shown(source.path)}  stored as {source.id}")
    return source


def _make(root: Path, say: Say) -> None:
    """Make the tables and the page of claims; if that ends half-way, those that were there are put back."""
    kept = Kept(root / "data" / "tidy", root / PAGE)
    try:
        make_data(load_again(root), root / "data" / "tidy", say)
        if page_again(root):
            say(f"{PAGE}  made anew")
    except BaseException:
        kept.put_back()
        raise


def _already_here(found: Given, told: Told, registers: Registers) -> Source | None:
    """The source that has these very bytes, if there is one.

    Raises
    ------
    CheckFailed
        If it is there under another date.
    """
    same = next((source for source in registers.sources.values() if source.sha256 == found.sha256), None)
    if same and told.published and not same.published.startswith(told.published):
        raise CheckFailed(
            "the same file is here already, as published on another day.",
            [("here", f"{shown(same.path)}, published {same.published}"), ("--published", told.published)],
            f"One of the days is wrong. If it is the stored one: stats release remove {same.id}. Nothing was stored.",
        )
    return same


def _is_made(source: Source, registers: Registers) -> bool:
    try:
        must_be_as_made([source.dataset], registers)
    except (CheckFailed, NotToHand):
        return False
    return True


def _tell(source: Source, found: Given, root: Path, workers: int | None, say: Say) -> None:
    """Compare, run the briefs, and write and say what changes."""
    registers = load_again(root)
    table = read_tidy(source.dataset, registers)
    pair = pair_of(source, table, registers)
    diff = differences(*pair, table, registers) if pair else None
    out = _folder(source, root)
    report = _report(source, found, diff, table, registers, out, workers)
    if diff is not None:
        write(out / "diff.csv", as_csv(diff.rows[diff.rows["change"] != "unchanged"]))
    write(out / "summary.md", as_markdown(report).encode("utf-8"))
    say("\n" + as_markdown(report))
    say(f"{shown(out)}/  holds this summary" + (", diff.csv" if diff is not None else "")
        + (" and the figures as they would be" if report.figures else ""))  # fmt: skip
    say(f"To keep it, commit {shown(source.path.parent)}, data/tidy and {PAGE}.")
    if report.figures:
        say("The committed figures are as they were. To take the new ones: make notebooks figures")


def _report(
    source: Source, found: Given, diff: Diff | None, table: pd.DataFrame, registers: Registers, out: Path,
    workers: int | None,
) -> Report:  # fmt: skip
    before = without(source, registers)
    told = [line for line in found.reading.summary if line[0] != "release"]
    told.append(("published", f"{source.published}, retrieved {source.retrieved}, {source.kind}"))
    told.append(tied_in_words(source, found.totals, registers))
    older = diff.earlier.caveats if diff and diff.later.id == source.id else ()
    in_use = _in_use(source, registers)
    report = Report(source, told, in_use, diff,
                    version=proposed(current(registers.root), source, in_use, diff, registers),
                    caveats_before=[words for words in older if words not in source.caveats])  # fmt: skip
    if not report.is_in_use:
        return report
    if source.dataset in FACTS and before.sources_of(source.dataset):
        report = replace(report, claims=claims_again(before, registers))
    if workers == 0:
        return replace(report, not_looked_at=NOT_RUN)
    return replace(report, figures=figures_again(source.dataset, registers.root, out / "figures", workers or _cores()))


def _in_use(source: Source, registers: Registers) -> Source:
    """The release that estimates are made from now: of outcomes for the same offences, of populations for each year."""
    if source.dataset == "population":
        return source
    if source.dataset == "outcomes" and source.covers_from and source.covers_to:
        return registers.newest(source.dataset, Period(source.covers_from, source.covers_to))
    return registers.newest(source.dataset)


def _folder(source: Source, root: Path) -> Path:
    return root / "build" / "releases" / source.id


def _cores() -> int:
    import os

    return os.cpu_count() or 1
