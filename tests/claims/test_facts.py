"""What there is to judge a claim by: looked up once, and never told of another day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stats.claims import evidence
from stats.claims.evidence import counted, own
from stats.claims.facts import Facts
from stats.errors import NotToHand
from stats.registers.claims import Span


@pytest.fixture
def facts(registers, offences, outcomes, published):
    """All that is to hand, with nothing looked up yet."""
    return Facts(registers, offences, outcomes, published)


@pytest.fixture
def claim(registers):
    """More than 1,200 stalking offences, October to December 2016."""
    return registers.claim("C004-06")


def test_the_same_count_is_made_once(claim, facts, monkeypatch):
    """A second claim of the same place, offence and period costs no second sum of the table."""
    made = []
    recorded = evidence.recorded
    monkeypatch.setattr(evidence, "recorded", lambda *given, **asked: made.append(1) or recorded(*given, **asked))
    again = claim.model_copy(update={"id": "X01", "words": "2,000"})
    assert [e.text for e in counted(claim, facts)] == [e.text for e in counted(again, facts)] == ["1,383"]
    assert len(made) == 1


def test_what_is_not_to_hand_is_looked_for_once(claim, facts, monkeypatch):
    """A period that no release covers has no count, however often it is asked for."""
    made = []
    recorded = evidence.recorded
    monkeypatch.setattr(evidence, "recorded", lambda *given, **asked: made.append(1) or recorded(*given, **asked))
    early = claim.model_copy(update={"period": Span(words="2010/11", start="2010-04-01", end="2011-03-31")})
    assert [counted(early, facts) for _ in range(3)] == [[], [], []]
    assert len(made) == 1


def test_another_day_begins_with_nothing_found(claim, facts):
    """What is known now is not told of a day before it was out, in whichever order they are asked."""
    now, then = (own(claim, each) for each in (facts, facts.as_at("2018")))
    assert "1,383" in [e.text for e in now]
    assert "1,383" not in [e.text for e in then]
    assert own(claim, facts) == now


def test_the_same_day_is_the_same_facts(facts):
    """History asks for each day many times; what was found as at that day is kept with it."""
    assert facts.as_at("2018") is facts.as_at("2018")
    assert facts.as_at("2018") is not facts.as_at("2019")


def test_other_tables_begin_with_nothing_found(claim, facts):
    """A copy with changed counts, or without figures, tells of its own tables."""
    assert counted(claim, facts)[0].text == "1,383"
    doubled = replace(facts, offences=facts.offences.assign(offences_n=facts.offences["offences_n"] * 2))
    assert counted(claim, doubled)[0].text == "2,766"
    assert [e.text for e in own(claim, replace(facts, published=facts.published.head(0)))] == ["1,383"]


def test_what_stops_is_asked_again(facts):
    """A refusal is no finding."""

    def stop():
        raise NotToHand("not yet.")

    with pytest.raises(NotToHand):
        facts.once("a count", stop)
    assert facts.once("a count", lambda: 12) == 12
    assert facts.once("a count", lambda: 13) == 12


def test_figures_of_a_place_and_period_are_those_with_its_dates_or_its_words(facts):
    """Every other figure is of another place or another time."""
    claim = facts.registers.claim("C004-06")
    period = claim.period.period
    found = facts.figures_of("K04000001", period)
    assert "guardian-recorded-stalking-oct-dec-2016" in {row["figure_id"] for row in found}
    for row in found:
        dated = row["period_start"] is not None and row["period_end"] is not None
        dates = dated and (row["period_start"].date(), row["period_end"].date())
        assert dates == (period.start, period.end) or period.label in row["period_words"]
    assert {row["area_code"] for row in found} == {"K04000001"}
    assert facts.figures_of("E23000020", period) == ()


def test_of_no_offences_there_is_no_share(claim, facts):
    """British Transport Police recorded no controlling or coercive behaviour that spring: nothing over nothing."""
    none = claim.model_copy(
        update={"area_code": "BTP", "offence": "8U", "measure": "charge_share_of_offences_recorded", "figures": (),
                "period": Span(words="April to June 2024", start="2024-04-01", end="2024-06-30")},
    )  # fmt: skip
    assert counted(none, facts) == []
    assert [e.text for e in counted(none, facts, "recorded_offences")] == ["0"]
