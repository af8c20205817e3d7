import math

import pytest
from matplotlib.colors import to_hex

from stats.draw.page import DARK_BLUE, ORANGE
from stats.publish.files import as_csv

EW = "England and Wales"


def trend_lines(drawing) -> list[list[float]]:
    """The horizontal positions that each fitted line joins."""
    (axes,) = drawing.figure.axes
    return [list(line.get_xdata()) for line in axes.lines if to_hex(line.get_color()) == DARK_BLUE.lower()]


def break_lines(drawing) -> list[float]:
    """Where the breaks are drawn."""
    (axes,) = drawing.figure.axes
    return [line.get_xdata()[0] for line in axes.lines if to_hex(line.get_color()) == ORANGE.lower()]


def labels(drawing) -> set[str]:
    """Every text of the plot itself, on one line."""
    return {text.get_text().replace("\n", " ") for text in drawing.figure.axes[0].texts}


@pytest.fixture(scope="module")
def national(studio):
    """Stalking in England and Wales, April 2014 to December 2025."""
    return studio.trend(EW, "stalking", "2014/15 Q1", "2025/26 Q3")


# What is drawn


def test_each_run_with_a_trend_has_a_line_and_none_runs_through_a_break(national):
    """Two lines for five runs, each from the first to the last quarter of its run."""
    assert trend_lines(national) == [list(range(16)), list(range(24, 36))]
    assert break_lines(national) == [15.5, 23.5, 36]
    assert len(national.figure.axes[0].collections) == 2


def test_every_quarter_is_a_point_and_points_are_not_joined(national):
    """Forty-seven counts, of which the one with a break inside is hollow."""
    (axes,) = national.figure.axes
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert {line.get_linestyle() for line in dots} == {"None"}
    plotted = {x: y for line in dots for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)}
    assert [plotted[at] for at in national.table.index] == list(national.table["offences_n"])
    assert [list(line.get_xdata()) for line in dots if to_hex(line.get_markerfacecolor()) == "#ffffff"] == [[36]]


def test_every_run_says_what_it_is(national):
    """The yearly change with its interval, 'no clear change' with its own, or 'too short to say'."""
    assert {"up 54% a year (42% to 68%)", "no clear change (−0.5% to 18.2% a year)", "too short to say"} <= labels(
        national
    )
    assert [t.get_text() for t in national.figure.axes[0].texts].count("too short\nto say") == 2


def test_axis_starts_at_zero_and_holds_every_point_and_correction(national, studio):
    """No part of the height is cut away, and a count below zero is on the plot."""
    low, high = national.figure.axes[0].get_ylim()
    assert low == 0
    assert high > national.table["offences_n"].max()
    assert studio.trend("Wiltshire", "8M", "2014/15 Q1", "2018/19 Q4").figure.axes[0].get_ylim()[0] <= -2


def test_axis_of_few_offences_counts_whole_ones(studio, seen):
    """There is no half of an offence on the axis of 8M in the City of London."""
    drawing = studio.trend("City of London", "8M", "2012/13 Q1", "2025/26 Q3")
    seen(drawing.figure)
    ticks = [label.get_text() for label in drawing.figure.axes[0].get_yticklabels()]
    assert len(set(ticks)) == len(ticks)


def test_table_holds_points_and_fits(national):
    """What is plotted, and what is printed, a row a quarter; no fit where there is none."""
    table = national.table
    assert {"offences_n", "trend_n", "trend_lower_n", "trend_upper_n", "change_ratio", "change_text"} <= set(
        table.columns
    )
    assert table.groupby("run").size().tolist() == [16, 8, 12, 1, 10]
    assert table.loc[table["trend_n"].isna(), "run"].unique().tolist() == [2, 4, 5]
    first = table[table["run"] == 1]
    assert (first["trend_lower_n"] < first["trend_n"]).all()
    assert first["trend_n"].iloc[4] / first["trend_n"].iloc[0] == pytest.approx(first["change_ratio"].iloc[0], rel=1e-4)
    assert table[table["run"] == 2]["change_ratio"].isna().all()
    assert b"too short to say" in as_csv(table)


# What is said


