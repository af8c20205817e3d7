"""The numbers of a funnel that count forces are counted again from its rows, by nothing but verify.py."""

from __future__ import annotations

import json
from typing import Any

import pytest
from made_packs import facts

from stats.draw.funnel_words import Subject, numbers_of, plotted
from stats.estimate.forces import compare_forces
from stats.period import Period
from stats.publish.files import as_csv
from stats.publish.pack import verify
from stats.publish.pack.figure import Figure
from stats.publish.pack.recipes import OF_ROWS, of_table

PATH = "figures/forces/funnel.csv"


@pytest.fixture(scope="module")
def funnel() -> tuple[bytes, dict[str, dict[str, Any]]]:
    """The table of the funnel of stalking as written, and its numbers by the end of their ids."""
    registers = facts().registers
    group, period = registers.offences.find("stalking"), Period.parse("2024/25")
    compared = compare_forces(facts().outcomes, group=group, period=period, registers=registers)
    table = plotted(compared)
    numbers = numbers_of("funnel", table, compared, Subject(group, period))
    told = {n.id: {"id": n.id, "text": n.text, "unit": n.unit, "area": n.area, "measure": n.measure, "period": n.period}
            for n in numbers}  # fmt: skip
    return as_csv(table), {tail: told[f"funnel.{tail}"] for tail in OF_ROWS}


def recipe_of(number: dict[str, Any], table: bytes) -> dict[str, Any] | None:
    """How the number is computed again from a table."""
    return of_table(number, Figure("forces/funnel", {"csv": table}))


@pytest.mark.parametrize(("tail", "printed"), [("judged", "42"), ("beyond", "0"), ("differ", "29")])
def test_forces_are_counted_from_the_rows(funnel, tail, printed):
    """How many are judged, lie beyond, and differ beyond chance alone."""
    table, numbers = funnel
    recipe = recipe_of(numbers[tail], table)
    assert recipe
    assert recipe["formula"] == "rows"
    assert verify.recomputed(recipe, {PATH: table}) == numbers[tail]["text"] == printed


def test_a_force_that_is_marked_otherwise_is_found(funnel):
    """Cumbria without its mark: verify.py counts 28, and says so."""
    table, numbers = funnel
    recipe = recipe_of(numbers["differ"], table)
    lines = [
        line.replace(b"False,False,True,", b"False,False,False,") if b",Cumbria," in line else line
        for line in table.splitlines(keepends=True)
    ]
    told = {"numbers": [{"id": "funnel.differ", "printed": "29", "recipes": [recipe]}]}
    files = {verify.NUMBERS: json.dumps(told).encode()}
    assert [(right, found) for right, _, found, _ in verify.checked({**files, PATH: table})] == [(True, "29")]
    assert [(right, found) for right, _, found, _ in verify.checked({**files, PATH: b"".join(lines)})] == [
        (False, "28")
    ]


def test_a_count_of_forces_is_not_taken_for_a_count_that_happens_to_be_the_same(funnel):
    """A force with 29 offences charged says nothing of how many forces differ."""
    table, numbers = funnel
    same = table.replace(b",Dorset,1657,114,", b",Dorset,1657,29,")
    assert same != table
    recipe = recipe_of(numbers["differ"], same)
    assert recipe
    assert recipe["formula"] == "rows"


def test_a_table_that_does_not_tell_gives_no_recipe(funnel):
    """A figure without the column, as it was made before there was one."""
    table, numbers = funnel
    assert recipe_of(numbers["differ"], table.replace(b"differs_beyond_chance", b"something_else")) is None
