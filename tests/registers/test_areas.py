from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import NotCovered, RegisterError, UnknownName
from stats.read.outcomes import read_outcomes
from stats.read.recorded_crime import read_recorded_crime
from stats.registers.areas import fold


@pytest.fixture(scope="session")
def areas(registers):
    """The register of areas."""
    return registers.areas


def test_there_are_43_forces_and_the_transport_police(areas):
    """England has 39 territorial forces and Wales four; British Transport Police belongs to neither."""
    kinds = [a.kind for a in areas.forces]
    assert (kinds.count("force"), kinds.count("special force"), len(kinds)) == (43, 1, 44)
    assert sum(a.code.startswith("E23") for a in areas.forces) == 39
    assert sum(a.code.startswith("W15") for a in areas.forces) == 4


@pytest.mark.parametrize(("dataset", "read"), [("recorded_offences", read_recorded_crime), ("outcomes", read_outcomes)])
def test_every_area_of_the_published_files_is_known(registers, dataset, read):
    """Each ONS code in the raw files is one force in use, and each name in them leads to the code beside it."""
    for source in registers.sources_of(dataset):
        printed = read(source)[["force_code", "force_name"]].drop_duplicates()
        assert len(printed) == 44
        for code, name in printed.fillna("BTP").itertuples(index=False):
            assert registers.areas.current[code].kind in ("force", "special force")
            assert registers.areas.find(name).code == code
            assert registers.areas.find(code).code == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Met", "E23000001"),
        ("the Metropolitan Police Service", "E23000001"),
        ("Devon & Cornwall", "E23000035"),
        ("devon and cornwall constabulary", "E23000035"),
        ("Heddlu Gwent", "W15000002"),
        ("Gogledd Cymru", "W15000001"),
        ("Heddlu De Cymru", "W15000003"),
        ("Dyfed Powys", "W15000004"),
        ("lincs", "E23000020"),
        ("  LINCOLNSHIRE   Police ", "E23000020"),
        ("E23000020", "E23000020"),
        ("e23000020", "E23000020"),
        ("London, City of", "E23000034"),
        ("City of London", "E23000034"),
        ("Hants", "E23000030"),
        ("Hampshire", "E23000030"),
        ("Hampshire and Isle of Wight", "E23000030"),
        ("Hampshire & IoW", "E23000030"),
        ("Heddlu Trafnidiaeth Prydain", "BTP"),
        ("Lloegr", "E92000001"),
        ("Cymru", "W92000004"),
        ("Cymru a Lloegr", "K04000001"),
        ("England & Wales", "K04000001"),
    ],
)
def test_area_is_found_by_any_of_its_names(areas, words, code):
    """English or Welsh, short or long, old or new, name or code: one area."""
    assert areas.find(words).code == code


def test_every_name_in_the_register_finds_its_area_however_it_is_written(areas):
    """Case, 'Police', '&' and punctuation never decide whether a force is found."""
    for row in areas.rows:
        for name in (row.code, row.name, *row.aliases, *row.aliases_cy):
            for words in (name, name.upper(), name.lower(), f"the {name} police", name.replace(" and ", " & ")):
                assert areas.find(words).code == row.code, words


@given(st.text(max_size=30))
def test_folding_a_name_twice_changes_nothing(words):
    """Two spellings that meet once meet for good."""
    assert fold(fold(words)) == fold(words)


def test_found_area_goes_by_its_name_in_use(areas):
    """Hampshire was renamed on 16 November 2022: its old name still finds it, under the new one."""
    assert areas.find("Hampshire").name == "Hampshire and Isle of Wight"
    old, new = [row for row in areas.rows if row.code == "E23000030"]
    assert (old.name, old.valid_to) == ("Hampshire", date(2022, 11, 15))
    assert (new.name, new.valid_from, new.valid_to) == ("Hampshire and Isle of Wight", date(2022, 11, 16), None)


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ("Yorkshire", {"North Yorkshire", "South Yorkshire", "West Yorkshire"}),
        ("West M", {"West Mercia", "West Midlands"}),
    ],
)
def test_ambiguous_name_lists_its_choices(areas, words, choices):
    """Three forces are 'Yorkshire', so none is chosen and all three are listed."""
    with pytest.raises(UnknownName, match=r"(?s)may mean more than one area.*Write one of these names") as caught:
        areas.find(words)
    assert set(dict(caught.value.evidence)["nearest"].split(", ")) == choices


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("Lincolnshier", "Lincolnshire"),
        ("Merseside", "Merseyside"),
        ("Heddlu Gwnt", "Gwent"),
        ("Tham", "Thames Valley"),
    ],
)
def test_misspelt_area_suggests_the_nearest(areas, words, near):
    """A slip of the keyboard is answered with the name that was meant."""
    with pytest.raises(UnknownName, match=rf"'{words}' is not an area in the register.*\n.*nearest:\s+{near}"):
        areas.find(words)


