"""Why a number is judged as it is: each way of judging, on words that nobody wrote the rules for."""

from __future__ import annotations

from datetime import date

import pytest

from stats.claims.draft.check import check_draft
from stats.run.claims import facts_of

BY_ARITHMETIC = [
    ("60% of forces (23 out of 43) applied for orders.", "60%", "arithmetic-error", "23 of 43 is 53.5%"),
    ("24 of 29 (84%) ended in a conviction.", "24 of 29 (84%)", "arithmetic-error", "82.8%, not 84%"),
    ("The number of referrals went up from 240 to 300, an increase of 20%.", "increase of 20%", "arithmetic-error",
     "from 240 to 300 is a rise of 25.0%"),
]  # fmt: skip
BY_CHANGE = [
    ("Stalking recorded in Leicestershire rose sevenfold, from 351 in 2019 to 2,443 in 2021.", "rose sevenfold",
     "not-comparable", "April 2020"),
    ("Recorded stalking in England and Wales rose by 19% from 2020-21 to 2021-22.", "rose by 19%", "supported",
     "99,106"),
    ("Recorded stalking in England and Wales rose by 50% from 2020-21 to 2021-22.", "rose by 50%", "contradicted",
     "18.8%"),
    ("In Merseyside stalking offences jumped from 19 in 2014/15 to 639 in 2015/16.", "jumped from", "not-comparable",
     "April 2015"),
    ("Stalking offences in the three months to June 2021 were down 75% on 2020-21.", "down 75%", "not-comparable",
     "3 months"),
]  # fmt: skip
BY_OUTCOME = [
    ("Of the 135,628 stalking offences recorded in England and Wales in the year to March 2025, 11,610 had led to a "
     "charge.", "11,610", "supported-with-caveat", "11,610 (8.6%) had been charged"),
    ("64,570 stalking offences recorded in England and Wales in 2024-25 were closed with a suspect identified but the "
     "victim not supporting action.", "64,570", "supported-with-caveat", "64,570 (47.6%)"),
    ("Three-quarters of the stalking offences recorded in England and Wales in 2024-25 were closed because the victim "
     "did not support action.", "Three-quarters", "contradicted", "the victim did not support"),
]  # fmt: skip
BY_RATE = [
    ("Lincolnshire Police recorded 1.9 stalking offences per 1,000 residents in the year ending March 2025.",
     "1.9", "supported", "1.9 offences per 1,000"),
    ("Lincolnshire Police recorded 19 stalking offences per 1,000 residents in the year ending March 2025.",
     "19", "contradicted", "1.9 offences per 1,000"),
]  # fmt: skip
BY_ANOTHER = [
    ("66% of stalking reports end in a conviction.", "66%", "wrong-measure", "people proceeded against"),
    ("Only 3.7% of stalking reports to Lincolnshire Police in 2021-22 resulted in a charge.", "3.7%", "wrong-measure",
     "outcomes"),
    ("Just 8.6% of the stalking offences recorded in England and Wales in 2024/25 ended in a conviction.", "8.6%",
     "wrong-measure", "charged"),
    ("In 2009 there were 53,000 cases of stalking recorded by the police.", "53,000", "wrong-measure", "2012-11-25"),
    ("Police in England and Wales recorded 599,180 stalking offences in the year ending March 2025.", "599,180",
     "wrong-measure", "stalking and harassment"),
    ("More than 1,000 women were stalked in the last year, the Crime Survey found.", "More than 1,000", "wrong-unit",
     "thousands read as units"),
    ("14.4% of people aged 16 and over were stalked in the year ending March 2024, the Crime Survey shows.", "14.4%",
     "wrong-measure", "since the age of 16"),
    ("3.8% of people aged 16 and over were stalked in the year ending March 2024, the Crime Survey shows.", "3.8%",
     "wrong-population", "16 to 59"),
    ("65% of stalking victims in England and Wales believe the service was poor, a survey of 122 people found.", "65%",
     "wrong-population", "chose to answer"),
]  # fmt: skip
DOUBTS = [
    ("Stalking offences recorded in England and Wales fell to 109,511 in 2025/26.", "109,511", "not-comparable",
     "9 months"),
    ("Humberside recorded 1,795 stalking offences in 2024/25, down from 3,844.", "3,844", "supported", "3,844"),
    ("Humberside recorded 1,795 stalking offences in 2024/25, down from 9,844.", "9,844", "not-checked",
     "does not say of when"),
    ("The latest figures show 135,628 stalking offences recorded in England and Wales in the year ending March 2025.",
     "135,628", "stale", "called the latest"),
    ("Kent Police dealt with 12 stalking offences in 2023/24 on one street of Canterbury.", "12", "contradicted", ""),
    ("There were 12 stalking offences in 2023/24 on our street.", "12", "not-checked", "something else"),
]  # fmt: skip
BOUND = [
    ("In Kent there were 4,106 stalking offences in 2024-25 and in Essex 3,171.", "4,106", "supported", ""),
    ("In Kent there were 4,106 stalking offences in 2024-25 and in Essex 3,171.", "3,171", "supported", ""),
    ("Stalking offences in 2024-25: Kent 4,106, Essex 3,171, Surrey 1,194.", "3,171", "supported", ""),
    ("Stalking offences in 2024-25: Kent 3,171, Essex 4,106.", "3,171", "contradicted", "4,106"),
    ("Kent recorded 4,106 stalking offences in 2024-25 while Essex recorded 3,171 and Surrey 1,194.", "3,171",
     "supported", ""),
    ("4.8% of stalking offences recorded by Gloucestershire in 2024-25 were charged, compared with 8.6% nationally.",
     "8.6%", "supported-with-caveat", "135,628"),
    ("South Wales recorded 3,592 stalking offences in 2024-25 and charged 394 (11%).", "3,592", "supported", ""),
    ("South Wales recorded 3,592 stalking offences in 2024-25 and charged 394 (11%).", "394", "supported-with-caveat",
     "charged"),
    ("Across Yorkshire's four forces, 17,111 stalking offences were recorded in 2024-25.", "17,111", "not-checked", ""),
    ("North Wales, Gwent and South Wales recorded 7,674 stalking offences between them in 2024-25.", "7,674",
     "not-checked", ""),
    ("More than nine in ten stalking offences recorded in 2024-25 did not result in a charge.", "More than nine in ten",
     "supported-with-caveat", ""),
    ("Kent Police recorded 4,224 stalking offences in the year to March 2025.", "4,224", "contradicted",
     "year ending March 2024"),
    ("1,383 stalking offences were recorded in England and Wales in 2016.", "1,383", "contradicted",
     "October to December 2016"),
    ("In 2024 the police in England and Wales recorded 135,628 stalking offences.", "135,628",
     "supported-with-caveat", "April 2024 to March 2025"),
    ("Lincolnshire Police recorded 1,254 stalking offences in 2021-22 and 40 led to a charge: 3.2%.", "3.2%",
     "supported-with-caveat", "40 of 1,254"),
    ("11,610 people were prosecuted for stalking in England and Wales in 2024-25.", "11,610", "wrong-measure",
     "charged"),
    ("Police recorded 135,628 stalking offences in 2024-25.\n\nJust 5% of cases end in a conviction.", "5%",
     "wrong-measure", "charged"),
    ("21 of 28 victims of stalking (75%) were unhappy with the response.", "21 of 28 victims of stalking (75%)",
     "small-base", "57% to 87%"),
    ("For illustration, take 4,106 stalking offences in Kent in 2024-25.", "4,106", "illustrative", "made up"),
    ("In Gwent 2,059 stalkers were reported to police in 2024-25.", "2,059", "wrong-unit", "offences"),
    ("# Kent\n\nYear ending March 2025\n\n- 4,106 stalking offences recorded\n\n- 347 charged so far", "347",
     "supported-with-caveat", "347 (8.5%)"),
]  # fmt: skip
CARRIED = [
    ("In the year ending March 2022 the police recorded stalking more often. Only 20% of offences led to a charge.",
     "20%", "contradicted", "5%"),
    ("Kent Police publishes figures. It recorded 4,224 stalking offences in 2023/24.", "4,224", "supported", "4,224"),
    ("Kent is a county.\n\nLincolnshire is another.\n\nThere were 117,692 stalking offences in the year to March 2022.",
     "117,692", "supported-with-caveat", "117,692"),
]  # fmt: skip
EVERY = [*BY_ARITHMETIC, *BY_CHANGE, *BY_OUTCOME, *BY_RATE, *BY_ANOTHER, *DOUBTS, *BOUND, *CARRIED]


