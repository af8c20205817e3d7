"""What a document states besides the numbers of its figures: cells of their tables, and what others printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stats.errors import NotReproduced
from stats.publish.documents.model import Document, Reference
from stats.publish.files import as_csv
from stats.publish.pack.figure import Figure
from stats.publish.pack.recipes import Recipe, gives
from stats.read.tidy import read_tidy
from stats.registers import Registers

PRINTED = "published "
"""How a reference to a figure that somebody else printed begins: 'published ID text'."""

ROWS = "data/published_figures.csv"
"""Where the rows of those figures lie in a pack."""


def states_a_number(reference: Reference) -> bool:
    """Whether a reference is to a cell of a figure, or to what somebody else printed, and has a digit in it."""
    is_cell = _is_cell(reference)
    is_printed = reference.id.startswith(PRINTED) and reference.id.endswith((" text", " counts"))
    return (is_cell or is_printed) and any(sign.isdigit() for sign in reference.text)


def _is_cell(reference: Reference) -> bool:
    is_of_figure = bool(reference.figure) and reference.id.startswith(f"{reference.figure}: ")
    return is_of_figure and reference.value is None and reference.id.count(": ") > 1


def must_be_there(reference: Reference, recipes: Sequence[Recipe]) -> None:
    """Stop if a cell that a document states is not in the table of its figure.

    Raises
    ------
    NotReproduced
        Naming the cell.
    """
    if _is_cell(reference) and not recipes:
        raise NotReproduced(
            "a document states a cell that the table of its figure does not hold.",
            [("figure", reference.figure), ("cell", reference.id), ("printed", reference.text)],
            "Make the document again.",
        )


def printed_by_others(document: Document, registers: Registers) -> dict[str, bytes]:
    """Return the rows of the figures of others that a document states, as a file of the pack; none if there is none."""
    names = {name for reference in document.references if (name := _printed(reference))}
    table = read_tidy("published_figures", registers) if names else None
    return {} if table is None else {ROWS: as_csv(table[table["figure_id"].isin(names)])}


def _printed(reference: Reference) -> str:
    return reference.id.split()[1] if reference.id.startswith(PRINTED) else ""


def recipes_of(reference: Reference, figures: Sequence[Figure], files: Mapping[str, bytes]) -> list[Recipe]:
    """Return how what a reference states is read again from the tables of the pack."""
    row = {"file": ROWS, "where": {"figure_id": [_printed(reference)]}}
    printed = {**row, "column": "value"}
    ways: list[Recipe] = [{"formula": f, "numerator": printed} for f in ("count", "whole percentage", "percentage")]
    counts = ({**row, "column": "numerator_n"}, {**row, "column": "base_n"})
    ways.append({"formula": "of", "numerator": counts[0], "denominator": counts[1]})
    for figure in figures:
        if reference.id.startswith(f"{figure.name}: "):
            ways = _of_cell(reference, figure)
    return [way for way in ways if gives(way, reference.text, files)][:1]


def _of_cell(reference: Reference, figure: Figure) -> list[Recipe]:
    """Return the cells that 'brief/figure: what its row holds: column' may name."""
    row, _, column = reference.id.removeprefix(f"{figure.name}: ").rpartition(": ")
    found = []
    for cells in figure.table.to_dict("records"):
        where = {name: [cell] for name, cell in cells.items() if cell and f", {cell}, " in f", {row}, "}
        if where:
            found.append({"formula": "text", "numerator": {"file": figure.path, "where": where, "column": column}})
    return found
