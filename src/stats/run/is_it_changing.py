"""The parameters of the notebook on trends."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import Field, StrictStr, model_validator

from stats.period import Period
from stats.registers import Area, OffenceGroup, load
from stats.run.asking import Parameters, inside

if TYPE_CHECKING:
    import pandas as pd

    from stats.draw.page import Drawing


class IsItChanging(Parameters):
    """Is it changing?"""

    notebook: ClassVar[str] = "is_it_changing"
    reads: ClassVar[tuple[str, ...]] = ("recorded_offences",)

    area: StrictStr = Field(description="a police force, England, Wales, or England and Wales; names and codes work")
    offence: StrictStr = Field(description="stalking, harassment, stalking and harassment …, or one code such as 8Q")
    start: StrictStr = Field(description="the first quarter, or the year it begins: '2014/15 Q1', 'April to June 2014'")
    end: StrictStr = Field(description="the last quarter, or the year it ends, written the same way")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        covered = load().coverage("recorded_offences")
        inside(covered, "recorded offences", start=self.periods[0], end=self.periods[-1])
        for period in self.periods:
            load().offences.classes_in(self.group, period)
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

    @cached_property
    def span(self) -> Period:
        """From the first day asked for to the last."""
        return Period(self.periods[0].start, self.periods[-1].end)

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the cells of every quarter."""
        from stats.run.rows import rows_of_offences

        return rows_of_offences(table, [(self.where, self.group, period) for period in self.periods])
