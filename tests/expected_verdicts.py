"""What the verdicts on the claims of five articles and of other publishers must be, set down apart from the rules.

Confirmed is supported, qualified is supported-with-caveat, unverified and unquantified are not-checked.
"""

from __future__ import annotations

SUPPORTED = [
    "C000-01",
    "C000-02",
    "C000-03",
    "C001-01",
    "C001-02",
    "C002-10",
    "C002-12",
    "C003-02",
    "C003-07",
    "C004-01",
    "C004-04",
    "C004-06",
    "C004-09",
    "C004-10",
    "C004-12",
]
WITH_CAVEAT = [
    "C000-04",
    "C000-05",
    "C000-06",
    "C004-02",
    "C004-03",
    "C004-05",
    "C004-08",
    "C004-11",
    "Z03",
    "Z10",
    "Z13",
]
NOT_CHECKED = [
    "C000-07",
    "C000-08",
    "C000-09",
    "C001-03",
    "C001-04",
    "C001-05",
    "C001-06",
    "C001-07",
    "C002-01",
    "C002-02",
    "C002-04",
    "C002-05",
    "C002-06",
    "C002-07",
    "C002-08",
    "C002-09",
    "C002-11",
    "C003-03",
    "C003-04",
    "C003-05",
    "C003-06",
    "C003-08",
    "C004-13",
    "C004-14",
    "C004-15",
    "C004-16",
    "C004-17",
    "C004-18",
    "C004-19",
    "C004-20",
    "C004-21",
    "C004-22",
]

EXPECTED = {
    **dict.fromkeys(SUPPORTED, "supported"),
    **dict.fromkeys(WITH_CAVEAT, "supported-with-caveat"),
    **dict.fromkeys(NOT_CHECKED, "not-checked"),
    "C002-03": "contradicted",
    "C003-01": "wrong-measure",
    "C004-07": "contradicted",
    "Z01": "no-source",
    "Z05": "not-comparable",
    "Z08": "arithmetic-error",
    "Z15": "not-comparable",
    "Z19": "small-base",
}

OF_THE_ZOO = {"Z02": ["C003-01"], "Z16": ["C004-06", "C004-07"], "Z17": ["C001-01", "C001-02"], "Z18": ["C000-06"]}
"""Rows of the zoo that are claims of the articles; any other has an entry of its own."""

REASONS = {
    "Z01": ["Nobody is named"],
    "Z02": ["charged", "5,948 of 118,411", "1.4"],
    "Z03": ["6.6%", "6%"],
    "Z05": ["12 months", "9 months", "April 2020"],
    "Z08": ["14 of 19 is 73.7%", "24 of 29 is 82.8%, not 84%"],
    "Z10": ["1,822 of 9,283", "17.8%", "10,214"],
    "Z13": ["1,148 to 1,192", "0.08%", "people by survey"],
    "Z15": ["367 days", "395 days", "'positive outcomes' is wider than charges"],
    "Z16": ["1,383", "52,408", "a digit lost"],
    "Z17": ["112", "0,"],
    "Z18": ["people who chose to answer", "What it is a share of is not stated"],
    "Z19": ["140", "93", "28", "57% to 87%"],
}
"""What the reason, the caveats and the evidence of a row of the zoo must name."""
