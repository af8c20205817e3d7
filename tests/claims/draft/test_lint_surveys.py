import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A survey found 65% of victims were unhappy with the police.", "65%"),
        ("Two-thirds of stalking victims were unhappy, the survey showed.", "Two-thirds"),
        ("Our poll revealed that one in five women had moved house.", "one in five"),
        ("More than half of respondents said the service was poor.", "More than half"),
        ("The survey was of 140 women.\n\nSecond.\n\nThird.\n\nIn the survey 40% said no.", "40%"),
    ],
)
def test_a_survey_share_without_its_n_is_refused(fired, text, words):
    """Nobody can tell what a share rests on when nobody says how many answered."""
    assert fired(text, "survey-without-n") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "A survey of 140 women found that two-thirds contacted the police.",
        "Just over half of the 122 victims of those crimes surveyed had a restraining order.",
        "The Crime Survey for England and Wales found that 3.2% of people were stalked.",
        "According to the ONS survey, 14.4% have been stalked since 16.",
        "We surveyed 122 victims.\n\nThe survey found that 65% were unhappy.",
        "The survey found that 65% were unhappy (n=122).",
        "The survey of victims drew 402 responses.\n\nAlmost half of respondents said no.\n\nA third of respondents "
        "said yes.",
        "Police recorded a charge in 5% of offences.",
        "The government's survey suggests that 3.2% were stalked.",
        "He topped the poll with 40% at the polling station in a by-election; see 2,000 people surveyed.",
        "79 of the 122 people surveyed (65%) said the service was poor.",
    ],
)
def test_a_survey_share_with_its_n_or_from_an_official_survey_is_left_alone(fired, text):
    """The number may stand in the paragraph or in the two before; official surveys publish theirs."""
    assert fired(text, "survey-without-n") == []


def test_one_alarm_stands_for_the_paragraphs_that_one_number_would_mend(fired):
    """A text whose survey has no n is told so once, and again where the number would be too far away."""
    text = "\n\n".join(["The survey found that 65% were unhappy."] * 4)
    assert fired(text, "survey-without-n") == ["65%", "65%"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("65% of victims do not trust the police, our online survey of 122 people shows.", "65% of victims"),
        ("The charity's survey of its supporters found 40% of stalking victims never report.",
         "40% of stalking victims"),
        ("Two-thirds of victims nationwide are not heard, a survey by Protection Against Stalking has found.",
         "Two-thirds of victims"),
        ("Half of women across the country feel unsafe, a poll by Jolly Books found.", "Half of women"),
        ("A poll on social media shows that two-thirds of women feel unsafe.", "two-thirds of women"),
        ("We asked our followers. Of those who responded, many wrote to us.\n\nSome 80% of victims are "
         "let down by police.",
         "Some 80% of victims"),
        ("The survey by the stalking charity had 402 responses. One in five victims moved house, and 30% "
         "of victims lost their job.",
         "30% of victims"),
    ],
)  # fmt: skip
def test_people_who_chose_to_answer_are_not_all_victims(fired, text, words):
    """They stand for themselves."""
    assert fired(text, "people-who-answered") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 122 victims surveyed online, 65% were unhappy.",
        "Our online survey of 122 people found that 65% of those spoken to were unhappy.",
        "More than half of the victims in our online survey were contacted at least once.",
        "The Crime Survey found that 65% of victims knew the offender.",
        "Half of women across the country feel unsafe, a poll by YouGov found.",
        "Half of women in Britain feel unsafe, a survey by the University of Nowhere found.",
        "Half of women on our street feel unsafe, a survey by Jolly Books found.",
        "It is wrong to say that 65% of victims feel unsafe from an online survey of 122 people.",
        "A representative online poll of 2,000 adults found that 12% of women had been stalked.",
        "40% of respondents to our online survey said no.",
        "65% of victims told our online survey that they were unhappy.",
        "70% of victims are women, according to the Office for National Statistics.",
        "Police recorded that 65% of victims withdrew.",
    ],
)
def test_shares_of_the_people_who_answered_are_left_alone(fired, text):
    """So are shares of a sample that was drawn, and of what the police counted."""
    assert fired(text, "people-who-answered") == []
