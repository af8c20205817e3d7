import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police recorded 135,628 stalking offences across the UK last year.", "across the UK"),
        ("Only 5% of stalking offences in the United Kingdom end in a charge.", "in the United Kingdom"),
        ("UK police recorded 118,411 stalking offences.", "UK police"),
        ("British police logged almost 130,000 crimes of stalking.", "British police"),
        ("Just 1.4% of stalkers are convicted in Britain.", "in Britain"),
        ("Some 1.5 million people in Britain were stalked, says the Office for National Statistics.", "in Britain"),
        ("Home Office figures show 135,628 offences nationwide across the UK.", "nationwide across the UK"),
    ],
)
def test_england_and_wales_is_not_the_united_kingdom(fired, text, words):
    """Scotland and Northern Ireland have police and courts of their own."""
    assert fired(text, "united-kingdom") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Police in England and Wales recorded 135,628 offences, and the UK has no single figure.",
        "British Transport Police recorded 1,200 offences.",
        "The British Crime Survey asked 9,988 people about crimes.",
        "The UK government said that police recorded 135,628 offences.",
        "The leading stalking charity in the UK said police recorded 1,200 offences.",
        "Stalking is a crime in the UK, the police said.",
        "Police Scotland recorded 600 offences, fewer than elsewhere in the UK.",
        "We spoke to 40 people across the UK.",
        "Wages rose 5% in Britain, says the Office for National Statistics.",
        "It is not true that police recorded 135,628 offences across the UK.",
        "Dogs bite 5% of postmen in Britain.",
    ],
)
def test_other_uses_of_the_name_are_left_alone(fired, text):
    """A government, a charity or a survey may be of the United Kingdom."""
    assert fired(text, "united-kingdom") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kent is the worst force in the country for stalking charges.", "worst force"),
        ("Lincolnshire Police ranked third for its charge rate.", "ranked third"),
        ("A league table of forces shows who is failing.", "league table"),
        ("Cheshire tops the list, with the highest charge rate of any force.", "highest charge rate of any force"),
        ("The bottom ten police forces charged under 4% of offences.", "bottom ten"),
        ("The worst-performing constabulary charged 2%.", "worst-performing"),
        ("Gwent Police is top of the table for orders.", "top of the table"),
        ("The report ranked all police forces by charge share.", "ranked all police forces"),
        ("Kent Police has the best charge rate in the region.", "best charge rate in the region"),
        ("Kent Police is among the worst in the country.", "among the worst in the country"),
        (
            "The force has the highest number of offences in England and Wales.",
            "highest number of offences in England and Wales",
        ),
        ("The force has the second-lowest share in England and Wales.", "second-lowest"),
    ],
)
def test_forces_are_not_ranked(fired, text, words):
    """They are compared by a funnel."""
    assert fired(text, "ranks") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "We do not rank forces, and nobody should publish a league table of police forces.",
        "Forces are compared by a funnel and never ranked third or last.",
        "The worst stalking case in the country shocked police.",
        "The police called it the best day in the country.",
        "The police caught the worst offenders in the region.",
        "The highest court in the land heard the police.",
        "It was the worst case of stalking the force had seen.",
        "The highest charge share since 2019 was in Kent, the police said.",
        "High-ranking officers at the police force were told.",
        "Leicester are bottom of the league table.",
        "It writes of ranks of forces, and of police work.",
        "The rank and file of the police welcomed it.",
        "The task force caught the worst offenders.",
        "The new law came into force, and the best police work followed.",
    ],
)
def test_denials_and_other_ranks_are_left_alone(fired, text):
    """A text may say that it does not rank, and officers have ranks."""
    assert fired(text, "ranks") == []
