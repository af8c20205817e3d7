"""Whole counts behind words, disclosure, and when a proportion may be shown."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import chain, product

import pandas as pd

from stats.claims.feasible import nested, nested_interval, within
from stats.claims.grim import bases_for_percent, counts_for_percent, grim
from stats.claims.grimmer import debit, grimmer
from stats.claims.wording import Reading
from stats.errors import NotHonest
from stats.estimate.attack import ALL, attack
from stats.estimate.disclosure import round_base
from stats.estimate.reliability import reliability
from stats.estimate.small_counts import too_small
from stats.estimate.surveys import DesignFactor

ROUNDINGS = {
    "up or down": "half either way", "either way": "half either way", "up": "half up", "down": "half down",
    "even": "half even", "trunc": "truncated", "half away": "half up",
}  # fmt: skip

TIES = {"away": "up", "half up": "up", "toward zero": "down", "half down": "down", "half even": "even"}


def _rounding(given):
    named = given.get("rounding", "half either way").replace("_", " ")
    return ROUNDINGS.get(named, named)


def _reading(given):
    low, high = Fraction(given["low"]), Fraction(given["high"] if given["high"] is not None else 1)
    return Reading("share", low, high, given["low_closed"], given["high_closed"])


def _count_set(given):
    counts = within(_reading(given), given["n"])
    return {"min": min(counts, default=None), "max": max(counts, default=None), "n_counts": len(counts)}


def _rounded_percent(given):
    counts = counts_for_percent(given["percent"], given["n"], rounding=_rounding(given))
    return {"counts": list(counts), "possible": bool(counts)}


def _base_set(given):
    found = bases_for_percent(given["percent"], given["n_max"], n_min=given["n_min"], rounding=_rounding(given))
    return {
        "largest_impossible": max(found.impossible, default=None),
        "n_impossible": len(found.impossible),
        "smallest_possible": min(found.possible, default=None),
    }


def _grim_by_rounding(given):
    words = ("half up", "half down", "half even", "truncated")
    return {word.replace(" ", "_"): grim(given["x"], given["n"], rounding=word) for word in words}


def _grim(given):
    percent, items = given.get("percent", False), given.get("items", 1)
    return {"consistent": grim(given["x"], given["n"], percent=percent, items=items, rounding=_rounding(given))}


def _grimmer(given):
    items = given.get("items", 1)
    return {"consistent": grimmer(given["x"], given["sd"], given["n"], items=items, rounding=_rounding(given))}


def _nested(given):
    steps = [_reading(step) for step in given["steps"]]
    found = nested(given["n0"], steps)
    shares = [float(share) for share in found.shares or ()]
    try:
        envelope = nested_interval(given["n0"], steps, basis="sample", level=given["conf"])
    except NotHonest:
        envelope = None
    return {
        "min_count": min(found.counts, default=None),
        "max_count": max(found.counts, default=None),
        "min_share": min(shares, default=None),
        "max_share": max(shares, default=None),
        "wilson_envelope_lower": envelope.lower if envelope else None,
        "wilson_envelope_upper": envelope.upper if envelope else None,
    }


def _cell_bounds(given):
    rows, cols = given["rows"], given["cols"]
    cells = [(r, c, n) for (r, c), n in zip(product(rows, cols), chain(*given["table"]), strict=True)]
    cells += [(r, ALL, n) for r, n in zip(rows, given["row_totals"], strict=True)]
    cells += [(ALL, c, n) for c, n in zip(cols, given["col_totals"], strict=True)]
    table = pd.DataFrame(cells, columns=["row", "col", "cases_n"])
    lower, upper = attack(table, by=["row", "col"], count="cases_n")[tuple(given["cell"])]
    return {"lower": lower, "upper": upper, "safe": lower < upper}


def _primary(given):
    hide = too_small(given["counts"], given["threshold"], zeros=given["zeros_suppressed"])
    return {"suppressed": hide}


def _round_base(given):
    ties = TIES.get(given["ties"], given["ties"])
    return {"rounded": [round_base(n, given["base"], ties=ties) for n in given["counts"]]}


def _nchs(given):
    deft = DesignFactor(math.sqrt(given["deff"]), "reference values")
    found = reliability(given["x"], given["n"], basis="sample", deft=deft, level=given.get("conf", 0.95))
    return {"decision": found.decision, "width": found.width}


ADAPTERS = {
    "count_set.interval": _count_set,
    "count_set.rounded_percent": _rounded_percent,
    "base_set.rounded_percent": _base_set,
    "grim.by_rounding": _grim_by_rounding,
    "grim.proportion_or_mean": _grim,
    "grimmer.mean_sd": _grimmer,
    "debit.proportion_sd": lambda given: {"consistent": debit(given["x"], given["sd"], given["n"])},
    "nested_counts": _nested,
    "sdc.cell_bounds": _cell_bounds,
    "sdc.primary": _primary,
    "sdc.round_base": _round_base,
    "presentation.nchs_proportion": _nchs,
}
