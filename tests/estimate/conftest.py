from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from stats.estimate.counts import recorded
from stats.estimate.estimate import Estimate
from stats.period import Period
from stats.registers import Break
from stats.registers.breaks import Evidence


@pytest.fixture(scope="session")
def count(registers, offences) -> Callable[[str, str, str], Estimate]:
    """Return the recorded offences of an area, an offence group and a period, each named in words."""

    def of(area: str, group: str, period: str) -> Estimate:
        return recorded(
            offences,
            area=registers.areas.find(area),
            group=registers.offences.find(group),
            period=Period.parse(period),
            registers=registers,
        )

    return of


@pytest.fixture(scope="session")
def a_break() -> Callable[..., Break]:
    """Return an invented break of every series at a date."""

    def at(day: date, *, kind: str = "break") -> Break:
        return Break(
            id=f"invented-{day}",
            date=day,
            date_is_confirmed=True,
            kind=kind,
            datasets=("recorded_offences",),
            label="Invented",
            what_changed="an invented rule",
            effect="none",
            evidence=(Evidence(publisher="nobody", url="nowhere"),),
        )

    return at
