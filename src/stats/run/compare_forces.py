"""The parameters of the notebook compare_forces."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import Field, StrictStr, model_validator

from stats.errors import BadParameter, NotHonest
from stats.registers import Area, load
from stats.registers.areas import ENGLAND_AND_WALES
from stats.run.asking import inside
from stats.run.of_offences import OfOnePeriod

if TYPE_CHECKING:
    import pandas as pd

    from stats.draw.page import Drawing
    from stats.run.availability import Availability
    from stats.run.held import Held

RANKS = ("best", "worst", "highest", "lowest", "top", "bottom", "first", "last", "leader", "league table", "rank")
"""Words for a place in a ranking."""


class CompareForces(OfOnePeriod):
    """Do police forces differ in the share charged, beyond chance and usual variation?"""

    notebook: ClassVar[str] = "compare_forces"
    reads: ClassVar[tuple[str, ...]] = ("outcomes",)

    highlight: StrictStr = Field(description="a police force to name on the figure, or none")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        inside(load().coverage("outcomes", self.when), "outcomes", period=self.when)
        self.when.through(self.when, by="quarter")
        _ = self.group, self.place
        return self

    @cached_property
    def place(self) -> Area | None:
        """The force to name, if any."""
        word = self.highlight.casefold()
        if word == "none":
            return None
        if word in RANKS:
            raise NotHonest(
                "forces are not ranked.",
                [("highlight", self.highlight)],
                "Name a force, or write none: the figure says which lie beyond chance and usual variation.",
            )
        area = load().areas.find(self.highlight)
        if area not in load().areas.forces:
            raise BadParameter(
                f"{area.name} is not one police force.",
                [("highlight", self.highlight)],
                "Name one force, or write none: all of them are on the figure.",
            )
        return area

    @classmethod
    def stands_for(cls, axis: str, words: str) -> dict[str, Any]:
        """Return the parameters: an area is the force to name on the figure."""
        return {"highlight": words} if axis == "area" else super().stands_for(axis, words)

    def availability(self, held: Held) -> Availability:
        """Return whether enough forces can be shown."""
        from stats.run.availability import OUTCOMES, Availability
        from stats.run.available_forces import of_forces

        why = of_forces(held, group=self.group, period=self.when)
        return Availability((held.registers.newest(OUTCOMES, self.when).id,), why)

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the outcomes of every force: each is compared with all of them."""
        from stats.run.rows import rows_of_outcomes

        return rows_of_outcomes(table, [(load().areas.current[ENGLAND_AND_WALES], self.group, self.when)])
