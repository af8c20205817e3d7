"""Can a printed standard deviation stand beside its mean? On the digits as printed, never on floats."""

from __future__ import annotations

from fractions import Fraction

from stats.claims.feasible import whole
from stats.claims.grim import Rounding, unrounded
from stats.claims.wording import Reading
from stats.errors import UsageMistake


def grimmer(x: str, sd: str, n: int, *, items: int = 1, rounding: Rounding = "half either way") -> bool:
    """Return whether whole numbers can have a printed mean and standard deviation (GRIMMER, Anaya 2016; Allard 2018).

    For every whole total that is printed as the mean, a whole sum of squares must be printed as the standard deviation,
    and be odd or even as the total is. True is no proof: the test does not ask whether such numbers exist.

    Parameters
    ----------
    x, sd : str
        As printed, with all their decimals; the standard deviation has n - 1 below the line.
    n : int
        The base, at least 2.
    items : int
        Of how many whole-number answers each person's score is the mean.
    rounding : {"half either way", "half up", "half down", "half even", "truncated"}

    Raises
    ------
    UsageMistake
        If x or sd is no decimal number as text, sd is below zero, or n is below 2.

    Examples
    --------
    >>> grimmer("2.57", "2.57", 30), grimmer("5.23", "2.55", 35)
    (True, False)
    """
    spread = _spread(sd, n, rounding)
    return any(_has_squares(total, spread, n, items) for total in whole(unrounded(x, rounding=rounding), n * items))


def debit(x: str, sd: str, n: int) -> bool:
    """Return whether yes-or-no answers can have a printed mean and standard deviation (DEBIT, Heathers and Brown 2019).

    The standard deviation of a share p of n is the root of p(1 - p)n/(n - 1). True is no proof: `grim` asks besides
    whether any whole count has that share.

    Parameters
    ----------
    x, sd : str
        As printed, with all their decimals; x from 0 to 1. A half may have been rounded either way.
    n : int
        The base, at least 2.

    Raises
    ------
    UsageMistake
        If x or sd is no decimal number as text, x is not from 0 to 1, sd is below zero, or n is below 2.

    Examples
    --------
    >>> debit("0.44", "0.50", 1683), debit("0.19", "0.35", 1683)
    (True, False)
    """
    least, most = _spread(sd, n, "half either way").ends
    low, high = unrounded(x).ends
    if not 0 <= (low + high) / 2 <= 1:
        raise UsageMistake(f"a share of yes answers lies between 0 and 1, not at {x}.", [], "Give it out of 1.")
    shares = [max(low, Fraction(0)), min(high, Fraction(1))]
    if low < Fraction(1, 2) < high:
        shares.append(Fraction(1, 2))
    spreads = [p * (1 - p) * n / (n - 1) for p in shares]
    return least <= max(spreads) and min(spreads) <= most


def _spread(sd: str, n: int, rounding: Rounding) -> Reading:
    """What the variance may have been, by its printed root."""
    root = unrounded(sd, rounding=rounding)
    if n < 2 or sd.strip().startswith("-"):
        raise UsageMistake(
            "a standard deviation is at least 0 and of 2 or more.",
            [("sd", sd), ("n", n)],
            "Check which number is which.",
        )
    low, high = root.ends
    return Reading("mean", max(low, Fraction(0)) ** 2, high**2, root.low_is_in or low < 0, root.high_is_in)


def _has_squares(total: int, spread: Reading, n: int, items: int) -> bool:
    """Whether some whole sum of squares, odd or even as the total, has a variance that the reading holds."""
    middle, scale = Fraction(total**2, n), items**2 * (n - 1)
    low, high = (middle + scale * end for end in spread.ends)
    squares = whole(Reading("mean", low, high, spread.low_is_in, spread.high_is_in), 1)
    return squares.start + (squares.start - total) % 2 < squares.stop
