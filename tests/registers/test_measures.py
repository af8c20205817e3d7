import pytest

from stats.errors import RegisterError


def test_two_charge_shares_are_two_measures(registers):
    """Charges over offences recorded and over outcomes assigned are not the same share."""
    recorded = registers.measure("charge_share_of_offences_recorded")
    assigned = registers.measure("charge_share_of_outcomes_assigned")
    assert recorded.base == "offences recorded in the period"
    assert assigned.base == "outcomes of every type assigned in the period"
    assert (recorded.denominator.unit, assigned.denominator.unit) == ("offences", "outcomes")


def test_count_has_no_base(registers):
    """A count says that it is a share of nothing."""
    measure = registers.measure("recorded_offences")
    assert measure.base == "none: a count"
    assert not measure.is_of_unlike_units


def test_quotient_of_unlike_units_is_a_ratio(registers):
    """People over offences is named a ratio; people over people may be a percentage."""
    assert registers.measure("conviction_ratio_to_offences_recorded").is_of_unlike_units
    assert not registers.measure("conviction_share_of_persons_proceeded_against").is_of_unlike_units
    unlike = [m for m in registers.measures.values() if m.is_of_unlike_units]
    assert {m.unit for m in unlike} == {"ratio percent", "per 1,000 residents"}
    assert not any("rate" in m.plain_name.split() for m in unlike)


def test_no_charge_share_may_be_called_a_conviction_rate(registers):
    """Every share of charges forbids the name that started this project."""
    charged = [m for m in registers.measures.values() if m.stage == "charged" and m.denominator]
    assert len(charged) >= 4
    for measure in charged:
        assert "conviction rate" in measure.forbidden_names, measure.id


def test_every_measure_says_what_it_must_not_be_called_and_why(registers):
    """A measure without a caveat or a forbidden name would pass for another one."""
    assert [m.id for m in registers.measures.values() if not m.forbidden_names or not m.caveat] == []


def test_missing_field_is_named(broken):
    """A measure without its caveat is refused."""
    with pytest.raises(
        RegisterError,
        match=r"(?s)measures\.yml.*entry:\s+restraining_orders_issued.*caveat:\s+missing.*fields of Measure",
    ):
        broken.damage(
            "registers/measures.yml",
            "  caveat: Orders issued in a year and breaches convicted in that year are not the same orders.\n",
            "",
        ).load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("plain_name: people convicted\n", "plain_nam: people convicted\n", r"plain_nam:\s+no such.*is 'plain_name'"),
        ("  basis: full count\n", "  basis: census\n", r"basis:.*'sample', 'full count', 'case audit'.*found 'census'"),
        ("  unit: count\n", "  unit: per cent\n", r"unit:.*'percent'.*found 'per cent'"),
        ("unit: offences, stage: recorded}", "stage: recorded}", r"numerator\.unit:\s+missing"),
    ],
)
def test_misspelt_field_or_word_names_the_nearest(broken, old, new, words):
    """A field no measure has is answered with the one that was meant, a word outside its list with the list."""
    with pytest.raises(RegisterError, match=rf"(?s)does not fit its model.*measures\.yml.*{words}"):
        broken.damage("registers/measures.yml", old, new).load()


def test_two_measures_with_one_plain_name_are_refused(broken):
    """A reader cannot tell two measures apart that go by one name, whatever its capitals."""
    with pytest.raises(
        RegisterError, match=r"(?s)share one plain name.*people convicted.*persons_convicted and persons_sentenced"
    ):
        broken.damage("registers/measures.yml", "plain_name: people sentenced", "plain_name: People convicted").load()


def test_measure_that_forbids_its_own_name_is_refused(broken):
    """A name cannot be both the right one and a wrong one."""
    with pytest.raises(
        RegisterError,
        match=r"(?s)forbids its own plain name.*entry:\s+persons_convicted\n.*found:\s+People Convicted.*Change one",
    ):
        broken.damage(
            "registers/measures.yml",
            "forbidden_names: [convictions per offence",
            "forbidden_names: [People Convicted",
        ).load()


def test_percentage_of_unlike_units_is_refused(broken):
    """People over offences is not a percentage of offences: the two units are shown, and the unit to write."""
    with pytest.raises(
        RegisterError,
        match=r"(?s)quotient of unlike units is called a percentage.*conviction_ratio_to_offences_recorded"
        r".*persons over offences.*Set unit to 'ratio percent'",
    ):
        broken.damage("registers/measures.yml", "unit: ratio percent", "unit: percent").load()
