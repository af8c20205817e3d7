import pytest

from stats.errors import UnknownName
from stats.home import home
from stats.publish.show import KINDS, show


@pytest.mark.parametrize(
    ("what", "words", "expected"),
    [
        ("area", "GMP", "Greater Manchester"),
        ("area", "Heddlu Gwent", "W15000002"),
        ("area", "Devon & Cornwall", "E23000035"),
        ("area", "E23000020", "Lincolnshire"),
        ("area", "Hampshire", "Hampshire and Isle of Wight"),
        ("offence", "8q", "Protection from Harassment Act 1997, ss.2A and 4A"),
        ("offence", "coercive control", "controlling or coercive behaviour"),
        ("offence", "8S", "Assault with injury on a constable"),
        ("measure", "charge_share_of_offences_recorded", "conviction rate"),
        ("break", "2020-04-former-partners", "a course of conduct by a former partner"),
        ("source", "home_office_recorded_2026_04_23", "not accredited"),
        ("claim", "c003-01", "just 5 per cent of cases in England and Wales ending in a conviction"),
    ],
)
def test_entry_is_shown_in_full_by_name_alias_code_or_id(registers, what, words, expected):
    """One entry, every field on a line of its own."""
    shown = show(what, words, registers)
    assert expected in shown
    assert len(shown.splitlines()) >= 3


def test_nothing_asked_shows_a_line_for_each(registers):
    """Without words the whole register is listed: every area once."""
    lines = show("area", "", registers).splitlines()
    assert len(lines) == 47
    assert len([line for line in lines if "Lincolnshire" in line]) == 1
    assert "(also Lincs)" in next(line for line in lines if "Lincolnshire" in line)


@pytest.mark.parametrize("what", KINDS)
def test_every_register_is_listed_without_a_blank(registers, what):
    """Each kind lists all its entries, one a line, none empty."""
    lines = show(what, "", registers).splitlines()
    assert len(lines) > 4
    assert all(line.strip() for line in lines)


@pytest.mark.parametrize(
    ("what", "words", "found"),
    [
        ("area", "yorkshire", ["North Yorkshire", "West Yorkshire", "South Yorkshire"]),
        ("area", "york", ["North Yorkshire", "West Yorkshire", "South Yorkshire"]),
        ("break", "partner", ["2020-04-former-partners"]),
        ("measure", "charge share", ["charge_share_of_offences_recorded", "charge_share_of_outcomes_assigned"]),
        ("measure", "convict", ["persons_convicted", "conviction_ratio_to_offences_recorded"]),
        ("source", "ons population", ["ons_population_2018", "ons_population_2024"]),
        ("claim", "cases conviction", ["C003-01"]),
        ("claim", "5%", ["C003-01"]),
    ],
)
def test_words_find_the_entries_that_hold_them(registers, what, words, found):
    """Search words, whole or begun, in any case: every word must be there."""
    shown = show(what, words, registers)
    for name in found:
        assert name in shown
    assert show(what, words.upper(), registers) == shown


def test_all_words_must_be_there(registers):
    """Two words narrow a search."""
    shown = show("area", "south yorkshire", registers)
    assert "South Yorkshire" in shown
    assert "West Yorkshire" not in shown


@pytest.mark.parametrize(
    ("what", "words", "near"),
    [
        ("area", "Linconshire", "Lincolnshire"),
        ("measure", "charge_share_of_offence_recorded", "charge_share_of_offences_recorded"),
        ("claim", "C003-1", "C003-01"),
        ("source", "ons_population_2019", "ons_population_2018"),
    ],
)
def test_nothing_found_names_the_nearest(registers, what, words, near):
    """A misspelt name stops with the nearest ones and the way to see them all."""
    with pytest.raises(UnknownName, match=f"no {what} holds the words '{words}'") as refusal:
        show(what, words, registers)
    assert near in str(refusal.value)
    assert f"stats show {what}" in str(refusal.value)


def test_nothing_near_says_so(registers):
    """Words that are like nothing are answered with 'none', and not with a guess."""
    with pytest.raises(UnknownName) as refusal:
        show("area", "zzzz", registers)
    assert "none" in str(refusal.value)


def test_source_is_shown_without_the_folders_of_this_machine(registers):
    """The file is named as the repository knows it."""
    shown = show("source", "home_office_recorded_2026_04_23", registers)
    assert "data/raw/home-office/2026-04-23/recorded_offences.csv" in shown
    assert str(home()) not in shown


def test_names_of_fields_are_not_searched(registers):
    """'kind' is a word of the register's form and of no area."""
    with pytest.raises(UnknownName):
        show("area", "kind", registers)
