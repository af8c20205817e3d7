"""Two rates: their ratio, their difference, and the exact test that they are one. For small counts.

Large recorded counts vary more than chance alone: for two periods of a series use the quasi-Poisson ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stats.estimate import proportions
from stats.estimate.association import refuse_untestable
from stats.estimate.exact_binomial import binomial_p_values
from stats.estimate.poisson import refuse_bad_rate
from stats.estimate.shape import WHY_NONE, Limits, Numbers, estimator, interval_method, named, refuse, result


@dataclass(frozen=True)
class RateTest:
    """A test that two rates are one: the first count, both counts together, and the two-sided p-value."""

    statistic: int
    n: int
    p_value: float
    method: str


@estimator
def rate_ratio(
    x1: Numbers,
    t1: Numbers,
    x2: Numbers,
    t2: Numbers,
    *,
    basis: str,
    method: str | None = None,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return the first rate over the second, x1/t1 over x2/t2.

    Parameters
    ----------
    x1, t1, x2, t2 : numbers, or a table and the names of its columns
        Whole counts of events, and what they are counted over (persons, person-years, months), in one unit.
    basis : {"sample", "full count", "case audit", "self-selected"}
    method : {"exact", "score"}, optional
        `exact` turns the Clopper-Pearson limits of x1 of x1 + x2 into a ratio (Przyborowski and Wilenski 1940);
        `score` does so with Wilson's, which is the score interval (Graham, Mengersen and
        Morton 2003).
    level : float
    as_if : bool
        Give full counts an interval all the same.

    Returns
    -------
    Estimate, or the table with its columns added
        `n` is both counts together.

    Raises
    ------
    NotHonest
        If the basis has no interval and one is asked for.
    BadCount
        If a count is no whole count, an exposure not above 0, or the second count 0: a ratio to none is no number.

    Examples
    --------
    >>> found = rate_ratio(30, 40, 7, 30, basis="sample")
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2)
    (3.21, 1.38, 8.67)
    """
    chosen = interval_method(basis, method, tuple(RATIO_LIMITS), as_if=as_if, level=level)
    refuse_bad_rate(x1=x1, t1=t1, x2=x2, t2=t2)
    refuse("the second count must be above 0: nothing can be set in ratio to none", x2 == 0, x1=x1, x2=x2)
    limits = RATIO_LIMITS[chosen](x1, t1, x2, t2, level) if chosen else None
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    return result(x1 / t1 / (x2 / t2), limits, unit="ratio", method=words, n=x1 + x2, basis=basis, level=level)


