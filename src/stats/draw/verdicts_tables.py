"""Claims and verdicts as a notebook shows them: those beside a figure, those that stand nowhere, and what to say."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stats import present
from stats.claims.compared import Left, Row
from stats.draw.verdicts_lanes import cited, of_base
from stats.draw.verdicts_words import spoken
from stats.registers.claims import Document


def drawn_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the claims that are drawn, in the order of the figure: words, figures, verdict and reason."""
    return pd.DataFrame(
        {
            "claim": [row.claim.id for row in rows],
            "words": [f"“{row.words}”" for row in rows],
            "stands against": [of_base(row, row.reference.evidence.text) for row in rows],
            "by": [cited(row.reference) for row in rows],
            "verdict": [spoken(row.verdict.verdict) for row in rows],
            "reason": [row.verdict.reason for row in rows],
        }
    )


def left_table(left: Sequence[Left], not_yet: Sequence[Document] = ()) -> pd.DataFrame:
    """Return the claims that are not drawn, each with its verdict and the reason, and what was not printed yet.

    Parameters
    ----------
    left : sequence of Left
    not_yet : sequence of Document
        Those that were not out by the day asked for: their claims have no verdict.
    """
    later = [(claim, document) for document in not_yet for claim in document.claims]
    return pd.DataFrame(
        {
            "claim": [*(one.claim.id for one in left), *(claim.id for claim, _ in later)],
            "words": [f"“{claim.words}”" for claim in (*(one.claim for one in left), *(claim for claim, _ in later))],
            "verdict": [*(spoken(one.verdict.verdict) for one in left), *("none" for _ in later)],
            "not drawn, because": [*(one.why for one in left), *(f"printed later: {d.cited}" for _, d in later)],
            "reason": [*(one.verdict.reason for one in left), *("" for _ in later)],
        }
    )


def instead(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what may be said in place of each claim that does not fit, and what its measure is not to be called."""
    lines = []
    for row in rows:
        if row.group == "does not fit":
            names = row.verdict.may_not_say
            never = f" Not to be called: {present.listed(names, 'or')}." if names else ""
            lines += [f"{row.claim.id}: {said.rstrip('.')}.{never}" for said in row.verdict.may_say]
    return tuple(lines) or ("No claim that is drawn is wrong.",)
