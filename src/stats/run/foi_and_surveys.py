"""The parameters of the notebook on FOI returns and surveys."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import Field, StrictStr, model_validator

from stats.errors import NotHonest
from stats.period import Period
from stats.registers import OffenceGroup, Source, load
from stats.registers.areas import ENGLAND_AND_WALES
from stats.registers.illustrative import is_made_up, source_of_file
from stats.run.asking import Parameters, inside

if TYPE_CHECKING:
    import pandas as pd

    from stats.clean.survey import Survey
    from stats.draw.page import Drawing
    from stats.run.availability import Availability
    from stats.run.held import Held


class FoiAndSurveys(Parameters):
    """What may be said from FOI returns and a survey?"""

    notebook: ClassVar[str] = "foi_and_surveys"
    reads: ClassVar[tuple[str, ...]] = ("recorded_offences",)

    returns: StrictStr = Field(description="a source of FOI returns in our template, such as illustrative_foi_returns")
    asked: StrictStr = Field(description="the question that the forces were asked, as it stands in the returns")
    definition: StrictStr = Field(description="the definition whose answers are summed, as it stands in the returns")
    period: StrictStr = Field(description="the period whose answers are summed: '2024/25', 'year ending June 2021' …")
    offence: StrictStr = Field(description="the recorded offences by which coverage is measured, such as stalking")
    survey: StrictStr = Field(description="a source of survey answers, such as illustrative_sample_survey")
    question: StrictStr = Field(description="a question of the survey, by its name in the codebook")
    answer: StrictStr = Field(description="the answer to draw, by its label in the codebook")
    by: StrictStr = Field(description="the question whose answers are the groups, by its name in the codebook")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        inside(load().coverage("recorded_offences"), "recorded offences", period=self.when)
        self.when.through(self.when, by="quarter")
        _ = self.group, self.returns_source, self.survey_source
        return self

    @cached_property
    def when(self) -> Period:
        """The period whose answers are summed."""
        return Period.parse(self.period)

    @cached_property
    def group(self) -> OffenceGroup:
        """The recorded offences by which coverage is measured."""
        return load().offences.find(self.offence)

    @cached_property
    def returns_source(self) -> Source:
        """The file of FOI returns."""
        return source_of_file(self.returns, "foi_returns", load())

    @cached_property
    def survey_source(self) -> Source:
        """The file of survey answers."""
        return source_of_file(self.survey, "survey_answers", load())

    @property
    def made_up(self) -> tuple[Source, ...]:
        """The sources that are illustrative: every figure of the notebook must say so."""
        return tuple(source for source in (self.returns_source, self.survey_source) if is_made_up([source]))

    def availability(self, held: Held) -> Availability:
        """Return whether coverage can be measured, and a force gave such an answer for the period."""
        from stats.run.availability import Availability, of_counts
        from stats.run.available_returns import of_answers

        whole = load().areas.current[ENGLAND_AND_WALES]
        why = of_counts(held, area=whole, group=self.group, periods=[self.when]) or of_answers(
            self.returns_source, question=self.asked, definition=self.definition, period=self.when
        )
        return Availability((self.returns_source.id, held.registers.newest("recorded_offences").id), why)

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the recorded offences of every force: coverage is a share of them."""
        from stats.run.rows import rows_of_offences

        return rows_of_offences(table, [(load().areas.current[ENGLAND_AND_WALES], self.group, self.when)])


def returns_of(source: Source) -> pd.DataFrame:
    """Return the tidy FOI returns of a source.

    Raises
    ------
    NotHonest
        If the rows say that they are made up and the source does not.
    """
    from stats.clean.foi import clean_foi
    from stats.read.foi import read_foi
    from stats.read.opening import opened
    from stats.run.reading_returns import naming

    table = naming(source.path, lambda: clean_foi(read_foi(opened(source.path, source.read())), source.id, load()))
    _must_agree(bool(table["url"].fillna("").str.startswith("illustrative").any()), source)
    table.attrs["sources"] = [source.id]
    return table


def answers_of(source: Source) -> Survey:
    """Return the answers of a survey, with the codebook beside its file.

    Raises
    ------
    NotHonest
        If the codebook says that the answers are made up and the source does not.
    """
    from stats.errors import RegisterError
    from stats.read.opening import opened
    from stats.registers.codebooks import codebook_beside, load_codebook
    from stats.run.reading_surveys import survey_of

    path = codebook_beside(source.path)
    if path is None:
        raise RegisterError(
            "a survey has no codebook beside it.", [("file", source.path.name)], f"Write {source.path.stem}.yml."
        )
    codebook = load_codebook(path)
    _must_agree(codebook.made_up, source)
    return survey_of(opened(source.path, source.read()), codebook, source.id)


def _must_agree(says_made_up: bool, source: Source) -> None:
    if says_made_up != is_made_up([source]):
        raise NotHonest(
            "a file and its entry do not agree on whether it is made up.",
            [("file", source.path.name), ("source", source.id), ("kind", source.kind)],
            "What is made up has the kind 'illustrative' and lies in data/illustrative; what is not lies in data/raw.",
        )
