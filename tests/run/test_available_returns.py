"""Answers to FOI requests are summed where the plan says that there are any."""

from __future__ import annotations

import pytest

from stats.clean.foi import GIVEN as CLEAN
from stats.errors import StatsError
from stats.estimate.foi import total
from stats.period import Period
from stats.read.tidy import read_tidy
from stats.registers import load
from stats.registers.illustrative import source_of_file
from stats.run.available_returns import GIVEN, of_answers
from stats.run.foi_and_surveys import returns_of

QUESTION = "Umbrellas handed in at front counters"


@pytest.mark.parametrize("period", ["2024/25", "2023/24", "2022/23", "2024/25 Q1"])
@pytest.mark.parametrize("definition", [QUESTION.lower(), "umbrellas found"])
def test_answers_are_there_where_the_plan_says_so(period: str, definition: str) -> None:
    """By question, definition and period, as the library sums them."""
    registers = load()
    source, when = source_of_file("illustrative_foi_returns", "foi_returns", registers), Period.parse(period)
    why = of_answers(source, question=QUESTION, definition=definition, period=when)
    try:
        total(
            returns_of(source), question=QUESTION, definition=definition, period=when, registers=registers,
            group=registers.offences.find("stalking"), offences=read_tidy("recorded_offences", registers),
        )  # fmt: skip
    except StatsError:
        assert why
    else:
        assert why is None


def test_replies_with_a_number_are_called_the_same() -> None:
    """One list, in two places: the plan must not import pandas for it."""
    assert GIVEN == CLEAN
