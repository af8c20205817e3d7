"""What a template may ask of one number: its rows, its formula, the code that makes it, and what sets it apart."""

from __future__ import annotations

from collections.abc import Callable

from stats.errors import UnknownName, nearest
from stats.estimate.small_counts import WITHHELD
from stats.period import Period
from stats.publish.documents.counted_from import cells_table
from stats.publish.documents.explained import (
    alike,
    code_of,
    differences_table,
    formula,
    in_words,
    side_by_side_table,
    subject,
)
from stats.publish.documents.model import Bullets, Paragraph, Reference, Words
from stats.publish.documents.pictures import rows_of
from stats.publish.documents.side import Side
from stats.publish.documents.stated import Stated
from stats.registers.measures import Measure

PARTS = ("share", "charged", "base", "upper")
"""The numbers of a share, by the end of their ids."""

CHARGED = "charged"
"""The stage of the outcome types that are a charge or summons."""

CHARGED_ONLY = " for the number charged; any for what it is a share of"
"""What is said of the outcome types: those of a charge are a part of the offences that were recorded."""

SUPPRESSED = "[c]"

WHY = {
    SUPPRESSED: f"it rests on {WITHHELD}",
    "[x]": "the published counts hold corrections below zero, or none",
}  # fmt: skip
"""Why a number of charges is not shown, by the sign that stands in its place."""


