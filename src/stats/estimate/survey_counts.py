"""Counts of survey answers that may be shown: small ones hidden, and whatever would give them away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stats.clean.survey import Survey
from stats.errors import NotHonest, UnknownName, nearest
from stats.estimate.attack import ALL, attack
from stats.estimate.disclosure import suppress, with_totals
from stats.estimate.small_counts import SMALLEST_SHOWN, too_small

HIDDEN = "[c]"


def labels(survey: Survey, variable: str) -> list[str]:
    """Return the labels of a question's answers, in the order of the codebook.

    Raises
    ------
    UnknownName
        If the survey has no such question; the nearest are named.
    """
    variables = survey.codebook.variables
    if variable not in variables:
        raise UnknownName(
            f"the survey has no question '{variable}'.",
            [("nearest", ", ".join(nearest(variable, variables) or list(variables)))],
            "Write the name of a variable of the codebook.",
        )
    return list(variables[variable].codes.values())


def counted(survey: Survey, question: str, by: str | None, *, show_small: str = "") -> pd.DataFrame:
    """Return how many people gave each answer, with totals, as it may be shown.

    Parameters
    ----------
    survey : Survey
    question : str
    by : str, optional
        Another question whose answers are the groups.
    show_small : str
        Why small counts are shown all the same; empty: they are hidden.

    Returns
    -------
    DataFrame
        `group`, `answer` (labelled 'all' for totals), `people_n` and `status`: '[c]' where the count is hidden. People
        without an answer to either question are in no count.

    Raises
    ------
    NotHonest
        If hiding cannot protect so small a table, or the reason for showing small counts is none.
    """
    names = ["group", "answer"] if by else ["answer"]
    cells = _cells(survey, question, by)
    if show_small:
        _must_be_a_reason(show_small)
        return _whole(with_totals(cells, by=names, count="people_n").assign(status=""))
    return _whole(_protected(cells, names))


def left_out(survey: Survey, question: str, *, show_small: str = "") -> dict[str, str]:
    """Return how many people have no answer to a question, by the reason.

    Where a reason has few people all reasons are one, since the base would give the few away.
    """
    counts = survey.why_missing[question].value_counts().sort_index()
    if show_small or not any(too_small(counts.tolist())):
        return {str(why): f"{n:,}" for why, n in counts.items()}
    n = int(counts.sum())
    few = f"fewer than {SMALLEST_SHOWN}"
    return {" or ".join(map(str, counts.index)): f"{n:,}" if n >= SMALLEST_SHOWN else few}


def _cells(survey: Survey, question: str, by: str | None) -> pd.DataFrame:
    """One row for each answer in each group, people or none."""
    answers, said = survey.answers, labels(survey, question)
    if by is None:
        counts = answers[question].value_counts()
        return pd.DataFrame({"answer": said, "people_n": [int(counts.get(label, 0)) for label in said]})
    if by == question:
        raise UnknownName("a question cannot be its own group.", [("question", question)], "Name another question.")
    counts = answers.groupby([by, question]).size()
    pairs = [(group, label) for group in labels(survey, by) for label in said]
    found = pd.DataFrame(pairs, columns=["group", "answer"])
    return found.assign(people_n=[int(counts.get(pair, 0)) for pair in pairs])


def _protected(cells: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Counts as they may be shown, attacked once more with everything that is shown."""
    if not cells["people_n"].sum():
        return with_totals(cells, by=names, count="people_n").assign(status="")
    try:
        safe = suppress(cells, by=names, count="people_n")
    except NotHonest as problem:
        raise NotHonest(
            "so small a table of answers cannot be shown.", problem.evidence,
            "Join answers, or groups, that are alike (in the codebook), or give no table.",
        ) from None  # fmt: skip
    true = with_totals(cells, by=names, count="people_n").set_index(list(names))["people_n"]
    for cell, (_, most) in attack(safe, by=names, count="people_n", least=1).items():
        if 0 < int(true[cell if len(names) > 1 else cell[0]]) < SMALLEST_SHOWN > most:
            raise NotHonest(
                "a hidden count could be worked out.", [("cell", ", ".join(map(str, cell)))],
                "This is a fault of ours: show no table of this question, and report it.",
            )  # fmt: skip
    return safe


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """A table without groups has the one group of everybody."""
    whole = table if "group" in table else table.assign(group=ALL)
    return whole.astype({"people_n": "Int64"})[["group", "answer", "people_n", "status"]]


def _must_be_a_reason(words: str) -> None:
    if len(words.split()) < 3:
        raise NotHonest(
            "small counts are shown only for a reason that is printed.", [("reason", words or "none")],
            "Say who allowed it and why, in a few words, or leave it out and small counts are hidden.",
        )  # fmt: skip
