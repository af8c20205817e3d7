"""What a template may ask of one number: its rows, its formula, the code that makes it, and what sets it apart."""

from __future__ import annotations

from collections.abc import Callable

from stats.period import Period
from stats.publish.documents.explained import Side, cells_table, code_of, differences_table, formula, in_words
from stats.publish.documents.model import Bullets, Reference, Words
from stats.publish.documents.stated import Stated
from stats.registers.measures import Measure

CHARGED = "charged"
"""The stage of the outcome types that are a charge or summons."""


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
            "breaks": self.breaks,
        }  # fmt: skip

    def differences(self, one: str, other: str) -> str:
        """Return the table of what sets two published figures apart; it stands in a paragraph of its own."""
        named = f"published {one} against {other} table"
        return self.stated.blocks([differences_table(self._side(one), self._side(other), named)])

    def differ_in(self, one: str, other: str) -> str:
        """Return the same in a line."""
        said = in_words(self._side(one), self._side(other))
        return self.stated.words(Reference(f"published {one} against {other}", said, sources=self._cited(one, other)))

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
        """Return what changed at each break that a figure crosses, as a list; it stands in a paragraph of its own."""
        folder, name = self.stated.figure_of(figure)
        told = [self.registers.breaks[one["id"]] for one in folder.records[name]["breaks"]]
        for one in told:
            self.stated.references.setdefault(f"break {one.id}", Reference(f"break {one.id}", one.what_changed))
        items = [(Words(one.what_changed.rstrip(".") + ".", reference=f"break {one.id}"),) for one in told]
        return self.stated.blocks([Bullets(tuple(items or [(Words("No registered change lies within it."),)]))])

    def rows(self, number: str) -> str:
        """Return the table of the rows that a number is counted from; it stands in a paragraph of its own."""
        told = self.stated.number_of(number)
        reference = f"{told['id']}: rows"
        period = Period.parse(told["period"])
        folder = self.stated.folders[number.partition("/")[0]]
        asked = folder.records[told["figure"].partition("/")[2]]["parameters"]
        where = {
            "area_code": told["area"],
            "period_start": f"{period.start} or later",
            "period_end": f"{period.end} or earlier",
            "offence_code": ", ".join(sorted(self.registers.offences.find(asked["offence"]).codes)),
        }
        source = self.registers.source(told["sources"][0])
        if source.dataset == "outcomes":
            codes = [outcome.type_code for outcome in self.registers.outcomes.values() if outcome.stage == CHARGED]
            where["outcome_type_code, for the number charged,"] = ", ".join(codes)
        return self.stated.blocks([cells_table(source, where, reference, self.registers.root)])

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
