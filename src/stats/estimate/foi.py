"""Totals of answers to FOI requests: of one definition, unit and period, with what they cover, and never a zero."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from stats import present
from stats.clean.foi import GIVEN, NONE, PARTIAL, REFUSED
from stats.errors import NotComparable, NotToHand, UnknownName, nearest
from stats.estimate.coverage import Coverage, coverage
from stats.estimate.estimate import Estimate
from stats.period import Period
from stats.registers import OffenceGroup, Registers

ALIKE = ("definition", "unit", "period")
"""What answers must share to be summed."""

UNLISTED = "not in the returns"


@dataclass(frozen=True)
class FoiTotal:
    """The sum of answers of one kind, and everything that is not in it.

    Parameters
    ----------
    question, definition, unit : str
    period : Period
    estimate : Estimate
        Of the forces that answered and of no other. Where some answered in part there is a lower end alone.
    coverage : Coverage
    answers : DataFrame
        The rows that were summed, by name of the force.
    otherwise : DataFrame
        Answers with another definition, unit or period, each with `differs`: kept, and not summed.
    silent : dict of str to tuple of str
        Forces without a number: those that refused on cost, gave no answer, or are not in the returns.
    """

    question: str
    definition: str
    unit: str
    period: Period
    estimate: Estimate
    coverage: Coverage
    answers: pd.DataFrame
    otherwise: pd.DataFrame
    silent: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        """Return the total as a sentence may hold it, with its coverage."""
        c = self.coverage
        least = "at least " if c.in_part else ""
        who = "all forces" if c.is_whole else "the forces that answered"
        return f"{least}{present.count(self.estimate.lower)} {self.unit} in {who}: {c}"


def total(
    returns: pd.DataFrame,
    *,
    question: str,
    definition: str | None = None,
    unit: str | None = None,
    period: Period | None = None,
    group: OffenceGroup,
    offences: pd.DataFrame,
    registers: Registers,
    recorded_in: Period | None = None,
) -> FoiTotal:
    """Return the sum of the answers to one question that count the same thing over the same days.

    Parameters
    ----------
    returns : DataFrame
        Tidy FOI returns.
    question : str
    definition, unit, period : str, str, Period, optional
        Which answers to sum; needed where answers differ in them.
    group : OffenceGroup
        The recorded offences that coverage is measured by.
    offences : DataFrame
        Tidy recorded offences.
    registers : Registers
    recorded_in : Period, optional
        When these were recorded; by default the period of the answers.

    Returns
    -------
    FoiTotal
        A partial answer is a lower bound, so a total with one has no upper end. A force without a number is named and
        is never zero.

    Raises
    ------
    NotComparable
        If answers differ in definition, unit or period and nothing says which are meant; each is named.
    NotToHand
        If no force answered, or none in that way.
    UnknownName
        If nobody was asked the question.
    """
    asked = _asked(returns, question)
    given = _with_periods(asked[asked["reply"].isin(GIVEN)])
    chosen = {"definition": definition, "unit": unit, "period": period.label if period else None}
    alike = _alike(given, chosen)
    answers = given[alike].sort_values("area_name", ignore_index=True)
    first = answers.iloc[0]
    span = Period(first["period_start"].date(), first["period_end"].date())
    partial = answers.loc[answers["reply"] == PARTIAL, "area_code"]
    cover = coverage(
        answers["area_code"], in_part=partial, group=group, period=recorded_in or span, offences=offences,
        registers=registers,
    )  # fmt: skip
    return FoiTotal(
        first["question"], first["definition"], first["unit"], span, _sum(answers), cover, answers,
        _otherwise(given[~alike], first), _silent(asked, given, registers),
    )  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _asked(returns: pd.DataFrame, question: str) -> pd.DataFrame:
    asked = returns[returns["question"].str.casefold() == _plain(question)]
    if asked.empty:
        known = list(returns["question"].unique())
        raise UnknownName(
            f"no force was asked '{question}'.",
            [("nearest", "; ".join(nearest(question, known) or known))],
            "Write the question as it stands in the returns.",
        )
    return asked


def _with_periods(rows: pd.DataFrame) -> pd.DataFrame:
    spans = [Period(s.date(), e.date()).label for s, e in zip(rows["period_start"], rows["period_end"], strict=True)]
    return rows.assign(period=pd.Series(spans, index=rows.index, dtype="str"))


def _alike(given: pd.DataFrame, chosen: dict[str, str | None]) -> pd.Series:
    """Which answers are of the kind chosen; stop if they are of several kinds, or of none."""
    fits = pd.Series(True, index=given.index)
    for column, value in chosen.items():
        if value is not None:
            fits &= given[column].str.casefold() == _plain(value)
    if not fits.any():
        raise NotToHand(
            "no force gave such an answer.",
            [(name, f"{value}; given: {_kinds(given[name])}") for name, value in chosen.items() if value is not None]
            or [("answers", "none: every force refused, or gave no answer")],
            "Ask for one of the kinds that were given. A force that gave no number is not zero.",
        )
    differing = {name: _kinds(given.loc[fits, name]) for name in ALIKE if len(set(given.loc[fits, name])) > 1}
    if differing:
        raise NotComparable(
            f"answers that differ in {present.listed(list(differing))} are not summed.",
            [(name, kinds) for name, kinds in differing.items()],
            f"Say which are meant: {', '.join(f'{name}=…' for name in differing)}. The others stay named beside them.",
        )
    return fits


def _kinds(column: pd.Series) -> str:
    """Each value, and how many forces gave it."""
    return "; ".join(f"{value} ({n})" for value, n in column.value_counts(sort=False).sort_index().items()) or "none"


def _sum(answers: pd.DataFrame) -> Estimate:
    summed = float(answers["answer_n"].sum())
    is_part = (answers["reply"] == PARTIAL).any()
    method = "sum of the forces that answered" + (", a lower bound: some answered in part" if is_part else "")
    value, upper = (math.nan, math.nan) if is_part else (summed, summed)
    return Estimate(value, summed, upper, "count", method, math.nan, len(answers), "full count")


def _otherwise(rows: pd.DataFrame, first: pd.Series) -> pd.DataFrame:
    """The answers that were not summed, each with what differs."""
    differs = [" and ".join(f"{c} ‘{row[c]}’" for c in ALIKE if row[c] != first[c]) for _, row in rows.iterrows()]
    return rows.assign(differs=pd.Series(differs, index=rows.index, dtype="str")).sort_values(
        ["area_name", "period_start"], ignore_index=True
    )


def _silent(asked: pd.DataFrame, given: pd.DataFrame, registers: Registers) -> dict[str, tuple[str, ...]]:
    """Territorial forces without any number, by what became of the request."""
    rest = asked[~asked["area_code"].isin(given["area_code"])]
    listed = set(asked["area_code"])
    told = {reply: tuple(sorted(set(rest.loc[rest["reply"] == reply, "area_name"]))) for reply in (REFUSED, NONE)}
    missing = [a.name for a in registers.areas.forces if a.kind == "force" and a.code not in listed]
    return {reply: names for reply, names in {**told, UNLISTED: tuple(sorted(missing))}.items() if names}
