"""Rates, standardised rates, two rates, funnels."""

from __future__ import annotations

import re
from functools import partial

import numpy as np

from stats.estimate.exact_binomial import differ_from
from stats.estimate.expected import expected, observed_over_expected
from stats.estimate.funnel import funnel, normal_limits
from stats.estimate.funnel_ratio import funnel_of_ratios, poisson_limits, poisson_limits_at_observed
from stats.estimate.poisson import byar_limits, byar_midpoint_limits, rate
from stats.estimate.rate_changes import RATIO_LIMITS, difference_limits, rate_ratio_test
from stats.estimate.standardised import standardised_rate

LEVELS = {"95": 0.95, "998": 0.998}


def _plain(number):
    """Where there is no answer the file says null."""
    return None if np.isnan(number) else float(number)


def _ends(limits, **more):
    return {"lower": _plain(limits[0]), "upper": _plain(limits[1]), **more}


def _rate(given, method):
    found = rate(given["x"], given["exposure"], basis="sample", per=given["per"], method=method, level=given["conf"])
    return {"rate": found.value, "lower": found.lower, "upper": found.upper}


def _byar_count(given):
    lower, upper = byar_limits(np.array([given["x"]]), given["conf"])
    return _ends((lower[0], upper[0]))


def _byar_midpoint(given):
    lower, upper = byar_midpoint_limits(np.array([given["x"]]), given["conf"])
    scale = given["per"] / given["exposure"]
    return _ends((lower[0] * scale, upper[0] * scale), rate=given["x"] * scale)


def _two(given):
    return [np.array([given[name]]) for name in ("x1", "t1", "x2", "t2")]


def _difference(given):
    lower, upper = difference_limits(*_two(given), given["conf"])
    difference = given["x1"] / given["t1"] - given["x2"] / given["t2"]
    return _ends((lower[0], upper[0]), estimate=difference, difference=difference)


def _ratio(given, method):
    x1, t1, x2, t2 = _two(given)
    lower, upper = RATIO_LIMITS[method](x1, t1, x2, t2, given["conf"])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = _plain((x1 / t1 / (x2 / t2))[0])
    counts = [given[name] for name in ("x1", "t1", "x2", "t2")]
    p_value = rate_ratio_test(*counts, basis="sample").p_value if given["x1"] or given["x2"] else 1.0
    return _ends((lower[0], upper[0]), ratio=ratio, estimate=ratio, p_value=p_value)


def _dsr(given):
    people = given.get("persons_by_events_per_person")
    count = given.get("count") or sum(int(events) * np.array(n) for events, n in people.items())
    if np.sum(count) < 10:
        return dict.fromkeys(("value", "lower", "upper"))
    found = standardised_rate(
        count, given["pop"], given["stdpop"], basis="sample", per=given["per"], level=given["conf"],
        events_per_person=people,
    )  # fmt: skip
    return {"value": found.value, "lower": found.lower, "upper": found.upper}


def _isr(given):
    hoped = expected(given["pop"], given["ref_count"], given["ref_pop"])
    observed = sum(given["count"])
    found = observed_over_expected(observed, hoped, basis="sample", per=given["refvalue"], level=given["conf"])
    return {
        "value": found.value, "lower": found.lower, "upper": found.upper, "expected": hoped, "observed": observed,
    }  # fmt: skip


def _spread(found):
    return {"target": found.target, "phi": found.phi, "tau2": found.tau2, "n": found.n}


def _shares(given, *, over_dispersion):
    """Limits at the bases asked for; areas outside are numbered from 1."""
    num, den = np.array(given["numerator"]), np.array(given["denominator"])
    found = funnel(num, den, winsorise=given.get("winsorise", 0.1))
    at = given.get("at", "own")
    if isinstance(at, str):
        first = re.search(r"first (\d+)", at)
        at = den[: int(first[1])] if first else den
    answers = _spread(found)
    for name, level in LEVELS.items():
        lower, upper = found.limits(np.array(at), level, over_dispersion=over_dispersion)
        outside = found.side(num / den, den, level, over_dispersion=over_dispersion)
        answers |= {f"lower{name}": lower, f"upper{name}": upper, f"flag{name}": np.flatnonzero(outside) + 1}
    return answers


def _ratios(given):
    method = "shmi" if given["method"].startswith("SHMI") else "square-root"
    hoped = np.array(given["expected"], dtype=float)
    decimals = 2 if given.get("shmi_round_expected_2dp", True) else None
    found = funnel_of_ratios(given["observed"], hoped, method=method, trim=given.get("trim", 0.1), decimals=decimals)
    return _spread(found)


def _exact(given):
    pooled = given.get("p0", "pooled")
    share = None if pooled == "pooled" else pooled
    found = differ_from(given["numerator"], given["denominator"], basis="sample", share=share, alpha=0.05)
    return {
        "p": found.p_values, "p_holm": found.adjusted, "share": found.share,
        "holm_reject_005": np.flatnonzero(found.differs) + 1,
    }  # fmt: skip


def _normal(given):
    scale = 100 if given.get("percent") else 1
    low, high = given.get("clip") or (-np.inf, np.inf)
    answers = {}
    for name, level in LEVELS.items():
        lower, upper = normal_limits(given["p0"], given["n"], level, ends=(low / scale, high / scale))
        answers |= {f"lower{name}": lower * scale, f"upper{name}": upper * scale}
    return answers


def _poisson(given):
    answers = {}
    for name, level in LEVELS.items():
        lower, upper = poisson_limits(given["expected"], level, target=given.get("target", 1))
        answers |= {f"lower{name}": lower, f"upper{name}": upper}
    return answers


def _at_observed(given):
    answers = {}
    for name, level in LEVELS.items():
        lower, upper = poisson_limits_at_observed([given["observed"]], level, per=given["refvalue"])
        answers |= {f"lower{name}": _plain(lower[0]), f"upper{name}": _plain(upper[0])}
    return answers


ADAPTERS = {
    "rate_ci.exact": partial(_rate, method="exact"),
    "rate_ci.phe_rule": partial(_rate, method="phe-rule"),
    "rate_ci.score": partial(_rate, method="score"),
    "rate_ci.byar_count": _byar_count,
    "rate_ci.byar_rothman_midpoint": _byar_midpoint,
    "rate_diff_ci.score": _difference,
    "rate_ratio.exact_conditional": partial(_ratio, method="exact"),
    "rate_ratio_ci.score": partial(_ratio, method="score"),
    "dsr.dobson": _dsr,
    "dsr.dobson_nonindependent": _dsr,
    "isr.ratio": _isr,
    "funnel.overdispersion_proportion": lambda given: _shares(given, over_dispersion=True),
    "funnel.limits_proportion_od": lambda given: _shares(given, over_dispersion=True),
    "funnel.limits_proportion_arcsine": lambda given: _shares(given, over_dispersion=False),
    "funnel.overdispersion_ratio": _ratios,
    "funnel.exact_binomial_p_holm": _exact,
    "funnel.normal_proportion_limits": _normal,
    "funnel.poisson_limits": _poisson,
    "funnel.poisson_ratio_limits_at_observed": _at_observed,
}
