"""Totals of FOI answers: of like things only, with what they cover, and never a zero for silence."""

from __future__ import annotations

import math

import pytest
from made_returns import QUESTION, answer, returns, silent

from stats.clean.foi import clean_foi
from stats.errors import NotComparable, NotToHand, UnknownName
from stats.estimate.coverage import WORDS
from stats.estimate.foi import FoiTotal, total
from stats.period import Period
from stats.read.foi import read_foi

YEAR = Period.parse("2024/25")


@pytest.fixture
def summed(registers, offences):
    """Sum rows of the template, weighed by recorded stalking."""

    def of(*rows: dict[str, str | None], **kind: object) -> FoiTotal:
        table = clean_foi(read_foi(returns(*rows)), "made", registers)
        group = registers.offences.find("stalking")
        return total(
            table, **{"question": QUESTION, **kind}, group=group, offences=offences, registers=registers
        )  # fmt: skip

    return of


def test_total_is_of_those_who_answered_and_says_so(summed, offences) -> None:
    """Two of 43 forces, with their share of recorded stalking of the same year, worked out by hand."""
    found = summed(
        answer("Kent"), answer("Met", value="1,000"), silent("Essex", "none"), silent("Surrey", "refused on cost")
    )
    assert (found.estimate.value, found.estimate.n) == (1010, 2)
    year = offences[(offences["offence_code"] == "8Q") & offences["period_start"].between("2024-04-01", "2025-03-31")]
    by_force = year[year["area_code"] != "BTP"].groupby("area_code")["offences_n"].sum()
    assert found.coverage.share == pytest.approx(by_force[["E23000032", "E23000001"]].sum() / by_force.sum())
    assert str(found.coverage) == "2 of 43 forces, 12% of recorded stalking in the year ending March 2025"
    assert str(found) == f"1,010 orders in the forces that answered: {found.coverage}"
    assert WORDS.search(str(found))


def test_silence_is_named_and_never_zero(summed) -> None:
    """Refused, no answer and not in the returns are three things, and none of them is in the sum."""
    found = summed(answer("Kent"), silent("Essex", "none"), silent("Surrey", "refused on cost"))
    assert found.silent["none"] == ("Essex",)
    assert found.silent["refused on cost"] == ("Surrey",)
    assert len(found.silent["not in the returns"]) == 40
    assert found.answers["answer_n"].tolist() == [10]


def test_a_zero_that_a_force_gave_is_a_zero(summed) -> None:
    """None recorded is an answer, and counts as one."""
    assert summed(answer("Kent", value="0"), answer("Essex")).coverage.forces == 2


def test_a_partial_answer_makes_a_lower_bound(summed) -> None:
    """At least so many: there is no value and no upper end."""
    found = summed(answer("Kent"), answer("Essex", status="partial", value="5"))
    assert math.isnan(found.estimate.value)
    assert math.isnan(found.estimate.upper)
    assert found.estimate.lower == 15
    assert str(found).startswith("at least 15 orders in the forces that answered: 2 of 43 forces (1 of them in part), ")
    assert WORDS.search(str(found))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"definition": "orders granted"}, r"definition:\s+as asked \(1\); orders granted \(1\)"),
        ({"unit": "people"}, r"unit:\s+orders \(1\); people \(1\)"),
        ({"period_to": "2025-04-30"}, r"period:\s+April 2024 to April 2025 \(1\); year ending March 2025 \(1\)"),
    ],
)
def test_unlike_answers_are_not_summed(summed, change: dict[str, str], named: str) -> None:
    """Another definition, unit or length of period: each is named, with how many gave it."""
    with pytest.raises(NotComparable, match=f"(?s)are not summed.*{named}"):
        summed(answer("Kent"), answer("Dorset", **change))


def test_the_kind_that_is_meant_is_summed_and_the_others_stay_named(summed) -> None:
    """Thirteen months beside twelve: the twelve are summed, and the force is not among those that answered."""
    found = summed(answer("Kent"), answer("Dorset", period_to="2025-04-30", value="99"), period=YEAR)
    assert found.estimate.value == 10
    assert found.coverage.forces == 1
    assert found.otherwise["differs"].tolist() == ["period ‘April 2024 to April 2025’"]
    assert "Dorset" not in [name for names in found.silent.values() for name in names]


def test_a_question_nobody_was_asked_and_a_kind_nobody_gave_stop(summed) -> None:
    """The nearest question and the kinds that were given are named."""
    with pytest.raises(UnknownName, match=r"(?s)nearest:\s+Orders applied for"):
        summed(answer("Kent"), question="Orders applied")
    with pytest.raises(NotToHand, match=r"(?s)definition:\s+granted; given: as asked \(1\)"):
        summed(answer("Kent"), definition="granted")
    with pytest.raises(NotToHand, match="every force refused"):
        summed(silent("Kent", "none"))


def test_every_force_makes_a_whole_and_transport_police_stand_apart(registers, summed) -> None:
    """43 of 43 with 100%; British Transport Police is in neither count and is named."""
    found = summed(*(answer(area.name) for area in registers.areas.forces))
    assert found.coverage.is_whole
    assert str(found.coverage).startswith("43 of 43 forces, 100% of recorded stalking")
    assert str(found.coverage).endswith(", and British Transport Police")
    assert found.estimate.value == 440
    assert found.silent == {}
