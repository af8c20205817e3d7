"""Make `data/tidy` from `data/raw`: read, clean, check, write. One function a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from stats import check
from stats.clean.outcomes import clean_outcomes, outcomes_sum_to_recorded
from stats.clean.population import clean_population
from stats.clean.published_figures import clean_published_figures
from stats.clean.recorded_crime import clean_recorded_crime
from stats.clean.tie_out import compared, must_fit, tie_out
from stats.errors import CheckFailed, RegisterError, StatsError, counted, nearest
from stats.publish.files import as_csv, as_json, write
from stats.read.made import RECORD, record_of
from stats.read.outcomes import read_outcomes
from stats.read.population import read_population
from stats.read.published_figures import read_published_figures
from stats.read.recorded_crime import read_recorded_crime
from stats.registers import Registers, Source
from stats.registers.places import place, shown
from stats.run.official import official_rows

Tables = dict[str, pd.DataFrame]


def recorded_offences(registers: Registers) -> pd.DataFrame:
    """Return recorded offences, every release below each other."""

    def make(source: Source) -> pd.DataFrame:
        rows = official_rows(source, registers) if source.layout else read_recorded_crime(source)
        table = clean_recorded_crime(rows, source.id, registers)
        return covers_what_it_says(table, source)

    return of_each_source("recorded_offences", make, registers)


def outcomes(registers: Registers) -> pd.DataFrame:
    """Return outcomes on the recorded basis."""

    def make(source: Source) -> pd.DataFrame:
        rows = official_rows(source, registers) if source.layout else read_outcomes(source)
        return covers_what_it_says(clean_outcomes(rows, source.id, registers), source)

    return of_each_source("outcomes", make, registers)


def population(registers: Registers) -> pd.DataFrame:
    """Return mid-year populations."""

    def make(source: Source) -> pd.DataFrame:
        rows = official_rows(source, registers) if source.layout else read_population(source)
        return clean_population(rows, source.id, registers)

    return of_each_source("population", make, registers).sort_values(["area_code", "mid_year"], ignore_index=True)


def published_figures(registers: Registers) -> pd.DataFrame:
    """Return the figures that somebody printed."""

    def make(source: Source) -> pd.DataFrame:
        return clean_published_figures(read_published_figures(source), source.id, registers, kind=source.kind)

    table = of_each_source("published_figures", make, registers)
    return check.unique(table, ["figure_id"], name="published figures")


def of_each_source(dataset: str, make: Callable[[Source], pd.DataFrame], registers: Registers) -> pd.DataFrame:
    """Return what is made of each source of a dataset, below each other; an error names the raw file."""
    tables = []
    registers.newest(dataset)
    for source in registers.sources_of(dataset):
        try:
            tables.append(make(source))
        except StatsError as problem:
            if "file" not in dict(problem.evidence):
                problem.evidence.insert(0, ("file", shown(source.path)))
            raise
    return pd.concat(tables, ignore_index=True)


def covers_what_it_says(table: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return a table if it runs from the first to the last day that its source's entry names.

    Raises
    ------
    CheckFailed
        If the entry and the data differ.
    """
    found = (table["period_start"].min().date(), table["period_end"].max().date())
    if found != (source.covers_from, source.covers_to):
        raise CheckFailed(
            "a source does not cover what its entry says.",
            [
                *place(Path(f"{source.file}.yml"), None, "covers_from"),
                ("source", source.id),
                ("entry", f"{source.covers_from} to {source.covers_to}"),
                ("data", f"{found[0]} to {found[1]}"),
            ],
            "Correct covers_from and covers_to, or find the quarter that is missing.",
        )
    return table


TABLES: dict[str, Callable[[Registers], pd.DataFrame]] = {
    "recorded_offences": recorded_offences,
    "outcomes": outcomes,
    "population": population,
    "published_figures": published_figures,
}


def cross_checked(tables: Tables, registers: Registers) -> Tables:
    """Return the tie-out table, after checking the tables against each other and against printed totals."""
    for outcomes, recorded in of_one_day(registers):
        outcomes_sum_to_recorded(*(_of(s, tables[s.dataset]) for s in (outcomes, recorded)))
    figures_are_known(tables["published_figures"], registers)
    totals_are_figures(tables["published_figures"], registers)
    for dataset in ("outcomes", "population"):
        must_fit(compared(tables[dataset], dataset, registers), registers)
    return {"tie_out": tie_out(tables["recorded_offences"], registers)}


