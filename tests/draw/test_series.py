import pytest
from matplotlib.colors import to_hex

from stats.draw.page import DARK_BLUE, ORANGE
from stats.draw.series import draw_series
from stats.draw.series_words import Subject
from stats.errors import StatsError
from stats.estimate.counts import series
from stats.period import Period
from stats.publish.files import as_csv

EW = "England and Wales"


def data_lines(drawing) -> list[list[float]]:
    """The horizontal positions that each drawn line of the series joins."""
    (axes,) = drawing.figure.axes
    return [
        list(line.get_xdata())
        for line in axes.lines
        if to_hex(line.get_color()) == DARK_BLUE.lower() and line.get_linestyle() == "-" and len(line.get_xdata())
    ]


def break_lines(drawing) -> list[float]:
    """Where the breaks are drawn."""
    (axes,) = drawing.figure.axes
    upright = [line for line in axes.lines if len(line.get_xdata()) == 2 and len(set(line.get_xdata())) == 1]
    assert {to_hex(line.get_color()) for line in upright} <= {ORANGE.lower()}
    return [float(line.get_xdata()[0]) for line in upright]


def printed(drawing) -> list[str]:
    """Every text of the plot itself."""
    (axes,) = drawing.figure.axes
    return [text.get_text() for text in axes.texts]


@pytest.fixture(scope="module")
def national(studio):
    """Stalking in England and Wales, 2014/15 to 2024/25."""
    return studio.series(EW, "stalking", "2014/15", "2024/25")


@pytest.fixture(scope="module")
def per_1000(studio):
    """The same per 1,000 residents, with four years not to hand."""
    return studio.series(EW, "stalking", "2014/15", "2024/25", rate=True)


# What is drawn


def test_series_is_not_joined_across_breaks(national):
    """Five lines and not one: cut at April 2018 and April 2020, and the year that holds May 2023 stands alone."""
    assert data_lines(national) == [[0, 1, 2, 3], [4, 5], [6, 7, 8], [9], [10]]


def test_series_is_not_joined_over_missing_years(per_1000):
    """2019/20 to 2022/23 have no rate, and no line is drawn over them."""
    assert data_lines(per_1000) == [[0, 1, 2, 3], [4], [9], [10]]


def test_hole_alone_parts_a_line(studio, registers):
    """A year that is not to hand parts its neighbours even where no break lies near."""
    area, group = registers.areas.find("Kent"), registers.offences.find("stalking")
    periods = [Period.financial_year(year) for year in range(2020, 2023)]
    counts = series(studio.offences, area=area, group=group, periods=periods, registers=registers)
    drawing = draw_series(
        "series",
        [counts[0], None, counts[2]],
        periods,
        subject=Subject(area, group, registers.measure("recorded_offences"), "year"),
        breaks=registers.breaks_in("recorded_offences", codes=group.codes, area=area),
        sources=[registers.newest("recorded_offences")],
    )
    assert data_lines(drawing) == [[0], [2]]
    assert printed(drawing).count("[x]") == 1


def test_missing_years_are_marked_where_they_would_stand(per_1000):
    """Each of the four years shows [x], and the reason stands under the plot."""
    (axes,) = per_1000.figure.axes
    assert [text.get_position()[0] for text in axes.texts if text.get_text() == "[x]"] == [5, 6, 7, 8]
    assert "[x] No population of mid-2019, mid-2020, mid-2021 or mid-2022 is to hand." in per_1000.words.notes
    assert list(per_1000.table.loc[5:8, "status"]) == ["[x]"] * 4


@pytest.mark.parametrize(
    ("area", "group", "start", "end", "by"),
    [
        (EW, "stalking and harassment", "2012/13 Q1", "2025/26 Q3", "quarter"),
        ("Merseyside", "stalking", "2014/15 Q1", "2025/26 Q3", "quarter"),
        ("Northumbria", "stalking", "2014/15", "2024/25", "year"),
    ],
)
def test_no_line_runs_through_a_break(studio, area, group, start, end, by):
    """Wherever a break is drawn, no two joined points lie on its two sides."""
    drawing = studio.series(area, group, start, end, by=by)
    assert len(break_lines(drawing)) >= 3
    for joined in data_lines(drawing):
        assert not [at for at in break_lines(drawing) if joined[0] < at < joined[-1]]
    assert sum(map(len, data_lines(drawing))) == len(drawing.table)


