"""What is set beside each other must fit."""

from __future__ import annotations

import pytest

from stats.errors import BadParameter
from stats.run.fitting import is_of_charges_or_convictions
from stats.run.parameters import PeopleAndCaseFiles, RecordedOffences, RecordedToConvicted


def test_article_without_a_survey_or_audit_is_refused_with_the_notebook_to_use() -> None:
    """The 5% of article 003 rests on police records, and would look true as a share of cases."""
    with pytest.raises(BadParameter, match=r"(?s)article_003 states no share.*Morning Star") as refusal:
        PeopleAndCaseFiles.ask(document="article_003")
    assert "“5%” rests on recorded crime outcomes" in str(refusal.value)
    assert "stats figure recorded_to_convicted claims=C003-01" in str(refusal.value)


@pytest.mark.parametrize("document", ["article_000", "article_001", "article_002", "article_004"])
def test_articles_that_quote_a_survey_or_audit_pass(document: str) -> None:
    """Four of the five do."""
    assert PeopleAndCaseFiles.ask(document=document).claims.id == document


@pytest.mark.parametrize(
    ("claim", "measure"),
    [("C000-02", "self_selected_share"), ("C004-06", "recorded_offences"), ("C000-09", "none")],
)
def test_claim_of_another_kind_is_not_set_beside_rates(claim: str, measure: str) -> None:
    """A survey share, a count and vague words are no charge or conviction rates."""
    with pytest.raises(BadParameter, match=rf"(?s)claim {claim} cannot.*measure:\s+{measure}.*charges or convictions"):
        RecordedToConvicted.ask(ladder="stalking-2021-22", claims=[claim])


def test_claim_about_another_year_is_not_set_beside_a_ladder() -> None:
    """The year ending March 2022 beside that of March 2020: both are named."""
    with pytest.raises(BadParameter, match=r"(?s)its period:\s+year ending March 2022.*year ending March 2020"):
        RecordedToConvicted.ask(ladder="stalking-2019-20", claims=["C003-01"])
    with pytest.raises(BadParameter, match=r"(?s)not known \(not stated in the article.*year ending March 2022"):
        RecordedToConvicted.ask(ladder="stalking-2021-22", claims=["C003-03"])
    assert RecordedToConvicted.ask(ladder="stalking-2021-22", claims=["C003-01"]).claimed[0].id == "C003-01"


def test_every_rate_of_a_ladder_is_of_that_kind(registers, published) -> None:
    """The rule that claims must keep is kept by all the rates they are set beside."""
    figures = published.set_index("figure_id")
    for ladder in registers.ladders.values():
        for name in ladder.rate_figures:
            assert is_of_charges_or_convictions(registers.measure(figures.loc[name, "measure"]))
    assert not is_of_charges_or_convictions(registers.measure("persons_convicted"))
    assert not is_of_charges_or_convictions(registers.measure("case_audit_share"))


@pytest.mark.parametrize("claim", ["C003-01", "C004-11", "C000-01"])
def test_claim_that_is_no_placed_count_is_not_set_beside_recorded_offences(claim: str) -> None:
    """A rate, a trend without dates and a number of people asked are not counts of offences of a period."""
    with pytest.raises(BadParameter, match=rf"claim {claim} cannot be set beside these numbers"):
        RecordedOffences.ask(
            area="Kent", offence="stalking", start="2024/25", end="2024/25", by="year", across_breaks=False,
            claims=[claim],
        )  # fmt: skip
