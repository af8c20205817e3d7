"""What a funnel says of offences with no outcome yet, counted for one and for many."""

import pandas as pd
import pytest

from stats.draw.funnel_pending import WITHHELD, pending_notes, verdict_said

ANOTHER = "provisional: another, against these limits, if all pending offences of the force were charged"


def table(provisional: int, withheld: int) -> pd.DataFrame:
    """Five forces, of which so many verdicts are provisional, and of so many others the pending count is withheld."""
    is_withheld = [at >= 5 - withheld for at in range(5)]
    return pd.DataFrame(
        {
            "pending_n": pd.array([None if hide else 10 * (at + 1) for at, hide in enumerate(is_withheld)], "Int64"),
            "recorded_n": pd.array([1000] * 5, "Int64"),
            "is_provisional": [at < provisional for at in range(5)],
            "is_pending_withheld": is_withheld,
        }
    )


@pytest.mark.parametrize(
    ("provisional", "withheld", "said"),
    [
        (0, 0, []),
        (1, 0, [f"1 verdict is {ANOTHER}"]),
        (0, 1, ["For 1 (pending count withheld) whether a verdict is provisional is not told here"]),
        (
            2, 2,
            [f"2 verdicts are {ANOTHER}; for 2 (pending count withheld) it is not told here"],
        ),
    ],
)  # fmt: skip
def test_verdicts_that_may_change_are_counted_apart_from_those_of_which_it_cannot_be_told(provisional, withheld, said):
    """Neither is said where there is none."""
    first, *others = pending_notes(table(provisional, withheld))
    assert others == said
    assert first.startswith("Shares rise as offences with no outcome yet (1.0% to ")


def test_where_every_pending_count_is_withheld_no_range_is_told():
    """There is none to tell."""
    assert pending_notes(table(0, 5)) == [
        "For 5 (pending count withheld) whether a verdict is provisional is not told here"
    ]


def test_a_withheld_count_is_said_before_all_else():
    """A verdict of which it cannot be told is not provisional."""
    assert verdict_said("v", is_provisional=False, is_pending_withheld=True) == f"v ({WITHHELD})"
    assert verdict_said("v", is_provisional=False, is_pending_withheld=False) == "v"
