"""The parameters of the notebook on revisions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import Field, StrictStr, model_validator

from stats.errors import BadParameter
from stats.registers import Registers, Source, load
from stats.registers.areas import ENGLAND_AND_WALES
from stats.run.asking import inside
from stats.run.of_offences import OfOnePeriod

if TYPE_CHECKING:
    import pandas as pd

    from stats.draw.page import Drawing
    from stats.run.availability import Availability
    from stats.run.held import Held

DATASET = "recorded_offences"


class HowMuchDoFiguresMove(OfOnePeriod):
    """How much do figures move?"""

    notebook: ClassVar[str] = "how_much_do_figures_move"
    reads: ClassVar[tuple[str, ...]] = ("recorded_offences", "tie_out")

    period: StrictStr = Field(description="a year or quarter that both releases cover: '2017/18', '2017/18 Q1'")
    earlier: StrictStr = Field(description="the earlier release, or a day: 'home_office_recorded_2018', '2018-12-31'")
    later: StrictStr = Field(description="the later release, or a day, written the same way")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        (first, before), (last, after) = self.releases
        if before.order >= after.order:
            raise BadParameter(
                "these are not an earlier release and a later one.",
                [("earlier", f"{before.id}, published {before.published}"),
                 ("later", f"{after.id}, published {after.published}")],
                "Name two releases, the older first. See them all with: stats show source",
            )  # fmt: skip
        for release in (first, last):
            inside(release.coverage(DATASET), f"recorded offences as at {release.newest(DATASET).id}", period=self.when)
        self.when.through(self.when, by="quarter")
        load().offences.classes_in(self.group, self.when)
        return self

    @cached_property
    def releases(self) -> tuple[tuple[Registers, Source], tuple[Registers, Source]]:
        """The registers as at each release, and the release."""
        first, last = (load().as_at(asked, DATASET) for asked in (self.earlier, self.later))
        return (first, first.newest(DATASET)), (last, last.newest(DATASET))

    def availability(self, held: Held) -> Availability:
        """Return whether both releases have every force and quarter."""
        from stats.run.availability import Availability, of_counts

        whole = load().areas.current[ENGLAND_AND_WALES]
        found = [
            of_counts(held.as_at(registers), area=whole, group=self.group, periods=[self.when])
            for registers, _ in self.releases
        ]
        return Availability(tuple(source.id for _, source in self.releases), next(filter(None, found), None))

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the cells of both releases."""
        from stats.estimate.counts import cells

        whole = load().areas.current[ENGLAND_AND_WALES]
        used = [
            cells(table, area=whole, group=self.group, period=self.when, registers=registers).index
            for registers, _ in self.releases
        ]
        return table.loc[used[0].union(used[1])]
