import pytest

from stats.errors import NotCovered, NotHonest, UnknownName
from stats.home import home
from stats.publish.kinds import KINDS
from stats.publish.show import show


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


DRAWN = ["2018-04-course-of-conduct", "2020-04-former-partners", "2023-05-principal-crime"]


@pytest.mark.parametrize("words", ["stalking", "8Q", "8q", "stalking and harassment", "stalking offences"])
def test_breaks_are_found_by_the_offences_they_touch(registers, words):
    """The three breaks drawn on the headline figure all answer to the offence they cut, by code or by group."""
    shown = show("break", words, registers)
    assert [name for name in DRAWN if name not in shown] == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("may 2023", "2023-05-principal-crime"),
        ("counting rules", "2018-04-course-of-conduct"),
        ("Telegraph & Argus", "2019-04-course-of-conduct-disputed"),
        ("supervisor signs off", "2023-05-principal-crime"),
        ("Merseyside", "2015-04-merseyside"),
        ("E23000007", "2017-04-northumbria"),
        ("malicious comms", "2017-04-malicious-communications"),
        ("GMP", "2019-07-greater-manchester-recorded"),
    ],
)
def test_breaks_are_found_by_date_words_area_and_who_says_so(registers, words, found):
    """Every field a person may remember leads to the break."""
    assert found in show("break", words, registers)


def test_breaks_of_one_code_leave_out_those_of_another(registers):
    """A break of malicious communications and harassment alone says nothing of stalking."""
    assert "2015-04-offences-added-to-harassment" not in show("break", "8Q", registers)


def test_breaks_of_a_force_are_its_own_and_those_of_every_area(registers):
    """Merseyside's own step comes first, in full; the national breaks that its figures bear too come below."""
    own, national = show("break", "Merseyside", registers).split("Breaks that concern Merseyside")
    assert "No source explains it" in own
    assert "2018-04-course-of-conduct" in national
    assert "2017-04-northumbria" not in own + national
    assert "2018-04-course-of-conduct" in show("break", "Kent", registers)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("suzy", ["C003-01", "C003-05"]),
        ("Claire Waxman", ["C003-02", "C003-03"]),
        ("morning star", ["C003-01", "C003-08"]),
        ("self-selected survey", ["C000-02", "C002-05"]),
        ("article_003", [f"C003-0{n}" for n in range(1, 9)]),
    ],
)
def test_claims_are_found_by_who_said_and_who_measured_it(registers, words, found):
    """The speaker, the publisher, the kind of evidence and the document lead to their claims."""
    shown = show("claim", words, registers)
    assert [name for name in found if name not in shown] == []


def test_claims_stand_under_their_document(registers):
    """A list of claims says in which document each was made; so does one claim in full."""
    lines = show("claim", "article_003", registers).splitlines()
    assert lines[0].startswith("article_003  Super-complaint filed")
    assert lines[0].endswith("(Morning Star, 2022-11)")
    assert len(lines) == 9
    assert "article_003: Super-complaint filed" in show("claim", "C003-01", registers)
    assert [line for line in show("claim", "", registers).splitlines() if line.startswith("article_000")]


@pytest.mark.parametrize(
    ("what", "words", "found"),
    [
        ("source", "home_office", ["home_office_recorded_2026_04_23", "home_office_outcomes_2024_25"]),
        ("source", "ons_population", ["ons_population_2017", "ons_population_2024"]),
        ("measure", "charge_share", ["charge_share_of_offences_recorded", "charge_share_of_offences_resolved"]),
        ("measure", "CHARGE_SHARE_OF_OFF", ["charge_share_of_offences_recorded"]),
    ],
)
def test_part_of_a_name_with_underscores_finds_it(registers, what, words, found):
    """An underscore is a letter of the name, and joins what must stand side by side."""
    shown = show(what, words, registers)
    assert [name for name in found if name not in shown] == []


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Scotland", "Scotland"),
        ("Police Scotland", "Scotland"),
        ("Northern Ireland", "Northern Ireland"),
        ("PSNI", "Northern Ireland"),
        ("northern", "Northern Ireland"),
        ("UK", "United Kingdom"),
        ("Great Britain", "Great Britain"),
    ],
)
def test_a_place_elsewhere_is_refused_by_name(registers, words, place):
    """Scotland is never answered with Scotland Yard."""
    with pytest.raises(NotCovered, match=rf"{place} is not covered \(England and Wales only\)"):
        show("area", words, registers)


def test_a_name_begun_may_still_mean_a_place_elsewhere(registers):
    """'Scot' lists Scotland, as not covered, beside the police of Scotland Yard."""
    shown = show("area", "scot", registers)
    assert "Scotland  (not covered" in shown
    assert "Metropolitan Police" in shown


@pytest.mark.parametrize("words", ["8L and 8M", "8L, 8M", "8m 8l", "8L & 8M"])
def test_two_codes_are_these_two(registers, words):
    """The group that is exactly these codes, and not the five that hold them."""
    shown = show("offence", words, registers)
    assert shown.splitlines()[0].split() == ["name", "harassment"]
    assert "8Q" not in shown


def test_codes_that_are_no_group_are_listed_each(registers):
    """8L and 8Q are two offences and no group of their own."""
    assert [line.split()[0] for line in show("offence", "8L and 8Q", registers).splitlines()] == ["8L", "8Q"]


@pytest.mark.parametrize("words", ["conviction rate", "Conviction_Rate", "conviction rates", "the conviction rate"])
def test_a_forbidden_name_is_refused_and_the_right_ones_given(registers, words):
    """'Conviction rate' without a base is no name: the measures it is wrongly used for are named as they should be."""
    with pytest.raises(NotHonest, match="is a name that must not be used") as refusal:
        show("measure", words, registers)
    assert "share of people proceeded against who were convicted" in str(refusal.value)
    assert "(charge_share_of_offences_recorded)" in str(refusal.value)


def test_a_renamed_force_shows_its_former_name(registers):
    """Hampshire's old name, its last day, and that older data are here under the name in use."""
    shown = show("area", "Hampshire", registers)
    assert "former_name  Hampshire, until 2022-11-15 (also Hants)" in shown
    assert "name_since   2022-11-16" in shown
    assert "are here under the name in use" in shown
    assert "valid_from" not in shown


def test_a_document_that_is_not_there_names_the_nearest(registers):
    """A document looked up among the claims is answered with documents."""
    with pytest.raises(UnknownName, match="article_000"):
        show("claim", "article_009", registers)


def test_names_of_fields_are_not_searched(registers):
    """'kind' is a word of the register's form and of no area."""
    with pytest.raises(UnknownName):
        show("area", "kind", registers)
