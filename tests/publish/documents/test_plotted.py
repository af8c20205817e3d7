"""Numbers of a figure as columns: those that its words print, rounded as they do."""

from __future__ import annotations

import pytest

from stats.home import home
from stats.publish.documents.model import plain
from stats.publish.documents.pictures import picture_of
from stats.publish.documents.plotted import plotted, printed

FIGURES = home() / "figures"
WITHHELD = ("[c]", "[x]", "[z]")


def shown(rows: list[dict[str, str]], **counts: str) -> dict[str, list[tuple[str, object]]]:
    """Return the words and the value of each cell, by the head of its column."""
    return {
        head: [(plain(cell.words), cell.value) for cell in cells] for head, cells in plotted(rows, counts, WITHHELD)
    }


@pytest.mark.parametrize(("value", "text", "is_percent", "found"), [
    (5.7757847, "5.8% (322 of 5,575) so far, at most 9.9%", True, ("5.8%", 0.058)),
    (9.8654708, "5.8% (322 of 5,575) so far, at most 9.9%", True, ("9.9%", 0.099)),
    (322, "5.8% (322 of 5,575) so far, at most 9.9%", False, ("322", 322)),
    (5575, "5.8% (322 of 5,575) so far, at most 9.9%", False, ("5,575", 5575)),
    (41.926, "42% (95% confidence interval: 36% to 48%) of 181", True, ("42%", 0.42)),
    (0.0502537, "0.050", False, ("0.050", 0.05)),
    (-0.7919, "2,778 to 2,756, -0.8%", True, ("-0.8%", -0.008)),
    (0.7919, "2,778 to 2,756, -0.8%", True, None),
    (0.0919, "295,948 to 296,220, +0.1%", True, ("0.1%", 0.001)),
    (0.0176, "11,359 to 11,361, under 0.1%", True, None),
    (322.4, "322 of 5,575", False, None),
    (5.8, "5.8 of them", True, None),
])  # fmt: skip
def test_a_number_is_found_as_its_words_print_it(value, text, is_percent, found):
    """A share by its percent sign and its decimals, a count exactly, a fall by its sign; what is not printed is not."""
    assert printed(value, text, is_percent=is_percent) == found


def test_what_is_not_printed_gives_no_number():
    """A withheld count would otherwise come back by the column beside it; shorthand stands in its place."""
    rows = [{"share_pct": "2.5", "text": "[c]", "status": "[c]"}, {"share_pct": "11.56", "text": "11.6%", "status": ""},
            {"share_pct": "", "text": "none", "status": ""}]  # fmt: skip
    assert shown(rows) == {"Per cent": [("[c]", None), ("11.6%", 0.116), ("", None)]}
    assert shown(rows[:1]) == {}


def test_units_have_a_column_each_and_none_stands_twice():
    """A head says the unit; a bound that is the number itself is that number."""
    rows = [{"value": "5", "unit": "count", "low": "5", "high": "5", "text": "5 people"},
            {"value": "5.04", "unit": "percent", "low": "", "high": "", "text": "5.0%"}]  # fmt: skip
    assert shown(rows) == {"Number": [("5", 5), ("", None)], "Per cent": [("", None), ("5.0%", 0.05)]}
    ladder = [{"low": "7", "high": "9", "text": "7 to 9"}, {"low": "8", "high": "8", "text": "8"}]
    assert list(shown(ladder)) == ["Number, at least", "Number, at most"]
    assert shown([{"low": "8", "high": "8", "text": "8"}]) == {"Number": [("8", 8)]}


def test_every_committed_figure_gives_only_what_its_words_print():
    """In as many rows as its table has; most have such a column."""
    have = 0
    for record in sorted(FIGURES.glob("*/*.json")):
        if record.stem == "numbers":
            continue
        table = picture_of(record.parent, record.stem).table
        have += bool(table.more_heads)
        assert len(table.more) == (len(table.rows) if table.more_heads else 0), record
        for row, more in zip(table.rows, table.more, strict=False):
            words = " ".join(plain(cell.words) for cell in row)
            assert all(plain(cell.words) in words or (plain(cell.words), "withheld" in words) == ("[c]", True)
                       for cell in more), record  # fmt: skip
    assert have > 20