def test_title_says_the_latest_trend_and_what_holds_since(national, studio):
    """Always 'recorded'; with one run its change, with none that it is too short."""
    assert national.words.title == (
        "Recorded stalking, England and Wales: no clear change from April 2020 to March 2023, "
        "too short to say since July 2023"
    )
    one = studio.trend(EW, "controlling or coercive behaviour", "2020/21 Q1", "2025/26 Q3")
    assert one.words.title.endswith("up 10.3% a year from April 2020 to December 2025")
    none = studio.trend("Kent", "stalking", "2023/24 Q2", "2025/26 Q3")
    assert none.words.title == "Recorded stalking, Kent: too short to say whether it is changing"
    few = studio.trend("City of London", "8M", "2012/13 Q1", "2025/26 Q3")
    assert few.words.title.endswith("too short or too few to say whether it is changing")


def test_a_fall_is_told_from_its_smaller_end(studio):
    """'down 13% a year', with 1% to 23% and no minus signs."""
    drawing = studio.trend("Merseyside", "stalking", "2014/15 Q1", "2019/20 Q4")
    assert "down 13% a year (1% to 23%)" in labels(drawing)
    assert "down 13% a year (95% confidence interval: 1% to 23%)" in drawing.alt


def test_alternative_text_and_description_tell_every_run(national):
    """Each with the numbers of the table; the quarter with a break inside is no run to tell."""
    assert national.alt.startswith("Chart of offences recorded by the police a quarter, stalking, in England and Wales")
    assert "April 2014 to March 2018: up 54% a year (95% confidence interval: 42% to 68%)." in national.alt
    assert "July 2023 to December 2025: too short to say." in national.alt
    assert "April 2023 to June 2023" not in national.alt
    assert (
        "The chart shows 47 quarters as points. The lowest count is 686 (July to September 2014)"
        in national.description
    )
    line = national.table[national.table["run"] == 1]["trend_n"]
    assert f"the line runs from {line.iloc[0]:,.0f} to {line.iloc[-1]:,.0f} offences a quarter" in national.description
    assert "April 2023 to June 2023: 1 quarter, no line, a break falls inside." in national.description


def test_notes_say_what_the_interval_supposes_and_what_is_left_out(national):
    """As if; recorded is not how much there is; no population; both error models; what 'too short' means."""
    notes = " | ".join(national.words.notes)
    for said in (
        "3. May 2023 (exact start not confirmed): Principal-crime rule restored",
        "Hollow point: a break falls inside April to June 2023",
        "as if chance and usual unevenness alone moved it",
        "Recorded offences are what the police wrote down, not how much stalking there is",
        "growth of the population is not taken off. Populations of police force areas for the middle of 2019",
        "quasi-Poisson with t (wider than Poisson with Newey-West errors, lag 4) for April 2020 to March 2023",
        "Too short to say: fewer than 12 quarters between breaks",
        "Neighbouring quarters are alike",
    ):
        assert said in notes
    assert "British Transport Police has no resident" not in notes


def test_nothing_is_said_to_rise(national):
    """Recorded offences go up or show no clear change; stalking itself is never said to do anything."""
    said = " ".join([national.caption, *national.notes, national.alt, national.description]).lower()
    for word in ("rising", "rose", "increase", "falling", "fell", "grew", "epidemic", "more stalking"):
        assert word not in said
    assert "recorded stalking" in said


def test_numbers_carry_their_interval(national):
    """One for each run with a trend: a ratio, its words, and interval and method beside it."""
    first, second = national.numbers
    assert (first.id, first.text, first.unit) == ("trend.2014-04", "up 54% a year", "ratio per year")
    assert (first.measure, first.area, first.period) == ("recorded_offences", "K04000001", "April 2014 to March 2018")
    assert first.qualifier.startswith(
        "95% confidence interval: 42% to 68%; Poisson with Newey-West errors, lag 4 (wider"
    )
    assert second.text == "no clear change"
    assert first.value == national.table["change_ratio"].iloc[0]


def test_changed_count_changes_every_word_that_rests_on_it(studio):
    """Some thousand offences more in the last year of a run change its trend, the words and the table."""
    usual = studio.trend(EW, "8U", "2020/21 Q1", "2025/26 Q3")
    more = studio.offences.copy()
    at = (more["area_name"] == "Kent") & (more["offence_code"] == "8U") & (more["period_start"] >= "2025-01-01")
    more.loc[at, "offences_n"] += 4_000
    changed = studio.trend(EW, "8U", "2020/21 Q1", "2025/26 Q3", offences=more)
    assert usual.words.title != changed.words.title
    assert usual.alt != changed.alt
    assert usual.description != changed.description
    assert usual.numbers[0].value < changed.numbers[0].value
    assert not math.isclose(usual.table["trend_n"].iloc[-1], changed.table["trend_n"].iloc[-1])
