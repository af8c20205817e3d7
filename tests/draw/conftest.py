from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from stats.claims.beside import beside_recorded
from stats.claims.compared import compared
from stats.claims.facts import Facts
from stats.claims.ladder import rates, sources_used, steps
from stats.claims.shares import worded_shares
from stats.draw.bars import draw_outcomes
from stats.draw.charge import draw_charge_shares
from stats.draw.funnel import draw_funnel
from stats.draw.funnel_words import Subject as Forces
from stats.draw.ladder import draw_beside, draw_ladder, draw_rates
from stats.draw.moves import draw_moves
from stats.draw.moves_words import Subject as Revised
from stats.draw.page import Drawing, styled
from stats.draw.series import draw_series
from stats.draw.series_words import Subject
from stats.draw.trend import draw_trend
from stats.draw.verdicts import draw_verdicts
from stats.draw.worded import draw_first_base, draw_own_base
from stats.estimate.attrition import cohort, outcome_groups, withheld
from stats.estimate.counts import series
from stats.estimate.forces import breaks_of_forces, compare_forces
from stats.estimate.rates import per_1000_where_possible
from stats.estimate.rates import sources_used as populations_used
from stats.estimate.releases import Moved, moved_between
from stats.estimate.trend_runs import trends_between_breaks
from stats.period import Period
from stats.read.tidy import read_tidy
from stats.registers import Registers
from stats.run.claims import judged
from stats.run.is_it_true import IsItTrue


