"""Whether any police force gave an FOI answer of one kind: the rules of `estimate.foi`, for returns kept as CSV."""

from __future__ import annotations

import csv
import io

from stats.period import Period
from stats.registers import Source
from stats.run.availability import Reason

NONE_GIVEN = "no force gave such an answer to the question for this period"
GIVEN = ("answered", "partial")
"""Replies with a number, as the template writes them (`clean.foi.GIVEN`)."""


def of_answers(source: Source, *, question: str, definition: str, period: Period) -> Reason | None:
    """Return why answers of one definition and period cannot be summed, or None; of a workbook nothing is known.

    Parameters
    ----------
    source : Source
        FOI returns in our template.
    question, definition : str
        As they stand in the returns.
    period : Period
    """
    if source.path.suffix.casefold() != ".csv":
        return None
    rows = csv.DictReader(io.StringIO(source.read().decode("utf-8-sig")))
    wanted = _plain(question), _plain(definition), period.start.isoformat(), period.end.isoformat()
    given = (row for row in rows if _plain(row["status"]) in GIVEN)
    kinds = (
        tuple(_plain(row[name]) for name in ("question", "definition", "period_from", "period_to")) for row in given
    )
    return None if wanted in kinds else Reason("not to hand", NONE_GIVEN)


def _plain(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()
