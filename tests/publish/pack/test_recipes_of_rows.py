"""Every number that is counted from rows follows from them, in every committed figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from made_packs import ask, facts

from stats.publish.folder import figures_in
from stats.publish.pack.figure import figure_of
from stats.publish.pack.numbers import ABOUT
from stats.publish.pack.recipes import Recipe, gives, of_table
from stats.publish.pack.recipes_of_rows import COUNTED, of_rows, paths_of

ROOT = facts().registers.root
FIGURES = [f"{folder.name}/{name}" for folder in sorted((ROOT / "figures").iterdir()) for name in figures_in(folder)]
NOT_FROM_A_TABLE = {"no change", "[x]"}
"""What is printed in words for a number that a table does not hold as such."""


def words_of(recipe: Recipe) -> Iterator[str]:
    """The words of a recipe that its reader must be told: the formula, and what its terms may hold beside a table."""
    terms = [recipe[term] for term in ("numerator", "denominator") if term in recipe]
    yield recipe["formula"]
    yield from {*recipe, *(key for term in terms for key in term)} - {"formula", "file"}


@pytest.mark.parametrize("name", FIGURES)
def test_numbers_follow_from_the_rows_and_the_table_of_their_figure(name):
    """Counts, shares and rates of ours from rows; every other number as its table prints it, but for a few."""
    figure = figure_of(name, facts().registers, ask)
    files = {path: figure.rows[source] for source, path in paths_of(figure).items()}
    left = []
    for number in figure.record["numbers"]:
        by_rows, by_table = of_rows(number, figure, facts().registers), of_table(number, figure)
        assert by_rows is None or gives(by_rows, number["text"], files)
        for recipe in filter(None, (by_rows, by_table)):
            assert set(words_of(recipe)) <= set(re.findall(r"(?:whole )?\w+", ABOUT)), number["id"]
        is_ours = figure.record["notebook"] in COUNTED and number["unit"] in ("count", "share") and number["area"]
        if is_ours and number["measure"] and "together" not in number["id"]:
            assert by_rows, number["id"]
        if not (by_rows or by_table) and number["text"] not in NOT_FROM_A_TABLE:
            left.append(number["id"])
    assert len(left) <= 4 if "illustrative" not in name else True, left
