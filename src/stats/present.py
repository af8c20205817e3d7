"""Numbers as readers meet them: rounded once, at the end, half away from zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SMALL_BASE = 1000
"""Below this base percentages are whole numbers."""


def half_away(value: float | Fraction | Decimal, places: int = 0) -> Decimal:
    """Round half away from zero on the decimal as written: 0.125 to two places is 0.13, -2.5 is -3."""
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
    else:
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def count(n: float) -> str:
    """Return a count with commas: '118,411'."""
    return "not available" if _missing(n) else f"{half_away(n):,}"


def percent(share: float, n: float = math.inf) -> str:
    """Return a share (0 to 1) as a percentage: whole below a base of 1,000, one decimal above."""
    if _missing(share):
        return "not available"
    return f"{half_away(Decimal(repr(float(share))) * 100, 0 if n < SMALL_BASE else 1)}%"


def rate(per: float) -> str:
    """Return a rate to two significant figures below 100, and as a whole number above: '2.3', '0.045', '12', '123'."""
    if _missing(per):
        return "not available"
    rounded = half_away(per, max(0, 1 - Decimal(repr(float(per))).adjusted()) if per else 0)
    return f"{half_away(rounded, max(0, 1 - rounded.adjusted())) if rounded else 0:,}"


def value(number: float, *, unit: str, n: float = math.inf) -> str:
    """Return an estimate's value as its unit is printed: 'count', 'share', 'ratio' or 'per 1,000 residents'."""
    if unit == "share":
        return percent(number, n)
    if _missing(number):
        return "not available"
    if unit == "change in share":
        return f"{half_away(Decimal(repr(float(number))) * 100, 1)} percentage points"
    if unit in ("ratio", "odds ratio"):
        return f"{half_away(number, 2)}"
    return rate(number) if unit.startswith("per ") else count(number)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return 'a, b and c'."""
    words = list(words)
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def capital(text: str) -> str:
    """Return a text with its first letter in capitals and the rest as it is."""
    return text[:1].upper() + text[1:]


def _missing(number: object) -> bool:
    """Whether there is no number: None, not-a-number, infinite, or the missing value of a table."""
    try:
        return not math.isfinite(number)  # type: ignore[arg-type] # what is no number at all is missing too
    except TypeError:
        return True
