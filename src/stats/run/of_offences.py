"""What models of parameters share: an offence group in one period, or an area and periods in a row as well."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from pydantic import Field, StrictStr, model_validator

from stats.period import Period
from stats.registers import Area, OffenceGroup, load
from stats.run.asking import Parameters, inside

if TYPE_CHECKING:
    from stats.run.availability import Availability
    from stats.run.held import Held

PLACES = "a police force, England, Wales, or England and Wales; names and codes work"
GROUPS = "stalking, harassment, stalking and harassment …, or one code such as 8Q"


class OfOnePeriod(Parameters):
    """Parameters that ask about one offence group in one period."""

    offence: StrictStr = Field(description=GROUPS)
    period: StrictStr = Field(description="when the offences were recorded: '2024/25' or one of its quarters")

    @cached_property
    def group(self) -> OffenceGroup:
        """The offence group."""
        return load().offences.find(self.offence)

    @cached_property
    def when(self) -> Period:
        """The period in which the offences were recorded."""
        return Period.parse(self.period)


class OfOffences(Parameters):
    """Parameters that ask for recorded offences, one period after another."""

    area: StrictStr = Field(description=PLACES)
    offence: StrictStr = Field(description=GROUPS)
    start: StrictStr = Field(description="the first period")
    end: StrictStr = Field(description="the last period")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        registers = load()
        covered = registers.coverage("recorded_offences")
        inside(covered, "recorded offences", start=self.periods[0], end=self.periods[-1])
        for period in self.periods:
            registers.offences.classes_in(self.group, period)
        _ = self.where
        return self

    @cached_property
    def where(self) -> Area:
        """The area."""
        return load().areas.find(self.area)

    @cached_property
    def group(self) -> OffenceGroup:
        """The offence group."""
        return load().offences.find(self.offence)

    @cached_property
    def periods(self) -> list[Period]:
        """The quarters asked for."""
        return Period.parse(self.start).through(Period.parse(self.end), by="quarter")

    def availability(self, held: Held) -> Availability:
        """Return whether every period has its count."""
        from stats.run.availability import RECORDED, Availability, of_counts

        why = of_counts(held, area=self.where, group=self.group, periods=self.periods)
        return Availability((held.registers.newest(RECORDED).id,), why)

    @cached_property
    def span(self) -> Period:
        """From the first day asked for to the last."""
        return Period(self.periods[0].start, self.periods[-1].end)
