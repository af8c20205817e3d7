from datetime import date

import pytest

from stats.errors import RegisterError, UnknownName
from stats.period import Period
from stats.read.outcomes import read_outcomes


@pytest.mark.parametrize(
    ("code", "name", "since"),
    [
        ("8L", "Harassment", date(2012, 4, 1)),
        ("8M", "Racially or religiously aggravated harassment", date(2012, 4, 1)),
        ("8Q", "Stalking", date(2014, 4, 1)),
        ("8R", "Malicious communications", date(2017, 4, 1)),
        ("8U", "Controlling or coercive behaviour", date(2020, 4, 1)),
    ],
)
def test_each_code_counted_here_has_its_start(registers, code, name, since):
    """Stalking is a class since April 2014; the others have starts of their own, and none has ended."""
    offence = registers.offences.by_code[code]
    assert (offence.name, offence.valid_from, offence.valid_to, offence.counted_here) == (name, since, None, True)


def test_only_these_five_are_counted(registers):
    """Five codes make up stalking and harassment, and 8S and 8T are listed only as not ours."""
    assert [o.code for o in registers.offences.counted] == ["8L", "8M", "8Q", "8R", "8U"]
    assert {o.code for o in registers.offences.by_code.values() if not o.counted_here} == {"8S", "8T"}


@pytest.mark.parametrize(("words", "assault"), [("8S", "on a constable"), ("8t", "on an emergency worker")])
def test_assault_is_not_taken_for_stalking(registers, words, assault):
    """8S and 8T stand next to our codes and are assaults: they are refused by their name."""
    with pytest.raises(
        UnknownName, match=rf"(?s){words.upper()} is assault.*{assault}: it is not stalking.*nearest:.*stalking"
    ):
        registers.offences.find(words)


@pytest.mark.parametrize(
    ("words", "name", "codes"),
    [
        ("stalking", "stalking", ("8Q",)),
        ("Stalking  Offences", "stalking", ("8Q",)),
        ("harassment", "harassment", ("8L", "8M")),
        ("coercive control", "controlling or coercive behaviour", ("8U",)),
        ("malicious_communications", "malicious communications", ("8R",)),
        ("stalking & harassment", "stalking and harassment", ("8L", "8M", "8Q", "8R", "8U")),
        ("8q", "stalking (8Q)", ("8Q",)),
        ("8L and 8M", "harassment", ("8L", "8M")),
        (" 8L ", "harassment (8L)", ("8L",)),
    ],
)
def test_group_or_code_is_found_by_its_names(registers, words, name, codes):
    """Harassment includes its aggravated form; a code alone is a group of one."""
    group = registers.offences.find(words)
    assert (group.name, group.codes) == (name, codes)


@pytest.mark.parametrize(("words", "near"), [("stalkin", "stalking"), ("harrassment", "harassment"), ("8Z", "8")])
def test_unknown_offence_suggests_the_nearest(registers, words, near):
    """A misspelt offence is answered with the nearest name or code."""
    with pytest.raises(UnknownName, match=rf"(?s)'{words}'.*nearest:\s+{near}.*stats show offence"):
        registers.offences.find(words)


def test_nonsense_lists_every_group(registers):
    """Where nothing is near, all groups are listed."""
    with pytest.raises(UnknownName, match=", ".join(registers.offences.groups)):
        registers.offences.find("1234567")


def test_code_stays_text(broken):
    """8E1 is not 80, 4.10 is not 4.1: codes keep every character."""
    changed = broken.damage("registers/offences.csv", "8S,", "8E1,").damage("registers/offences.csv", "8T,", "4.10,")
    assert {"8E1", "4.10"} < set(changed.load().offences.by_code)


def test_number_is_no_code(broken):
    """A code that YAML reads as a number has lost a digit already, so it is refused."""
    with pytest.raises(RegisterError, match=r"(?s)breaks\.yml.*offences\.0:\s+Input should be a valid string.*4\.1\)"):
        broken.damage("registers/breaks.yml", "offences: [8L]", "offences: [4.10]").load()


