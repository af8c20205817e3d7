"""The closed list of verdicts, and what a verdict comes with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stats.claims.facts import Evidence

VERDICTS: dict[str, tuple[str, int]] = {
    "supported": ("Confirmed by its source", 5),
    "supported-with-caveat": ("Confirmed, with something to add", 4),
    "superseded": ("Was right, and a later release gives another number", 3),
    "stale": ("Was right, and a newer release is due", 3),
    "not-comparable": ("Sets two numbers side by side that must not be compared", 2),
    "wrong-measure": ("The number is of another measure", 1),
    "wrong-unit": ("The number is in another unit", 1),
    "wrong-population": ("The number stands for fewer people than it is said of", 1),
    "arithmetic-error": ("Its own numbers do not give what it says", 1),
    "small-base": ("Rests on too few to say so", 2),
    "contradicted": ("Its source says something else", 1),
    "no-source": ("Nobody is known to have counted it", 0),
    "not-checked": ("Cannot be checked", 0),
    "illustrative": ("Rests on made-up numbers", 0),
}
"""Every verdict: what it means to a reader, and its rating of 1 (wrong) to 5 (right); 0 has none."""

RIGHT = ("supported", "supported-with-caveat")
"""The verdicts of a claim that may be printed."""


@dataclass(frozen=True)
class Verdict:
    """What can be said of one claim, and why.

    Parameters
    ----------
    verdict : str
        One of `VERDICTS`.
    reason : str
        One plain sentence.
    evidence : tuple of Evidence
        The figures it was set beside.
    default, strict : str
        What the words allow under the two readings; empty where they state no number.
    may_say, may_not_say : tuple of str
    slip : str
        What probably happened, if a mistake can be named.
    """

    verdict: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    default: str = ""
    strict: str = ""
    may_say: tuple[str, ...] = ()
    may_not_say: tuple[str, ...] = ()
    slip: str = ""
    caveats: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"'{self.verdict}' is no verdict; the list is closed: {', '.join(VERDICTS)}")

    @property
    def is_right(self) -> bool:
        """Whether the claim may be printed, with its caveat if it has one."""
        return self.verdict in RIGHT

    def as_record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "verdict": self.verdict, "meaning": VERDICTS[self.verdict][0], "reason": self.reason,
            "caveats": list(self.caveats), "slip": self.slip, "default": self.default, "strict": self.strict,
            "evidence": [e.as_record() for e in self.evidence], "may_say": list(self.may_say),
            "may_not_say": list(self.may_not_say),
        }  # fmt: skip
