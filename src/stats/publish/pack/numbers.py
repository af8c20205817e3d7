"""`numbers.json`: each number of a pack, and the ways in which it is computed again from the tables beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stats.publish.documents.model import Document, plain
from stats.publish.files import as_json
from stats.publish.pack.figure import Figure
from stats.publish.pack.others import must_be_there, recipes_of, states_a_number
from stats.publish.pack.recipes import Recipe, gives, of_table
from stats.publish.pack.recipes_of_rows import of_rows
from stats.registers import Registers

ABOUT = (
    "Each recipe names a table of this pack, the rows of it ('where': column and the cells that are taken; none "
    "means every row), a column that is added up over them, and a formula. count, sum: the numerator. share: "
    "numerator over denominator, as a percentage. percentage: a cell that is one already. whole percentage: the same, "
    "without decimals. rate: 'per' times numerator over denominator. change: numerator over denominator, less one. "
    "rows: how many rows. of: a cell of another. text: the cell as it is printed; with 'at' it is cut there, and "
    "'part' counts the pieces from 0 (-1 is the last). With 'none_is_zero' no row at all is zero, and no error. Other "
    "percentages are whole below a base of 1,000 and have one decimal from there; rates have two significant figures "
    "below 100; halves are rounded away from zero. verify.py follows the recipes. A number without one rests on a "
    "model, or on words of somebody else: its figure and source tell more."
)


def numbers_json(
    document: Document,
    figures: Sequence[Figure],
    files: Mapping[str, bytes],
    registers: Registers,
    made_with: Mapping[str, Any],
) -> bytes:
    """Return every number of a document's figures, those it states first, with how each is computed again.

    Raises
    ------
    NotReproduced
        If a number that is counted from rows does not follow from them.
    """
    stated = {r.id: r for r in document.references if r.value is not None or states_a_number(r)}
    found = {name: entry for figure in figures for name, entry in _of_figure(figure, registers)}
    for name, reference in stated.items():
        if name in found:
            found[name] |= {"in_document": True, "as_worded": reference.text}
        else:
            recipes = recipes_of(reference, figures, files) or _of_tables(reference.text, name, document, files)
            must_be_there(reference, recipes)
            found[name] = {"id": name, "printed": reference.text, "unit": reference.unit, "measure": reference.measure,
                           "area": reference.area, "period": reference.period, "basis": reference.basis,
                           "sources": list(reference.sources), "in_document": True, "recipes": recipes}  # fmt: skip
    order = [*stated, *(name for name in found if name not in stated)]
    known = [mistake.number for mistake in registers.mistakes]
    told = {"document": document.name, "made_with": dict(made_with), "corrections": known}
    return as_json({"about": ABOUT, **told, "numbers": [found[name] for name in order]})


def _of_figure(figure: Figure, registers: Registers) -> Iterable[tuple[str, dict[str, Any]]]:
    for number in figure.record["numbers"]:
        if number["value"] is None:
            continue
        name = f"{figure.brief}/{number['id']}"
        told = {key: number[key] for key in ("unit", "measure", "area", "period", "basis", "qualifier", "sources")}
        ways = [of_rows(number, figure, registers), of_table(number, figure)]
        yield name, {"id": name, "printed": number["text"], **told, "figure": figure.name, "in_document": False,
                     "recipes": [way for way in ways if way is not None]}  # fmt: skip


def _of_tables(printed: str, name: str, document: Document, tables: Mapping[str, bytes]) -> list[Recipe]:
    """Return where a number stands in the tables of a document, if it is of no figure."""
    for grid in document.tables:
        for row in grid.rows:
            for head, cell in zip(grid.heads, row, strict=True):
                if any(words.reference == name for words in cell.words):
                    where = {grid.heads[0]: [plain(row[0].words)]}
                    term = {"file": f"tables/{grid.name}.csv", "where": where, "column": head}
                    recipe = {"formula": "text", "numerator": term}
                    if gives(recipe, printed, tables):
                        return [recipe]
    return []
