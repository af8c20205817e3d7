"""The rows of tables in a tagged PDF get their heads: the first cell of each, as the top cell is that of a column."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any


def with_row_heads(pdf: bytes) -> bytes:
    """Return a tagged PDF in whose tables the first cell of every row is the head of that row.

    Typst makes heads of the top row alone. A screen reader then says 'Offences, 83' where it should say 'Charged so
    far, Offences, 83' (ISO 14289-1, 7.5: heads of rows and columns are tagged so that each cell's are known).

    Parameters
    ----------
    pdf : bytes
        As typst writes it: every cell names the heads of its column by their ids.
    """
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    writer = PdfWriter(clone_from=BytesIO(pdf))
    root: Any = writer.root_object["/StructTreeRoot"]
    tables = [part for part in _parts(root) if part.get("/S") == "/Table"]
    for at, table in enumerate(tables, 1):
        for number, row in enumerate(_rows(table), 1):
            _give_head(row, f"R{at}y{number}")
    if tables:
        named = sorted((str(part["/ID"]), part) for part in _parts(root) if "/ID" in part)
        pairs = [value for _, part in named for value in (part["/ID"], part.indirect_reference)]
        root[NameObject("/IDTree")] = DictionaryObject({NameObject("/Names"): ArrayObject(pairs)})
    writer.pdf_header = "%PDF-1.7"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _give_head(row: Any, name: str) -> None:
    """Make the first cell of a row its head, and name it in the others."""
    from pypdf.generic import NameObject, TextStringObject

    first, *others = (cell.get_object() for cell in row["/K"])
    first[NameObject("/S")] = NameObject("/TH")
    first[NameObject("/ID")] = TextStringObject(name)
    _of_table(first)[NameObject("/Scope")] = NameObject("/Row")
    for cell in others:
        _of_table(cell)["/Headers"].append(TextStringObject(name))


def _of_table(cell: Any) -> Any:
    """Return what a cell says of its place in the table."""
    return next(said for said in cell["/A"].get_object() if said["/O"] == "/Table")


def _rows(table: Any) -> Iterator[Any]:
    for body in _parts(table):
        if body.get("/S") == "/TBody":
            yield from (row for row in _parts(body) if row.get("/S") == "/TR")


def _parts(part: Any) -> Iterator[Any]:
    """Give every element below one, in order of reading."""
    below = part.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        element = child.get_object()
        if isinstance(element, dict) and "/S" in element:
            yield element
            yield from _parts(element)
