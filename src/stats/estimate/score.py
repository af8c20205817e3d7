"""Score intervals: the values of a contrast that a score test does not reject.

statsmodels inverts the score test of a difference wrongly, and of a ratio into complex numbers where everybody in the
second group is a case. So the inversion is written here, once, for differences, ratios, odds ratios and pairs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stats.estimate.shape import Limits, Numbers

Score = Callable[..., tuple[Numbers, Numbers]]
"""From a value of the contrast and the counts to the score there and its variance there."""


def score_limits(score: Score, counts: tuple[Numbers, ...], *, best: Numbers, ends: Limits, level: float) -> Limits:
    """Return the values either side of `best` where score^2 = z^2 variance; an end that is never rejected stands.

    Parameters
    ----------
    score : callable
        score(value, *counts) falls from `ends[0]` to `ends[1]` and is 0 at `best`.
    counts : tuple of arrays
        One number a row.
    best : array
        The estimate.
    ends : tuple of arrays
        The least and the greatest value that the contrast can have.
    level : float
    """
    from scipy.optimize.elementwise import find_root
    from scipy.special import ndtri

    z = ndtri((1 + level) / 2)

    def excess(value: Numbers, side: Numbers, *counts: Numbers) -> Numbers:
        # score / sqrt(score^2 + z^2 variance) passes 1 / sqrt(2) where score = z sd, and stays finite at the ends.
        found, variance = score(value, *counts)
        length = np.hypot(found, z * np.sqrt(np.maximum(variance, 0)))
        return side * found / np.where(length == 0, 1, length) - np.sqrt(0.5)

    limits = []
    for side, end in ((1.0, ends[0]), (-1.0, ends[1])):
        root = find_root(
            excess, (np.minimum(end, best), np.maximum(end, best)), args=(np.full(best.shape, side), *counts)
        )
        limits.append(np.where(root.status == NO_CHANGE_OF_SIGN, end, root.x))
    return limits[0], limits[1]


NO_CHANGE_OF_SIGN = -1
"""What scipy reports where the whole of a bracket lies on one side."""
