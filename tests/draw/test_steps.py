import pytest

from stats.publish.files import as_csv


@pytest.fixture(scope="module")
def ladder(studio):
    """The ladder of the year ending March 2022."""
    return studio.ladder()


@pytest.fixture(scope="module")
def rates(studio):
    """The rates published about that year, with the claim of article 003."""
    return studio.rates()


@pytest.fixture(scope="module")
def beside(studio):
    """The two claims of article 004 beside the recorded counts."""
    return studio.beside()


def printed(drawing) -> str:
    """Every text on the plot, on one line."""
    return " ".join(text.get_text().replace("\n", " ") for text in drawing.figure.axes[0].texts)


# The ladder


def test_ladder_prints_each_step_with_its_unit(ladder):
    """Number, unit and who says so, for every step."""
    for words in ("118,411", "5,948", "1,589 to 1,706", "[x]", "people by survey", "offences", "persons"):
        assert words in printed(ladder)
    for step in ladder.table["step"]:
        assert step in printed(ladder)


def test_nothing_flows_in_a_ladder(ladder):
    """No arrow joins two steps, for their units differ; the title says so."""
    (axes,) = ladder.figure.axes
    assert not [text for text in axes.texts if getattr(text, "arrow_patch", None)]
    assert all(len(set(line.get_ydata())) == 1 for line in axes.lines)
    assert "the unit changes, so this is no flow" in ladder.words.title
    notes = " ".join(ladder.words.notes)
    assert "no step is a part of the step above it, and none is divided by another without naming both" in notes


def test_step_that_is_part_of_the_one_above_is_said_to_be(ladder):
    """Offences charged are among offences recorded, in one unit; people convicted are among neither."""
    assert "Offences charged so far are among offences recorded" in ladder.words.notes
    assert not any("convicted are among" in note for note in ladder.words.notes)


def test_words_of_the_ladder_carry_its_numbers(ladder):
    """Alternative text and description have every step, the missing one too."""
    for text in (ladder.alt, ladder.description):
        for words in ("118,411", "5,948", "1,589 to 1,706", "[x]"):
            assert words in text


def test_missing_step_has_no_number_to_quote(ladder):
    """Five numbers: recorded, charged, and both ends of those convicted; none for the survey."""
    by_id = {number.id: number for number in ladder.numbers}
    assert set(by_id) == {
        "ladder.recorded_offences.low",
        "ladder.offences_charged.low",
        "ladder.persons_convicted.low",
        "ladder.persons_convicted.high",
    }
    assert by_id["ladder.persons_convicted.high"].value == 1_706


def test_changed_figure_changes_the_ladder(studio, ladder):
    """Another printed figure is another number in the picture, its words, its numbers and its CSV."""
    table = studio.published
    other = table["value"].where(table["figure_id"] != "thornberry-charged-2021-22", 5_949)
    changed = studio.ladder(published=table.assign(value=other))
    for text in (printed(changed), changed.alt, changed.description):
        assert "5,949" in text
        assert "5,948" not in text
    assert "5,948" in ladder.alt
    assert 5_949 in {number.value for number in changed.numbers}
    assert b"5949" in as_csv(changed.table)


# The published rates


def test_seven_rates_are_drawn_as_printed(rates):
    """From 0.1% to 66%, each a point at its own value, on an axis from 0 to 100."""
    (axes,) = rates.figure.axes
    points = [line.get_xdata()[0] for line in axes.lines if len(line.get_xdata()) == 1]
    assert points == [0.1, 1.4, 5, 5.5, 6, 6.6, 66]
    assert axes.get_xlim() == (0, 100)
    assert rates.words.title == (
        "Seven published rates run from 0.1% to 66%, "
        "as they differ in what is counted, base, period and perhaps release"
    )


def test_claim_is_set_beside_what_its_words_speak_of(rates):
    """'5 per cent ... in a conviction': the chart has 1.4% for convictions, and 5% for charges."""
    (note,) = (note for note in rates.words.notes if "C003-01" in note)
    assert "just 5 per cent of cases in England and Wales ending in a conviction" in note
    assert "published at 5%: share of recorded offences charged so far" in note
    assert "published as people convicted per 100 offences recorded: 1.4%" in note


