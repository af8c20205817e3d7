"""The parameters of the notebook on trends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, StrictStr

from stats.run.of_offences import OfOffences

if TYPE_CHECKING:
    import pandas as pd

    from stats.draw.page import Drawing


class IsItChanging(OfOffences):
    """Is it changing?"""

    notebook: ClassVar[str] = "is_it_changing"
    reads: ClassVar[tuple[str, ...]] = ("recorded_offences",)

    start: StrictStr = Field(description="the first quarter, or the year it begins: '2014/15 Q1', 'April to June 2014'")
    end: StrictStr = Field(description="the last quarter, or the year it ends, written the same way")

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the cells of every quarter."""
        from stats.run.rows import rows_of_offences

        return rows_of_offences(table, [(self.where, self.group, period) for period in self.periods])