def test_breaks_are_drawn_where_they_fall_numbered_and_named(national):
    """A cut between two years for April, one on its own year for May, each with the number that its note has."""
    assert break_lines(national) == [3.5, 5.5, 9]
    numbers = [text for text in printed(national) if text in {"1", "2", "3"}]
    assert numbers == ["1", "2", "3"]
    notes = national.words.notes
    assert notes[0].startswith("1. April 2018: Course of conduct recorded as well")
    assert notes[1].startswith("2. April 2020: Former partners recorded as stalking")
    assert notes[2].startswith("3. May 2023 (exact start not confirmed): Principal-crime rule restored")
    assert [entry.id for entry in national.breaks] == [
        "2018-04-course-of-conduct",
        "2020-04-former-partners",
        "2023-05-principal-crime",
    ]


def test_break_that_falls_among_missing_years_is_still_drawn(per_1000):
    """April 2020 lies in the hole of the rates; it parts what comes before from what comes after."""
    assert 5.5 in break_lines(per_1000)


def test_year_that_holds_a_break_is_hollow(national):
    """Its point is drawn hollow, and a note says which year it is."""
    (axes,) = national.figure.axes
    hollow = [line for line in axes.lines if to_hex(line.get_markerfacecolor()) == "#ffffff" and len(line.get_xdata())]
    assert [list(line.get_xdata()) for line in hollow] == [[9]]
    assert "Hollow point: a break falls inside year ending March 2024" in national.words.notes


def test_series_without_a_break_is_one_line(studio):
    """2020/21 to 2022/23 is one line, with no break drawn and none named."""
    drawing = studio.series(EW, "stalking", "2020/21", "2022/23")
    assert data_lines(drawing) == [[0, 1, 2]]
    assert break_lines(drawing) == []
    assert "not comparable" not in " ".join(drawing.notes) + drawing.alt