def test_words_of_the_rates_carry_their_numbers(rates):
    """Alternative text and description have every rate with what it is over what."""
    for number in ("0.1%", "1.4%", "5%", "5.5%", "6%", "6.6%", "66%"):
        assert f"{number}  " in rates.alt
        assert f"{number}  " in rates.description
    assert "over 118,411 offences" in rates.description


def test_every_rate_says_what_it_is_over_what_when_quoted(rates):
    """A rate that a document may quote carries numerator and denominator."""
    assert len(rates.numbers) == 7
    assert all(" over " in number.what for number in rates.numbers)
    assert {number.basis for number in rates.numbers} == {"as published"}


def test_changed_rate_changes_the_chart(studio, rates):
    """7% for 6.6% moves the point, the words, the numbers and the CSV."""
    table = studio.published
    other = table["value"].where(table["figure_id"] != "slt-charge-share-2021-22-later", 7.0)
    changed = studio.rates(published=table.assign(value=other))
    assert "6.6%" in rates.alt
    assert "6.6%" not in changed.alt + changed.description
    assert "7%  " in changed.alt
    assert 0.07 in {number.value for number in changed.numbers}
    assert b"7.0" in as_csv(changed.table)


# Claims beside counts


def test_claims_stand_beside_what_was_recorded(beside):
    """'More than 5,000' against 52,408, in the title, on the plot and in the words."""
    assert beside.words.title == (
        "What was claimed, and what the police recorded: “more than 1,200” against 1,383 and “more than 5,000” "
        "against 52,408"
    )
    for text in (printed(beside), beside.alt, beside.description):
        assert "1,383" in text
        assert "52,408" in text
    assert [number.value for number in beside.numbers] == [1_383, 52_408]
    assert beside.claims == ("C004-06", "C004-07")


def test_reader_is_told_that_releases_differ(beside):
    """The words were printed from an earlier release than the count."""
    assert any("revised in every release" in note for note in beside.words.notes)


def test_changed_count_changes_what_stands_beside_the_claim(studio, beside):
    """One offence more in October to December 2016 changes picture, words, numbers and CSV."""
    more = studio.offences.copy()
    at = (more["area_name"] == "Kent") & (more["offence_code"] == "8Q") & (more["period_start"] == "2016-10-01")
    more.loc[at, "offences_n"] += 1
    changed = studio.beside(offences=more)
    for text in (printed(changed), changed.words.title, changed.alt, changed.description):
        assert "1,384" in text
        assert "1,383" not in text
    assert "1,383" in beside.alt
    assert changed.numbers[0].value == 1_384
    assert b"1384" in as_csv(changed.table)


# Whose words they are


@pytest.mark.parametrize(
    ("which", "publisher", "title"),
    [
        ("beside", "Cuttle & Co (solicitors' blog)", "Stalking and harassment crimes regularly mishandled"),
        ("rates", "Morning Star", "Super-complaint filed against the police over failures to protect victims"),
    ],
)
def test_figure_that_quotes_an_article_names_it(request, which, publisher, title):
    """Words as published have a publisher: on the plot or under it, in the source line, and among the sources."""
    drawing = request.getfixturevalue(which)
    assert publisher in drawing.source_line
    assert title in drawing.source_line
    assert "Provenance: reported" in drawing.source_line
    assert any(source.dataset == "claims" and source.publisher == publisher for source in drawing.sources)
    assert publisher in printed(drawing) + " ".join(drawing.notes)


def test_rates_without_a_claim_quote_nobody(studio):
    """No article is a source of a figure that does not quote it."""
    assert not [source for source in studio.rates(claims=()).sources if source.dataset == "claims"]


def test_claims_beside_counts_say_what_england_and_wales_holds(beside):
    """As the series of the same counts does."""
    assert any(note.startswith("England and Wales includes British Transport Police") for note in beside.words.notes)
