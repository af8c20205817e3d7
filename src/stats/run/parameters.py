"""The one door to a notebook's parameters: a pydantic model each. What is wrong stops before anything runs.

The model of a newer notebook has a module of its own, named like the notebook, and is looked up here all the same.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, StrictBool, StrictStr, model_validator

from stats.errors import BadParameter, nearest
from stats.period import Period
from stats.registers import Area, OffenceGroup, load
from stats.registers.claims import Claim, Document
from stats.registers.ladders import Ladder
from stats.run.asking import Parameters, inside
from stats.run.compare_forces import CompareForces
from stats.run.fitting import refuse_other_counts, refuse_other_rates, refuse_police_records
from stats.run.foi_and_surveys import FoiAndSurveys
from stats.run.how_much_do_figures_move import HowMuchDoFiguresMove
from stats.run.is_it_changing import IsItChanging
from stats.run.is_it_true import IsItTrue
from stats.run.of_offences import GROUPS, PLACES, OfOffences

if TYPE_CHECKING:
    import pandas as pd

    from stats.draw.page import Drawing
    from stats.run.availability import Availability
    from stats.run.held import Held


class RecordedOffences(OfOffences):
    """How many offences were recorded?"""

    notebook: ClassVar[str] = "recorded_offences"
    reads: ClassVar[tuple[str, ...]] = ("recorded_offences", "population")

    start: StrictStr = Field(description="the first quarter or year: '2020/21', '2020/21 Q1', 'year ending June 2021'")
    end: StrictStr = Field(description="the last quarter or year, written the same way")
    by: Literal["year", "quarter"] = Field(description="year or quarter")
    across_breaks: StrictBool = Field(description="yes to draw a series across registered breaks, cut and named")
    claims: tuple[StrictStr, ...] = Field(description="claims to set beside the recorded count, such as C004-06")

    @model_validator(mode="after")
    def _are_counts(self) -> Self:
        for claim in self.claimed:
            refuse_other_counts(claim)
        return self

    @cached_property
    def periods(self) -> list[Period]:
        """The quarters or years asked for."""
        start, end = Period.parse(self.start), Period.parse(self.end)
        step = {"year": 12, "quarter": 3}[self.by]
        wrong = next((p for p in (start, end) if p.months != step), None)
        if wrong:
            raise BadParameter(
                f"by is '{self.by}', and {wrong} is {wrong.length()}.",
                [("start", self.start), ("end", self.end), ("by", self.by)],
                "Write years with by=year ('2020/21'), quarters with by=quarter ('2020/21 Q1').",
            )
        return start.through(end, by=self.by)

    @cached_property
    def claimed(self) -> list[Claim]:
        """The claims to set beside."""
        return [load().claim(name) for name in self.claims]

    @classmethod
    def stands_for(cls, axis: str, words: str) -> dict[str, Any]:
        """Return the parameters; a period also says whether years or quarters are asked for."""
        found = super().stands_for(axis, words)
        is_quarter = axis == "period" and Period.parse(found["start"]).kind == "quarter"
        return found | ({"by": "quarter" if is_quarter else "year"} if axis == "period" else {})

    def availability(self, held: Held) -> Availability:
        """Return whether every period has its count, no break is crossed unasked, and there are rates as well."""
        from stats.run.availability import RECORDED, Availability, of_breaks, of_counts, without_rates

        breaks = held.registers.breaks_in(RECORDED, codes=self.group.codes, area=self.where)
        why = super().availability(held).why_not or (None if self.across_breaks else of_breaks(self.periods, breaks))
        for claim in self.claimed if why is None else ():
            told, area = claim.period.period, held.registers.areas.current[claim.area_code or ""]
            group = held.registers.offences.find(claim.offence or "")
            why = why or of_counts(held, area=area, group=group, periods=[told] if told else [])
        lacks = "" if why else without_rates(held, area=self.where, periods=self.periods)
        return Availability((held.registers.newest(RECORDED).id,), why, f"no figure of rates: {lacks}" if lacks else "")

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the cells of the claims set beside, or else those of the periods that are shown."""
        from stats.run.rows import rows_of_claims, rows_of_offences, rows_of_population

        if drawing.claims:
            return rows_of_claims(table, [claim for claim in self.claimed if claim.id in drawing.claims])
        shown = {number.period for number in drawing.numbers}
        asked = [(self.where, self.group, period) for period in self.periods if period.label in shown]
        return (rows_of_population if dataset == "population" else rows_of_offences)(table, asked)


