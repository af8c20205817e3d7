"""Declared corrections: one file an error, checked against the layouts and areas it names."""

from __future__ import annotations

from datetime import date

import pytest

from stats.errors import RegisterError
from stats.home import home
from stats.registers.areas import load_areas
from stats.registers.corrections import Correction, load_corrections
from stats.registers.layouts import load_layouts

REGISTERS = home() / "data" / "registers"
RATE = """
layouts: [bbc_orders]
action: replace
where: {item: charge rate April to December 2020}
cells:
  - {where: {area: Kent}, printed: 2%, right: 3%}
  - {where: {area: Essex}, printed: 8%, right: 9%}
reason: a reason
source: the publisher's other table
told: not yet told
"""
ZERO = """
layouts: [bbc_charges, bbc_outcomes]
action: not-available
where: {area: Kent}
cells: [{where: {heading: 2019/20}, printed: 0}]
reason: a reason
source: a source
told: 2026-11-20
"""


@pytest.fixture(scope="module")
def loaded():
    """Load the corrections in a folder beside the layouts and areas of this repository."""
    layouts, areas = load_layouts(REGISTERS / "layouts"), load_areas(REGISTERS)
    return lambda folder: load_corrections(folder, layouts, areas)


def test_every_correction_loads_and_is_named_for_its_file(loaded) -> None:
    """Each says why, how we know, and when the publisher was told."""
    corrections = loaded(REGISTERS / "corrections")
    assert set(corrections) == {path.stem for path in (REGISTERS / "corrections").glob("*.yml")}
    assert {c.told for c in corrections.values()} == {"not yet told"}
    assert all(c.reason and c.source and c.cells for c in corrections.values())


def test_what_all_cells_share_and_what_is_their_own_make_a_place(loaded, tmp_path) -> None:
    """A number in YAML is the text that a file prints; a date is the day the publisher was told."""
    (tmp_path / "rate.yml").write_text(RATE, "utf-8")
    (tmp_path / "zero.yml").write_text(ZERO, "utf-8")
    rate, zero = loaded(tmp_path).values()
    assert rate.place_of(rate.cells[1]) == {"item": "charge rate April to December 2020", "area": "Essex"}
    assert rate.named(rate.cells[0]) == "charge rate April to December 2020, Kent"
    assert (zero.cells[0].printed, zero.cells[0].right, zero.told) == ("0", None, date(2026, 11, 20))


def test_a_folder_without_corrections_has_none(loaded, tmp_path) -> None:
    """No error of a publisher is known."""
    assert loaded(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (RATE, "[bbc_orders]", "[bbc_order]", "bbc_orders"),
        (RATE, "[bbc_orders]", "[]", "layouts"),
        (RATE, "area: Kent", "area: Kentt", "Kent"),
        (RATE, "area: Kent", "area: Scotland", "Scotland"),
        (RATE, "area: Kent", "county: Kent", "column of bbc_orders"),
        (RATE, "item: charge rate", "item: change rate", "item of bbc_orders"),
        (RATE, "area: Kent", "unit: charges", "unit of bbc_orders"),
        (RATE, "action: replace", "action: shift", "not-available"),
        (RATE, "action: replace", "action: not-available", "uses neither"),
        (RATE, ", right: 3%", "", "needs `right`"),
        (RATE, "right: 3%", "right: 2%", "must differ"),
        (RATE, "printed: 2%, ", "", "printed"),
        (RATE, "printed: 2%", "printed: true", "printed"),
        (RATE, "printed: 2%", "printed: 4.10", "in quotes"),
        (RATE, "item: charge rate April to December 2020", "area_code: 4.10", "in quotes"),
        (RATE, "action:", "column: region\naction:", "column of bbc_orders"),
        (RATE, "action:", "release: '('\naction:", "not a pattern"),
        (RATE, "action:", "colour: red\naction:", "no such field"),
        (RATE, "action:", "id: other\naction:", "name of the file"),
        (RATE, "told: not yet told", "told: soon", "told"),
        (RATE, "told: not yet told", "", "told"),
        (RATE, "reason: a reason", "reason: ''", "reason"),
        (RATE, "source: the publisher's other table", "", "source"),
        (RATE, "area: Essex", "area: kent police", "two corrections may meet"),
        (RATE, "where: {area: Essex}, ", "", "two corrections may meet"),
        (ZERO, "action: not-available", "column: area_name\naction: not-available", "uses neither"),
        (ZERO, "bbc_outcomes]", "police_uk_street]", "table of numbers"),
    ],
)
def test_a_correction_that_names_what_is_not_there_stops_with_its_file(
    loaded, tmp_path, text: str, old: str, new: str, said: str
) -> None:
    """An unknown layout, area, column, item, unit or field; a field its action does not use; two for one cell."""
    assert old in text
    (tmp_path / "one.yml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RegisterError) as stopped:
        loaded(tmp_path)
    assert said in str(stopped.value)
    assert "one.yml" in str(stopped.value)
    assert stopped.value.mend


@pytest.mark.parametrize(
    ("old", "new", "meet"),
    [
        ("[bbc_orders]", "[bbc_orders]", True),
        ("[bbc_orders]", "[bbc_charges]", False),
        ("action:", "release: march 2020\naction:", True),
        ("{area: Kent}", "{area: Heddlu Gwent}", False),
    ],
)
def test_two_corrections_of_one_cell_are_refused(loaded, tmp_path, old: str, new: str, meet: bool) -> None:
    """Unless they name another layout, area or release, two corrections may meet."""
    one = RATE.replace("  - {where: {area: Essex}, printed: 8%, right: 9%}\n", "")
    (tmp_path / "one.yml").write_text(one, "utf-8")
    (tmp_path / "two.yml").write_text(one.replace(old, new), "utf-8")
    if meet:
        with pytest.raises(RegisterError, match="may meet") as stopped:
            loaded(tmp_path)
        assert {"one", "other"} <= dict(stopped.value.evidence).keys()
    else:
        assert set(loaded(tmp_path)) == {"one", "two"}


def test_two_releases_have_a_correction_each(loaded, tmp_path) -> None:
    """The same cell may be wrong in two releases, in two ways."""
    for name, month in (("one", "march"), ("two", "june")):
        (tmp_path / f"{name}.yml").write_text(RATE.replace("action:", f"release: {month} 2020\naction:"), "utf-8")
    assert set(loaded(tmp_path)) == {"one", "two"}


def test_a_table_that_cannot_say_not_available_stops(tmp_path) -> None:
    """A number is taken out with the marker of its own table, so there must be one."""
    layouts = load_layouts(REGISTERS / "layouts")
    layouts["bbc_charges"] = layouts["bbc_charges"].model_copy(update={"markers": {"~": "u"}})
    (tmp_path / "zero.yml").write_text(ZERO, "utf-8")
    with pytest.raises(RegisterError) as stopped:
        load_corrections(tmp_path, layouts, load_areas(REGISTERS))
    assert "marker of bbc_charges" in str(stopped.value)


def test_the_model_lists_two_actions() -> None:
    """What can be done about an error is a short closed list."""
    actions = Correction.model_json_schema()["properties"]["action"]["enum"]
    assert actions == ["not-available", "replace"]
