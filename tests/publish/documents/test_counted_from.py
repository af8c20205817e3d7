"""A reader finds the rows of a number: the tidy table, what its rows hold, and the file they were read from."""

from __future__ import annotations

from stats.home import home
from stats.publish.documents.counted_from import cells_table
from stats.publish.documents.model import Grid, plain


def told_of(table: Grid) -> dict[str, str]:
    """Return a table of rows as it is printed."""
    return {plain(what.words): plain(which.words) for what, which in table.rows}


def test_the_rows_of_a_number_lead_to_its_table_and_file(registers):
    """The tidy table with its columns; the raw file as it lies in the repository, with its hash, and whose it is."""
    source = registers.source("home_office_outcomes_2024_25")
    told = told_of(cells_table(source, {"area_code": "E23000020"}, "a number", home()))
    assert told["Read from the file"].startswith("data/raw/home-office/")
    assert (home() / told["Read from the file"]).samefile(source.file)
    assert told["What the file is"].startswith("a copy in our own columns")
    assert (told["Its sha256"], told["Published by"]) == (source.sha256, "Home Office, 23 April 2026")
    assert (told["area_code"], told["source_id"]) == ("E23000020", source.id)
    table = cells_table(source, {}, "a number", home())
    names = [plain(what.words) for what, _ in table.rows]
    assert names.index("The publisher's own address") == names.index("Published by") + 1
    own = next(which.words[0] for what, which in table.rows if plain(what.words) == "The publisher's own address")
    assert (own.text, own.address) == (source.publisher_url, source.publisher_url)


def test_the_publishers_own_file_is_not_called_a_copy(registers):
    """Nor has it an address that nobody told."""
    source = registers.source("home_office_outcomes_2024_25")
    official = source.model_copy(update={"kind": "official-copy", "publisher_url": None})
    told = told_of(cells_table(official, {}, "a number", home()))
    assert not {"What the file is", "The publisher's own address"} & set(told)
