"""Surveys, pooling, lag and attrition."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from stats.estimate import microdata, surveys
from stats.estimate.between_studies import combine
from stats.estimate.cohorts import charged_of_resolved, charged_so_far, same_period_against_cohort
from stats.estimate.completion import completion_factors
from stats.estimate.lag import incidence, one_minus_km
from stats.estimate.pooling import pooled
from stats.estimate.sample_design import Design

TAU2 = {"EE": "FE", "CE": "FE"}
"""R metafor's other names for a mean without a variance between studies."""


def _design_factor(given):
    p, n, deft = given["p"], given["n"], given["deft"]
    lower, upper = surveys.normal_limits(p, n, deft, given["conf"])
    return {"se": surveys.design_factor_se(p, n, deft), "lower": lower, "upper": upper}


def _wilson(given):
    p, n, deft = np.array([given["p"]]), np.array([given["n"]]), given["deft"]
    lower, upper = surveys.wilson_effective_limits(p, n, deft, given["conf"])
    return {"n_eff": surveys.effective_n(n, deft)[0], "lower": lower[0], "upper": upper[0]}


def _fleiss(given):
    p, n, deft = given["x"] / given["n"], given["n"], math.sqrt(given["deff"])
    lower, upper = surveys.fleiss_limits(p, n, deft, given["N"], given["conf"])
    return {"se": surveys.fleiss_se(p, n, deft, given["N"]), "lower": lower, "upper": upper}


def _kish(given):
    found = surveys.kish_effective_n(given["weight"])
    return {"n_eff": found.effective_n, "deff_weights": found.deff}


def _design(given, *, psu="psu", stratum="stratum"):
    population = given.get("Nh") if given.get("fpc", True) else None
    return Design(given["weight"], given[psu], given.get(stratum), population)


def _share(given):
    p, se, deff = microdata.linearised(np.asarray(given["y"], dtype=float), _design(given))
    return {"p": p, "se": se, "deff": deff}


def _mean(given):
    mean, se, deff = microdata.linearised(
        np.asarray(given["x"], dtype=float), _design(given, psu="psuid", stratum="stratid")
    )
    return {"mean": mean, "se": se, "deff": deff}


def _share_interval(given, limits):
    design = _design(given)
    p, se, _ = microdata.linearised(np.asarray(given["y"], dtype=float), design)
    lower, upper = limits(p, se, design.df, len(given["y"]), given.get("conf", 0.95))
    return {"p": p, "se": se, "lower": lower, "upper": upper}


def _pool_generic(given):
    method = TAU2.get(given["tau2_method"], given["tau2_method"])
    found = combine(np.array(given["yi"], dtype=float), np.array(given["vi"], dtype=float), method)
    return {"estimate": found.mean, "se": found.se, "tau2": found.tau2, "Q": found.q, "I2": found.i2 * 100}


def _pool_logit(given):
    found = pooled(
        np.array(given["xi"]),
        np.array(given["ni"]),
        method=TAU2.get(given["tau2_method"], given["tau2_method"]),
        interval="z",
        level=given.get("conf", 0.95),
    )
    share = found.estimate
    return {
        "p": share.value, "lower": share.lower, "upper": share.upper,
        "tau2": found.tau2, "Q": found.q, "I2": found.i2 * 100,
    }  # fmt: skip


def _incidence(given):
    time, status = np.array(given["time"], dtype=float), np.array(given["status"])
    charged, closed, still_open = incidence(time, status, np.atleast_1d(given["at"]), (1, 2)).T
    return {"charged": charged, "closed": closed, "open": still_open}


def _naive(given):
    time, status = np.array(given["time"], dtype=float), np.array(given["status"])
    return {"one_minus_km": one_minus_km(time, status, np.atleast_1d(given["at"]), given["event"])}


def _chain_ladder(given):
    # the last cohort has one count, and is written without brackets
    rows = [row if isinstance(row, list) else [row] for row in given["triangle_cumulative"]]
    known = [[count for count in row if count is not None] for row in rows]
    found = completion_factors(known, last_sigma=given.get("est_sigma", "log-linear"))
    return {
        "factors": found.factors,
        "ultimate": found.cohorts["value"],
        "total_ultimate": found.total.value,
        "total_outstanding": found.total_outstanding,
        "origin_mack_se": found.cohorts["se"],
        "total_mack_se": found.total_se,
    }


def _bounds(given):
    charged, closed = given["charged"], given["closed_without_charge"]
    found = charged_so_far(charged, given["not_yet_assigned"], given["recorded"])
    resolved = charged_of_resolved(charged, closed).value if charged + closed else math.nan
    return {"so_far": found.value, "lower": found.lower, "upper": found.upper, "resolved_only": resolved}


def _same_period(given):
    found = same_period_against_cohort(
        given["recorded"], charge_share=given["true_charge_share"], delay=given["delay_distribution"]
    )
    return {
        "charges_by_period": found.charges,
        "cohort_share": found.cohort_share,
        "same_period_ratio_last": found.ratios[-1],
    }


ADAPTERS = {
    "survey.proportion_ci_design_factor": _design_factor,
    "survey.proportion_ci_wilson_effective_n": _wilson,
    "survey.proportion_ci_fleiss_fpc": _fleiss,
    "survey.kish_effective_n": _kish,
    "survey.proportion_taylor": _share,
    "survey.mean_taylor": _mean,
    "survey.proportion_ci.mean": partial(_share_interval, limits=microdata.mean_limits),
    "survey.proportion_ci.logit": partial(_share_interval, limits=microdata.logit_limits),
    "survey.proportion_ci.xlogit": partial(_share_interval, limits=microdata.logit_limits),
    "survey.proportion_ci.beta": partial(_share_interval, limits=microdata.beta_limits),
    "survey.proportion_ci.asin": partial(_share_interval, limits=microdata.asin_limits),
    "pool_generic.inverse_variance": _pool_generic,
    "pool_prop.logit": _pool_logit,
    "lag.cumulative_incidence": _incidence,
    "lag.naive_one_minus_km": _naive,
    "lag.chain_ladder": _chain_ladder,
    "lag.chain_ladder_mack_se": _chain_ladder,
    "attrition.cohort_bounds": _bounds,
    "attrition.same_period_vs_cohort": _same_period,
}
