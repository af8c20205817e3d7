import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police recorded more than 1,200 cases of stalking in three months.", "more than 1,200 cases of stalking"),
        ("Just 5 per cent of cases in England and Wales ended in a conviction.", "5 per cent of cases"),
        ("Thousands more cases of stalking were reported to the force last year.", "cases of stalking"),
        ("West Midlands Police recorded 696 stalking cases in 2019-20.", "696 stalking cases"),
        ("Of an estimated 1.5 million cases of stalking, only 0.1% resulted in a conviction.",
         "1.5 million cases of stalking"),
        ("There were 1,822 charges, 19.6% of stalking cases, in 2017-18.", "19.6% of stalking cases"),
        ("Recorded cases of harassment have soared across the county.", "Recorded cases of harassment"),
        ("In 5% of cases the suspect was charged.", "5% of cases"),
        ("One in 20 stalking cases ends in a charge, the shadow minister said.", "One in 20 stalking cases"),
        ("Stalking cases have doubled, police figures show.", "Stalking cases"),
        ("The force logged 340 harassment cases in a year.", "340 harassment cases"),
    ],
)  # fmt: skip
def test_cases_for_offences_outcomes_or_people_is_refused(fired, text, words):
    """The police count offences, courts people and surveys victims; nobody counts cases."""
    assert [said for said in fired(text, "cases") if said.lower().endswith(words.lower())], fired(text)


@pytest.mark.parametrize(
    "text",
    [
        "A total of 112 cases were assessed by the two organisations.",
        "There were 112 sample cases examined by the team. In 95% of cases, the care was deemed inadequate, and 3% "
        "were charged.",
        "Inspectors reviewed 68 case files. No risk plan was recorded in 61% of cases.",
        "In some cases the police did not record the offence.",
        "In most cases of stalking the victim knows the offender.",
        "Cases of stalking and harassment are often overlooked or misunderstood, the report claims.",
        "This is a case of stalking, the judge said, and 12 charges followed.",
        "The Crown Court has a backlog of 60,000 court cases.",
        "Our advocates supported 340 cases of stalking that were reported to the police.",
        "The IOPC looked at 50 cases of stalking recorded by six forces.",
        "At least 20 cases a week of stalking are referred to our clinic by police.",
        "Just in case, 40% of officers record their calls.",
        "We received an influx of cases where people had had distressing incidents.",
        "Many cases of stalking are never reported to the police.",
        "In 2020 there were 4,000 covid cases in the town.",
        "The number of cases, we say, is no count of offences.",
    ],
)
def test_cases_that_are_files_courts_or_idioms_are_left_alone(fired, text):
    """Files that somebody reviewed are cases; so are those before a court, and 'in some cases' counts nothing."""
    assert fired(text, "cases") == []