def test_points_are_the_values_of_the_table(national):
    """What is plotted is what the table says, point by point."""
    (axes,) = national.figure.axes
    plotted = {
        x: y
        for line in axes.lines
        if to_hex(line.get_color()) == DARK_BLUE.lower()
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    assert [plotted[at] for at in national.table.index] == list(national.table["value"])


def test_axis_starts_at_zero_and_holds_every_point(national, per_1000):
    """No part of the height is cut away, below or above."""
    for drawing in (national, per_1000):
        low, high = drawing.figure.axes[0].get_ylim()
        assert low == 0
        assert high > drawing.table["value"].max()


def test_correction_below_zero_is_on_the_plot(studio):
    """Wiltshire's 8M has -2 in January to March 2015: a point below the axis would be a point nobody sees."""
    drawing = studio.series("Wiltshire", "8M", "2014/15 Q1", "2015/16 Q4", by="quarter")
    assert drawing.table["value"].min() == -2
    assert drawing.figure.axes[0].get_ylim()[0] <= -2


def ticks(drawing) -> dict[str, float]:
    """The labels of the upright axis as they are printed, with where they stand."""
    (axes,) = drawing.figure.axes
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert len(set(labels)) == len(labels)
    return dict(zip(labels, map(float, axes.get_yticks()), strict=True))


@pytest.mark.parametrize(
    ("area", "group", "start", "end", "first"),
    [
        ("Devon & Cornwall", "stalking", "2020/21", "2024/25", ["0.0", "0.5", "1.0", "1.5"]),
        ("City of London", "harassment", "2014/15", "2018/19", ["0", "5", "10", "15"]),
        (EW, "8M", "2014/15", "2018/19", ["0.00", "0.01", "0.02"]),
    ],
)
def test_labels_of_a_rate_are_where_they_say(studio, area, group, start, end, first):
    """Each label is the very number its line stands at: 0.25 is not 0.2, and 2.5 is not 2."""
    found = ticks(studio.series(area, group, start, end, rate=True))
    assert list(found)[: len(first)] == first
    assert [float(label) for label in found] == pytest.approx(list(found.values()), abs=1e-9)


def test_labels_of_a_count_are_whole(studio):
    """Four offences in a quarter: 4, and neither 4.0 nor a line at 2.5."""
    drawing = studio.series("Lincs", "stalking", "Oct-Dec 2016", "Oct-Dec 2016", by="quarter")
    assert list(ticks(drawing)) == ["0", "1", "2", "3", "4"]
    (axes,) = drawing.figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2016/17 Q3"]
    assert axes.get_xlabel() == "quarter of the financial year, which starts in April"


# Zeros, corrections and places where residents are the wrong base


@pytest.fixture(scope="module")
def city(studio):
    """Stalking in the City of London per 1,000 residents: none recorded in 2015/16."""
    return studio.series("City of London", "stalking", "2014/15", "2024/25", rate=True)


def test_zero_is_drawn_whole_and_labelled(city, studio):
    """The point of 2015/16 does not sink into the axis, and its 0 is printed though it lies in a valley."""
    counts = studio.series("City of London", "stalking", "2014/15", "2024/25")
    for drawing in (city, counts):
        (axes,) = drawing.figure.axes
        assert axes.get_ylim()[0] < 0
        assert min(ticks(drawing).values()) == 0
        assert "0" in printed(drawing)


def test_zero_says_that_it_may_be_a_missing_value(city, national):
    """Three cells that were N/A are zeros in our copy, and nobody knows which."""
    assert any(note.startswith("A zero may be a missing value. The author of the mirror") for note in city.words.notes)
    assert not any("zero" in note for note in national.words.notes)


def test_small_counts_of_recorded_offences_are_said_to_be_published(studio):
    """Beside figures that withhold counts of 1 to 4 of outcomes they would look like a slip; a rate shows no count."""
    said = "Small counts of recorded offences are shown as they are published."
    assert said in studio.series("City of London", "stalking", "2023/24 Q2", "2025/26 Q3", by="quarter").notes
    assert said not in studio.series("Kent", "stalking", "2014/15", "2024/25").notes
    assert said not in studio.series("City of London", "stalking", "2014/15", "2018/19", rate=True).notes


def test_rate_of_the_city_of_london_says_that_residents_are_the_wrong_base(city, studio, registers):
    """The caveat of the measure is on the figure, for that area alone, and only where it is a rate."""
    caveat = registers.measure("recorded_offences_per_1000").caveat
    assert caveat in " ".join(city.notes)
    others = [
        studio.series("City of London", "stalking", "2014/15", "2024/25"),
        studio.series("England", "stalking", "2014/15", "2018/19", rate=True),
        studio.series("Kent", "stalking", "2014/15", "2018/19", rate=True),
    ]
    assert not [drawing.words.title for drawing in others if caveat in " ".join(drawing.notes)]


@pytest.mark.parametrize(("start", "end"), [("2014/15 Q1", "2015/16 Q4"), ("2012/13 Q1", "2025/26 Q3")])
def test_correction_below_zero_is_labelled_and_explained(studio, start, end):
    """-2 offences is no offence undone: the figure says what it is, and prints it in a long series too."""
    drawing = studio.series("Wiltshire", "8M", start, end, by="quarter")
    assert "-2" in printed(drawing)
    assert "A negative count is a correction of earlier quarters" in drawing.words.notes


def test_single_correction_is_a_chart_too(studio):
    """One quarter below zero hangs under a line at zero."""
    drawing = studio.series("Wiltshire", "8M", "Jan-Mar 2015", "Jan-Mar 2015", by="quarter")
    low, high = drawing.figure.axes[0].get_ylim()
    assert low < -2 < 0 < high
    assert list(ticks(drawing)) == ["-2", "-1", "0"]


def test_break_does_not_run_through_a_mark_of_what_is_missing(studio):
    """December 2020 has both: the [x] stands on a white ground above the line of the break."""
    drawing = studio.series("WMP", "stalking", "year ending December 2015", "year ending December 2025", rate=True)
    (axes,) = drawing.figure.axes
    missing = [text for text in axes.texts if text.get_text() == "[x]"]
    assert set(break_lines(drawing)) & {text.get_position()[0] for text in missing}
    upright = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert upright
    for text in missing:
        assert to_hex(text.get_bbox_patch().get_facecolor()) == "#ffffff"
        assert text.get_zorder() > max(line.get_zorder() for line in upright)


def test_one_offence_is_one_offence(studio):
    """The title counts as people speak."""
    drawing = studio.series("Wiltshire", "8M", "2014/15 Q1", "2015/16 Q4", by="quarter")
    assert "recorded 1 racially or religiously aggravated harassment (8M) offence in" in drawing.words.title


def test_every_value_is_labelled_in_a_short_series_and_some_in_a_long_one(studio, national):
    """Eleven years are labelled each; of 55 quarters the last is, and few enough to read."""
    assert set(national.table["text"]) <= set(printed(national))
    quarters = studio.series(EW, "stalking and harassment", "2012/13 Q1", "2025/26 Q3", by="quarter")
    labelled = set(quarters.table["text"]) & set(printed(quarters))
    assert quarters.table["text"].iloc[-1] in labelled
    assert 2 < len(labelled) < 15


def test_series_with_nothing_to_hand_is_refused_in_words(registers):
    """British Transport Police has no rate in any year; a chart of nothing stops with a reason."""
    area, group = registers.areas.find("British Transport Police"), registers.offences.find("stalking")
    with pytest.raises(StatsError):
        draw_series(
            "per_1000",
            [None, None],
            [Period.financial_year(2023), Period.financial_year(2024)],
            subject=Subject(area, group, registers.measure("recorded_offences_per_1000"), "year"),
            breaks=[],
            sources=[registers.newest("recorded_offences")],
        )


# What is said


def test_words_carry_the_numbers_of_the_table(national):
    """Title, alternative text and description say the first, the last, the lowest and the highest value."""
    assert (
        national.words.title
        == "Police in England and Wales recorded 135,628 stalking offences in the year ending March 2025"
    )
    assert national.alt.startswith("Line chart of offences recorded by the police, stalking, in England and Wales")
    assert "cut at 3 recording breaks" in national.alt
    assert "2,885 in the year ending March 2015, 135,628 in the year ending March 2025" in national.alt
    assert "The two are not comparable" in national.alt
    assert "The lowest value is 2,885 (year ending March 2015), the highest 135,628" in national.description
    assert "A break is marked at April 2020: Former partners recorded as stalking" in national.description


def test_description_says_what_is_missing(per_1000):
    """Who cannot see the [x] is told which years it stands for."""
    assert "Not to hand: year ending March 2020, year ending March 2021" in per_1000.description


def test_no_change_is_claimed_across_a_break(national):
    """No word of the figure says that stalking rose."""
    said = " ".join([national.caption, *national.notes, national.alt, national.description]).lower()
    for word in ("rose", "rise", "increase", "fell", "grew", "trend", "times as many", "more than in"):
        assert word not in said


def test_one_year_is_a_chart_of_one_point(studio):
    """A single year has no first and last."""
    drawing = studio.series("Kent", "stalking", "2024/25", "2024/25")
    assert drawing.alt.startswith("Chart of one point:")
    assert drawing.alt.endswith("4,106 in the year ending March 2025.")
    assert len(drawing.numbers) == 1


def test_changed_value_changes_every_word_that_rests_on_it(studio):
    """One offence more in Kent changes title, alternative text, description, numbers and CSV."""
    usual = studio.series("Kent", "stalking", "2023/24", "2024/25")
    more = studio.offences.copy()
    at = (more["area_name"] == "Kent") & (more["offence_code"] == "8Q") & (more["period_start"] == "2024-04-01")
    more.loc[at, "offences_n"] += 1
    changed = studio.series("Kent", "stalking", "2023/24", "2024/25", offences=more)
    for part in ("alt", "description"):
        assert "4,106" in getattr(usual, part)
        assert "4,107" in getattr(changed, part)
        assert "4,106" not in getattr(changed, part)
    assert "4,107" in changed.words.title
    assert [n.value for n in changed.numbers] == [usual.numbers[0].value, 4_107]
    assert b"4107" in as_csv(changed.table)
    assert b"4107" not in as_csv(usual.table)


def test_every_number_says_what_it_is(national):
    """A number that a document may quote has its measure, area, period, unit and basis."""
    assert len(national.numbers) == 11
    last = national.numbers[-1]
    assert (last.id, last.value, last.text) == ("series.2024-25", 135_628, "135,628")
    assert (last.measure, last.area, last.period) == ("recorded_offences", "K04000001", "year ending March 2025")
    assert (last.unit, last.basis) == ("count", "full count")


def test_missing_years_have_no_number(per_1000):
    """What is not to hand cannot be quoted."""
    assert len(per_1000.numbers) == 7
    assert all(number.value is not None for number in per_1000.numbers)


def test_a_rate_rests_on_its_own_population_alone(national, per_1000):
    """Others of the series have other releases of residents; a count has the sources of its figure."""
    recorded, *populations = (source.id for source in per_1000.sources)
    assert len(populations) > 1
    assert {number.sources[0] for number in per_1000.numbers} == {recorded}
    assert {number.sources[1] for number in per_1000.numbers} == set(populations)
    by_year = {number.id.partition(".")[2]: number.sources[1:] for number in per_1000.numbers}
    assert by_year["2017-18"] == ("ons_population_2017",)
    assert {number.sources for number in national.numbers} == {()}


@pytest.mark.parametrize(
    ("area", "opening"),
    [
        ("Metropolitan Police", "The Metropolitan Police recorded"),
        ("British Transport Police", "British Transport Police recorded"),
        ("Wales", "Police in Wales recorded"),
        ("Dyfed-Powys", "Dyfed-Powys recorded"),
    ],
)
def test_title_names_who_recorded(studio, area, opening):
    """A force records; a nation does not, its police do."""
    assert studio.series(area, "stalking", "2024/25", "2024/25").words.title.startswith(opening)


def test_notice_of_the_area_is_named(studio):
    """Greater Manchester's missing months are told under its chart, though they cut nothing."""
    drawing = studio.series("Greater Manchester", "stalking", "2018/19", "2020/21")
    assert any("July 2019" in note and "Greater Manchester" in note for note in drawing.words.notes)
