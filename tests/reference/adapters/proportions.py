"""One proportion."""

from __future__ import annotations

from functools import partial

from stats.estimate.proportions import proportion, upper_bound


def _interval(given, method):
    found = proportion(given["x"], given["n"], basis="sample", method=method, level=given["conf"])
    return {"estimate": found.value, "lower": found.lower, "upper": found.upper}


def _upper_bound(given):
    return {"upper": upper_bound(given["x"], given["n"], level=given["conf"])}


ADAPTERS = {
    "prop_ci.wilson": partial(_interval, method="wilson"),
    "prop_ci.wilson_cc": partial(_interval, method="wilson-cc"),
    "prop_ci.clopper_pearson": partial(_interval, method="exact"),
    "prop_ci.midp": partial(_interval, method="mid-p"),
    "prop_ci.jeffreys": partial(_interval, method="jeffreys"),
    "prop_ci.agresti_coull": partial(_interval, method="agresti-coull"),
    "prop_upper_bound.one_sided_exact": lambda given: {
        "upper": upper_bound(given["x"], given["n"], level=given["conf"])
    },
}
