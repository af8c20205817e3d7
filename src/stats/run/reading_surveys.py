"""What `stats read` says of a survey: bases, design or its absence, and counts that may be shown; never a row."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stats.clean.survey import Survey, clean_survey
from stats.errors import NotHonest
from stats.estimate.attack import ALL
from stats.estimate.survey_counts import counted, left_out
from stats.read.opening import Workbook
from stats.read.survey import read_survey
from stats.registers.codebooks import Codebook, SampleDesign
from stats.run.reading_returns import MADE_UP, Said, naming


def survey_of(workbook: Workbook, codebook: Codebook, source_id: str = "") -> Survey:
    """Return the answers of a survey, every cell checked against its codebook; an error names the file."""
    path = workbook.path
    return naming(path, lambda: clean_survey(read_survey(workbook), codebook, source_id or path.name))


def counts_of(survey: Survey) -> pd.DataFrame:
    """Return how many people gave each answer to each question, small counts hidden."""
    parts = []
    for question in survey.codebook.variables:
        try:
            counts = counted(survey, question, None)
        except NotHonest:
            continue
        parts.append(counts[["answer", "people_n", "status"]].assign(question=question))
    columns = ["question", "answer", "people_n", "status"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def survey_summary(survey: Survey, path: Path) -> Said:
    """Return the lines that say what a survey holds."""
    book = survey.codebook
    return [
        ("what", f"survey answers, one row a person: {book.title}"),
        ("file", path.name),
        ("population", f"{book.population}; {book.mode}"),
        ("span", f"{book.asked_from:%d %B %Y} to {book.asked_to:%d %B %Y}"),
        ("design", _design(book)),
        ("people", f"{len(survey.answers):,}"),
        *(("question", _question(survey, name)) for name in book.variables),
        ("not shown", "rows of people, counts of 1 to 4, and counts that would give them away"),
        *([("provenance", MADE_UP)] if book.made_up else []),
    ]


def refuse_rows(path: Path) -> NotHonest:
    """Return why the rows of a survey are not printed or written, to be raised."""
    return NotHonest(
        "the rows of a survey are people, and are not printed or written.",
        [("file", path.name), ("shown instead", "bases and counts, with small ones hidden")],
        "Leave out --all and --out. For a table of one question by another: stats figure foi_and_surveys --help",
    )


def _design(book: Codebook) -> str:
    if not isinstance(book.design, SampleDesign):
        return "none: people chose to answer, so they stand for themselves and no interval exists"
    columns = ", ".join(f"{what} in {column}" for what, column in book.design.columns.items())
    return f"random sample; {columns or 'every person weighs the same'} ({book.design.source})"


def _question(survey: Survey, name: str) -> str:
    """One question with its base, and who is not in it."""
    words = survey.codebook.variables[name].question
    try:
        counts = counted(survey, name, None)
    except NotHonest:
        return f"{name}: {words} So few people gave an answer that no count is shown"
    base = counts.loc[counts["answer"] == ALL, "people_n"].iloc[0]
    shown = "base hidden" if pd.isna(base) else f"base {base:,}"
    missing = "; ".join(f"{why}: {n}" for why, n in left_out(survey, name).items())
    return f"{name}: {words} ({shown}{f'; {missing}' if missing else ''})"