@estimator
def rate_difference(
    x1: Numbers,
    t1: Numbers,
    x2: Numbers,
    t2: Numbers,
    *,
    basis: str,
    per: float = 1000,
    of: str = "residents",
    method: str | None = None,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return the first rate less the second, x1/t1 - x2/t2, per so many.

    Parameters
    ----------
    x1, t1, x2, t2 : numbers, or a table and the names of its columns
        As `rate_ratio`.
    basis : {"sample", "full count", "case audit", "self-selected"}
    per, of
        As `poisson.rate`.
    method : {"score"}, optional
        Where the score test of a difference just rejects (Miettinen and Nurminen 1985, for rates).
    level, as_if
        As `rate_ratio`.

    Returns
    -------
    Estimate, or the table with its columns added
        `n` is both counts together.

    Raises
    ------
    NotHonest, BadCount
        As `rate_ratio`; a second count of 0 is taken.

    Examples
    --------
    >>> found = rate_difference(60, 51477.5, 30, 54308.7, basis="sample")
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2), found.unit
    (0.61, 0.27, 0.99, 'per 1,000 residents, difference')
    """
    chosen = interval_method(basis, method, ("score",), as_if=as_if, level=level)
    refuse_bad_rate(x1=x1, t1=t1, x2=x2, t2=t2)
    limits = None
    if chosen:
        lower, upper = difference_limits(x1, t1, x2, t2, level)
        limits = lower * per, upper * per
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    unit = f"per {per:,} {of}, difference"
    return result((x1 / t1 - x2 / t2) * per, limits, unit=unit, method=words, n=x1 + x2, basis=basis, level=level)


def rate_ratio_test(x1: int, t1: float, x2: int, t2: float, *, basis: str, as_if: bool = False) -> RateTest:
    """Test that two rates are one: x1 of x1 + x2 against t1 of t1 + t2, exactly.

    Parameters
    ----------
    x1, x2 : int
        Whole counts, not both 0.
    t1, t2 : float
        What they are counted over, above 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Only random samples can be tested, and full counts with `as_if`.
    as_if : bool
        Test two full counts as if chance alone moved them; the method then says so.

    Raises
    ------
    NotHonest
        If the basis allows no test.
    BadCount
        If these are not such numbers.
    ValueError
        If the basis is none of the four.

    Examples
    --------
    >>> round(rate_ratio_test(30, 40, 7, 30, basis="sample").p_value, 4)
    0.0026
    """
    refuse_untestable(basis, as_if=as_if)
    columns = {name: np.asarray([number]) for name, number in (("x1", x1), ("t1", t1), ("x2", x2), ("t2", t2))}
    refuse_bad_rate(**columns)
    n = columns["x1"] + columns["x2"]
    refuse("one of the two counts must be above 0", n == 0, x1=columns["x1"], x2=columns["x2"])
    p_value = binomial_p_values(columns["x1"], n, t1 / (t1 + t2))
    return RateTest(x1, int(n[0]), float(p_value[0]), named("exact conditional", as_if=as_if))


def exact_ratio_limits(x1: Numbers, t1: Numbers, x2: Numbers, t2: Numbers, level: float) -> Limits:
    """Clopper-Pearson limits of x1 of x1 + x2 as odds, over the odds of the exposures; infinite where x2 is 0."""
    return _as_ratio(proportions.exact_limits(x1, x1 + x2, level), t1, t2)


def score_ratio_limits(x1: Numbers, t1: Numbers, x2: Numbers, t2: Numbers, level: float) -> Limits:
    """Wilson limits of x1 of x1 + x2 as odds: the same quadratic as the score test of a ratio of two rates."""
    return _as_ratio(proportions.wilson_limits(x1, x1 + x2, level), t1, t2)


RATIO_LIMITS = {"exact": exact_ratio_limits, "score": score_ratio_limits}
"""The published intervals of a ratio of two rates, the default first."""


def difference_limits(x1: Numbers, t1: Numbers, x2: Numbers, t2: Numbers, level: float) -> Limits:
    """Where the score test of a difference of two rates just rejects, the rates fitted under each difference."""
    from scipy.optimize.elementwise import find_root
    from scipy.stats import norm

    z = norm.ppf((1 + level) / 2)
    args = tuple(np.broadcast_arrays(*(np.asarray(number, dtype="float64") for number in (x1, t1, x2, t2))))
    seen = args[0] / args[1] - args[2] / args[3]

    def excess(d: Numbers, x1: Numbers, t1: Numbers, x2: Numbers, t2: Numbers) -> Numbers:
        second = _second_rate(d, x1, t1, x2, t2)
        variance = (second + d) / t1 + second / t2
        return (x1 / t1 - x2 / t2 - d) ** 2 - z**2 * variance

    # The score test has certainly rejected this far out: the variance grows with the difference, its square faster.
    far = 4 * (z**2 + z * np.sqrt(args[0] + args[2]) + 1) * (1 / args[1] + 1 / args[3])
    ends = [find_root(excess, bracket, args=args).x for bracket in ((seen - far, seen), (seen, seen + far))]
    none = args[0] + args[2] == 0
    return np.where(none, -(z**2) / args[3], ends[0]), np.where(none, z**2 / args[1], ends[1])


def _second_rate(d: Numbers, x1: Numbers, t1: Numbers, x2: Numbers, t2: Numbers) -> Numbers:
    """The likeliest second rate if the first is `d` above it (both from 0 on)."""
    a, b = t1 + t2, (t1 + t2) * d - x1 - x2
    root = np.sqrt(np.maximum(b**2 + 4 * a * x2 * d, 0))
    return np.maximum((root - b) / (2 * a), np.maximum(-d, 0))


def _as_ratio(shares: Limits, t1: Numbers, t2: Numbers) -> Limits:
    with np.errstate(divide="ignore"):
        lower, upper = (share / (1 - share) * (t2 / t1) for share in shares)
    return lower, upper
