"""Printed offence codes -> are they known, do they bear their name, and were they in use when the table says."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher

import pandas as pd

from stats.errors import nearest
from stats.period import Period
from stats.read.published import SHOWN, Published
from stats.registers.printed_words import fold_heading
from stats.registers.published_codes import PublishedCodes, fold_offence

_OUTCOMES_ONLY = re.compile(r"\boutcomes? only\b", re.I)


GROUPS = ("offence_group", "offence_subgroup")
"""Columns whose wider name may stand for that of an offence: it is told, and goes against no code."""

LIKE_ITS_OWN = 0.65
"""How alike (0 to 1) a name that no register has must be to one of its code, to be taken for a spelling of it."""


def must_be_codes(table: pd.DataFrame, published: Published, codes: PublishedCodes) -> list[str]:
    """Return which names are spelt as no register has them, or stop at a code that cannot be right.

    That is one that is not registered, one beside the name of another offence, and one that counts offences in a year
    in which it was not in use.

    A code out of use is let pass where the publisher marks it so (the column `expired` of the layout, or "outcomes
    only" in its name), where its layout explains it (`summed`, `twice`), and where it counts nothing.

    Raises
    ------
    CheckFailed
    """
    if "offence_code" not in table:
        return []
    _must_be_registered(table[~table["offence_code"].isin([*codes.offences, ""])], published, codes)
    _must_be_whole_codes(table, published, codes)
    told = _must_bear_its_name(table, published, codes)
    if "period_start" in table:
        _must_be_in_use(table, published, codes)
    return told


def _must_be_registered(unknown: pd.DataFrame, published: Published, codes: PublishedCodes) -> None:
    if unknown.empty:
        return
    rows = unknown.drop_duplicates("offence_code")
    names = rows.get("offence_name", pd.Series("", index=rows.index))
    close = nearest(str(rows["offence_code"].iloc[0]), codes.offences)
    raise published.stop(
        "an offence code is not known.", dict(zip(rows["line"], rows["offence_code"] + " " + names, strict=True)),
        f"a code of data/registers/offence_codes.csv; nearest: {', '.join(close) or 'none'}",
        "A new code belongs in that register with its name. It may be spoilt: 4.10 turns into 4.1, 8E1 into 80.",
    )  # fmt: skip


def _must_be_whole_codes(table: pd.DataFrame, published: Published, codes: PublishedCodes) -> None:
    """Stop at a code beside the name of another that is the same number: 4.10 was held as a number, and is now 4.1."""
    tens = {
        fold_heading(entry.name): code for code, entry in codes.offences.items() if re.fullmatch(r"\d+\.\d*0", code)
    }
    if "offence_name" not in table:
        return
    named = {name: tens.get(fold_heading(name), "") for name in table["offence_name"].unique()}
    meant = table["offence_name"].map(named)
    wrong = table[(meant != "") & (meant.str.rstrip("0") == table["offence_code"])]
    if len(wrong):
        raise published.stop(
            "an offence code has lost its last digit.",
            dict(zip(wrong["line"], wrong["offence_code"] + " " + wrong["offence_name"], strict=True)),
            ", ".join(f"{code} {codes.offences[code].name}" for code in tens.values()),
            "A spreadsheet program took it for a number: give the file as it was published.",
        )  # fmt: skip


def _must_bear_its_name(table: pd.DataFrame, published: Published, codes: PublishedCodes) -> list[str]:
    """Stop at a code beside the name of another offence: a column has slipped, or was sorted by itself."""
    if "offence_name" not in table:
        return []
    known = {fold_offence(name): code for name, code in published.layout.offence_spellings.items()}
    ours = {*codes.offences} - {*published.layout.bodies.values()}
    pairs = table[table["offence_code"].isin(ours)].drop_duplicates(["offence_code", "offence_name"])
    wrong, expected, told = {}, {}, []
    for row in pairs.to_dict("records"):
        code, name, folded = row["offence_code"], row["offence_name"], fold_offence(row["offence_name"])
        if not folded or known.get(folded) == code or code in codes.codes_named.get(folded, ()):
            continue
        entry, groups = codes.offences[code], {fold_offence(str(row.get(column, ""))) for column in GROUPS}
        if folded in codes.codes_named or not (folded in groups or _is_a_spelling_of(folded, code, codes)):
            wrong[row["line"]] = f"{code} {name}"
            expected[code] = f"{code} {entry.name}"
        else:
            told.append(f"offence {code} is printed as {name!r}; the register has {entry.name!r}")
    if wrong:
        raise published.stop(
            "an offence code stands beside a name that is not its own.",
            wrong, "; ".join([*expected.values()][:SHOWN]),
            "Look at the file: a column may have slipped, or a program took a code for a number (8E1 turns into 80). A "
            "new name of the same offence belongs in `also_named` of "
            "data/registers/offence_codes.csv; an odd one of this table in `offence_spellings` of "
            f"data/registers/layouts/{published.layout.id}.yml.",
        )  # fmt: skip
    return told


def _is_a_spelling_of(name: str, code: str, codes: PublishedCodes) -> bool:
    """Whether a name that no code has is like those of its own code, and like no other's more."""
    alike = {known: SequenceMatcher(None, name, known).ratio() for known in codes.codes_named}
    own = max(ratio for known, ratio in alike.items() if code in codes.codes_named[known])
    return own >= max(LIKE_ITS_OWN, *alike.values())


def _must_be_in_use(table: pd.DataFrame, published: Published, codes: PublishedCodes) -> None:
    layout = published.layout
    bounded = [code for code, entry in codes.offences.items() if entry.first_year or entry.last_year]
    counted = table["value"].fillna(0) != 0
    rows = table[counted & table["offence_code"].isin({*bounded} - {*layout.summed, *layout.twice})]
    if layout.expired and layout.expired in rows:
        rows = rows[rows[layout.expired] == ""]
    if "offence_name" in rows:
        rows = rows[~rows["offence_name"].str.contains(_OUTCOMES_ONLY)]
    pairs = rows.dropna(subset="period_start").drop_duplicates(["offence_code", "period_start", "period_end"])
    for _, row in pairs.iterrows():
        entry, period = codes.offences[row["offence_code"]], _period(row)
        if not entry.was_used(period):
            raise published.stop(
                "an offence code counts offences in a year in which it was not in use.",
                {row["line"]: f"{entry.code} {entry.name}, {period}"},
                f"a year from {entry.first_year or 'the first'} to {entry.last_year or 'the latest'}",
                "The code may be spoilt, or the year. If the publisher counts it so, change its years in "
                "data/registers/offence_codes.csv.",
            )  # fmt: skip


def _period(row: pd.Series) -> Period:
    start, end = (date(day.year, day.month, day.day) for day in (row["period_start"], row["period_end"]))
    return Period(start, end)