@pytest.mark.parametrize("words", ["", "Police", "Heddlu", "???"])
def test_words_that_name_nothing_are_refused(areas, words):
    """Nothing at all, or 'police' alone, is no area and is never guessed."""
    with pytest.raises(UnknownName, match=r"(?s)is not an area in the register.*nearest:\s+none.*stats show area"):
        areas.find(words)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Scotland", "Scotland"),
        ("Police Scotland", "Scotland"),
        ("Yr Alban", "Scotland"),
        ("S92000003", "Scotland"),
        ("Northern Ireland", "Northern Ireland"),
        ("psni", "Northern Ireland"),
        ("UK", "United Kingdom"),
        ("the U.K.", "United Kingdom"),
        ("Britain", "Great Britain"),
        ("Isle of Man", "Isle of Man"),
    ],
)
def test_area_elsewhere_is_refused_by_name(areas, words, place):
    """Scotland has police of its own: it is not covered, and not mistaken for Scotland Yard."""
    with pytest.raises(NotCovered, match=rf"{place} is not covered \(England and Wales only\)"):
        areas.find(words)
    assert areas.find("Scotland Yard").name == "Metropolitan Police"


def test_misspelt_place_elsewhere_is_said_to_be_not_covered(areas):
    """A slip in 'Scotland' is answered with Scotland, which is not covered, before Scotland Yard."""
    with pytest.raises(UnknownName, match=r"nearest:\s+Scotland \(not covered\)"):
        areas.find("Scottland")


def test_place_elsewhere_may_not_share_a_name_with_an_area(broken):
    """A name leads to one place."""
    broken.damage("registers/not_covered.csv", "Police Scotland;", "Police Scotland; Scotland Yard;")
    with pytest.raises(RegisterError, match=r"(?s)share one name or alias.*not_covered\.csv.*scotland yard"):
        broken.load()


def test_members_of_england_and_wales_include_the_transport_police(areas):
    """England and Wales is 43 forces and British Transport Police; England is 39 forces and Wales four."""
    members = {name: {a.code for a in areas.members(areas.find(name))} for name in ("England and Wales", *NATIONS)}
    assert len(members["England and Wales"]) == 44
    assert members["England and Wales"] - members["England"] - members["Wales"] == {"BTP"}
    assert (len(members["England"]), len(members["Wales"])) == (39, 4)


NATIONS = ("England", "Wales")


def test_a_force_is_its_own_only_member(areas):
    """Counting for a force counts that force, the transport police too."""
    for name in ("Gwent", "BTP"):
        assert areas.members(areas.find(name)) == [areas.find(name)]


def test_sentence_takes_the_article_where_it_needs_one(areas):
    """'the Metropolitan Police', but 'Lincolnshire' and 'British Transport Police'."""
    assert areas.find("Met").possessive == "the Metropolitan Police"
    assert areas.find("Lincs").possessive == "Lincolnshire"
    assert areas.find("BTP").possessive == "British Transport Police"
    assert areas.find("City Police").possessive == "the City of London"
    assert [areas.find(name).police for name in ("Met", "BTP", "City Police", "Lincs")] == [
        "the Metropolitan Police", "British Transport Police", "police in the City of London", "police in Lincolnshire",
    ]  # fmt: skip


def test_alias_shared_by_two_areas_is_refused(broken):
    """An alias must lead to one force, so a second owner is refused and both are named."""
    broken.damage("registers/areas.csv", ",,,Leics,", ",,,Leics; LINCS.,")
    with pytest.raises(
        RegisterError, match=r"(?s)share one name or alias.*areas\.csv.*lincs.*E23000020 and E23000021.*of its own"
    ):
        broken.load()


def test_two_names_in_use_for_one_code_are_refused(broken):
    """A renamed force keeps one name in use: the old one needs its last day."""
    broken.damage("registers/areas.csv", "Hampshire,force,E92000001,,2022-11-15", "Hampshire,force,E92000001,,")
    with pytest.raises(
        RegisterError, match=r"(?s)share one code in use.*E23000030.*Hampshire and Hampshire and Isle of Wight"
    ):
        broken.load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Kent,force", "Kent,county", r"entry:\s+Kent.*kind:.*'force'.*found 'county'"),
        ("2022-11-16", "16/11/2022", r"entry:\s+Hampshire and Isle of Wight.*valid_from:.*found '16/11/2022'"),
        ("E23000032,Kent", ",Kent", r"entry:\s+Kent.*code:\s+Input should be a valid string"),
    ],
)
def test_wrong_area_is_refused(broken, old, new, words):
    """An unknown kind, a date written another way, or a missing code names the file, the area and the fields."""
    with pytest.raises(
        RegisterError, match=rf"(?s)does not fit its model.*areas\.csv.*{words}.*the fields of Area are"
    ):
        broken.damage("registers/areas.csv", old, new).load()
