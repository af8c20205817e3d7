import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stalking is up 30%, police figures show.", "Stalking is up 30%"),
        ("118,411 people were stalked last year, according to police figures.", "118,411 people were stalked"),
        ("The prevalence of stalking has doubled, with 700,000 offences recorded.", "prevalence of stalking"),
        ("Home Office figures reveal a 40% rise in stalking.", "40% rise in stalking"),
        (
            "Figures from the police show that stalking has more than doubled since 2022.",
            "stalking has more than doubled",
        ),
        (
            "More than 135,000 victims of stalking came forward, police data shows.",
            "More than 135,000 victims of stalking",
        ),
        ("Police recorded 1,200 offences, so the risk of being stalked has risen.", "risk of being stalked"),
        ("Stalking and harassment rose by 6% in Kent, crime figures show.", "Stalking and harassment rose by 6%"),
    ],
)
def test_recorded_crime_is_not_how_much_stalking_there_is(fired, text, words):
    """What the police wrote down is not what happened."""
    assert fired(text, "prevalence") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The increasing prevalence of the use of digital media gives perpetrators another method, and 1,200 offences "
        "were recorded.",
        "Recorded stalking is up 30%, police figures show.",
        "Reports of stalking rose by 30%, police figures show.",
        "Stalking offences are up 30%, according to police figures.",
        "The Crime Survey estimates that 1.4 million people were stalked, while police recorded crime counts 135,628 "
        "offences.",
        "Recorded crime does not measure the prevalence of stalking, and 135,628 offences were recorded.",
        "Police figures show a 30% rise in stalking offences.",
        "Despite the prevalence of social media, 12 offences were recorded.",
        "Two people were stalked by the same man, the court heard.",
        "Stalking is a crime, and police figures show 135,628 offences recorded.",
    ],
)
def test_recorded_crime_called_what_it_is_is_left_alone(fired, text):
    """Offences, reports, surveys and other uses of the word raise no alarm."""
    assert fired(text, "prevalence") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One in five women are stalked every year.", "One in five"),
        ("Every year, one in seven people is a victim of stalking.", "one in seven"),
        ("Around 20% of women were stalked in the last year, the charity said.", "Around 20%"),
        ("Last year one in five women experienced stalking.", "one in five"),
        ("In all, 1 in 5 women (20.2%) were stalked in the last year.", "1 in 5"),
        ("Just 3.2% of people have ever been stalked.", "3.2%"),
        ("15% of adults are stalked or harassed each year.", "15%"),
        ("The survey shows that 14.4% of people aged 16 and over were stalked in the year ending March 2024.", "14.4%"),
    ],
)
def test_a_lifetime_is_not_a_year(fired, text, words):
    """The register's figures tell which of the two a share is."""
    assert [said.lower() for said in fired(text, "lifetime")] == [words.lower()]


@pytest.mark.parametrize(
    "text",
    [
        "One in five women have been stalked since the age of 16.",
        "One in five women will be stalked in their lifetime.",
        "Some 3.2% of people were stalked in the last year.",
        "One in five women have been stalked since the age of 16, and 4.0% of women were stalked in the last year.",
        "One in five officers leave every year, said the stalking lead.",
        "The law on stalking changed, and every year we train 40 people.",
        "15% of adults between the ages of 16 and 59 had been victims of some form of stalking or harassment.",
        "55% of women who were stalked every year of the study reported it.",
    ],
)
def test_shares_of_a_lifetime_or_of_a_year_that_say_so_are_left_alone(fired, text):
    """Right times raise no alarm, and a number that fits neither is not judged here."""
    assert fired(text, "lifetime") == []
