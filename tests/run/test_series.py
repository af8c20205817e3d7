"""A series for the command line: as at any release, with its release and source, cut at its breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stats.cli import cli
from stats.errors import BadPeriod, NotToHand, StatsError, UnknownName, UsageMistake
from stats.run.series import asked_for

ROOT = Path(__file__).parents[2]


def text_of(area: str, offence: str, **asked: str | None) -> str:
    """A series as text."""
    options: dict[str, str | None] = {"start": None, "end": None, "as_at": None, "by": "year", **asked}
    return asked_for(area, offence, root=ROOT, **options)  # type: ignore[arg-type] # `by` is never None


def stats(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, list(words))


def counts(text: str) -> dict[str, str]:
    """The rows of a printed series."""
    return dict(re.findall(r"^(year ending March \d+|[A-Z][a-z]+ to [A-Z][a-z]+ \d+) +(-?[\d,]+)", text, re.M))


def test_a_series_is_that_of_the_newest_release() -> None:
    """All whole years since the class began, with release, source, status, and the other releases there are."""
    text = text_of("England and Wales", "stalking")
    found = counts(text)
    assert len(found) == 11
    assert found["year ending March 2018"] == "10,396"
    assert "Release: home_office_recorded_2026_04_23: published 2026-04-23, covers 2012-04-01" in text
    assert "Source: Home Office, " in text
    assert "Provenance: official-mirror." in text
    assert "not accredited" in text
    assert "Other release: home_office_recorded_2018: published 2018" in text


@pytest.mark.parametrize("as_at", ["home_office_recorded_2018", "2018", "2019-06-30"])
def test_a_series_as_at_an_older_release_is_that_of_the_release(as_at: str) -> None:
    """Its numbers, its span and its name."""
    text = text_of("England and Wales", "stalking", as_at=as_at)
    assert counts(text) == {"year ending March 2018": "10,296"}
    assert "Release: home_office_recorded_2018: " in text
    quarters = counts(text_of("England and Wales", "stalking", as_at=as_at, by="quarter"))
    assert list(quarters.values()) == ["1,904", "2,322", "2,909", "3,161"]


def test_a_series_is_cut_at_its_breaks_and_they_are_named() -> None:
    """A year with a break inside says so and stands apart from both neighbours."""
    lines = text_of("England and Wales", "stalking", start="2019/20", end="2024/25").splitlines()
    cuts = [at for at, line in enumerate(lines) if "recording break" in line]
    assert [lines[at - 1][:22] for at in cuts] == [f"year ending March {year}" for year in (2020, 2023, 2024)]
    assert [line[:22] for line in lines if line.endswith("a break falls inside")] == ["year ending March 2024"]
    assert sum(line.startswith("Break, ") for line in lines) == 2
    whole = text_of("Lincolnshire", "stalking", start="2021/22", end="2022/23")
    assert "break" not in whole.casefold()


def test_years_may_be_written_for_quarters() -> None:
    """From the first quarter of one to the last of the other; one end alone is one period if it lies beyond."""
    assert len(counts(text_of("Kent", "harassment", by="quarter", start="2020/21", end="2021/22"))) == 8
    assert len(counts(text_of("Kent", "harassment", start="2023/24"))) == 2


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"as_at": "2018", "start": "2018/19"}, NotToHand, "it covers: +year ending March 2018"),
        ({"as_at": "2018", "end": "2016/17"}, NotToHand, "it covers: +year ending March 2018"),
        ({"start": "2025/26", "end": "2025/26"}, NotToHand, "it covers: +April 2012 to December 2025"),
        ({"as_at": "2018-08-01"}, NotToHand, "releases: +home_office_recorded_2018"),
        ({"as_at": "July"}, UnknownName, "releases: +home_office_recorded_2018"),
        ({"offence": "8U", "as_at": "2018"}, NotToHand, "does not exist for the whole of"),
        ({"start": "2017/18 Q1"}, UsageMistake, "--by quarter"),
        ({"start": "2018"}, BadPeriod, "bare year"),
        ({"start": "2019/20", "end": "2017/18"}, BadPeriod, "before it starts"),
        ({"area": "Kant"}, UnknownName, "Kent"),
    ],
)
def test_what_is_not_there_is_refused(asked: dict[str, str], error: type[StatsError], said: str) -> None:
    """A release that does not cover the period says what it covers; an unknown one lists those that are here."""
    with pytest.raises(error, match=rf"(?s){said}"):
        text_of(**{"area": "Kent", "offence": "stalking and harassment", **asked})


def test_the_command_prints_the_series_and_a_mistake_without_a_traceback() -> None:
    """The words of the shell go through, and a refusal has the exit code of its kind."""
    done = stats("series", "kent", "harassment", "--from", "2017/18", "--to", "2017/18", "--as-at", "2018")
    assert done.exit_code == 0
    assert counts(done.output) == {"year ending March 2018": "5,434"}
    wrong = stats("series", "kent", "harassment", "--as-at", "home_office_2017")
    assert wrong.exit_code == 2
    assert "home_office_recorded_2018: published 2018, covers 2017-04-01 to 2018-03-31" in wrong.stderr
    assert isinstance(wrong.exception, SystemExit)
    assert "--as-at 2018" in stats("series", "--help").output
