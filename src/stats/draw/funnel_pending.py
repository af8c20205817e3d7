"""What a funnel says of offences with no outcome yet: how far they move a share, and which verdicts may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stats import present
from stats.errors import counted

if TYPE_CHECKING:
    import pandas as pd

WITHHELD = "pending count withheld"
"""Said of a share, and of a verdict, where nobody can tell what the pending would make of it."""


def verdict_said(verdict: str, *, is_provisional: bool, is_pending_withheld: bool) -> str:
    """Return a verdict, with what must stand beside it.

    Parameters
    ----------
    verdict : str
    is_provisional : bool
        It would be another if every pending offence were charged.
    is_pending_withheld : bool
        Whether it would cannot be told.

    Examples
    --------
    >>> verdict_said("within", is_provisional=True, is_pending_withheld=False)
    'within (provisional)'
    """
    if is_pending_withheld:
        return f"{verdict} ({WITHHELD})"
    return f"{verdict} (provisional)" if is_provisional else verdict


def pending_notes(table: pd.DataFrame) -> list[str]:
    """Return the notes of a funnel: how many offences are pending, and how many verdicts may change with them.

    Parameters
    ----------
    table : DataFrame
        As `funnel_words.plotted` returns it.
    """
    share = (table["pending_n"] / table["recorded_n"]).dropna().astype("float64")
    told = _may_change(int(table["is_provisional"].sum()), int(table["is_pending_withheld"].sum()))
    if share.empty:
        return told
    least, most = (present.percent(end) for end in (share.min(), share.max()))
    return [
        f"Shares rise as offences with no outcome yet ({least} to {most}, by force shown) are charged, unless "
        "counts are revised",
        *told,
    ]


def _may_change(many: int, untold: int) -> list[str]:
    open_to_change = (
        f"{counted(many, 'verdict')} {'is' if many == 1 else 'are'} provisional: another, against these limits, if all "
        "pending offences of the force were charged"
    )
    hidden = f"for {untold} ({WITHHELD}) {'it' if many else 'whether a verdict is provisional'} is not told here"
    told = [open_to_change] * bool(many) + [hidden] * bool(untold)
    return [present.capital("; ".join(told))] if told else []
