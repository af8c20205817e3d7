"""What a template may refer to: numbers, claims, figures, sources and definitions. Each is looked up in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from stats.claims.evidence import of_figure
from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import VERDICTS, Verdict
from stats.errors import NotToHand, UnknownName, nearest
from stats.present import listed
from stats.publish.documents.blocks import Meaning, sign
from stats.publish.documents.briefs import AS_PRINTED, OF_OTHERS, Folder, is_bare_number, of_cell
from stats.publish.documents.cited import FIELDS_OF_MEASURES, Citing, asked_of, field_of
from stats.publish.documents.model import Block, Bullets, Reference, Words
from stats.publish.documents.pictures import picture_of, rows_of, said_of
from stats.registers import Area
from stats.registers.entries import find


class Stated:
    """What a document states, kept in order of first mention while its template is rendered.

    Parameters
    ----------
    facts : Facts
    folders : sequence of Folder
    """

    def __init__(self, facts: Facts, folders: Sequence[Folder]) -> None:
        self.facts = facts
        self.folders = {folder.name: folder for folder in folders}
        self.meanings: list[Meaning] = []
        self.references: dict[str, Reference] = {}
        self.citing = Citing(facts.registers)
        self._seen: dict[str, dict[str, Any]] = {}

    @property
    def names(self) -> dict[str, Any]:
        """The functions of a template, by the name they go by in it."""
        return {
            "number": self.number, "figure": self.figure, "claim": self.claim, "verdict": self.verdict,
            "reason": self.reason, "may_say": self.may_say, "may_not_say": self.may_not_say, "has": self.has,
            "source": self.source, "broken": self.broken, "code": self.code, "cell": self.cell,
            "coverage": self.coverage, "published": self.published, "measure": self.measure,
        }  # fmt: skip

    @cached_property
    def numbers(self) -> dict[str, dict[str, Any]]:
        """Every number that can be referred to."""
        return {name: number for folder in self.folders.values() for name, number in folder.numbers.items()}

    def has(self, name: str) -> bool:
        """Whether there is a number or a figure of this name: a force may lack one, and the template then says so."""
        folder, _, figure = name.partition("/")
        return name in self.numbers or (folder in self.folders and figure in self.folders[folder].records)

    def number(self, name: str) -> str:
        """Return a number as it is printed in its figure; a rate with what it is a rate of.

        Raises
        ------
        UnknownName
        NotToHand
            If there is no value, because it is suppressed or missing.
        """
        told = self.number_of(name)
        if told["value"] is None:
            raise NotToHand("a document states a number that is not shown.", [("number", name), ("is", told["text"])],
                            "Leave it out, or say in words why it is not shown.")  # fmt: skip
        kept = {field: told[field] for field in ("text", "value", "unit", "period", "basis")}
        if kept["unit"].startswith("per "):
            kept["text"] = f"{kept['text']} {kept['unit']}"
        self.citing.rests_on(told["sources"])
        kept |= self._names(told["measure"] or "", told["area"] or "") | {"measure_name": told["what"]}
        return self.words(Reference(told["id"], **kept, sources=tuple(told["sources"]), figure=told["figure"]))

    def _names(self, measure: str, area: str) -> dict[str, str]:
        """Return what a reader knows a measure and an area by; nothing for what is not registered."""
        known, place = self.facts.registers.measures.get(measure), self.facts.registers.areas.current.get(area)
        names = {"measure_name": known.plain_name if known else "", "area_name": place.name if place else ""}
        return {"measure": measure, "area": area} | names

    def figure(self, name: str) -> str:
        """Return a figure with its caption, source line and table; it stands in a paragraph of its own."""
        folder, figure = self.figure_of(name)
        self.citing.draws(rows_of(folder.path, figure), self.facts.figures)
        return self.blocks([picture_of(folder.path, figure)])

    def cell(self, name: str, column: str, **where: str) -> str:
        """Return what one cell of a figure's table says, by the values of other columns of its row.

        Raises
        ------
        UnknownName
            If there is no such column, not just one such row, or a bare number in it.
        """
        folder, figure = self.figure_of(name)
        rows = [row for row in rows_of(folder.path, figure) if where.items() <= row.items()]
        if len(rows) != 1 or column not in rows[0]:
            raise UnknownName(f"the table of '{name}' has not just one such cell.",
                              [("column", column), *where.items(), ("rows", len(rows))], "See its CSV.")  # fmt: skip
        text, named = said_of(rows[0], column), f"{folder.label}/{figure}"
        if column != AS_PRINTED and is_bare_number(text):
            raise UnknownName("a document takes a number from a cell, which is not as it is printed.",
                              [("figure", name), ("column", column), ("holds", text)],
                              "Refer to it by number('…'): its ids are in numbers.json beside the figure.")  # fmt: skip
        of = [*where.values(), *filter(None, (rows[0].get(key, "") for key in OF_OTHERS))]
        told: dict[str, Any] = dict(of_cell(folder.records[figure], rows[0]))
        told |= self._names(told.get("measure", ""), told.get("area", ""))
        id_, sources = f"{named}: {', '.join(dict.fromkeys(of))}: {column}", self._sources_of(folder, figure)
        return self.words(Reference(id_, text, sources=sources, figure=named, **told))

    def coverage(self, name: str) -> str:
        """Return what a figure says of the forces and quarters that it covers; nothing if it says nothing."""
        folder, figure = self.figure_of(name)
        told = str(folder.records[figure].get("coverage", ""))
        named, sources = f"{folder.label}/{figure}", self._sources_of(folder, figure)
        return self.words(Reference(f"{named}: coverage", told, sources=sources, figure=named)) if told else ""

    def claim(self, name: str) -> str:
        """Return the words that were published, in quotation marks."""
        return self._claim(name, f"“{self.facts.registers.claim(name).quote}”")

    def verdict(self, name: str) -> str:
        """Return what became of a claim, as a reader is told: 'The number is of another measure'."""
        return self._claim(name, VERDICTS[self._judged(name).verdict][0])

    def reason(self, name: str) -> str:
        """Return why, in one sentence."""
        return self._claim(name, self._judged(name).reason)

    def may_say(self, name: str) -> str:
        """Return what may be said instead, as a list."""
        return self._listed(name, self._judged(name).may_say)

    def may_not_say(self, name: str) -> str:
        """Return what must not be said, as a list."""
        return self._listed(name, self._judged(name).may_not_say)

    def published(self, name: str, field: str = "text") -> str:
        """Return a figure that somebody else published: its text, or its counts, who said so, its base or period."""
        evidence = of_figure(row := self.row_of(name))
        told: dict[str, Any] = {"period": evidence.period, "basis": evidence.base}
        told |= self._names(evidence.measure or "", row["area_code"] or "") | {"area_name": evidence.area}
        text = field_of(evidence, field)
        return self.words(Reference(f"published {name} {field}", text, sources=(self.citing.of_row(row),), **told))

    def measure(self, name: str, field: str = "plain_name") -> str:
        """Return the plain name of a measure, or another field of its entry."""
        told = getattr(self.facts.registers.measure(name), asked_of(field, FIELDS_OF_MEASURES))
        text = told if isinstance(told, str) else listed([f"“{one}”" for one in told], "or")
        return self.words(Reference(f"measure {name}", text))

    def source(self, name: str) -> str:
        """Return a source as it is cited."""
        self.citing.rests_on([name])
        return self.words(Reference(f"source {name}", self.citing.citation(name).words, sources=(name,)))

    def code(self, area: Area) -> str:
        """Return the code of an area, which holds digits and is no number."""
        if not isinstance(area, Area):
            raise UnknownName("a document gives the code of what is no area.", [("given", str(area))],
                              "Write {{ code(area) }}, with the area that the document asks for.")  # fmt: skip
        return self.words(Reference(f"area {area.code}", area.code))

    def broken(self, name: str) -> str:
        """Return what changed at a registered break."""
        told = find(self.facts.registers.breaks, name, what="break")
        return self.words(Reference(f"break {name}", told.what_changed.rstrip(".")))

    def number_of(self, name: str) -> dict[str, Any]:
        """Return a number as its figure lists it."""
        return dict(_one(name, self.numbers, "number", "See numbers.json beside the figures."))

    def row_of(self, name: str) -> dict[str, Any]:
        """Return the row of a figure that somebody else published."""
        rows = {row["figure_id"]: row for row in self.facts.figures}
        return dict(_one(name, rows, "published figure", "See data/tidy/published_figures.csv."))

    def figure_of(self, name: str) -> tuple[Folder, str]:
        """Return the folder and the own name of a figure, and note what it rests on."""
        every = {f"{folder.name}/{figure}": folder for folder in self.folders.values() for figure in folder.records}
        folder: Folder = _one(name, every, "figure", "See numbers.json beside the figures.")
        figure = name.partition("/")[2]
        self.citing.rests_on(self._sources_of(folder, figure))
        self._seen[f"{folder.label}/{figure}"] = folder.records[figure]
        return folder, figure

    @property
    def shown(self) -> list[Reference]:
        """What the figures of the document say: each period that they have numbers of, with all their sources."""
        told = {(name, number["period"]): number["text"] for name, record in self._seen.items()
                for number in record["numbers"] if number["period"]}  # fmt: skip
        sources = {name: tuple(source["id"] for source in record["sources"]) for name, record in self._seen.items()}
        return [Reference(name, text, period=period, sources=sources[name]) for (name, period), text in told.items()]

    @staticmethod
    def _sources_of(folder: Folder, figure: str) -> tuple[str, ...]:
        return tuple(source["id"] for source in folder.records[figure]["sources"])

    def _judged(self, name: str) -> Verdict:
        return verdict(self.facts.registers.claim(name), self.facts)

    def _claim(self, name: str, text: str) -> str:
        found = self._judged(name)
        id_ = self.facts.registers.claim(name).id
        where = self.facts.registers.document_of(id_).id
        self.citing.of_evidence(where, found.evidence, self.row_of)
        return self.words(Reference(id_, text, verdict=found.verdict, sources=(where,)))

    def _listed(self, name: str, said: Sequence[str]) -> str:
        id_ = self.facts.registers.claim(name).id
        where = self.facts.registers.document_of(id_).id
        self.citing.rests_on([where])
        self.references.setdefault(id_, Reference(id_, "", verdict=self._judged(name).verdict, sources=(where,)))
        return self.blocks([Bullets(tuple((Words(words, reference=id_),) for words in said))] if said else [])

    def words(self, reference: Reference) -> str:
        """Keep a reference, and return its sign."""
        self.references.setdefault(reference.id, reference)
        self.meanings.append(Words(reference.text, reference=reference.id))
        return sign(len(self.meanings) - 1)

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Keep blocks, and return the sign that stands for them."""
        self.meanings.append(tuple(blocks))
        return sign(len(self.meanings) - 1)


def _one(name: str, every: Mapping[str, Any], what: str, listed: str) -> Any:
    if name not in every:
        near = ", ".join(nearest(name, every) or list(every)[:5]) or "there are none"
        raise UnknownName(f"no {what} is called '{name}'.", [("nearest", near)], listed)
    return every[name]
