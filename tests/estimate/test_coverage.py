"""Coverage: forces that gave a number, of 43, and the share of recorded offences that they have."""

from __future__ import annotations

import pandas as pd
import pytest

from stats.errors import BadCount, NotToHand
from stats.estimate.coverage import WORDS, coverage
from stats.period import Period

YEAR = Period.parse("2024/25")


def test_coverage_needs_the_recorded_offences_of_its_period(registers, offences) -> None:
    """Nothing is weighed by a year that is not to hand, or by a code of no force."""
    group = registers.offences.find("stalking")
    options = {"group": group, "offences": offences, "registers": registers}
    with pytest.raises(NotToHand, match="not to hand for every force"):
        coverage(["E23000032"], period=Period.parse("2025/26"), **options)
    with pytest.raises(BadCount, match="codes of no force"):
        coverage(["E92000001"], period=YEAR, **options)


def test_coverage_grows_with_each_force(registers, offences) -> None:
    """Never above the whole, and each force adds its own share."""
    group = registers.offences.find("stalking")
    codes = [area.code for area in registers.areas.forces if area.kind == "force"]
    options = {"group": group, "period": YEAR, "offences": offences, "registers": registers}
    shares = pd.Series([coverage(codes[:n], **options).share for n in (0, 1, 7, 30, 43)])
    assert shares.is_monotonic_increasing
    assert (shares.iloc[0], shares.iloc[-1]) == (0, 1)


def test_its_words_can_be_told_from_others(registers, offences) -> None:
    """So that a figure without them is refused."""
    group = registers.offences.find("stalking")
    options = {"group": group, "period": YEAR, "offences": offences, "registers": registers}
    for gave, in_part in ((["E23000032"], []), (["E23000032", "BTP"], ["E23000032"]), ([], [])):
        assert WORDS.fullmatch(str(coverage(gave, in_part=in_part, **options)))
    assert not WORDS.match("most forces, 61% of recorded offences")
    assert not WORDS.match("27 of 43 forces")
