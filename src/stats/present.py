"""Numbers as readers meet them: rounded once, at the end, half away from zero."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from stats.errors import NotHonest

SMALL_BASE = 1000
"""Below this base percentages are whole numbers."""

STAND_FOR_THEMSELVES = {"self-selected": "people who chose to answer", "case audit": "files chosen for review"}
"""The bases of which nothing wider can be said, and who they are."""

_OF_SAMPLES = (
    r"(?<!no )\b(?:margins?[ -]of[ -]error|(?:error|sampling) margins?|sampling errors?|plus or minus"
    r"|confidence (?:intervals?|limits?|bounds?)|CIs?|significant(?:ly)?|representative)\b"
    r"|±|\+/-"
)
_NATIONAL = (
    r"\b(?:nation(?:s|al|ally|wide)?|countr(?:y|ies|ywide)|England|English|Wales|Welsh|Britain|British(?! Transport)"
    r"|Britons?|U\.?K|United Kingdom|(?:the|general) public|population)\b"
)


def half_away(value: float | Fraction | Decimal, places: int = 0) -> Decimal:
    """Round half away from zero on the decimal as written: 0.125 to two places is 0.13, -2.5 is -3."""
    if isinstance(value, Fraction):
        units = (2 * abs(value) * 10**places + 1) // 2
        rounded = Decimal(int(units) if value >= 0 else -int(units)).scaleb(-places)
    else:
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def count(n: float) -> str:
    """Return a count with commas: '118,411'."""
    return "not available" if _missing(n) else f"{half_away(n):,}"


def percent(share: float | Fraction, n: float = math.inf) -> str:
    """Return a share (0 to 1) as a percentage: whole below a base of 1,000, one decimal above."""
    return "not available" if _missing(share) else f"{_hundredfold(share, n)}%"


def points(difference: float | Fraction, n: float = math.inf) -> str:
    """Return a difference of shares (-1 to 1) in percentage points, with the decimals of `percent`."""
    return "not available" if _missing(difference) else f"{_hundredfold(difference, n)} percentage points"


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
        return points(number, n)
    if unit.endswith(("ratio", "ratio per year")):
        return f"{half_away(number, 2)}"
    return rate(number) if unit.startswith("per ") else count(number)


def between(lower: float, upper: float, *, unit: str, n: float = math.inf) -> str:
    """Return a range as its unit is printed, the unit once: '57% to 87%', '-1.2 to 3.4 percentage points'."""
    low, high = (value(end, unit=unit, n=n) for end in (lower, upper))
    return f"{low.removesuffix(' percentage points')} to {high}"


def with_interval(
    number: float, lower: float, upper: float, *, unit: str, level: float = 0.95, n: float = math.inf
) -> str:
    """Return an estimate, then its interval in brackets, as the ONS writes them.

    A change or difference whose interval holds 0, and a ratio whose interval holds 1, is 'no clear difference', which
    is not 'no difference'.

    Examples
    --------
    >>> with_interval(0.75, 0.566, 0.873, unit="share", n=28)
    '75% (95% confidence interval: 57% to 87%)'
    >>> with_interval(0.021, -0.014, 0.056, unit="change in share")
    'no clear difference: 2.1 percentage points (95% confidence interval: -1.4 to 5.6 percentage points)'
    """
    lead = "no clear difference: " if is_unclear(lower, upper, unit=unit) else ""
    ends = between(lower, upper, unit=unit, n=n)
    return f"{lead}{value(number, unit=unit, n=n)} ({100 * level:.4g}% confidence interval: {ends})"


def is_unclear(lower: float, upper: float, *, unit: str) -> bool:
    """Whether an interval of a change, a difference or a ratio holds the value that stands for none."""
    if unit.endswith(("ratio", "ratio per year")):
        return lower <= 1 <= upper
    return ("difference" in unit or unit.startswith("change")) and lower <= 0 <= upper


def out_of(x: float, n: float, who: str) -> str:
    """Return people or files as themselves: '79 of the 122 people who answered (65%)'."""
    return f"{count(x)} of the {count(n)} {who} ({percent(Fraction(int(x), int(n)), n)})"


def fitting(text: str, *, basis: str) -> str:
    """Return a text, or stop if it claims more than its basis bears.

    People who chose to answer, and files chosen for review, stand for themselves. They have no margin of error, no
    confidence interval and nothing that is significant, and they are not the nation.

    Raises
    ------
    NotHonest
        Naming the words.

    Examples
    --------
    >>> fitting("79 of the 122 people who answered (65%)", basis="self-selected")
    '79 of the 122 people who answered (65%)'
    """
    if basis not in STAND_FOR_THEMSELVES:
        return text
    words = re.search(f"{_OF_SAMPLES}|{_NATIONAL}", text, re.IGNORECASE)
    if words:
        raise NotHonest(
            f"'{words[0]}' cannot be said of a {basis}.",
            [("text", text), ("why", f"{STAND_FOR_THEMSELVES[basis]} stand for themselves")],
            "Say how many of how many: '79 of the 122 people who answered (65%)'.",
        )
    return text


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return 'a, b and c'."""
    words = list(words)
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def capital(text: str) -> str:
    """Return a text with its first letter in capitals and the rest as it is."""
    return text[:1].upper() + text[1:]


def _hundredfold(share: float | Fraction, n: float) -> Decimal:
    exact = share if isinstance(share, Fraction) else Decimal(repr(float(share)))
    return half_away(exact * 100, 0 if n < SMALL_BASE else 1)


def _missing(number: object) -> bool:
    """Whether there is no number: None, not-a-number, infinite, or the missing value of a table."""
    try:
        return not math.isfinite(number)  # type: ignore[arg-type] # what is no number at all is missing too
    except TypeError:
        return True
