"""Tests of association in two groups or more: whether chance alone might do it, never how much it matters."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from stats.errors import BadCount, NotHonest
from stats.estimate.differences import refuse_bad_pairs
from stats.estimate.shape import BASES, WHY_NONE, Numbers, is_whole, named, refuse


@dataclass(frozen=True)
class ChanceTest:
    """What a test found.

    Parameters
    ----------
    statistic, df : float
        Not-a-number for an exact test, which has neither.
    p_value : float
        Two-sided.
    method : str
    """

    statistic: float
    df: float
    p_value: float
    method: str


def two_by_two(
    x1: int, n1: int, x2: int, n2: int, *, basis: str, method: str | None = None, as_if: bool = False
) -> ChanceTest:
    """Test whether two independent shares, x1 of n1 and x2 of n2, are the same.

    Parameters
    ----------
    x1, n1, x2, n2 : int
        Whole counts of two groups that share nobody, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Only random samples can be tested, and full counts with `as_if`.
    method : {"n-1 chi-square", "fisher exact", "pearson chi-square"}, optional
        Unless one is named: the chi-square times (N - 1) / N, and Fisher's where any expected count is below 1
        (Campbell 2007, Stat Med 26:3661).
    as_if : bool
        Test two full counts as if chance alone moved them; the method then says so.

    Raises
    ------
    NotHonest
        If the basis allows no test, or the method is none of these.
    BadCount
        If these are not such counts, or a chi-square is asked for where nobody or everybody is a case.
    ValueError
        If the basis is none of the four.

    Examples
    --------
    >>> found = two_by_two(110, 1000, 60, 1000, basis="sample")
    >>> round(found.statistic, 2), found.df, round(found.p_value, 6), found.method
    (16.06, 1, 6.1e-05, 'n-1 chi-square')
    >>> two_by_two(3, 10, 0, 4, basis="sample").method
    'fisher exact'
    """
    refuse_untestable(basis, as_if=as_if)
    x, n = np.asarray([x1, x2]), np.asarray([n1, n2])
    refuse_bad_pairs(*(np.asarray([number]) for number in (x1, n1, x2, n2)))
    chosen = method or ("fisher exact" if _least_expected(x, n) < 1 else "n-1 chi-square")
    if chosen not in TESTS:
        raise NotHonest(
            f"the test '{method}' is not published here.",
            [("published", ", ".join(TESTS))],
            f"Use one of {', '.join(TESTS)}.",
        )
    if chosen != "fisher exact":
        _refuse_none_or_all(x, n)
    return _said(TESTS[chosen](x1, n1, x2, n2), as_if)


def k_by_two(x: Sequence[int] | Numbers, n: Sequence[int] | Numbers, *, basis: str, as_if: bool = False) -> ChanceTest:
    """Test whether the shares of several independent groups are all the same: Pearson's chi-square on k - 1 df.

    Parameters
    ----------
    x, n : sequence of int
        Whole counts, one a group, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Only random samples can be tested, and full counts with `as_if`.
    as_if : bool
        Test full counts as if chance alone moved them; the method then says so.

    Raises
    ------
    NotHonest
        If the basis allows no test.
    BadCount
        If these are not such counts, there are fewer than two groups, or nobody or everybody is a case.
    ValueError
        If the basis is none of the four.

    Examples
    --------
    >>> found = k_by_two([40, 40, 110], [1082, 1254, 1500], basis="sample")
    >>> round(found.statistic, 2), found.df
    (29.96, 2)
    """
    refuse_untestable(basis, as_if=as_if)
    x, n = np.asarray(x), np.asarray(n)
    rule = "x and n must be whole counts of two groups or more, with 0 <= x <= n and n > 0"
    if x.ndim != 1 or x.shape != n.shape or x.size < 2:
        raise BadCount(f"{rule}, not {x.size} counts of {n.size} groups.")
    refuse(rule, not is_whole(x, n), x=x, n=n)
    refuse(rule, (x < 0) | (x > n) | (n <= 0), x=x, n=n)
    _refuse_none_or_all(x, n)
    return _said(chi_square(x, n), as_if)


def pearson_chi_square(x1: int, n1: int, x2: int, n2: int) -> ChanceTest:
    """Pearson's chi-square, uncorrected (1900)."""
    return chi_square([x1, x2], [n1, n2])


def n_minus_1_chi_square(x1: int, n1: int, x2: int, n2: int) -> ChanceTest:
    """Pearson's chi-square times (N - 1) / N (E. Pearson 1947; Campbell 2007, Stat Med 26:3661)."""
    from scipy.special import chdtrc

    statistic = chi_square([x1, x2], [n1, n2]).statistic * (n1 + n2 - 1) / (n1 + n2)
    return ChanceTest(statistic, 1, float(chdtrc(1, statistic)), "n-1 chi-square")


def fisher_exact(x1: int, n1: int, x2: int, n2: int) -> ChanceTest:
    """Fisher's exact test (1935); two-sided: every table no likelier than the one found."""
    from scipy.stats import fisher_exact as of_table

    p_value = of_table([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
    return ChanceTest(math.nan, math.nan, float(p_value), "fisher exact")


def chi_square(x: Sequence[int] | Numbers, n: Sequence[int] | Numbers) -> ChanceTest:
    """Pearson's chi-square of k shares, uncorrected; not-a-number where nobody or everybody is a case."""
    from statsmodels.stats.proportion import proportions_chisquare

    with np.errstate(invalid="ignore"):
        statistic, p_value, _ = proportions_chisquare(np.asarray(x), np.asarray(n))
    return ChanceTest(float(statistic), len(x) - 1, float(p_value), "pearson chi-square")


TESTS: dict[str, Callable[[int, int, int, int], ChanceTest]] = {
    "n-1 chi-square": n_minus_1_chi_square,
    "fisher exact": fisher_exact,
    "pearson chi-square": pearson_chi_square,
}
"""The published tests of a two by two table."""


def refuse_untestable(basis: str, *, as_if: bool) -> None:
    """Stop unless chance had a hand in the numbers, or full counts are tested as if it had."""
    if basis not in BASES:
        raise ValueError(f"basis must be one of {', '.join(BASES)}, not {basis!r}")
    if basis == "sample" or (basis == "full count" and as_if):
        return
    raise NotHonest(
        f"a {basis} gets no test.",
        [("why", WHY_NONE[basis])],
        "Pass as_if=True, and the test will say what it supposes."
        if basis == "full count"
        else "Give the counts and their bases: 'x of the n'.",
    )


def _refuse_none_or_all(x: Numbers, n: Numbers) -> None:
    rule = "a chi-square wants somebody who is a case and somebody who is none"
    refuse(rule, bool(x.sum() == 0 or x.sum() == n.sum()), x=x, n=n)


def _least_expected(x: Numbers, n: Numbers) -> float:
    return float(min(x.sum(), (n - x).sum()) * n.min() / n.sum())


def _said(tested: ChanceTest, as_if: bool) -> ChanceTest:
    return ChanceTest(tested.statistic, tested.df, tested.p_value, named(tested.method, as_if=as_if))