class Studio:
    """Makes each kind of drawing from words, as the notebooks do."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._made: dict[tuple[str, str, str], pd.DataFrame] = {}

    @cached_property
    def offences(self) -> pd.DataFrame:
        """The tidy recorded offences."""
        return read_tidy("recorded_offences", self.registers)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """The tidy outcomes."""
        return read_tidy("outcomes", self.registers)

    @cached_property
    def population(self) -> pd.DataFrame:
        """The tidy populations."""
        return read_tidy("population", self.registers)

    @cached_property
    def published(self) -> pd.DataFrame:
        """The tidy published figures."""
        return read_tidy("published_figures", self.registers)

    def series(
        self, area: str, group: str, start: str, end: str, *, by: str = "year", rate: bool = False, offences=None
    ) -> Drawing:
        """Recorded offences, or the rate per 1,000, from one period to another."""
        where, offence = self.registers.areas.find(area), self.registers.offences.find(group)
        periods = Period.parse(start).through(Period.parse(end), by=by)
        counts = series(
            self.offences if offences is None else offences, area=where, group=offence, periods=periods,
            registers=self.registers, across_breaks=True,
        )  # fmt: skip
        sources = [self.registers.newest("recorded_offences")]
        notes, measure = [], "recorded_offences"
        if rate:
            counts, notes = per_1000_where_possible(counts, self.population, registers=self.registers)
            sources = [*sources, *populations_used(self.population, counts, self.registers)]
            measure = "recorded_offences_per_1000"
        whole = Period(periods[0].start, periods[-1].end)
        gaps = self.registers.gaps_in("recorded_offences", whole, codes=offence.codes, area=where)
        gaps += self.registers.gaps_in("population", whole, area=where)
        return draw_series(
            "series", counts, periods, sources=sources, notes=notes, gaps=gaps,
            subject=Subject(where, offence, self.registers.measure(measure), by),
            breaks=self.registers.breaks_in("recorded_offences", codes=offence.codes, area=where),
        )  # fmt: skip

    def trend(self, area: str, group: str, start: str, end: str, *, offences=None) -> Drawing:
        """The trend of each run between breaks, from one quarter to another."""
        where, offence = self.registers.areas.find(area), self.registers.offences.find(group)
        periods = Period.parse(start).through(Period.parse(end), by="quarter")
        counts = series(
            self.offences if offences is None else offences, area=where, group=offence, periods=periods,
            registers=self.registers, across_breaks=True,
        )  # fmt: skip
        return draw_trend(
            "trend", trends_between_breaks(counts), sources=[self.registers.newest("recorded_offences")],
            subject=Subject(where, offence, self.registers.measure("recorded_offences"), "quarter"),
            breaks=self.registers.breaks_in("recorded_offences", codes=offence.codes, area=where),
            gaps=self.registers.gaps_in("population", Period(periods[0].start, periods[-1].end), area=where),
        )  # fmt: skip

    def _places(self, area: str, beside: str | None) -> list:
        names = [area] if beside is None else [area, beside]
        return list({a.code: a for a in map(self.registers.areas.find, names)}.values())

    def _asked(self, group: str, period: str) -> dict:
        return {"group": self.registers.offences.find(group), "period": Period.parse(period)}

    def _groups(self, place, group: str, period: str, table) -> pd.DataFrame:
        asked = {"area": place, "registers": self.registers, **self._asked(group, period)}
        if table is not None:
            return outcome_groups(table, **asked)
        key = (place.code, group, period)
        if key not in self._made:
            self._made[key] = outcome_groups(self.outcomes, **asked)
        return self._made[key]

    def outcomes_of(
        self, area: str, group: str, period: str = "2024/25", *, beside: str | None = "England and Wales", table=None
    ) -> Drawing:
        """What became of recorded offences, as bars."""
        asked = self._asked(group, period)
        groups = [(place, self._groups(place, group, period, table)) for place in self._places(area, beside)]
        return draw_outcomes(
            "outcomes", groups, measure=self.registers.measure("outcome_share_of_offences_recorded"),
            sources=self.registers.sources_of("outcomes"), **asked,
        )  # fmt: skip

    def charged(
        self, area: str, group: str, period: str = "2024/25", *, beside: str | None = "England and Wales", table=None
    ) -> Drawing:
        """The charged share on each base."""
        asked, rows = self._asked(group, period), self.outcomes if table is None else table
        cohorts = [
            (
                place,
                cohort(rows, area=place, registers=self.registers, **asked),
                withheld(self._groups(place, group, period, table)),
            )
            for place in self._places(area, beside)
        ]
        return self.charges(cohorts, group, period)

    def charges(self, cohorts, group: str, period: str) -> Drawing:
        """The charged share of cohorts as they are given."""
        return draw_charge_shares(
            "charged", cohorts, registers=self.registers, sources=self.registers.sources_of("outcomes"),
            **self._asked(group, period),
        )  # fmt: skip

    def funnel(self, group: str, period: str = "2024/25", *, highlight: str | None = None, table=None) -> Drawing:
        """The police forces compared."""
        asked, rows = self._asked(group, period), self.outcomes if table is None else table
        where = self.registers.areas.find(highlight) if highlight else None
        return draw_funnel(
            "funnel", compare_forces(rows, registers=self.registers, **asked),
            subject=Forces(asked["group"], asked["period"], where),
            measure=self.registers.measure("charge_share_of_offences_recorded"),
            sources=self.registers.sources_of("outcomes"),
            breaks=breaks_of_forces(asked["group"], asked["period"], self.registers),
        )  # fmt: skip

    def moved(self, group: str, period: str = "2017/18", *, offences=None) -> tuple[Moved, Revised]:
        """How far counts moved from the earlier release to the newest."""
        asked, earlier = self._asked(group, period), self.registers.as_at("2018", "recorded_offences")
        table = self.offences if offences is None else offences
        moved = moved_between(table, earlier=earlier, later=self.registers, **asked)
        first, last = (registers.newest("recorded_offences") for registers in (earlier, self.registers))
        whole = self.registers.areas.find("England and Wales")
        return moved, Revised(asked["group"], asked["period"], first, last, whole)

    def moves(self, group: str, period: str = "2017/18", *, offences=None) -> Drawing:
        """The same as a picture."""
        moved, subject = self.moved(group, period, offences=offences)
        return draw_moves("moves", moved, subject=subject, measure=self.registers.measure("recorded_offences"))

    def worded(self, document, *, first: bool = False) -> Drawing:
        """The worded shares of an article, by name, or of an invented document."""
        told = self.registers.document(document) if isinstance(document, str) else document
        sources = [self.registers.document_source(document if isinstance(document, str) else "article_000")]
        draw = draw_first_base if first else draw_own_base
        return draw("worded", worded_shares(told), told, registers=self.registers, sources=sources)

    def ladder(self, name: str = "stalking-2021-22", *, published=None) -> Drawing:
        """A ladder as a table of steps."""
        asked, table = self.registers.ladder(name), self.published if published is None else published
        return draw_ladder(
            "ladder", steps(asked, table, self.registers), asked, registers=self.registers,
            sources=sources_used(asked, table, self.registers),
        )  # fmt: skip

    def rates(self, name: str = "stalking-2021-22", claims=("C003-01",), *, published=None) -> Drawing:
        """The rates published about one year."""
        told = [self.registers.claim(c) for c in claims]
        asked, table = self.registers.ladder(name), self.published if published is None else published
        return draw_rates(
            "rates", rates(asked, table, self.registers), asked, claims=told, registers=self.registers,
            sources=[*sources_used(asked, table, self.registers), *self.registers.sources_of_claims(told)],
        )  # fmt: skip

    def beside(self, claims=("C004-06", "C004-07"), *, offences=None) -> Drawing:
        """Claims beside recorded counts."""
        table = self.offences if offences is None else offences
        told = [self.registers.claim(c) for c in claims]
        return draw_beside(
            "claimed", beside_recorded(told, table, self.registers), registers=self.registers,
            sources=[self.registers.newest("recorded_offences"), *self.registers.sources_of_claims(told)],
        )  # fmt: skip

    @cached_property
    def facts(self) -> Facts:
        """All that is to hand."""
        return Facts(self.registers, self.offences, self.outcomes, self.published)

    def verdicts(self, claims: str, *, as_at: str = "newest", reading: str = "both", facts=None) -> Drawing:
        """Claims beside their evidence."""
        asked = IsItTrue.ask(claims=claims, as_at=as_at, reading=reading)
        known = facts or (self.facts.as_at(asked.day) if asked.day else self.facts)
        rows, left = compared(judged(asked.printed, known), known)
        return draw_verdicts(
            "claims", rows, registers=known.registers, sources=asked.sources(rows), left=left, day=asked.day,
            reading=reading,
        )  # fmt: skip

    def one_of_each(self) -> dict[str, Drawing]:
        """One drawing of each kind, as the briefs make them."""
        return {
            "counts": self.series("England and Wales", "stalking", "2014/15", "2024/25"),
            "rates per 1,000": self.series("England and Wales", "stalking", "2014/15", "2024/25", rate=True),
            "quarters": self.series(
                "Lincolnshire", "stalking and harassment", "2020/21 Q1", "2025/26 Q3", by="quarter"
            ),
            "trends": self.trend("England and Wales", "stalking", "2014/15 Q1", "2025/26 Q3"),
            "outcomes": self.outcomes_of("Lincolnshire", "stalking"),
            "charged": self.charged("Lincolnshire", "stalking"),
            "funnel": self.funnel("stalking", highlight="Lincolnshire"),
            "moves": self.moves("stalking and harassment"),
            "own base": self.worded("article_004"),
            "first base": self.worded("article_002", first=True),
            "ladder": self.ladder(),
            "published rates": self.rates(),
            "beside": self.beside(),
            "verdicts": self.verdicts("article_004"),
        }


@pytest.fixture(scope="session")
def studio(registers) -> Studio:
    """Makes drawings from words."""
    return Studio(registers)


@pytest.fixture(scope="session")
def each(studio) -> dict[str, Drawing]:
    """One drawing of each kind; look, and change nothing."""
    return studio.one_of_each()


def _seen(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with the box it fills, in dots of the published picture (200 an inch)."""
    figure.set_dpi(200)
    renderer = FigureCanvasAgg(figure).get_renderer()
    with styled():
        figure.draw_without_rendering()
        beyond = {id(text) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for text in _beyond(axis)}
        return [
            (text.get_text().strip(), text.get_window_extent(renderer))
            for text in figure.findobj(Text)
            if text.get_text().strip() and text.get_visible() and id(text) not in beyond
        ]


