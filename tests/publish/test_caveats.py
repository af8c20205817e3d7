import pytest

from stats.period import Period
from stats.publish.caveats import Caveats, caveats, data_as_at


@pytest.fixture
def told(official, registers):
    """The caveats of a drawing of recorded offences for an area, an offence group and a period in words."""

    def of(area: str, group: str, period: str) -> tuple[str, ...]:
        return caveats(
            [official],
            registers,
            datasets=["recorded_offences"],
            period=Period.parse(period),
            area=registers.areas.find(area),
            codes=registers.offences.find(group).codes,
        ).lines

    return of


def test_first_lines_say_which_release_the_data_are(registers):
    """'Data as at', with the citation and the kind of provenance, silent kinds too."""
    (line,) = data_as_at([registers.newest("recorded_offences")]).lines
    assert line.startswith("Data as at 2026-04-23: Home Office, ")
    assert line.endswith("Provenance: official-mirror.")


def test_caveat_of_the_measure_comes_first(told):
    """What the number is not stands before everything else."""
    assert told("Kent", "stalking", "2024/25")[0].startswith("offences recorded by the police: Counts what the police")


def test_break_within_the_period_is_told_with_its_effect(told):
    """A series over April 2020 says what changed and how far; one that ends before does not."""
    over = [line for line in told("England and Wales", "stalking", "2020/21") if line.startswith("April 2020")]
    assert len(over) == 1
    assert "a course of conduct by a former partner is recorded as stalking" in over[0]
    assert "8,514, 11,307, 19,243 and 26,140" in over[0]
    assert not [line for line in told("England and Wales", "stalking", "2021/22") if line.startswith("April 2020")]


def test_break_of_one_force_is_told_to_that_force_alone(told):
    """Merseyside's step is no caveat of Kent."""
    assert any("Merseyside" in line for line in told("Merseyside", "stalking", "2015/16"))
    assert not any("Merseyside" in line for line in told("Kent", "stalking", "2015/16"))


def test_gap_of_a_force_is_told_to_it_and_to_the_nation(told):
    """Greater Manchester's missing months concern England and Wales too, and not Kent."""
    words = "Greater Manchester Police could not supply recorded crime"
    assert any(words in line for line in told("Greater Manchester", "stalking", "2019/20"))
    assert any(words in line for line in told("England and Wales", "stalking", "2019/20"))
    assert not any(words in line for line in told("Kent", "stalking", "2019/20"))
    assert not any(words in line for line in told("England and Wales", "stalking", "2021/22"))


def test_caveats_of_the_source_and_status_are_told(told):
    """Read from a copy, three cells set to zero, and not accredited (design.md section 4, rule 10)."""
    lines = told("Kent", "stalking", "2024/25")
    assert any("Read from a copy kept in a public repository" in line for line in lines)
    assert "Status of the statistics: official statistics, not accredited" in lines[-1]


def test_each_caveat_is_told_once(official, reported, registers):
    """Two figures of one source repeat nothing."""
    once = caveats([official, reported], registers).lines
    assert caveats([official, reported, official, reported], registers).lines == once
    assert len(set(once)) == len(once)


def test_without_a_period_no_break_or_gap_is_told(official, registers):
    """A figure of an article has no series to be broken."""
    lines = caveats([official], registers, datasets=["recorded_offences"]).lines
    assert not any(line.startswith("April 2020") for line in lines)


def test_notebook_shows_a_list():
    """In a notebook as points, in a terminal with stars."""
    told = Caveats(("Charged is not convicted.", "Read from a copy."))
    assert told._repr_markdown_() == "- Charged is not convicted.\n- Read from a copy."
    assert repr(told) == "* Charged is not convicted.\n* Read from a copy."


def test_caveats_are_single_lines(told):
    """Text folded over lines in a register is one line in a notebook."""
    assert not any("\n" in line or "  " in line for line in told("England and Wales", "stalking", "2019/20"))
