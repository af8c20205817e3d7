"""Real editions of one table, added to a copy of the repository on release days of their own."""

import re
from datetime import date

import pytest
from kept_outside import shared
from made_releases import house_of, tree

from stats.read.tidy import read_tidy
from stats.registers import load_again
from stats.run.release import add_release
from stats.run.release_diff import differences, in_words
from stats.run.release_entry import Told

PAGE = "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables"


OF_MARCH_2018 = (
    "England and Wales, stalking and harassment, 2017/18 = 295,571",
    "Lancashire, stalking and harassment, 2017/18 = 8,987",
    "West Yorkshire, stalking and harassment, 2017/18 = 20,346",
)
"""Table P1 of the workbook in ../shared/official/ons/pfa-tables."""

OF_2024_25 = (
    "England and Wales, stalking and harassment, 2024/25 = 599,908",
    "Devon & Cornwall, stalking and harassment, 2024/25 = 14,530",
    "Bedfordshire, stalking and harassment, 2024/25 = 5,108",
)
"""As in data/registers/totals.yml."""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the data, to which both editions are added."""
    return house_of(tmp_path_factory.mktemp("house"))


def _added(name, house, **told):
    lines = []
    file = shared("official") / "home-office" / name
    add_release(file, Told(date(2026, 11, 25), url=PAGE, **told), house, lines.append, workers=0)
    return "\n".join(lines)


def test_the_edition_of_2018_and_todays_release_side_by_side(house):
    """The whole sheet is our rows of it, and today stalking of that year is 1% more; figures rest on today's."""
    before = tree(house)
    words = _added(
        "prc-pfa-mar2013-onwards-tables201718.csv", house, published="2018", id="home_office_2018_sheet",
        totals=OF_MARCH_2018, totals_from="ONS, police force area data tables, year ending March 2018 (v2)",
    )  # fmt: skip
    assert "- unchanged: 704 rows, April 2017 to March 2018" in words
    assert "- revised: 0 rows" in words
    assert "No figure changes. They rest on `home_office_recorded_2026_04_23`" in words
    after = tree(house)
    assert {name for name in before if after[name] != before[name]} == {
        f"data/tidy/{name}" for name in ("codebook.csv", "made.json", "recorded_offences.csv", "tie_out.csv")
    }
    registers = load_again(house)
    sheet, today = registers.source("home_office_2018_sheet"), registers.newest("recorded_offences")
    told = "\n".join(in_words(differences(sheet, today, read_tidy("recorded_offences", registers), registers)))
    assert "- revised: 454 rows, April 2017 to March 2018" in told
    assert "- dropped: 0 rows" in told
    assert dict(re.findall(r"\| 2017/18 \| (8\w) \| \d+ \| (.*) \|", told)) == {
        "8L": "124,393 → 124,090 (-0.24%)", "8M": "1,882 → 1,904 (+1.17%)",
        "8Q": "10,296 → 10,396 (+0.97%)", "8R": "159,377 → 159,830 (+0.28%)",
    }  # fmt: skip


def test_all_offences_of_2024_25_agree_with_the_mirror_of_their_day(house):
    """880 rows of ours in a file of 25,356; every one is the same in the copy that we read before."""
    words = _added(
        "prc-pfa_2024-25_all-offences.csv", house, published="2026-04-23", id="home_office_recorded_2026_04_23_year",
        totals=OF_2024_25, totals_from="ONS, in the press of October 2025",
    )  # fmt: skip
    assert "- unchanged: 880 rows, April 2024 to March 2025" in words
    assert "- revised: 0 rows" in words
    assert "8,580 rows of the earlier release outside it stay as before" in words
    assert "No figure changes" in words
