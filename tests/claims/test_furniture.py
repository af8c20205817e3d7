import pytest

from stats.claims.quantities import quantities


@pytest.mark.parametrize(
    "text",
    [
        "It cost £1.2m.", "They paid 2 million pounds.", "Adults aged 16 to 59.", "An 18-year-old man.", "See s.2A.",
        "Under section 4A it is.", "See regulation 4 and page 12.", "Call 0808 802 0300.", "Write to a1@b2.org.",
        "See https://example.org/2017/12.", "On 7 July 2017.", "It was 2012.", "At 9:49am.", "14/11/2011 01:49 GMT",
        "Give £10 a month.", "The first step.", "Under article 8.", "Covid-19 came.", "A 4x4 came.", "Open 24/7.",
        "Act 1997 applies.", "One reason for this.", "10 years after.", "27 Days remaining", "In one instance.",
        "It was the third highest, and the first time.", "In the 1990s a 24-hour line opened.", "Operation 1234 began.",
        "They work 9 to 5.", "Year 9 pupils and an 11-year-old.", "Offence code 8L and 195/12.", "Dial 999 or 101.",
        "See [2021] EWCA Civ 123, FOI-2022-1234 and ref: 12345.", "doi 10.1177/0962280213502144",
        "See example.org/2017/12.", "It scored 7/10.", "25 basis points, 25 degrees and 30\u00b0C.",
        "The 2016 offences. In 2016 victims said so.", "They paid two million pounds, \u00a31-2m, 50p and $3 billion.",
        "On 1 April 2021, at 10:30am and 2021-03-31.", "Stage 1, Phase 2 and Outcome 16.", "Page 3 of 12",
        "A third suspect was arrested.", "A quarter later it ended.", "Half the time, most of the time.",
        "All over the country, at all, above all, every day.", "Nobody doubled back.", "SW1A 2AA and the M25.",
        "10 Downing Street, room 12.",
        "Charity no 1098765, ISBN 978-1-4741-9876-5.",
        "Company 4567891.", "People aged 16 years and over, and those aged 16+.",
        "Notes [1, 2] and [note 21, 26].",
        "She turned 16 last year.", "It began since she turned 16.", "They were stalked since 16, it says.",
        "The woman, 34, and her mother left.", "The victim (34) told a court.", "John, 103, was warned.",
        "Mary Jones, 43, of Leeds, said so.", "Mr Smith, 45, left.", "She was 16 when he began.", "He was 45.",
        "The team won 3-1 on Saturday.", "They won 7-2, and the jury split 10-2.", "They voted 52 to 48.",
        "It measured 7.2 on the Richter scale.", "It scored 4.5 out of 5.", "A rating of 8 out of 10 was given.",
        "Temperatures hit 38.5 in places.", "A scale of 1 to 10.", "A hotel of 3 stars.", "The 16-24 group.",
        "Under item 7.2 and minute 12/25.", "Write to Unit 4, 103 Mill Lane, Lincoln.", "Sentences of 2-3 years.",
        "He rang her 40 times a day.", "It has grown 12 times.", "One case was a story.", "On one occasion it was.",
    ],
)  # fmt: skip
def test_number_that_claims_nothing_is_not_found(text):
    """Money, ages, law, dates, times, addresses and page furniture are passed over."""
    assert [one.quote for one in quantities(text)] == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("At this stage 14 forces have replied.", ["14"]), ("2016 offences were recorded.", ["2016"]),
        ("It took 999 offences.", ["999"]), ("Over 101 cases were closed.", ["Over 101"]),
        ("7/10 victims and 14/19 prosecutions (74%).", ["7/10", "14/19 prosecutions (74%)"]),
        ("3.4 million people were asked.", ["3.4 million"]), ("5% of the budget.", ["5%"]),
        ("1400000 victims.", ["1400000"]),
        ("A quarter of cases in one quarter.", ["A quarter"]), ("118k offences, a 10k run.", ["118k"]),
        ("16 forces for people aged 16-19.", ["16"]),
        ("three times as many cases, three times a day", ["three times as many"]),
        ("Kent, 103, and Essex, 98, had the orders.", ["103", "98"]), ("Women (34) and men (12).", ["34", "12"]),
        ("She was one of 16 victims.", ["one of 16"]), ("Police turned 12 victims away.", ["12"]),
        ("Since 16 offences were recorded, 3 were charged.", ["16", "3"]), ("3-5 victims a day.", ["3-5"]),
        ("The force lost 12 to 15 officers.", ["12 to 15"]), ("8 out of 10 victims said so.", ["8 out of 10"]),
        ("They won 12 appeals and split 40% of files.", ["12", "40%"]), ("12 Park Road victims.", ["12"]),
        ("Police won 5% more convictions.", ["5% more"]), ("In all, 2016 offences.", ["2016"]),
    ],
)  # fmt: skip
def test_number_that_looks_like_furniture_and_counts_is_found(text, quotes):
    """What is blanked for its looks is kept where it counts something; a bare 2016 before offences is a count."""
    assert [one.quote for one in quantities(text)] == quotes
