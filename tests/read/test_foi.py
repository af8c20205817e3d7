"""FOI returns as published: our template, whatever the order of its columns, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_returns import answer, returns

from stats.errors import CheckFailed
from stats.home import home
from stats.read.foi import HEADER, TEMPLATE, is_foi, read_foi
from stats.read.opening import Sheet, open_sheets


def test_the_template_is_a_header_and_nothing_else() -> None:
    """Nobody can mistake an example row for an answer."""
    assert (home() / TEMPLATE).read_text("utf-8") == ",".join(HEADER) + "\n"
    assert is_foi(open_sheets(home() / TEMPLATE))


def test_an_empty_template_stops() -> None:
    """A file with no answers is no answer."""
    with pytest.raises(CheckFailed, match="the returns hold no row"):
        read_foi(open_sheets(home() / TEMPLATE))


def test_columns_may_stand_in_any_order_and_rows_be_blank() -> None:
    """A person who filled it in with a spreadsheet program left both; the line of the file is kept."""
    workbook = returns(answer("Kent"), {}, answer("Essex"), header=tuple(reversed(HEADER)))
    table = read_foi(workbook)
    assert list(table) == list(HEADER)
    assert table.index.tolist() == [2, 4]
    assert table["force"].tolist() == ["Kent", "Essex"]


def test_a_spreadsheet_holds_dates_and_numbers_and_they_read_as_text() -> None:
    """A date is a day and a count is whole, whichever program wrote them."""
    workbook = returns(answer("Kent"))
    workbook.sheets[0].rows[1][HEADER.index("period_from")] = date(2024, 4, 1)
    workbook.sheets[0].rows[1][HEADER.index("value")] = 1012.0
    row = read_foi(workbook).iloc[0]
    assert (row["period_from"], row["value"]) == ("2024-04-01", "1012")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (HEADER[:-1], "missing:.*note"),
        ((*HEADER[:-1], "notes"), "missing:.*note; nearest found: notes"),
        ((*HEADER, "rank"), "unknown:.*rank"),
        ((*HEADER, "force"), "twice:.*force"),
    ],
)
def test_a_column_renamed_added_or_missing_stops(header: tuple[str, ...], words: str) -> None:
    """The nearest that was found is named."""
    workbook = returns(answer("Kent"), header=header)
    assert is_foi(workbook)
    with pytest.raises(CheckFailed, match=f"(?s)not those of the template.*{words}"):
        read_foi(workbook)


def test_an_unquoted_comma_stops() -> None:
    """A row with a cell too many has slipped."""
    workbook = returns(answer("Kent"))
    workbook.sheets[0].rows[1].append("and a half")
    with pytest.raises(CheckFailed, match=r"(?s)slipped.*line 2:.*and a half"):
        read_foi(workbook)


def test_a_second_sheet_stops() -> None:
    """Rows that nobody would read are not left out in silence."""
    workbook = returns(answer("Kent"))
    with pytest.raises(CheckFailed, match="one sheet"):
        read_foi(replace(workbook, sheets=(*workbook.sheets, Sheet("later", [["Essex"]]))))


def test_another_table_is_no_return() -> None:
    """A published table that has a force and a note is not taken for one."""
    assert not is_foi(returns(header=("force", "value", "note")))
