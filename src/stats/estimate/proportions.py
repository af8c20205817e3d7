"""One proportion, with the interval that the design behind it allows, or none."""

from __future__ import annotations

import math
from numbers import Integral

from stats.errors import NotHonest
from stats.estimate.estimate import NO_SAMPLING_ERROR, Contract, Estimate

WHY_NONE = {
    "full count": NO_SAMPLING_ERROR,
    "self-selected": "no interval: people who chose to answer stand for themselves",
    "case audit": "no interval: files chosen for review stand for themselves",
}
"""Why an interval would mislead, by the basis of the number."""

_METHODS = {"wilson": "wilson", "exact": "beta"}


def proportion(
    x: int, n: int, *, basis: str, method: str | None = None, level: float = 0.95, contract: Contract | None = None
) -> Estimate:
    """Return x of n as a share from 0 to 1.

    Parameters
    ----------
    x, n : int
        Whole counts, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        A random sample gets an interval (Wilson 1927 unless `method` says otherwise); the others get none.
    method : {"wilson", "exact"}, optional
        Ask for an interval by name. `exact` is Clopper-Pearson.
    level : float

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none, or Wald is asked for.
    ValueError
        If x and n are not such counts, the basis is none of the four, or the level does not lie between 0 and 1.
    """
    _refuse_bad_counts(x, n)
    x, n = int(x), int(n)
    if basis not in (*WHY_NONE, "sample"):
        raise ValueError(f"basis must be one of {', '.join((*WHY_NONE, 'sample'))}, not {basis!r}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1 (0.95 for 95%), not {level!r}")
    if basis != "sample":
        if method is not None:
            raise NotHonest(
                f"a {basis} gets no {method} interval.",
                [("asked", f"{x:,} of {n:,}"), ("why", WHY_NONE[basis])],
                "Give the count and its base: 'x of the n'.",
            )
        return Estimate(x / n, math.nan, math.nan, "share", WHY_NONE[basis], math.nan, n, basis, contract)
    if (method or "wilson") not in _METHODS:
        raise NotHonest(
            f"the method '{method}' is not published here.",
            [("asked", f"{x:,} of {n:,}"), ("why", "Wald gives 0 to 0 for none of n, and too narrow limits elsewhere")],
            f"Use one of {', '.join(_METHODS)}.",
        )
    lower, upper = _interval(x, n, _METHODS[method or "wilson"], level)
    return Estimate(x / n, lower, upper, "share", method or "wilson", level, n, basis, contract)


def _interval(x: int, n: int, method: str, level: float) -> tuple[float, float]:
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(x, n, alpha=1 - level, method=method)
    return max(0.0, float(lower)) if x else 0.0, min(1.0, float(upper)) if x < n else 1.0


def _refuse_bad_counts(x: object, n: object) -> None:
    """A count from a table is a whole number too, whichever library made it; True is not."""
    whole = all(isinstance(count, Integral) and not isinstance(count, bool) for count in (x, n))
    if not whole or not 0 <= int(x) <= int(n) or int(n) == 0:  # type: ignore[call-overload] # whole was just asked
        raise ValueError(f"x and n must be whole counts with 0 <= x <= n and n > 0, not {x!r} of {n!r}")
