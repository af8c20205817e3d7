"""What the checker says of one passage of a draft: a number and its verdict, or words that mislead."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from stats.claims.facts import Evidence
from stats.claims.verdicts import RIGHT, VERDICTS

UNPLACED = "not-checked"
"""The verdict on a number that nothing here can be set beside: it says nothing for it and nothing against it."""


@dataclass(frozen=True)
class Remark:
    """One finding on a draft; `text[start:end] == quote`.

    Parameters
    ----------
    quote, sentence : str
        The words it is about, and the sentence that holds them.
    start, end : int
        Where the words stand in the text of the draft.
    verdict : str
        One of `stats.claims.verdicts.VERDICTS`.
    reason : str
        One plain sentence.
    value : str
        The number as worded, without the words round it; empty for words that hold none.
    low, high : Fraction, optional
        What the words allow: a count, or a share from 0 to 1; `high` None for no upper end.
    unit : str
        What is counted: 'offences', 'percent', 'percentage points' ...
    measure, area, period : str
        What it was matched to: a measure's id, and a place and period in words; empty where it was not.
    source : str
        Who gives the figure, and when; with its address where there is one.
    suggestion : str
        What may be written in its place; every number in it is in the register or follows from the draft's own.
    lint : str
        The rules on wording that were broken, parted by commas: by words round a number, or by words without one.
    claim : str
        The registered claim that it repeats, if it is one.
    caveats : tuple of str
    evidence : tuple of Evidence
    default, strict : str
        What the words allow under the two readings.
    """

    quote: str
    sentence: str
    start: int
    end: int
    verdict: str
    reason: str
    value: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    measure: str = ""
    area: str = ""
    period: str = ""
    source: str = ""
    suggestion: str = ""
    lint: str = ""
    claim: str = ""
    caveats: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    default: str = ""
    strict: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"'{self.verdict}' is no verdict; the list is closed: {', '.join(VERDICTS)}")

    @property
    def is_to_mend(self) -> bool:
        """Whether it should be changed before the draft goes out: a wrong number, or words that mislead."""
        return bool(self.lint) or self.verdict not in (*RIGHT, UNPLACED)

    def as_record(self) -> dict[str, Any]:
        """Return it as plain values; `low` and `high` as numbers."""
        return {
            "quote": self.quote, "sentence": self.sentence, "start": self.start, "end": self.end, "value": self.value,
            "low": _plain(self.low), "high": _plain(self.high), "unit": self.unit, "measure": self.measure,
            "area": self.area, "period": self.period, "verdict": self.verdict, "reason": self.reason,
            "source": self.source, "suggestion": self.suggestion, "lint": self.lint, "claim": self.claim,
            "to_mend": self.is_to_mend, "caveats": list(self.caveats), "default": self.default, "strict": self.strict,
            "evidence": [e.as_record() for e in self.evidence],
        }  # fmt: skip


def _plain(end: Fraction | None) -> float | int | None:
    if end is None:
        return None
    return int(end) if end.denominator == 1 else float(end)
