"""What sources were read to say: each finding has something to say, of a claim that is there."""

from __future__ import annotations

import pytest

from stats.errors import RegisterError

FILE = "registers/findings.yml"


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("  words: over half\n", "", "a finding wants words, the days of an event, or the figure"),
        ("  end: 2012-11-25\n", "", "an event wants both start and end"),
        ("claims: [C003-02, C004-09]", "claims: [C003-20]", "names a claim that is in no register"),
        ("of: question", "of: opinion", "of:"),
    ],
)
def test_finding_that_says_nothing_or_hangs_in_the_air_is_refused(broken, old, new, match):
    """The error names the file and what is wrong."""
    with pytest.raises(RegisterError, match=rf"(?s){match}"):
        raise AssertionError(broken.damage(FILE, old, new).load())


def test_claims_of_other_publishers_are_found_like_those_of_the_articles(registers):
    """A claim below data/claims/others is found by its id, with its document."""
    assert registers.document_of("Z08").publisher == "local press, Lincolnshire"
    assert registers.claim("Z08").parts[1].of == 29


def test_figure_of_a_finding_must_be_there(broken, published):
    """A misspelt figure is named with the nearest."""
    from stats.run.data import figures_are_known

    registers = broken.damage(FILE, "figure: slt-audit-no-risk-plan-2017", "figure: slt-audit-no-risk-plan").load()
    with pytest.raises(RegisterError, match="slt-audit-no-risk-plan-2017"):
        figures_are_known(published, registers)
