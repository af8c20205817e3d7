"""Every method against answers computed elsewhere: published papers, other people's tests, R.

The file named by STATS_REFERENCE_VALUES is read, else the committed copy. Its columns: method, inputs (JSON), output,
expected (JSON), tolerance (absolute, or 'exact'), source. A row whose method has no adapter fails.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
from pathlib import Path

import numpy as np
import pytest
from reference.adapters import ADAPTERS

VALUES = Path(os.environ.get("STATS_REFERENCE_VALUES") or Path(__file__).with_name("values.csv"))


def rows() -> list[dict[str, str]]:
    """Return the rows of the file of values."""
    with VALUES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected_of(text: str) -> object:
    """Return an expected answer: JSON, or the bare words of a decision."""
    try:
        return json.loads(re.sub(r"\b(Inf|NA)\b", lambda r: {"Inf": "Infinity", "NA": "NaN"}[r[0]], text))
    except json.JSONDecodeError:
        return text


def agrees(found: object, expected: object, tolerance: str) -> bool:
    """Whether an answer is the expected one, number by number."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(agrees(found.get(k), v, tolerance) for k, v in expected.items())
    if isinstance(expected, list):
        found = list(np.atleast_1d(found))
        return len(found) == len(expected) and all(map(agrees, found, expected, [tolerance] * len(expected)))
    if expected is None or (isinstance(expected, float) and math.isnan(expected)):
        return found is None or math.isnan(found)
    if isinstance(expected, bool | str) or tolerance == "exact":
        return found == expected
    if found is None:
        return False
    if np.ndim(found):
        [found] = found
    return math.isclose(float(found), float(expected), rel_tol=0, abs_tol=float(tolerance))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['method']}-{row['output']}")
def test_answer_is_the_one_computed_elsewhere(row):
    """The method gives the expected answer within the row's own tolerance."""
    assert row["method"] in ADAPTERS, f"no adapter for the method {row['method']}"
    found = ADAPTERS[row["method"]]({"conf": 0.95} | json.loads(row["inputs"]))
    assert row["output"] in found, f"{row['method']} gives {sorted(found)}, and not {row['output']}"
    expected = expected_of(row["expected"])
    assert agrees(found[row["output"]], expected, row["tolerance"]), f"{found[row['output']]} is not {expected}"


def test_a_wrong_answer_is_seen():
    """The comparison bites: a number off by more than its tolerance, a list too short, another word."""
    assert agrees([0.1, 0.2], [0.1, 0.2 + 1e-10], "1e-9")
    assert not agrees(0.1, 0.1002, "0.0001")
    assert not agrees([0.1], [0.1, 0.2], "0.1")
    assert not agrees("Common Cause", "Special Cause", "exact")
    assert not agrees(float("nan"), 0.1, "1")
    assert not agrees(0.0, None, "1")
    assert agrees(float("nan"), None, "exact")
