"""FOI returns as published -> tidy: one row for what one force said to one question about one period."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from stats import check
from stats.clean.columns import as_registered, to_dates, to_whole
from stats.errors import CheckFailed, UnknownName, nearest
from stats.registers import Registers

ANSWERED, PARTIAL, REFUSED, NONE = "answered", "partial", "refused on cost", "none"
REPLIES = (ANSWERED, REFUSED, PARTIAL, NONE)
"""What a force may have done with a request."""

GIVEN = (ANSWERED, PARTIAL)
"""The replies that hold a number."""

DATE = "Correct the cell: write the day like this, 2024-03-31."
NUMBER = (
    "Correct the cell: write a whole number like this, 1234. Words go into the note; a number that was not given is "
    "left blank, and is not zero."
)
"""What to do about a cell of the template that is no date, or no number."""

_ADDRESS = re.compile(r"https?://\S+\.\S+|by e-mail.*|by post.*|illustrative.*")

Wrong = Iterable[tuple[str, pd.Series]]


def clean_foi(published: pd.DataFrame, source_id: str, registers: Registers) -> pd.DataFrame:
    """Return the tidy table of FOI returns.

    A force that gave no number has none: it is never zero. A period other than the one asked for is kept as it is.

    Parameters
    ----------
    published : DataFrame
        As `read.foi` returns it.
    source_id : str
        What the file goes by.
    registers : Registers

    Raises
    ------
    CheckFailed
        Naming the line, if a force or status is not known, a number is missing where a force answered or stands where
        it did not, a date or count is none, a period ends before it starts, an address, licence or definition is
        missing, or two rows say what one force answered to one question.
    """
    tidy = pd.DataFrame(
        {
            "area": _forces(published["force"], registers),
            "question": _one_spelling(published["question"]),
            "period_start": to_dates(published["period_from"], mend=DATE),
            "period_end": to_dates(published["period_to"], mend=DATE),
            "reply": _replies(published["status"]),
            "answer_n": to_whole(published["value"].str.replace(r"(?<=\d),(?=\d{3}\b)", "", regex=True), mend=NUMBER),
            "unit": _one_spelling(published["unit"]),
            "definition": _one_spelling(published["definition"]),
            "url": published["url"],
            "rights": published["rights"],
            "received": to_dates(published["received"], mend=DATE),
            "note": published["note"],
            "source_id": pd.Series(source_id, index=published.index, dtype="str"),
        }
    )
    _must_be(_unfit(tidy))
    areas = registers.areas.current
    named = tidy.assign(
        area_code=tidy["area"], area_name=tidy["area"].map({code: area.name for code, area in areas.items()})
    )
    return (
        named.astype({"area_code": "str", "area_name": "str"})
        .pipe(as_registered, "foi_returns", registers)
        .pipe(check.fits, registers.tables["foi_returns"], name="FOI returns")
        .pipe(_one_reply_each)
    )


def _one_spelling(text: pd.Series) -> pd.Series:
    """Words that differ only in case or spaces as they were first written, so that one definition is not two."""
    tidy = text.str.replace(r"\s+", " ", regex=True).str.strip()
    return tidy.groupby(tidy.str.casefold()).transform("first").astype("str")


def _forces(names: pd.Series, registers: Registers) -> pd.Series:
    """The code of each force, by any of its names."""
    forces = {area.code for area in registers.areas.forces}
    found = {}
    for line, name in names.items():
        if pd.isna(name):
            raise _stopped("a row names no force.", [(f"line {line}", "nothing")], "Write the force of each row.")
        try:
            area = registers.areas.find(name)
        except UnknownName as problem:
            raise _stopped(problem.wrong, [(f"line {line}", name), *problem.evidence], problem.mend) from None
        if area.code not in forces:
            raise _stopped(
                f"{area.name} is not one police force.", [(f"line {line}", name)], "Give each force a row of its own."
            )
        found[line] = area.code
    return pd.Series(found, dtype="str").rename_axis(names.index.name)


def _replies(words: pd.Series) -> pd.Series:
    plain = _one_spelling(words).str.casefold()
    for line, word in plain[~plain.isin(REPLIES)].items():
        raise _stopped(
            "a status is not known.",
            [
                (f"line {line}", "nothing" if pd.isna(word) else repr(word)), ("known", ", ".join(REPLIES)),
                ("nearest", ", ".join(nearest(str(word), REPLIES)) or "none"),
            ],
            "Write one of the known words. A refusal on other grounds is 'none', with the reason in the note.",
        )  # fmt: skip
    return plain


def _unfit(tidy: pd.DataFrame) -> Wrong:
    """Yield each rule with the rows that break it."""
    gave, blank = tidy["reply"].isin(GIVEN), tidy.isna()
    yield "a row has no question", blank["question"]
    yield "a row lacks the first or the last day that it is about", blank["period_start"] | blank["period_end"]
    yield "a period ends before it starts", tidy["period_end"] < tidy["period_start"]
    yield "a force answered, and its number is missing", gave & blank["answer_n"]
    yield "a force gave no number, and a number stands there", ~gave & ~blank["answer_n"]
    yield "a count lies below zero", (tidy["answer_n"] < 0).fillna(False)
    for column in ("unit", "definition", "rights"):
        yield f"a force answered, and its {column} is missing", gave & blank[column]
    yield "a reply has no day on which it was received", (tidy["reply"] != NONE) & blank["received"]
    yield (
        "a reply has no address: write https://…, or 'by e-mail' or 'by post' with the reference",
        (tidy["reply"] != NONE) & ~tidy["url"].str.fullmatch(_ADDRESS).fillna(False),
    )


def _must_be(rules: Wrong) -> None:
    for rule, broken in rules:
        lines = broken[broken.astype(bool)].index.tolist()
        if lines:
            raise _stopped(
                f"{rule}.", [("lines", ", ".join(map(str, lines[:12])) + (" …" if len(lines) > 12 else ""))],
                "Correct the rows from the answers themselves; a missing number stays missing, and is not zero.",
            )  # fmt: skip


def _one_reply_each(tidy: pd.DataFrame) -> pd.DataFrame:
    """Return the table if no force refused what it answered; the same answer twice stopped before."""
    about = ["area_code", "question", "period_start", "period_end"]
    replies = tidy.assign(gave=tidy["reply"].isin(GIVEN)).groupby(about)["gave"].transform("nunique")
    silent_twice = tidy.duplicated(about, keep=False) & ~tidy["reply"].isin(GIVEN)
    wrong = tidy[(replies > 1) | silent_twice]
    if len(wrong):
        raise _stopped(
            "a force both answered and did not answer one question about one period.",
            [(f"line {r.Index}", f"{r.area_name}: {r.reply}") for r in wrong.head(8).itertuples()],
            "Keep the row of its last reply.",
        )
    return tidy


def _stopped(wrong: str, evidence: list[tuple[str, object]], mend: str) -> CheckFailed:
    return CheckFailed(wrong, evidence, mend)
