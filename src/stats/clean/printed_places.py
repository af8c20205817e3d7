"""Printed codes and names of places -> areas of the register. A region and a force of one name stay apart by code."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from stats.errors import CheckFailed, UnknownName
from stats.read.published import SHOWN, Published
from stats.registers.areas import Areas, fold
from stats.registers.printed_words import without_notes
from stats.registers.published_codes import PublishedCodes

_GLUED = r"^([EWK]\d{8})\d{1,2}(?:,\d{1,2})*$"
"""A code of nine characters with the mark of a note glued to it; the name beside it must still agree."""


@dataclass(frozen=True)
class PrintedPlace:
    """Where a number was counted; `kind` is that of the register, 'region', or 'body' for one that is no force."""

    code: str
    name: str
    kind: str


def with_places(table: pd.DataFrame, published: Published, areas: Areas, codes: PublishedCodes) -> pd.DataFrame:
    """Return the table with `area_code`, `area_name` and `area_kind` of the register.

    Raises
    ------
    CheckFailed
        If a code or name is not known, the two are different areas, or a nation stands where forces are listed.
    """
    if "area_name" not in table and "area_code" not in table:
        return table
    printed = _printed(table)
    found = {
        (code, name): _place_of(code, name, table.loc[at, "line"], published, areas, codes)
        for at, code, name in printed.drop_duplicates().itertuples(name=None)
    }
    places = [found[pair] for pair in zip(printed["code"], printed["name"], strict=True)]
    return table.assign(
        area_code=pd.Series([p.code for p in places], index=table.index, dtype="str"),
        area_name=pd.Series([p.name for p in places], index=table.index, dtype="str"),
        area_kind=pd.Series([p.kind for p in places], index=table.index, dtype="str"),
    )


def must_lie_in_their_region(table: pd.DataFrame, published: Published, areas: Areas, codes: PublishedCodes) -> None:
    """Stop at a force beside a region, or nation, that it is not in; the names alone tell nothing: two are the same.

    Raises
    ------
    CheckFailed
    """
    if "region_name" not in table or "area_code" not in table:
        return
    pairs = table.drop_duplicates(["area_code", "area_name", "area_kind", "region_name"])
    forces = pairs[pairs["area_kind"].isin(("force", "special force"))]
    known = {fold(name) for region in codes.regions.values() for name in (region.name, *region.aliases)}
    wrong, expected = {}, {}
    for row in forces.itertuples():
        names = _regions_of(row.area_code, areas, codes)
        printed = fold(without_notes(row.region_name))
        if printed in names if names else printed not in known:
            continue
        wrong[row.line] = f"{row.area_name} in {row.region_name}"
        expected[row.area_name] = f"{row.area_name} in {next(iter(names.values()), 'no region')}"
    if wrong:
        raise published.stop(
            "a police force stands beside a region that it is not in.", wrong, "; ".join([*expected.values()][:SHOWN]),
            "Look at the file: a column may have slipped. A new spelling of a region belongs in the aliases of "
            "data/registers/regions.csv.",
        )  # fmt: skip


def _regions_of(code: str, areas: Areas, codes: PublishedCodes) -> dict[str, str]:
    """The folded names that the region of a force goes by, each with its name; of a Welsh force those of Wales."""
    for region in codes.regions.values():
        if code in region.forces:
            return {fold(name): region.name for name in (region.name, *region.aliases)}
    nation = areas.current.get(areas.current[code].part_of or "")
    if nation is None or nation.kind != "nation":
        return {}
    return {fold(name): nation.name for name in (nation.name, *nation.aliases, *nation.aliases_cy)}


def area_codes(table: pd.DataFrame, published: Published, areas: Areas, codes: PublishedCodes) -> pd.Series:
    """Return the code of each printed place, or '' where it is none that we know: nothing stops here."""
    printed = _printed(table)
    found = {}
    for code, name in printed.drop_duplicates().itertuples(index=False):
        try:
            found[code, name] = _place_of(code, name, "", published, areas, codes).code
        except CheckFailed:
            found[code, name] = ""
    return pd.Series([found[pair] for pair in zip(printed["code"], printed["name"], strict=True)], index=table.index)


def _printed(table: pd.DataFrame) -> pd.DataFrame:
    """The printed code and name of each row; a table without one of them has blanks."""
    blank = pd.Series("", index=table.index)
    return pd.DataFrame(
        {
            "code": table.get("area_code", blank).str.strip().str.replace(_GLUED, r"\1", regex=True),
            "name": table.get("area_name", blank).str.strip(),
        }
    )


def _place_of(
    code: str, printed: str, line: object, published: Published, areas: Areas, codes: PublishedCodes
) -> PrintedPlace:
    layout, name = published.layout, without_notes(printed)
    bodies = {fold(body): (mark, body) for body, mark in layout.bodies.items()}
    if not code and fold(name) in bodies:
        return PrintedPlace(*bodies[fold(name)], "body")
    if code in codes.regions:
        region = codes.regions[code]
        if fold(name) not in {fold(known) for known in (region.name, *region.aliases)}:
            raise _two_places(published, line, code, printed, region.name)
        return PrintedPlace(code, region.name, "region")
    return _registered(code, name, line, published, areas)


def _registered(code: str, name: str, line: object, published: Published, areas: Areas) -> PrintedPlace:
    spelt = {fold(words): to for words, to in published.layout.area_spellings.items()}
    try:
        area = areas.find(spelt.get(fold(name), name) if name else code)
    except UnknownName as problem:
        raise published.stop(
            f"the name of a place is not known: {problem.wrong}", {line: f"{code} {name}".strip()},
            f"a force or area of the register; nearest: {dict(problem.evidence).get('nearest', 'none')}",
            "A new spelling belongs in the aliases of data/registers/areas.csv; a body that is no force in `bodies` "
            f"of data/registers/layouts/{published.layout.id}.yml.",
        ) from None  # fmt: skip
    if code and code != area.code:
        raise _two_places(published, line, code, name, f"{area.name}, {area.code}")
    uncoded = not code and "area_code" in published.layout.columns and area.kind != "special force"
    stray = area.kind in ("nation", "nations") and published.layout.forces == "all" and fold(name) not in spelt
    if uncoded or (not code and stray):
        raise published.stop(
            "a place has no code, and a name alone may mean more than one." if uncoded else
            "a nation stands where a table lists forces.", {line: name},
            "a code beside every name" if uncoded else "forces", "Look at the file: its columns may have slipped.",
        )  # fmt: skip
    return PrintedPlace(area.code, area.name, area.kind)


def _two_places(published: Published, line: object, code: str, name: str, known: str) -> Exception:
    return published.stop(
        "a code and a name are two different places.",
        {line: f"{code} {name}"}, f"the place of that code or name: {known}",
        "The columns of the file may have slipped; look at the file. If the publisher printed one of them wrongly, "
        "declare it in data/registers/corrections.",
    )  # fmt: skip
