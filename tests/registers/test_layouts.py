"""Layouts: one file a table, checked against itself."""

from __future__ import annotations

import re

import pytest
from made_tables import FORCES, workbook

from stats.errors import RegisterError
from stats.home import home
from stats.registers.layouts import load_layouts
from stats.run.reading import read_workbook

FOLDER = home() / "data" / "registers" / "layouts"
NEW = """
publisher: A police force
title: Orders by force
dataset: orders
columns: {area_name: [Force]}
numbers: [{unit: orders, headings: {orders: [Orders]}}]
period: untold
keys: [area_code]
"""


def test_every_layout_loads_and_is_named_for_its_file() -> None:
    """The id is the name of the file; each says who publishes what."""
    layouts = load_layouts(FOLDER)
    assert set(layouts) == {path.stem for path in FOLDER.glob("*.yml")}
    assert all(layout.publisher and layout.title for layout in layouts.values())


def test_a_layout_that_is_like_another_gives_only_what_differs() -> None:
    """The columns come from the one it is like, the header from its own file."""
    layouts = load_layouts(FOLDER)
    older, newer = layouts["ons_force_area_offences_2018"], layouts["ons_force_area_offences"]
    assert older.columns == newer.columns
    assert (older.header_rows, newer.header_rows) == (2, 1)


def test_a_new_table_is_one_new_file_and_no_code(broken) -> None:
    """What CONTRIBUTING shows: a layout file, and the table reads."""
    (broken.root / "data" / "registers" / "layouts" / "force_orders.yml").write_text(NEW, "utf-8")
    rows = [["Force", "Orders"], *([force, str(at)] for at, force in enumerate(FORCES))]
    reading = read_workbook(workbook(("", rows), kind="csv"), broken.root)
    assert reading.table["value"].tolist() == list(range(44))


def test_what_contributing_shows_works_to_the_letter(broken) -> None:
    """A newcomer who copies its layout and its correction reads the table of one force."""
    words = (home() / "CONTRIBUTING.md").read_text("utf-8")
    layout, correction = re.findall(r"```yaml\n(.*?)```", words, re.DOTALL)
    broken.write("registers/layouts/force_orders.yml", layout)
    table = workbook(("", [["Force Name", "Number of orders"], ["Kent", "71"]]), kind="csv")
    reading = read_workbook(table, broken.root)
    assert reading.table["value"].tolist() == [71]
    assert ("note", "of 44 forces, only Kent") in reading.summary
    broken.write("registers/corrections/force_orders_of_kent.yml", correction)
    assert read_workbook(table, broken.root).table["value"].tolist() == [17]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keys: [area_code]", "keys: [force_code]", "force_code"),
        ("period: untold", "period: columns", "columns of a period"),
        ("period: untold", "period: headings", "group `period`"),
        ("headings: {orders: [Orders]}", "pattern: '('", "not a pattern"),
        ("headings: {orders: [Orders]}", "", "headings or a pattern"),
        ("headings: {orders: [Orders]}", "headings: {orders: [Orders], more: [More]}", "into"),
        ("keys:", "markers: {'~': unknown}\nkeys:", "markers"),
        ("keys:", "colour: red\nkeys:", "no such field"),
        ("keys:", "optional: [region]\nkeys:", "region"),
        ("keys:", "unheaded: [region]\nkeys:", "region"),
        ("keys:", "expired: [region]\nkeys:", "expired"),
        ("keys:", "expired: region\nkeys:", "region"),
        ("keys:", "parts_of_year: quarter\nkeys:", "quarter"),
        ("keys:", "known: {colour: [red]}\nkeys:", "colour"),
        ("keys:", "adds_up: [{whole: orders, parts: [granted]}]\nkeys:", "granted"),
        ("publisher:", "like: nowhere\npublisher:", "nowhere"),
        ("publisher:", "id: other\npublisher:", "name of the file"),
        ("[Force]", "[Orders]", "two entries share one heading"),
    ],
)
def test_a_layout_that_contradicts_itself_stops_with_its_file(tmp_path, old: str, new: str, said: str) -> None:
    """A column, pattern, marker or layout that is not there; a heading that means two things."""
    assert old in NEW
    (tmp_path / "force_orders.yml").write_text(NEW.replace(old, new), "utf-8")
    with pytest.raises(RegisterError) as stopped:
        load_layouts(tmp_path)
    assert said in str(stopped.value)
    assert "force_orders.yml" in str(stopped.value)


def test_two_layouts_that_both_fit_stop_and_are_named(broken) -> None:
    """A table is never read by the one that happens to come first."""
    from stats.errors import NotRecognised

    folder = broken.root / "data" / "registers" / "layouts"
    for name in ("one", "two"):
        (folder / f"{name}.yml").write_text(NEW, "utf-8")
    with pytest.raises(NotRecognised, match="more than one layout"):
        read_workbook(workbook(("", [["Force", "Orders"], ["Kent", "1"]]), kind="csv"), broken.root)


def test_a_folder_without_layouts_stops(tmp_path) -> None:
    """Nothing is recognised by accident."""
    with pytest.raises(RegisterError, match="no layout is there"):
        load_layouts(tmp_path)
