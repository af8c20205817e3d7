"""Two samples: differences, ratios, odds ratios, pairs, products, tests and adjusted p-values."""

from __future__ import annotations

from functools import partial

import numpy as np

from stats.estimate.association import TESTS, chi_square
from stats.estimate.differences import agresti_caffo_limits, share_difference, wald_limits
from stats.estimate.many_tests import METHODS, adjust
from stats.estimate.odds import odds_ratio
from stats.estimate.paired import mcnemar, paired_difference
from stats.estimate.products import log_mover_wilson_limits, share_product
from stats.estimate.ratios import katz_log_limits, share_ratio

COUNTS = ("x1", "n1", "x2", "n2")


def _counts(given):
    return [given[name] for name in COUNTS]


def _interval(given, estimate, method, names=COUNTS):
    found = estimate(*(given[name] for name in names), basis="sample", method=method, level=given["conf"])
    return {"estimate": found.value, "lower": found.lower, "upper": found.upper}


def _product(x1, n1, x2, n2, basis):
    return share_product(x1, n1, x2, n2, basis=basis, independent_samples=True)


def _limits(given, limits, value, **options):
    lower, upper = limits(*(np.asarray([n]) for n in _counts(given)), given["conf"], **options)
    return {"estimate": value(*_counts(given), basis="full count").value, "lower": lower[0], "upper": upper[0]}


def _clipped(given, limits):
    return _limits(given, limits, share_difference, clip=given.get("clip") or (-np.inf, np.inf))


def _odds_ratio(given):
    found = _interval(given, odds_ratio, "conditional-exact")
    if given["x1"] + given["x2"] in (0, given["n1"] + given["n2"]):
        found["estimate"] = 0.0  # as R calls an odds ratio that does not exist
    return found


def _tested(tested):
    return {"statistic": tested.statistic, "df": tested.df, "p_value": tested.p_value}


def _two_by_two(given, method):
    return _tested(TESTS[method](*_counts(given)))


def _adjusted(given, method):
    return {"adjusted": adjust(np.array(given["p"], dtype="float64"), method=method)}


ADAPTERS = {
    "diff_ci.newcombe": partial(_interval, estimate=share_difference, method="newcombe"),
    "diff_ci.newcombe_cc": partial(_interval, estimate=share_difference, method="newcombe-cc"),
    "diff_ci.miettinen_nurminen": partial(_interval, estimate=share_difference, method="miettinen-nurminen"),
    "diff_ci.mee": partial(_interval, estimate=share_difference, method="mee"),
    "diff_ci.agresti_caffo": partial(_clipped, limits=agresti_caffo_limits),
    "diff_ci.wald": partial(_clipped, limits=wald_limits),
    "ratio_ci.mover_wilson": partial(_interval, estimate=share_ratio, method="mover-wilson"),
    "ratio_ci.koopman": partial(_interval, estimate=share_ratio, method="koopman"),
    "ratio_ci.miettinen_nurminen": partial(_interval, estimate=share_ratio, method="miettinen-nurminen"),
    "ratio_ci.katz_log": partial(_limits, limits=katz_log_limits, value=share_ratio),
    "odds_ratio_ci.fisher_conditional": _odds_ratio,
    "odds_ratio_ci.miettinen_nurminen": partial(_interval, estimate=odds_ratio, method="miettinen-nurminen"),
    "paired_diff_ci.tango": partial(_interval, estimate=paired_difference, method="tango", names=("a", "b", "c", "d")),
    "paired_test.mcnemar_exact": lambda given: _tested(mcnemar(given["b"], given["c"], basis="sample")),
    "product_ci.log_mover_wilson": partial(_limits, limits=log_mover_wilson_limits, value=_product),
    "two_prop_test.pearson_chi2": partial(_two_by_two, method="pearson chi-square"),
    "two_prop_test.n_minus_1_chi2": partial(_two_by_two, method="n-1 chi-square"),
    "two_prop_test.fisher_exact": partial(_two_by_two, method="fisher exact"),
    "k_prop_test.chi2": lambda given: _tested(chi_square(given["x"], given["n"])),
    **{f"p_adjust.{method}": partial(_adjusted, method=method) for method in METHODS},
}
