"""Read one published file: recognise it, clean it, and say what it is and what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from stats.clean.corrections import corrected, declared_for
from stats.clean.foi import clean_foi
from stats.clean.published_table import Tidied, tidied
from stats.clean.told_periods import NOTHING_TOLD, Told, with_told
from stats.errors import NotRecognised, counted
from stats.read.foi import is_foi, read_foi
from stats.read.kept import open_kept
from stats.read.known_tables import Recognised, recognise
from stats.read.opening import Workbook, open_sheets
from stats.read.published import Published, as_published
from stats.registers import load
from stats.registers.areas import load_areas
from stats.registers.codebooks import codebook_beside, load_codebook
from stats.registers.corrections import load_corrections
from stats.registers.layouts import Layout, load_layouts
from stats.registers.published_codes import load_published_codes
from stats.run.reading_returns import foi_summary, naming
from stats.run.reading_surveys import counts_of, survey_of, survey_summary

KEPT_FROM = 1_000_000
"""Bytes from which a file is kept parsed; a smaller one opens in a moment."""

COPIES = ("build", "cache", "opened")

_PUBLISHED = re.compile(
    r"(?:published|release)\w*(?: on|:)?\s+(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]+)\s+(\d{4})", re.I
)


@dataclass(frozen=True)
class Reading:
    """A file that was read: its tidy table, its layouts, the release if the file tells it, and the summary.

    `tables` are its parts, by the layout they have, and `totals` how many totals each part prints that add up. Of a
    survey `table` holds counts that may be shown, and never a person's answers; `is_of_people` says so.
    """

    table: pd.DataFrame
    layouts: list[Layout]
    release: str | None
    summary: list[tuple[str, str]]
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    is_of_people: bool = False
    totals: dict[str, int] = field(default_factory=dict)


def read_file(
    path: Path, root: Path, *, period: str | None = None, mid_year: str | None = None, as_printed: bool = False,
    codebook: Path | None = None, fresh: bool = False,
) -> Reading:  # fmt: skip
    """Return the tidy table of a published file, recognised from its contents.

    Parameters
    ----------
    path : Path
        As the publisher gave it, unedited.
    root : Path
        The repository, for its registers and the copies of files that were opened before.
    period, mid_year : str, optional
        What the file does not tell, in words: '2024/25', '2024'.
    as_printed : bool
        Leave the declared corrections out.
    codebook : Path, optional
        Of a survey; by default the one that lies beside the file, if there is one.
    fresh : bool
        Whether the file itself is opened, though a copy of an earlier opening may be there.

    Raises
    ------
    NotRecognised
        If the file, or one of its sheets, fits no layout.
    CheckFailed
        If anything in it is not what its layout or a declared correction says.
    UsageMistake
        If what is told is no period, or goes against the file.
    """
    told, codebook = Told.of(period, mid_year), codebook or codebook_beside(path)
    if codebook:
        survey = survey_of(open_sheets(path), load_codebook(codebook))  # no copy is kept of people's answers
        return Reading(counts_of(survey), [], None, survey_summary(survey, path), is_of_people=True)
    workbook = open_sheets(path) if fresh or _is_small(path) else _kept(path, root)
    if is_foi(workbook):
        return read_returns(workbook, root)
    return read_workbook(workbook, root, told, as_printed=as_printed)


def _is_small(path: Path) -> bool:
    return not path.is_file() or path.stat().st_size < KEPT_FROM


def _kept(path: Path, root: Path) -> Workbook:
    """Open a file from its copy; only a known table is kept, and so never the answers of people."""
    layouts = load_layouts(root / "data" / "registers" / "layouts").values()
    return open_kept(path, folder=root.joinpath(*COPIES), worth=lambda book: _is_known(book, layouts))


def _is_known(workbook: Workbook, layouts: Iterable[Layout]) -> bool:
    try:
        return bool(recognise(workbook, layouts).tables)
    except NotRecognised:
        return False


def read_returns(workbook: Workbook, root: Path) -> Reading:
    """Return the tidy table of FOI returns, made from the template of `data/foi`."""
    registers = load(root)
    table = naming(workbook.path, lambda: clean_foi(read_foi(workbook), workbook.path.name, registers))
    return Reading(table, [], None, foi_summary(table, workbook.path, registers))


def read_workbook(workbook: Workbook, root: Path, told: Told = NOTHING_TOLD, *, as_printed: bool = False) -> Reading:
    """Return the tidy table of a file that was opened; `told` is what a person says of its period."""
    registers = root / "data" / "registers"
    areas, codes = load_areas(registers), load_published_codes(registers)
    known = load_layouts(registers / "layouts")
    corrections = load_corrections(registers / "corrections", known, areas).values()
    recognised = recognise(workbook, known.values())
    published = [as_published(found, recognised) for found in recognised.tables]
    if as_printed:
        named = ", ".join(declared_for(published, corrections)) or "none"
        mended = [f"none applied, as asked (--as-published); declared for this file: {named}"]
    else:
        published, mended = corrected(published, corrections, areas, codes)
    layouts = list({part.layout.id: part.layout for part in published}.values())
    tables = []
    for layout in layouts:
        parts = [part for part in published if part.layout.id == layout.id]
        tidy = tidied(parts, areas, codes)
        tables.append(replace(tidy, table=with_told(tidy.table, parts, told)))
    whole = pd.concat([tidy.table for tidy in tables], ignore_index=True) if len(tables) > 1 else tables[0].table
    release = _release(recognised, published)
    by_layout = {layout.id: tidy.table for layout, tidy in zip(layouts, tables, strict=True)}
    totals = {layout.id: tidy.totals for layout, tidy in zip(layouts, tables, strict=True)}
    summary = _summary(whole, layouts, release, recognised, published, tables)
    if told.words and any(layout.period.startswith("untold") for layout in layouts):
        summary.append(("told", f"the period, {told.words}, was told by the person who read the file"))
    summary += [("correction", words) for words in mended]
    return Reading(whole, layouts, release, summary, by_layout, totals=totals)


def _release(recognised: Recognised, published: list[Published]) -> str | None:
    """The release that a file tells: its date, or else the title of its cover."""
    words = [*recognised.words, *(text for part in published for text in part.above)]
    dated = next((found for text in words if (found := _PUBLISHED.search(text))), None)
    if dated:
        return f"published {int(dated[1])} {dated[2]} {dated[3]}"
    return next((text for text in words if re.search(r"year ending [A-Z][a-z]+ \d{4}", text)), None)


def _summary(
    table: pd.DataFrame, layouts: list[Layout], release: str | None,
    recognised: Recognised, published: list[Published], tables: list[Tidied],
) -> list[tuple[str, str]]:  # fmt: skip
    said = [("what", f"{layout.publisher}: {layout.title} ({layout.id})") for layout in layouts]
    said += [("file", recognised.path.name), ("release", release or "the file does not tell")]
    said += [("span", _span(table)), *_places(table), *_offences(table), ("rows", f"{len(table):,}"), *_statuses(table)]
    said += [("skipped", f"sheet {name!r}: {why}") for name, why in recognised.skipped.items()]
    said += [
        ("skipped", f"{part.sheet}, {row}: {why}".removeprefix(", "))
        for part in published
        for row, why in part.left_out.items()
    ]
    said += [
        ("skipped", f"{part.sheet}, notes below the table: {len(part.notes)}".removeprefix(", "))
        for part in published
        if part.notes
    ]
    hidden = [found.sheet.name for found in recognised.tables if found.sheet.hidden]
    said += [("note", f"sheet {name!r} is hidden in the workbook, and was read all the same") for name in hidden]
    return said + [("note", words) for tidy in tables for words in tidy.told]


def _span(table: pd.DataFrame) -> str:
    if "period_start" in table and table["period_start"].notna().any():
        return f"{table['period_start'].min():%d %B %Y} to {table['period_end'].max():%d %B %Y}"
    if "mid_year" in table and table["mid_year"].notna().any():
        return f"{table['mid_year'].min():%B %Y} to {table['mid_year'].max():%B %Y}"
    return "the file does not tell; give it with --period or --mid-year"


def _places(table: pd.DataFrame) -> list[tuple[str, str]]:
    if "area_kind" not in table:
        return []
    pairs = table[["area_kind", "area_code", "area_name"]].drop_duplicates()
    forces = pairs["area_kind"].isin(["force", "special force"])
    others = ", ".join(f"{n} {kind}" for kind, n in pairs.loc[~forces, "area_kind"].value_counts().items())
    return [("forces", f"{forces.sum()}{f'; and {others}' if others else ''}")]


def _offences(table: pd.DataFrame) -> list[tuple[str, str]]:
    column = next((name for name in ("offence_code", "offence_name", "crime_type") if name in table), None)
    if column is None:
        return []
    listed = sorted(table[column].dropna().unique())
    return [("offences", f"{len(listed)}: {', '.join(listed[:6])}{' …' if len(listed) > 6 else ''}")]


def _statuses(table: pd.DataFrame) -> list[tuple[str, str]]:
    number = next((name for name in ("value", "offences_n") if name in table), None)
    counts = table["status"].value_counts().sort_index()
    told = [("statuses", ", ".join(f"[{mark}] {n:,}" for mark, n in counts.items()))] if len(counts) else []
    below = int((table[number] < 0).sum()) if number else 0
    return told + ([("negative", f"{counted(below, 'number')} below zero, kept as printed")] if below else [])
