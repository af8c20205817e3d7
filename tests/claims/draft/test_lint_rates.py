from dataclasses import replace

import pytest

from stats.claims.draft.lints import lints
from stats.claims.quantities import quantities


@pytest.mark.parametrize(
    "text",
    [
        "The conviction rate for stalking is just 1.4%, new figures show.",
        "Conviction rates for stalking remain shockingly low, the MP told the Commons.",
        "“The conviction rate is a national disgrace,” said the charity's chief executive.",
        "The rate of conviction fell to 66 per cent last year.",
        "Kent's conviction rate of 78% is above average. The number of prosecutions rose.",
        "Prosecutions are falling, and the conviction\nrate has dropped for a third year.",
        "The Crown Prosecution Service boasts a conviction-rate of 84%.",
    ],
)
def test_conviction_rate_without_a_base_is_refused(fired, text):
    """Neither the sentence nor a neighbour says of whom, with a number or without."""
    assert [words.lower().replace("\n", " ").replace("-", " ") for words in fired(text, "conviction-rate")] in (
        ["conviction rate"], ["conviction rates"], ["rate of conviction"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The conviction rate of people proceeded against for stalking was 66%.",
        "Of those prosecuted, two-thirds were found guilty, a conviction rate of 66%.",
        "Of 19 prosecutions, 14 ended in a conviction. That conviction rate hides how few cases reach court.",
        "The conviction rate was 74%. It is a share of defendants and not of victims.",
        "We never print the words “conviction rate” alone.",
        "The phrase 'conviction rate' means three different things.",
        "Only 1.4% of recorded offences led to a conviction: the conviction rate is the number to ask about.",
        "The conviction rate in stalking trials was 80% in 2016.",
        "A conviction rate without its base misleads.",
        "His conviction was quashed, and the rate of interest rose.",
    ],
)
def test_conviction_rate_with_its_base_or_in_quotation_marks_is_left_alone(fired, text):
    """The base may stand in a neighbouring sentence; a text may speak of the words."""
    assert fired(text, "conviction-rate") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The charge rate for stalking was 5% last year.", "charge rate"),
        ("Kent Police had a charge rate of 8.6 per cent, up from 7.1 per cent.", "charge rate"),
        ("Figures showed a fall in the charge rate for stalking from 11% to 5%.", "charge rate"),
        ("Stalking has a prosecution rate of only 5%, campaigners said.", "prosecution rate"),
        ("The breach rate stands at 36% for stalking orders, MPs heard.", "breach rate"),
        ("A drop-out rate of 48% shows victims are losing faith in the police.", "drop-out rate"),
    ],
)
def test_other_rates_are_refused_with_a_number_and_no_base(fired, text, words):
    """5%, 6% and 6.6% were all published as the charge rate of one year."""
    assert fired(text, "rate-without-base") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The charge rate remains “unacceptably low,” 10 years after the offences were introduced.",
        "The charge rate was 5% of offences recorded in the year ending March 2022.",
        "Some 5% of recorded offences ended in a charge. The charge rate rose later.",
        "The charge rate fell as 1,822 charges were brought, 19.6% of outcomes assigned.",
        "Interest rates rose to 5%.",
        "The app has a success rate of 95%.",
        "We do not use the term “charge rate”, though 5% were charged.",
    ],
)
def test_rates_with_a_base_or_without_a_number_are_left_alone(fired, text):
    """A reader of 'the charge rate remains low' is told no number that could mislead."""
    assert fired(text, "rate-without-base") == []


def test_a_rate_forbidden_by_a_new_measure_is_picked_up_with_no_other_edit(facts):
    """US-18: the register alone says which names are forbidden."""
    text = "The callback rate of the police stands at 12%."
    assert lints(text, quantities(text), facts) == []
    measures = dict(facts.registers.measures)
    measures["charge_ratio_in_same_period"] = measures["charge_ratio_in_same_period"].model_copy(
        update={"forbidden_names": ("callback rate",)}
    )
    taught = replace(facts, registers=replace(facts.registers, measures=measures))
    assert [one.name for one in lints(text, quantities(text), taught)] == ["rate-without-base"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There were 1,034 Stalking Protection Orders, that is 1,034 victims protected.", "victims protected"),
        ("The share of people stalked since the age of 16 is 14.4%, and that happens every year.", "every year"),
        ("In all 135,628 offences recorded by the police were counted, or 135,628 cases of stalking.",
         "cases of stalking"),
        ("Of 2,000 restraining orders issued, the victims protected were mostly women.", "victims protected"),
    ],
)  # fmt: skip
def test_a_measure_is_not_called_by_a_name_its_register_forbids(fired, text, words):
    """The plain name and the forbidden one in one sentence say that they are the same."""
    assert fired(text, "forbidden-name") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The share of people stalked since the age of 16 is 14.4%, which is not every year.",
        "There were 1,034 Stalking Protection Orders in force.",
        "The 135,628 offences recorded by the police are a count of what was written down.",
        "Nobody knows how many victims protected themselves; 1,034 locks were fitted.",
    ],
)
def test_a_measure_by_its_own_name_is_left_alone(fired, text):
    """A denial is no claim, and a forbidden name without its measure may be about something else."""
    assert fired(text, "forbidden-name") == []