def of_one_day(registers: Registers) -> list[tuple[Source, Source]]:
    """Return each release of outcomes with the recorded offences published the same day: only those must agree.

    Every release revises earlier quarters, so outcomes do not add up to the recorded offences of another day.
    """
    recorded = registers.sources_of("recorded_offences")
    return [
        (ours, theirs)
        for ours in registers.sources_of("outcomes")
        for theirs in recorded
        if theirs.published == ours.published and not theirs.holds_less_than(ours)
    ]


def _of(source: Source, table: pd.DataFrame) -> pd.DataFrame:
    return table[table["source_id"] == source.id]


def figures_are_known(published: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return the published figures if every claim and ladder that rests on one names one of them.

    Raises
    ------
    RegisterError
        Naming the claim or ladder and the nearest figure.
    """
    resting = [(f"claims/{d.id}.yml", c.id, c.figures) for d in registers.documents.values() for c in d.claims]
    resting += [(f"claims/others/{d.id}.yml", c.id, c.figures) for d in registers.others.values() for c in d.claims]
    resting += [("registers/findings.yml", f.id, (f.figure,)) for f in registers.findings.values() if f.figure]
    resting += [("registers/ladders.yml", ladder.id, tuple(ladder.figures)) for ladder in registers.ladders.values()]
    known = set(published["figure_id"])
    for file, entry, figures in resting:
        for figure in sorted(set(figures) - known):
            raise RegisterError(
                "an entry rests on a published figure that is not there.",
                [
                    *registers.where(file, entry, value=figure),
                    ("figure", figure),
                    ("nearest", ", ".join(nearest(figure, known)) or "none"),
                ],
                "Correct the name, or add the figure to data/raw.",
            )
    return published


def totals_are_figures(published: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return the published figures if every printed total that names one of them gives its number.

    Raises
    ------
    RegisterError
        Naming the total, its number and the figure's.
    """
    values = published.set_index("figure_id")["value"]
    for total in registers.totals.values():
        if total.figure is not None and (total.figure not in values.index or values[total.figure] != total.printed):
            raise RegisterError(
                "a printed total is not the published figure it names.",
                [
                    *registers.where("registers/totals.yml", total.id, "printed"),
                    ("printed", f"{total.printed:,}"),
                    ("figure", f"{total.figure}: {values.get(total.figure, 'not there')}"),
                ],
                "Correct the number or the name.",
            )
    return published


def codebook(registers: Registers) -> pd.DataFrame:
    """Return every column of every tidy table with its type, unit, meaning and sources."""
    return pd.DataFrame(
        [
            {
                "table": table,
                "row_is": spec.rows,
                "column": name,
                "type": column.type,
                "unit": column.unit,
                "is_key": "yes" if column.key else "no",
                "meaning": column.meaning,
                "sources": "; ".join(source.id for source in registers.sources_of(spec.dataset))
                or "the file that is read",
            }
            for table, spec in registers.tables.items()
            for name, column in spec.columns.items()
        ]
    )


def make_data(registers: Registers, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Write every tidy table and the codebook to `out`, one line for each, and return the files.

    Nothing is written until every table has passed every check.

    Raises
    ------
    StatsError
        The first check that fails.
    """
    tables = {name: make(registers) for name, make in TABLES.items()}
    tables |= cross_checked(tables, registers)
    tables["codebook"] = codebook(registers)
    for name, table in tables.items():
        say(f"data/tidy/{name}.csv  {counted(len(table), 'row')}")
    return write_tables(tables, registers, out)


def write_tables(tables: Tables, registers: Registers, out: Path) -> list[Path]:
    """Write tables, and the record of what each was made from, and return the files."""
    files = {name: as_csv(table) for name, table in tables.items()}
    made = [write(out / f"{name}.csv", data) for name, data in files.items()]
    return [*made, write(out / RECORD, as_json(record_of(files, registers)))]