class Explaining:
    """Functions of a template on one number, or on two.

    Parameters
    ----------
    stated : Stated
        Keeps what the document states.
    """

    def __init__(self, stated: Stated) -> None:
        self.stated, self.registers = stated, stated.facts.registers

    @property
    def names(self) -> dict[str, Callable[..., str]]:
        """The functions, by the name they go by in a template."""
        return {
            "differences": self.differences, "differ_in": self.differ_in, "formula": self.formula,
            "code_line": self.code_line, "rows": self.rows, "caveat": self.caveat, "weak_points": self.weak_points,
            "breaks": self.breaks, "own_breaks": self.own_breaks, "alike": self.alike, "subject": self.subject,
            "shown": self.shown, "why_not_shown": self.why_not_shown, "side_by_side": self.side_by_side,
        }  # fmt: skip

    def differences(self, one: str, other: str) -> str:
        """Return the table of what sets two published figures apart; it stands in a paragraph of its own."""
        named = f"published {one} against {other} table"
        self.stated.references.setdefault(named, Reference(named, "the table of both", sources=self._cited(one, other)))
        return self.stated.blocks([differences_table(self._side(one), self._side(other), named)])

    def side_by_side(self, *names: str) -> str:
        """Return the table of what several published figures are, and what sets each apart from the first of them."""
        for name in names:
            self.stated.published(name)
        return self.stated.blocks([side_by_side_table({f"published {name} text": self._side(name) for name in names})])

    def differ_in(self, one: str, other: str) -> str:
        """Return the same in a line."""
        said = in_words(self._side(one), self._side(other))
        return self.stated.words(Reference(f"published {one} against {other}", said, sources=self._cited(one, other)))

    def alike(self, one: str, other: str) -> str:
        """Return in a line what two published figures have in common."""
        said = alike(self._side(one), self._side(other))
        named = f"published {one} against {other} alike"
        return self.stated.words(Reference(named, said, sources=self._cited(one, other)))

    def subject(self, one: str, other: str) -> str:
        """Return of which offences, place and period two published figures are."""
        said = subject(self._side(one), self._side(other))
        named = f"published {one} against {other} subject"
        return self.stated.words(Reference(named, said, sources=self._cited(one, other)))

    def shown(self, number: str) -> str:
        """Return a number, or the sign that stands in its place where its figure does not show it: '[c]'."""
        if self.stated.has(number):
            return self.stated.number(number)
        return self.stated.words(Reference(f"{number}: not shown", self._mark(number)))

    def why_not_shown(self, number: str) -> str:
        """Return why a number is not shown, as it is read after 'is withheld:'."""
        return self.stated.words(Reference(f"{number}: why not shown", WHY[self._mark(number)]))

    def formula(self, number: str) -> str:
        """Return how a number is made, in the words of its measure."""
        return self._said(number, "formula", formula(self._measure(number)))

    def code_line(self, number: str) -> str:
        """Return the file and line of the function that makes it."""
        return self._said(number, "code", code_of(self._measure(number)))

    def caveat(self, number: str) -> str:
        """Return the caveat of its measure."""
        return self._said(number, "caveat", self._measure(number).caveat)

    def weak_points(self, source: str) -> str:
        """Return the caveats of a source's entry, as a list; it stands in a paragraph of its own."""
        told = self.registers.source(source)
        self.stated.citing.rests_on([source])
        reference = Reference(f"source {source}: caveats", told.title, sources=(source,))
        self.stated.references.setdefault(reference.id, reference)
        items = tuple((Words(words, reference=reference.id),) for words in told.caveats)
        return self.stated.blocks([Bullets(items)])

    def breaks(self, figure: str) -> str:
        """Return what changed at each break that a figure crosses, or that there is none; a paragraph of its own."""
        folder, name = self.stated.figure_of(figure)
        told = [self.registers.breaks[one["id"]] for one in folder.records[name]["breaks"]]
        for one in told:
            self.stated.references.setdefault(f"break {one.id}", Reference(f"break {one.id}", one.what_changed))
        if not told:
            return self.stated.blocks([Paragraph((Words("No registered change lies within it."),))])
        items = [(Words(one.what_changed.rstrip(".") + ".", reference=f"break {one.id}"),) for one in told]
        return self.stated.blocks([Paragraph((Words("What has changed within it:"),)), Bullets(tuple(items))])

    def own_breaks(self, figure: str) -> str:
        """Return what changed in the area of a figure alone, and with what effect; nothing if nothing is registered."""
        folder, name = self.stated.figure_of(figure)
        told = [self.registers.breaks[one["id"]] for one in folder.records[name]["breaks"]]
        said = [f"{one.what_changed}. {one.effect.strip()}" for one in told if one.areas]
        return self.stated.words(Reference(f"{figure}: own breaks", " ".join(said), figure=figure)) if said else ""

    def rows(self, number: str, area: str = "") -> str:
        """Return the table of the rows that a number is counted from; it stands in a paragraph of its own.

        With the code of an area, those from which the number of that area would be counted.
        """
        told = self.stated.number_of(number)
        place = self.registers.areas.current[area or told["area"]]
        reference = f"{told['id']}: rows of {place.code}"
        period = Period.parse(told["period"])
        folder = self.stated.folders[number.partition("/")[0]]
        asked = folder.records[told["figure"].partition("/")[2]]["parameters"]
        where = {
            "area_code": ", ".join(member.code for member in self.registers.areas.members(place)),
            "period_start": f"{period.start} or later",
            "period_end": f"{period.end} or earlier",
            "offence_code": ", ".join(sorted(self.registers.offences.find(asked["offence"]).codes)),
        }
        source = self.registers.source(told["sources"][0])
        if source.dataset == "outcomes":
            codes = [outcome.type_code for outcome in self.registers.outcomes.values() if outcome.stage == CHARGED]
            where["outcome_type_code"] = f"{', '.join(codes)}{CHARGED_ONLY}"
        return self.stated.blocks([cells_table(source, where, reference, self.registers.root)])

    def _mark(self, number: str) -> str:
        """Return the sign that a figure's table has in place of a number; a bound has none of its own.

        Raises
        ------
        UnknownName
            If it is no number that the figure could have: a slip of the pen must not become a count that is withheld.
        """
        name, area, of, part = (*number.split("."), "", "", "", "")[:4]
        folder, figure = self.stated.figure_of(name)
        rows = [row for row in rows_of(folder.path, figure)
                if row["area_code"] == area and row["measure"].endswith(f"_{of}")]  # fmt: skip
        if not (area and of and rows and part in PARTS) or self.stated.has(number):
            near = ", ".join(nearest(number, self.stated.numbers)) or "none"
            raise UnknownName(f"no number called '{number}' is withheld.", [("nearest", near)],
                              "See numbers.json and the table beside the figure.")  # fmt: skip
        return next((row["status"] for row in rows if row["status"] in WHY), SUPPRESSED)

    def _measure(self, number: str) -> Measure:
        return self.registers.measure(self.stated.number_of(number)["measure"])

    def _said(self, number: str, what: str, text: str) -> str:
        return self.stated.words(Reference(f"{self.stated.number_of(number)['id']}: {what}", text))

    def _side(self, name: str) -> Side:
        row = self.stated.row_of(name)
        self.stated.citing.of_row(row)
        return Side.of_published(row, self.registers)

    def _cited(self, *names: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.stated.citing.of_row(self.stated.row_of(name)) for name in names))
