"""What came of judging one number: a verdict, and the claim that it was taken to make."""

from __future__ import annotations

from dataclasses import dataclass

from stats.claims.verdicts import Verdict
from stats.registers.claims import Claim


@dataclass(frozen=True)
class Judged:
    """A verdict, and what the number was taken to be of; `known` is the registered claim that it repeats."""

    verdict: Verdict
    claim: Claim | None = None
    known: str = ""
