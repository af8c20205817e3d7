"""A question of a survey by a group: shares with their bases, the interval that the design allows, or none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from stats import present
from stats.clean.survey import Survey
from stats.errors import NotHonest
from stats.estimate.attack import ALL
from stats.estimate.estimate import Estimate
from stats.estimate.microdata import survey_share
from stats.estimate.proportions import proportion
from stats.estimate.reliability import FEWEST, decision
from stats.estimate.sample_design import Design
from stats.estimate.sentences import in_words
from stats.estimate.small_counts import SMALLEST_SHOWN
from stats.estimate.survey_counts import HIDDEN, counted, labels, left_out
from stats.period import Period
from stats.registers.codebooks import SampleDesign

NOBODY, UNRELIABLE = "[z]", "[u]"
"""No one in the group has an answer; too few people, or too wide an interval, to say."""


@dataclass(frozen=True)
class SurveyTable:
    """A table of one question, and what must be said with it.

    Parameters
    ----------
    survey : Survey
    question : str
    by : str or None
    table : DataFrame
        A row for each answer in each group, the group of everybody ('all') last: `group, answer, people_n, base_n`, the
        columns of an estimate, `status` and `text`. `people_n` and `base_n` are people, unweighted.
    notes : tuple of str
        Population and mode, design or its absence, who is left out, and whether small counts are hidden.
    """

    survey: Survey
    question: str
    by: str | None
    table: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def measure(self) -> str:
        """The registered measure of its shares."""
        return "survey_answer_share" if self.survey.codebook.basis == "sample" else "self_selected_share"


def survey_table(survey: Survey, question: str, *, by: str | None = None, show_small: str = "") -> SurveyTable:
    """Return the shares of people who gave each answer, by group.

    Parameters
    ----------
    survey : Survey
    question, by : str
        Variables of the codebook; without `by` everybody is one group.
    show_small : str
        Disclosure control is on: counts of 1 to 4 are hidden, and others that would give them away. It is turned off by
        a reason, which is printed.

    Raises
    ------
    NotHonest
        If hiding cannot protect so small a table, or the reason for turning that off is none.
    UnknownName
        If the survey has no such question.
    """
    counts = counted(survey, question, by, show_small=show_small)
    bases = counts[counts["answer"] == ALL].set_index("group")["people_n"]
    groups = [*([*labels(survey, by)] if by else []), ALL]
    cells = counts.set_index(["group", "answer"])
    rows = [
        _row(survey, (question, by), (group, answer), cells.loc[(group, answer), "people_n"], bases[group])
        for group in groups
        for answer in labels(survey, question)
    ]
    table = pd.DataFrame(rows).astype({"people_n": "Int64", "base_n": "Int64"})
    table.attrs["sources"] = [survey.source_id]
    return SurveyTable(survey, question, by, table, _notes(survey, question, by, show_small))


def _row(
    survey: Survey, asked: tuple[str, str | None], cell: tuple[str, str], people: object, base: object
) -> dict[str, object]:
    """One cell: hidden, empty, too small, or an estimate in words."""
    group, answer = cell
    estimate, status, text = _nothing(survey, base), "", ""
    if pd.isna(people):
        status, text = HIDDEN, f"{HIDDEN} hidden: a small count, or one that would give it away"
    elif pd.isna(base):
        status, text = HIDDEN, f"{people} people; {HIDDEN} their base is hidden"
    elif base == 0:
        status, text = NOBODY, f"{NOBODY} nobody in this group has an answer"
    else:
        estimate, status = _estimated(survey, asked, cell, int(str(people)), int(str(base)))
        text = _words(estimate, status, int(str(people)))
    return {"group": group, "answer": answer, "people_n": people, "base_n": base, **estimate.columns(),
            "status": status, "text": text}  # fmt: skip


def _nothing(survey: Survey, base: object) -> Estimate:
    n = math.nan if pd.isna(base) else float(str(base))
    return Estimate(math.nan, math.nan, math.nan, "share", "none", math.nan, n, survey.codebook.basis)


def _estimated(
    survey: Survey, asked: tuple[str, str | None], cell: tuple[str, str], people: int, base: int
) -> tuple[Estimate, str]:
    if survey.codebook.basis != "sample":
        found = proportion(people, base, basis=survey.codebook.basis)
        return (found, "") if base >= FEWEST else (_without(found), UNRELIABLE)
    if people in (0, base):
        simple = replace(_nothing(survey, base), value=people / base, method="none or all said so: no interval")
        return (simple, "") if base >= FEWEST else (_without(simple), UNRELIABLE)
    try:
        found, deff = _by_design(survey, asked, cell)
    except NotHonest as problem:
        return replace(_nothing(survey, base), method=f"none: {problem.wrong}"), UNRELIABLE
    says = decision(found.value, min(base, base / deff) if deff > 0 else base, found.upper - found.lower)
    return (found, "") if says == "present" else (_without(found, says), UNRELIABLE)


def _by_design(survey: Survey, asked: tuple[str, str | None], cell: tuple[str, str]) -> tuple[Estimate, float]:
    """The weighted share of a group. The others weigh nothing and keep their sampling units."""
    (question, by), (group, answer) = asked, cell
    answers = survey.answers
    inside = answers[question].notna() & (answers[by].notna() if by else True)
    inside &= True if group == ALL or by is None else answers[by] == group
    n, given = len(answers), survey.design
    weight = given["weight"] if "weight" in given else pd.Series(1.0, index=answers.index)
    design = Design(
        weight=weight.where(inside, 0.0).to_numpy(),
        psu=given["psu"].to_numpy() if "psu" in given else np.arange(n),
        stratum=given["stratum"].to_numpy() if "stratum" in given else None,
        population=given["population"].to_numpy() if "population" in given else None,
    )
    found = survey_share((answers[question] == answer).fillna(False).astype(int).to_numpy(), design)
    return found.estimate, found.deff


def _without(estimate: Estimate, why: str = f"suppress: n below {FEWEST}") -> Estimate:
    """An estimate that is not shown: the base stays, and the reason."""
    return replace(estimate, value=math.nan, lower=math.nan, upper=math.nan, method=why)


def _words(estimate: Estimate, status: str, people: int) -> str:
    is_sample = estimate.basis == "sample"
    who = "people asked" if is_sample else "people who answered"
    base = present.count(estimate.n)
    if status == UNRELIABLE:
        why = "too few" if estimate.n < FEWEST else "too unsure"
        return f"{UNRELIABLE} {why} to give a share: {present.count(people)} of the {base} {who}"
    if is_sample and not math.isfinite(estimate.lower):
        return f"{'all' if people else 'none'} of the {base} {who}"
    return in_words(estimate, who=who)


def _notes(survey: Survey, question: str, by: str | None, show_small: str) -> tuple[str, ...]:
    book = survey.codebook
    told = [f"{why}: {n}" for why, n in left_out(survey, question, show_small=show_small).items()]
    told += [f"{why} ({by}): {n}" for why, n in (left_out(survey, by, show_small=show_small) if by else {}).items()]
    small = (
        f"Small counts are shown because: {show_small}" if show_small
        else f"{HIDDEN} Counts of 1 to {SMALLEST_SHOWN - 1}, and counts that would give them away, are not shown"
    )  # fmt: skip
    design = (
        f"Random sample; shares are weighted and intervals follow the design ({book.design.source})"
        if isinstance(book.design, SampleDesign)
        else "People chose to answer, so they stand for themselves and there is no interval"
    )
    return (
        f"Asked: {book.population}",
        f"{present.capital(book.mode)}, {Period(book.asked_from, book.asked_to)}",
        design,
        f"Bases are people, unweighted. Left out: {'; '.join(told) or 'nobody'}",
        small,
    )