@pytest.mark.parametrize(
    ("code", "words", "exists"),
    [
        ("8Q", "2014/15 Q1", True),
        ("8Q", "2013/14 Q4", False),
        ("8Q", "year ending June 2014", False),
        ("8U", "2020/21", True),
        ("8U", "2019/20", False),
        ("8R", "2017/18", True),
        ("8L", "2012/13", True),
    ],
)
def test_class_exists_from_its_first_day(registers, code, words, exists):
    """A period that starts before its class is only partly counted, so it is not counted."""
    assert registers.offences.by_code[code].exists_in(Period.parse(words)) is exists


def test_class_that_ended_does_not_exist_afterwards(registers):
    """A class closed in March 2025 holds the year that ends there and not the next quarter."""
    ended = registers.offences.by_code["8R"].model_copy(update={"valid_to": date(2025, 3, 31)})
    assert ended.exists_in(Period.parse("2024/25"))
    assert not ended.exists_in(Period.parse("2025/26 Q1"))


def test_group_of_uncounted_codes_is_refused(broken):
    """A group cannot bring in an assault by its code; the codes that may stand there are listed."""
    with pytest.raises(
        RegisterError,
        match=r"(?s)code that is not counted here.*offence_groups\.csv.*stalking.*8Q, 8S.*8L, 8M, 8Q, 8R, 8U",
    ):
        broken.damage("registers/offence_groups.csv", "stalking,8Q", "stalking,8Q; 8S").load()


def test_alias_shared_by_two_groups_is_refused(broken):
    """'Stalking' must mean one group."""
    with pytest.raises(RegisterError, match=r"(?s)share one name or alias.*stalking.*and malicious communications"):
        broken.damage("registers/offence_groups.csv", "malicious comms", "Stalking").load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2014-04-01,,yes", "April 2014,,yes", r"entry:\s+8Q.*valid_from:.*found 'April 2014'"),
        ("2014-04-01,,yes", "2014-04-01,,perhaps", r"entry:\s+8Q.*counted_here:.*found 'perhaps'"),
    ],
)
def test_wrong_offence_is_refused(broken, old, new, words):
    """A date or a yes that cannot be read names the offence."""
    with pytest.raises(RegisterError, match=rf"(?s)offences\.csv.*{words}.*the fields of Offence are"):
        broken.damage("registers/offences.csv", old, new).load()


def test_every_outcome_type_of_the_published_file_is_known(registers):
    """No type in the raw outcomes is without its name and group, 0 for none yet included."""
    for source in registers.sources_of("outcomes"):
        types = set(read_outcomes(source)["outcome_type"])
        assert {"0", "1", "14", "15", "16"} < types
        assert types <= set(registers.outcomes)


def test_only_a_charge_or_summons_counts_as_charged(registers):
    """Type 1 is charged, type 0 still pending, and everything else closed without a charge."""
    stages = {code: outcome.stage for code, outcome in registers.outcomes.items()}
    assert [code for code, stage in stages.items() if stage == "charged"] == ["1"]
    assert [code for code, stage in stages.items() if stage == "pending"] == ["0"]
    assert len(stages) == 22


def test_outcome_type_names_tell_who_supports_action(registers):
    """The two large evidential types are kept apart by whether the victim supports action."""
    assert registers.outcomes["15"].group == "Evidence falls short, victim supports action"
    assert registers.outcomes["16"].group == registers.outcomes["14"].group == "Victim does not support action"


def test_unknown_stage_is_refused(broken):
    """A stage outside the three would fall out of every share."""
    with pytest.raises(
        RegisterError, match=r"(?s)outcomes\.csv.*entry:\s+1\n.*stage:.*must be pending, charged or closed.*'convicted'"
    ):
        broken.damage("registers/outcomes.csv", "Charged or summonsed,charged", "Charged or summonsed,convicted").load()