@pytest.fixture(scope="module")
def facts():
    """All that is to hand, populations too."""
    return facts_of()


@pytest.mark.parametrize(("text", "quote", "verdict", "reason"), EVERY, ids=[f"{c[1]} {c[2]}" for c in EVERY])
def test_verdict_and_reason(facts, text, quote, verdict, reason):
    """A reader is told what is wrong and by which figure."""
    found = [r for r in check_draft(text, facts) if quote in r.quote]
    assert found, [r.quote for r in check_draft(text, facts)]
    assert found[0].verdict == verdict, found[0]
    assert reason.casefold() in " ".join([found[0].reason, *found[0].caveats]).casefold(), found[0].reason


def test_last_year_is_read_by_the_day_of_the_draft(facts):
    """The same words are right in a draft of 2022 and say something else in one of 2025."""
    text = "Police in Lincolnshire recorded 1,254 stalking offences last year."
    then = check_draft(text, facts, written=date(2022, 6, 1))[0]
    later = check_draft(text, facts, written=date(2025, 6, 1))[0]
    unknown = check_draft(text, facts)[0]
    assert then.verdict == "supported-with-caveat"
    assert "say which year" in then.reason
    assert later.verdict == "contradicted"
    assert unknown.verdict in ("supported-with-caveat", "not-checked")


def test_what_was_right_at_an_earlier_release_is_superseded_now(facts):
    """The number of the edition of 2018 is right as at 2018, and has been revised since."""
    text = "Police in England and Wales recorded 10,296 stalking offences in the year ending March 2018."
    assert check_draft(text, facts.as_at("2018-12-31"))[0].verdict == "supported"
    assert check_draft(text, facts)[0].verdict == "superseded"
    assert check_draft(text.replace("10,296", "10,396"), facts.as_at("2027-01-31"))[0].verdict == "stale"


def test_a_known_claim_does_not_lend_its_verdict_to_another_place(facts):
    """What was found in chosen files is right of them, and not of a nation."""
    of_files = "In 95% of cases, the care for the victim was deemed inadequate."
    of_nation = "In 95% of cases in England and Wales, inspectors found, the care for the victim was deemed inadequate."
    assert check_draft(of_files, facts)[0].verdict == "supported"
    assert check_draft(of_nation, facts)[0].verdict == "wrong-population"