class ChargeShare(Parameters):
    """What became of recorded offences?"""

    notebook: ClassVar[str] = "charge_share"
    reads: ClassVar[tuple[str, ...]] = ("outcomes",)

    area: StrictStr = Field(description=PLACES)
    offence: StrictStr = Field(description=GROUPS)
    period: StrictStr = Field(description="when the offences were recorded: '2024/25' or one of its quarters")
    beside: StrictStr = Field(description="the area to set beside it, or none")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        inside(load().coverage("outcomes", self.when), "outcomes", period=self.when)
        self.when.through(self.when, by="quarter")
        _ = self.places, self.group
        return self

    @cached_property
    def places(self) -> list[Area]:
        """The area, and the one beside it unless it is the same."""
        areas = load().areas
        names = [self.area] if self.beside.casefold() == "none" else [self.area, self.beside]
        return list({area.code: area for area in map(areas.find, names)}.values())

    @cached_property
    def group(self) -> OffenceGroup:
        """The offence group."""
        return load().offences.find(self.offence)

    @cached_property
    def when(self) -> Period:
        """The period in which the offences were recorded."""
        return Period.parse(self.period)

    def availability(self, held: Held) -> Availability:
        """Return whether the outcomes of each place can be shown."""
        from stats.run.availability import OUTCOMES, Availability, of_outcomes

        found = (of_outcomes(held, area=place, group=self.group, period=self.when) for place in self.places)
        return Availability((held.registers.newest(OUTCOMES, self.when).id,), next(filter(None, found), None))

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the outcomes of each place."""
        from stats.run.rows import rows_of_outcomes

        return rows_of_outcomes(table, [(place, self.group, self.when) for place in self.places])


class PeopleAndCaseFiles(Parameters):
    """What did surveys and case audits find?"""

    notebook: ClassVar[str] = "people_and_case_files"
    reads: ClassVar[tuple[str, ...]] = ()

    document: StrictStr = Field(description="a document of data/claims, such as article_000")

    @model_validator(mode="after")
    def _is_of_people_or_files(self) -> Self:
        refuse_police_records(self.claims)
        return self

    @cached_property
    def claims(self) -> Document:
        """The document with its claims."""
        return load().document(self.document)


class RecordedToConvicted(Parameters):
    """How do victims, recorded offences, charges and convictions stand beside each other?"""

    notebook: ClassVar[str] = "recorded_to_convicted"
    reads: ClassVar[tuple[str, ...]] = ("published_figures",)

    ladder: StrictStr = Field(description="a ladder of data/registers/ladders.yml, such as stalking-2021-22")
    claims: tuple[StrictStr, ...] = Field(description="claims to set beside the rates, such as C003-01")

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        _ = self.steps
        for claim in self.claimed:
            refuse_other_rates(claim, self.steps)
        return self

    @cached_property
    def steps(self) -> Ladder:
        """The ladder."""
        return load().ladder(self.ladder)

    @cached_property
    def claimed(self) -> list[Claim]:
        """The claims to set beside."""
        return [load().claim(name) for name in self.claims]

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the published figures that are drawn."""
        from stats.run.rows import rows_of_figures

        return rows_of_figures(table, drawing.table)


MODELS: dict[str, type[Parameters]] = {
    model.notebook: model
    for model in (
        RecordedOffences,
        IsItChanging,
        ChargeShare,
        CompareForces,
        HowMuchDoFiguresMove,
        PeopleAndCaseFiles,
        RecordedToConvicted,
        FoiAndSurveys,
        IsItTrue,
    )
}


def model_of(notebook: str) -> type[Parameters]:
    """Return the parameters' model of a notebook, or stop and name the nearest."""
    name = notebook.removesuffix(".ipynb").rsplit("/", 1)[-1]
    if name in MODELS:
        return MODELS[name]
    raise BadParameter(
        f"no notebook is called '{notebook}'.",
        [("nearest", ", ".join(nearest(name, MODELS) or list(MODELS)))],
        f"The notebooks are: {', '.join(MODELS)}.",
    )
