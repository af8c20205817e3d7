"""The funnel: how far the shares of many areas spread about the share of all, and which lie beyond that.

Chance makes small areas spread more than large ones, and areas differ for reasons of their own beyond chance. A funnel
with over-dispersion allows for both (Spiegelhalter 2005, Stat Med 24:1185 and Qual Saf Health Care 14:347). What lies
inside its limits is explained by chance and usual variation; why an area lies outside, it cannot say.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stats.errors import NotHonest
from stats.estimate.exact_binomial import refuse_bad_shares
from stats.estimate.shape import Limits, Numbers, check_level, wide

FEWEST_AREAS = 2
"""Variation between areas needs this many."""


@dataclass(frozen=True)
class Scale:
    """A scale on which chance spreads every area alike: the variance of a value on it is `factor` over its base."""

    name: str
    to: Callable[[Numbers], Numbers]
    back: Callable[[Numbers], Numbers]
    factor: float


ARCSINE = Scale(
    "arcsine of the square root",
    lambda share: np.arcsin(np.sqrt(share)),
    # An angle beyond the ends would fold back into a share inside them: cut it off there.
    lambda angle: np.sin(np.clip(angle, 0, math.pi / 2)) ** 2,
    1 / 4,
)
"""For shares, from 0 to 1."""


@dataclass(frozen=True, eq=False)
class Funnel:
    """A funnel of many areas.

    Parameters
    ----------
    target : float
        The value of all areas together, about which they spread.
    phi : float
        How many times the spread is that of chance alone (1: no more than chance).
    tau2 : float
        Variance between areas beyond chance, on `scale`; 0 where there is none.
    n : int
        The areas that phi and tau2 rest on.
    z : array
        How far each area lies from the target, in standard deviations of chance and usual variation together.
    z_chance : array
        The same by chance alone.
    scale : Scale
    """

    target: float
    phi: float
    tau2: float
    n: int
    z: Numbers
    z_chance: Numbers
    scale: Scale

    def limits(self, base: ArrayLike, level: float = 0.95, *, over_dispersion: bool = True) -> Limits:
        """Return the limits at any bases; without over-dispersion, those of chance alone.

        Parameters
        ----------
        base : array
            Denominators, above 0.
        level : float
            Between 0 and 1; 0.95 and 0.998 are usual.
        over_dispersion : bool
        """
        from scipy.stats import norm

        check_level(level)
        spread = np.sqrt(self.scale.factor / np.asarray(base) + (self.tau2 if over_dispersion else 0))
        middle, reach = self.scale.to(np.asarray(self.target)), norm.ppf((1 + level) / 2) * spread
        return self.scale.back(middle - reach), self.scale.back(middle + reach)

    def side(self, value: ArrayLike, base: ArrayLike, level: float = 0.95, *, over_dispersion: bool = True) -> Numbers:
        """Return -1 for each value below its limits, 1 for each above them and 0 for those within."""
        lower, upper = self.limits(base, level, over_dispersion=over_dispersion)
        return np.where(value < lower, -1, np.where(value > upper, 1, 0))


def funnel(
    num: ArrayLike,
    den: ArrayLike,
    *,
    winsorise: float = 0.1,
    target: float | None = None,
    judged: ArrayLike | None = None,
) -> Funnel:
    """Return the funnel of num of den, one number an area.

    Parameters
    ----------
    num, den : array of int
        Whole counts, 0 <= num <= den, den > 0.
    winsorise : float
        The share of areas at each end whose distance is drawn in to that of the next before the spread is measured, so
        that those which are unusual do not make themselves usual. Below 0.5.
    target : float, optional
        By default the share of all judged areas together.
    judged : array of bool, optional
        The areas that set the target and the usual variation; by default all.

    Raises
    ------
    BadCount
        If the counts are not such, or not one of each an area.
    ValueError
        If winsorise or target is no such share.
    NotHonest
        If fewer than two areas are judged.

    Examples
    --------
    >>> found = funnel([49, 20, 24, 140], [305, 63, 84, 600])
    >>> round(found.target, 3), round(found.phi, 2), found.n
    (0.221, 1.94, 4)
    >>> found.side([0.05, 0.9], [600, 600], 0.998).tolist()
    [-1, 1]
    """
    numerator, denominator = wide(np.asarray(num)), wide(np.asarray(den))
    refuse_bad_shares(numerator, denominator)
    chosen = np.ones(numerator.shape, bool) if judged is None else np.asarray(judged, dtype=bool)
    enough_areas(chosen)
    if target is not None and not 0 < target < 1:
        raise ValueError(f"target must be a share between 0 and 1 (0.086 for 8.6%), not {target!r}")
    if target is None:
        target = float(numerator[chosen].sum() / denominator[chosen].sum())
    z = (ARCSINE.to(numerator / denominator) - ARCSINE.to(np.asarray(target))) * np.sqrt(denominator / ARCSINE.factor)
    phi, tau2 = over_dispersion(winsorised(z[chosen], winsorise), ARCSINE.factor / denominator[chosen])
    return funnel_of(z, denominator, ARCSINE, target, phi, tau2, int(chosen.sum()))


def winsorised(z: Numbers, share: float) -> Numbers:
    """Return z with the ends drawn in to the quantiles at `share` and 1 - `share` (linear between order statistics)."""
    if not 0 <= share < 0.5:
        raise ValueError(f"winsorise must be a share from 0 to below 0.5 (0.1 for 10%), not {share!r}")
    return np.clip(z, *np.quantile(z, [share, 1 - share]))


def over_dispersion(z: Numbers, variance: Numbers) -> tuple[float, float]:
    """Return phi and tau2 of z-scores and the variances that chance gives them (DerSimonian and Laird 1986)."""
    n, weight = len(z), 1 / variance
    phi = float(np.mean(z**2))
    excess = n * phi - (n - 1)
    return phi, max(0.0, float(excess / (weight.sum() - (weight**2).sum() / weight.sum())))


def funnel_of(z: Numbers, base: Numbers, scale: Scale, target: float, phi: float, tau2: float, n: int) -> Funnel:
    """Return a funnel, its z-scores by chance widened by the usual variation."""
    variance = scale.factor / base
    return Funnel(target, phi, tau2, n, z * np.sqrt(variance / (variance + tau2)), z, scale)


def enough_areas(judged: Numbers) -> None:
    """Stop if so few areas are judged that there is no variation between them."""
    if judged.sum() < FEWEST_AREAS:
        raise NotHonest(
            "so few areas have no variation between them to measure.",
            [("areas", int(judged.sum())), ("fewest", FEWEST_AREAS)],
            "Give each area with its count and base.",
        )


def normal_limits(target: float, base: ArrayLike, level: float, *, ends: tuple[float, float] = (0, 1)) -> Limits:
    """Return target +/- z sqrt(target (1 - target) / base), cut off at both ends; chance alone, and never published.

    PHE draws its funnels so. At small bases the approximation is poor: `Funnel.limits` is used instead.
    """
    from scipy.stats import norm

    reach = norm.ppf((1 + level) / 2) * np.sqrt(target * (1 - target) / np.asarray(base))
    return np.clip(target - reach, *ends), np.clip(target + reach, *ends)
