"""What may not go into a pack: each reason by its name, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import Verdict
from stats.errors import NotHonest, NotReproduced, SourceChanged
from stats.estimate.small_counts import SMALLEST_SHOWN, WIDER
from stats.publish.documents.model import Document
from stats.publish.documents.pictures import shown_of
from stats.publish.evidence import must_be_evidence
from stats.publish.pack.attacked import given_away
from stats.publish.pack.figure import Figure, source_of
from stats.publish.pack.printed_counts import HIDDEN, Count, kinds_of, of_figure, of_grid, of_people, of_references
from stats.publish.pack.refuting import must_be_undisputed, must_hold
from stats.publish.pack.refuting_figures import must_be_undisputed_in_figures, must_hold_in_figures
from stats.publish.rests_on import WHOLE
from stats.registers import Registers
from stats.registers.illustrative import BEGINS


def judged_now(document: Document, figures: Iterable[Figure], facts: Facts) -> dict[str, Verdict]:
    """Return the verdict of each claim that a document states, or that a figure of it shows, as it is now."""
    claims = [reference.id for reference in document.references if reference.verdict]
    claims += [name for figure in figures for name in figure.claims]
    return {name: verdict(facts.registers.claim(name), facts) for name in claims}


def must_be_fit(
    document: Document,
    figures: Sequence[Figure],
    judged: Mapping[str, Verdict],
    facts: Facts,
    *,
    quoted_as_wrong: Collection[str] = (),
) -> None:
    """Stop if a document may not be handed over.

    Parameters
    ----------
    document : Document
    figures : sequence of Figure
        Each that it shows or quotes, with its rows as they are now.
    judged : mapping
        The verdict of each claim it states or a figure shows, as it is now, by id.
    facts : Facts
        Registers, and the tables that claims are judged by.
    quoted_as_wrong : collection of str
        Ids of claims and published figures that the document quotes, or shows, to say that they do not hold.

    Raises
    ------
    NotHonest
        A claim that is not supported or a published figure that does not hold, anything made up, a draft, or a small
        count that is shown or given away.
    SourceChanged
        A figure whose rows or source are not those that it was made from.
    NotReproduced
        A verdict, number or picture in the document that is not what is committed now.
    """
    registers = facts.registers
    for figure in figures:
        must_be_official(figure, registers)
        must_be_unchanged(figure, registers)
    must_be_evidence(f"'{document.name}'", _sources(document, figures))
    must_hold(document, judged, registers, quoted_as_wrong)
    must_hold_in_figures(document, figures, judged, quoted_as_wrong)
    must_be_undisputed(document, facts, quoted_as_wrong)
    must_be_undisputed_in_figures(document, figures, facts, quoted_as_wrong)
    must_be_committed(document, figures)
    must_hide_small_counts(document, figures, registers)


def must_be_official(figure: Figure, registers: Registers) -> None:
    """Stop if a figure is a draft, or rests on made-up data: by what it says, by its sources, or by its very rows."""
    record = figure.record
    told = [*record["sources"], *(source_of(source["id"], registers) for source in record["sources"])]
    must_be_evidence(f"the figure {figure.name}", told)
    named = {cell for column in ("source_id", "release", "provenance") for cell in figure.table.get(column, ())}
    made_up = [name for name in named if name.startswith(BEGINS) or name == "illustrative"]
    made_up += [name for name in figure.rows if f",{BEGINS}".encode() in figure.rows[name]]
    if made_up or record.get("is_illustrative"):
        must_be_evidence(
            f"the figure {figure.name}", [{"id": name, "kind": "illustrative"} for name in made_up or ("",)]
        )
    if record["is_draft"]:
        raise NotHonest(
            "a draft is no evidence.", [("figure", figure.name)],
            "Publish it first: give its parameters a brief in notebooks/briefs, then make figures.",
        )  # fmt: skip


def must_be_unchanged(figure: Figure, registers: Registers) -> None:
    """Stop if the rows that a figure rests on, or the files behind them, are not those it was made from."""
    for told in figure.record["sources"]:
        source = source_of(told["id"], registers)
        source.read()
        its = figure.rows.get(source.id)
        now = source.sha256 if source.dataset in WHOLE else hashlib.sha256(its).hexdigest() if its else "no rows"
        then = told.get("rows_sha256") or told.get("file_sha256")
        if now != then:
            raise SourceChanged(
                "a figure was made from rows that are not those of its source now.",
                [("figure", figure.name), ("source", source.id), ("made from", then), ("now", now)],
                "Make it again (make figures), look at it, and make the document again.",
            )


def must_be_committed(document: Document, figures: Iterable[Figure]) -> None:
    """Stop if a picture or a number of the document is not that of the committed figure."""
    by_name = {figure.name: figure for figure in figures}
    unlike = [
        (picture.name, "its picture")
        for picture in document.pictures
        if (picture.svg, picture.png) != shown_of(by_name[picture.name].files, by_name[picture.name].record)
    ]
    for reference in document.references:
        if reference.value is not None and reference.figure in by_name:
            printed = numbers_of(by_name[reference.figure]).get(reference.id)
            if printed is None or reference.text not in (printed, f"{printed} {reference.unit}"):
                unlike.append((reference.id, f"printed {reference.text}, now {printed or 'nothing'}"))
    if unlike:
        raise NotReproduced("a document is not made from the figures of today.", unlike, "Make the document again.")


def numbers_of(figure: Figure) -> dict[str, str]:
    """Return the numbers of a figure as printed, by the id that a document has for them."""
    return {f"{figure.brief}/{n['id']}": n["text"] for n in figure.record["numbers"] if n["value"] is not None}


def must_hide_small_counts(document: Document, figures: Sequence[Figure], registers: Registers) -> None:
    """Stop if a count of 1 to 4 of a table of ours is shown, or follows from all tables of the pack together."""
    known = [count for figure in figures for count in of_figure(figure, registers)]
    must_be_judged(figures, registers)
    of_pictures = {picture.table.name for picture in document.pictures}
    grids = [grid for grid in document.tables if grid.name not in of_pictures]
    counts = [*known, *(count for grid in grids for count in of_grid(grid, known, kinds_of(registers)))]
    counts += of_references(document, figures, registers)
    shown = [(count.table, f"{count.label}: {count.count}") for count in counts if _is_small(count)]
    people = [(figure.path, label) for figure in figures for label, n in of_people(figure) if 0 < n < SMALLEST_SHOWN]
    if shown or people:
        raise NotHonest(f"counts below {SMALLEST_SHOWN} are shown.", [*shown, *people], WIDER)
    away = [(count.table, f"{count.label}: at most {most}") for count, most in given_away(counts)]
    if away:
        tables = ", ".join(sorted({count.table for count in counts}))
        raise NotHonest(
            f"tables of the pack together give hidden counts below {SMALLEST_SHOWN} away.",
            [*away, ("by", tables)], f"Leave one of the tables out. {WIDER}",
        )  # fmt: skip


def must_be_judged(figures: Iterable[Figure], registers: Registers) -> None:
    """Stop if a figure hides counts and nobody has said what its columns count: the attack would pass it by."""
    for figure in figures:
        hides = HIDDEN in set(figure.table.get("status", ()))
        if hides and not of_figure(figure, registers):
            raise NotHonest(
                "a figure hides counts in a table that the check of small counts does not know.",
                [("figure", figure.name), ("columns", ", ".join(figure.table.columns))],
                "Leave the figure out, or say what its columns count in src/stats/publish/pack/printed_counts.py.",
            )


def _is_small(count: Count) -> bool:
    return count.is_own and count.count is not None and 0 < count.count < SMALLEST_SHOWN


def _sources(document: Document, figures: Iterable[Figure]) -> list[dict[str, str]]:
    """Return every source that a document names, in its figures, its numbers and its list, with its kind if told."""
    cited = {citation.id: citation.kind for citation in document.citations}
    told = [(source["id"], source["kind"]) for figure in figures for source in figure.record["sources"]]
    kinds = {**cited, **dict(told)}
    quoted = [(name, kinds.get(name, "")) for reference in document.references for name in reference.sources]
    return [{"id": name, "kind": kind} for name, kind in [*cited.items(), *told, *quoted]]