def _beyond(axis) -> list[Text]:
    """Labels of ticks beyond the ends of an axis, which are not drawn."""
    low, high = sorted(axis.get_view_interval())
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    return [t for tick in ticks if not low <= tick.get_loc() <= high for t in (tick.label1, tick.label2)]


@pytest.fixture(scope="session")
def seen() -> Callable[[Figure], list[tuple[str, Bbox]]]:
    """Return every text of a figure with the box it fills when drawn."""
    return _seen


@pytest.fixture(scope="session")
def misplaced() -> Callable[[Figure], list[str]]:
    """Return each text that is cut off by the edge of its figure, and each pair that overlaps."""

    def of(figure: Figure, *, slack: float = 2.0) -> list[str]:
        texts, edge = _seen(figure), figure.bbox
        cut = [
            f"cut off: {text!r} runs to {box.x1:.0f} of {edge.x1:.0f} across, {box.y0:.0f} to {box.y1:.0f} up"
            for text, box in texts
            if box.x0 < -slack or box.y0 < -slack or box.x1 > edge.x1 + slack or box.y1 > edge.y1 + slack
        ]
        crossed = [
            f"overlap: {text!r} and {other!r}"
            for at, (text, box) in enumerate(texts)
            for other, its in texts[at + 1 :]
            if min(box.x1, its.x1) - max(box.x0, its.x0) > slack and min(box.y1, its.y1) - max(box.y0, its.y0) > slack
        ]
        return cut + crossed

    return of
