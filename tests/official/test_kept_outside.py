"""What is published and not committed is skipped where it is missing, unless it is required."""

import pytest
from kept_outside import shared


def test_missing_folder_skips_unless_it_is_required(tmp_path):
    """On a machine without the published files these tests say so; where they are required that is a failure."""
    lost = {"STATS_OFFICIAL": str(tmp_path / "lost")}
    for name, at in {"official": r"lost; set STATS_OFFICIAL", "zoo.csv": r"zoo\.csv; set STATS_OFFICIAL"}.items():
        with pytest.raises(pytest.skip.Exception, match=f"is not at .*{at}"):
            shared(name, lost)
        with pytest.raises(pytest.fail.Exception, match=f"is not at .*{at}"):
            shared(name, {**lost, "STATS_OFFICIAL_REQUIRED": "1"})
    assert shared("official", {"STATS_OFFICIAL": str(tmp_path)}) == tmp_path
