"""Funnels of observed over expected events, as hospital mortality is compared; and the limits of chance alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from stats.estimate.funnel import Funnel, Scale, enough_areas, funnel_of, over_dispersion, winsorised
from stats.estimate.poisson import exact_limits
from stats.estimate.shape import Limits, Numbers, is_whole, one_each, refuse

SQUARE_ROOT = Scale("square root", np.sqrt, lambda root: np.maximum(root, 0) ** 2, 1 / 4)
LOG = Scale("logarithm", np.log, np.exp, 1.0)


def funnel_of_ratios(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    method: str = "square-root",
    trim: float = 0.1,
    decimals: int | None = 2,
    judged: ArrayLike | None = None,
) -> Funnel:
    """Return the funnel of observed over expected events about 1, one number an area.

    Parameters
    ----------
    observed : array of int
        Whole counts.
    expected : array
        Above 0.
    method : {"square-root", "shmi"}
        `square-root` winsorises (Spiegelhalter 2005; Care Quality Commission). `shmi` is that of the Summary
        Hospital-level Mortality Indicator (NHS Digital 2020): logarithms, expected events rounded to `decimals`, and
        the areas at both ends left out of the spread instead of drawn in.
    trim : float
        The share of areas at each end so treated; below 0.5.
    decimals : int or None
        Of expected events under `shmi`, which publishes two; None leaves them as they are.
    judged : array of bool, optional
        The areas that set the usual variation; by default all.

    Raises
    ------
    BadCount
        If the counts are not such, or not one of each an area; or, for `shmi`, none was observed in an area that is not
        left out.
    ValueError
        If method or trim is none of these.
    NotHonest
        If fewer than two areas are judged.

    Examples
    --------
    >>> found = funnel_of_ratios([100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220], method="shmi")
    >>> round(found.phi, 6), found.n
    (2.948033, 6)
    """
    if method not in ("square-root", "shmi"):
        raise ValueError(f"method must be 'square-root' or 'shmi', not {method!r}")
    seen, hoped = np.asarray(observed), np.asarray(expected, dtype="float64")
    one_each("give one observed and one expected an area", observed=seen, expected=hoped)
    rule = "observed must be whole counts from 0 on, and expected above 0"
    refuse(rule, not is_whole(seen), observed=seen, expected=hoped)
    refuse(rule, np.asarray((seen < 0) | ~(hoped > 0)), observed=seen, expected=hoped)
    chosen = np.ones(seen.shape, bool) if judged is None else np.asarray(judged, dtype=bool)
    enough_areas(chosen)
    if method == "shmi":
        return _shmi(seen, hoped if decimals is None else np.round(hoped, decimals), trim, chosen)
    return _square_root(seen, hoped, trim, chosen)


def _square_root(observed: Numbers, expected: Numbers, trim: float, judged: Numbers) -> Funnel:
    z = (np.sqrt(observed / expected) - 1) * np.sqrt(expected / SQUARE_ROOT.factor)
    phi, tau2 = over_dispersion(winsorised(z[judged], trim), SQUARE_ROOT.factor / expected[judged])
    return funnel_of(z, expected, SQUARE_ROOT, 1.0, phi, tau2, int(judged.sum()))


def _shmi(observed: Numbers, expected: Numbers, trim: float, judged: Numbers) -> Funnel:
    with np.errstate(divide="ignore"):
        z = np.log(observed / expected) * np.sqrt(expected)
    kept = _kept(z[judged], trim)
    enough_areas(kept)
    left, base = z[judged][kept], expected[judged][kept]
    refuse("an area with none observed has no logarithm", np.isinf(left), expected=base)
    phi, tau2 = over_dispersion(left, 1 / base)
    return funnel_of(z, expected, LOG, 1.0, phi, tau2, int(kept.sum()))


def _kept(z: Numbers, trim: float) -> Numbers:
    """Return which areas are in neither the first nor the last of 1/trim groups by z (SHMI methodology)."""
    from scipy.stats import rankdata

    if not 0 < trim < 0.5:
        raise ValueError(f"trim must be a share above 0 and below 0.5 (0.1 for 10%), not {trim!r}")
    groups = 1 / trim
    group = np.floor(rankdata(z) * groups / (len(z) + 1))
    return np.asarray((group > 0) & (group < groups - 1))


def poisson_limits(expected: ArrayLike, level: float, *, target: float = 1) -> Limits:
    """Return the limits that chance alone sets to observed over expected, exact (Garwood 1936), at expected events.

    Examples
    --------
    >>> lower, upper = poisson_limits([15], 0.95)
    >>> round(float(lower[0]), 4), round(float(upper[0]), 4)
    (0.5597, 1.6493)
    """
    base = np.asarray(expected, dtype="float64")
    lower, upper = exact_limits(base, level)
    return target * lower / base, target * upper / base


def poisson_limits_at_observed(observed: ArrayLike, level: float, *, per: float = 1) -> Limits:
    """Return between which ratios chance alone would leave an area with this many observed events (PHE's funnel).

    The upper one is not-a-number for none observed.
    """
    seen = np.asarray(observed)
    lower, upper = exact_limits(seen, level)
    return per * seen / upper, per * seen / np.where(lower > 0, lower, np.nan)
