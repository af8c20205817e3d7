"""What words allow, in words."""

import pytest

from stats.claims.saying import told


@pytest.mark.parametrize(
    ("words", "default"),
    [
        ("19.6%", "19.55% to 19.65%"), ("0.1%", "0.05% to 0.15%"), ("65%", "64.5% to 65.5%"), ("all", "100%"),
        ("two-thirds", "63.3% to 68.3%"), ("more than half", "above 50%, up to 100%"), ("122", "122"),
        ("more than 5,000", "5,001 to 5,999"),
    ],
)  # fmt: skip
def test_range_is_told_as_fine_as_the_words(words, default):
    """The ends of a percentage with a decimal need two; '0.1% to 0.2%' would hold 0.19%, which 0.1% does not."""
    assert told(words)[0] == default
