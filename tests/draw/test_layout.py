import pytest

from stats.draw.page import Words, page
from stats.publish.figures import DRAFT_WORDS, as_svg

KINDS = [
    "counts", "rates per 1,000", "quarters", "trends", "outcomes", "charged", "funnel", "moves", "own base",
    "first base", "ladder", "published rates", "beside", "verdicts",
]  # fmt: skip


def test_a_text_out_of_place_would_be_found(registers, misplaced):
    """The test of the tests below: a text over the edge and two on each other are both found."""
    figure, _ = page(Words("A title", "A subtitle"), registers.sources_of("outcomes"), plot_height=2, left=1)
    assert misplaced(figure) == []
    figure.text(0.9, 0.5, "far too long a text for what is left of this page")
    figure.text(0.1, 0.5, "one on another")
    figure.text(0.11, 0.5, "another on one")
    found = misplaced(figure)
    assert any("cut off" in problem and "far too long" in problem for problem in found)
    assert any("overlap" in problem and "one on another" in problem for problem in found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_each_kind_of_figure_can_be_read(each, misplaced, kind):
    """No text is cut off by the edge and none overlaps another."""
    assert set(each) == set(KINDS)
    assert misplaced(each[kind].figure) == []


@pytest.mark.parametrize("article", ["article_000", "article_001", "article_002", "article_004"])
def test_texts_of_every_article_can_be_read(studio, misplaced, article):
    """The longest quotes and titles of the articles that quote a survey or case audit fit, on their own base."""
    assert misplaced(studio.worded(article).figure) == []


def test_texts_of_the_first_base_can_be_read(studio, misplaced):
    """So they do on the first base of article 000."""
    assert misplaced(studio.worded("article_000", first=True).figure) == []


def test_texts_of_the_earlier_ladder_can_be_read(studio, misplaced):
    """The ladder and the rates of the year ending March 2020."""
    assert misplaced(studio.ladder("stalking-2019-20").figure) == []
    assert misplaced(studio.rates("stalking-2019-20", claims=()).figure) == []


@pytest.mark.parametrize(
    ("area", "group"),
    [
        ("England and Wales", "stalking and harassment"),
        ("Hampshire and Isle of Wight", "harassment"),
        ("British Transport Police", "8M"),
        ("City of London", "stalking and harassment"),
    ],
)
def test_55_quarters_can_be_read(studio, misplaced, area, group):
    """The longest series there is, with the longest names and with the smallest counts."""
    drawing = studio.series(area, group, "2012/13 Q1", "2025/26 Q3", by="quarter")
    assert len(drawing.table) == 55
    assert misplaced(drawing.figure) == []


@pytest.mark.parametrize(
    ("area", "group", "start", "end"),
    [
        ("England and Wales", "harassment", "2012/13 Q1", "2025/26 Q3"),
        ("Hampshire and Isle of Wight", "stalking and harassment", "2012/13 Q1", "2025/26 Q3"),
        ("Northumbria", "stalking", "2014/15 Q1", "2025/26 Q3"),
        ("City of London", "8M", "2012/13 Q1", "2025/26 Q3"),
        ("Wiltshire", "8M", "2014/15 Q1", "2025/26 Q3"),
        ("Kent", "stalking", "2023/24 Q2", "2025/26 Q3"),
        ("Dyfed-Powys", "stalking", "2023/24 Q1", "2023/24 Q1"),
    ],
)
def test_trends_can_be_read(studio, misplaced, seen, area, group, start, end):
    """Many short runs, zeros, corrections, one run, one quarter: no text is in the way of another, or of a point."""
    drawing = studio.trend(area, group, start, end)
    assert misplaced(drawing.figure) == []
    axes = drawing.figure.axes[0]
    labels = {text.get_text() for text in axes.texts}
    points = [axes.transData.transform(p) for p in zip(drawing.table.index, drawing.table["offences_n"], strict=True)]
    boxes = [(text, box) for text, box in seen(drawing.figure) if text in labels]
    assert not [(text, p) for text, b in boxes for p in points if b.x0 < p[0] < b.x1 and b.y0 < p[1] < b.y1]


@pytest.mark.parametrize(
    ("start", "end", "by"),
    [
        ("2024/25", "2024/25", "year"),
        ("2024/25 Q2", "2024/25 Q2", "quarter"),
        ("2024/25 Q2", "2024/25 Q4", "quarter"),
        ("2023/24", "2024/25", "year"),
        ("year ending December 2015", "year ending December 2025", "year"),
    ],
)
@pytest.mark.parametrize("area", ["City of London", "Hampshire and Isle of Wight"])
def test_short_and_oddly_cut_series_can_be_read(studio, misplaced, area, start, end, by):
    """One year, one quarter, two years, three quarters, and years ending in December."""
    assert misplaced(studio.series(area, "stalking", start, end, by=by).figure) == []


@pytest.mark.parametrize("rate", [False, True])
def test_breaks_side_by_side_can_be_told_apart(studio, misplaced, rate):
    """Merseyside has two breaks in one month, its own and the national one: both numbers can be read."""
    assert (
        misplaced(studio.series("Merseyside", "stalking and harassment", "2014/15", "2024/25", rate=rate).figure) == []
    )


@pytest.mark.parametrize(
    ("area", "group", "start", "end", "rate"),
    [
        ("City of London", "stalking", "2014/15", "2024/25", False),
        ("Metropolitan Police", "harassment", "2013/14", "2024/25", False),
        ("Lancashire", "stalking and harassment", "2013/14", "2024/25", False),
        ("Cambridgeshire", "8M", "2013/14", "2024/25", True),
    ],
    ids=["zero in a valley", "five digits", "near each other", "small rates"],
)
def test_values_of_twelve_years_can_be_read(studio, misplaced, area, group, start, end, rate):
    """As many years as are labelled each: no value runs into another or into a year ('2015/16' with a 0 on it)."""
    assert misplaced(studio.series(area, group, start, end, rate=rate).figure) == []


def test_values_stand_clear_of_the_numbers_of_breaks(studio, misplaced):
    """A high value beside a break does not run into its number."""
    drawing = studio.series("Northumbria", "harassment", "2013/14 Q1", "2025/26 Q3", by="quarter")
    assert misplaced(drawing.figure) == []


@pytest.mark.parametrize(
    ("area", "group"),
    [
        ("Warwickshire", "controlling or coercive behaviour"),
        ("Dorset", "controlling or coercive behaviour"),
        ("City of London", "harassment"),
    ],
)
def test_names_beside_the_only_bar_that_is_shown_can_be_read(studio, misplaced, area, group):
    """Where all short bars are hidden the names stand beside a long one, and still on the page."""
    assert misplaced(studio.outcomes_of(area, group, "2024/25 Q3").figure) == []


@pytest.mark.parametrize(
    ("area", "group", "period"),
    [
        ("City of London", "stalking", "2024/25"),
        ("City of London", "stalking and harassment", "2024/25 Q4"),
        ("British Transport Police", "stalking", "2024/25"),
        ("Hampshire and Isle of Wight", "controlling or coercive behaviour", "2024/25 Q1"),
        ("Dyfed-Powys", "8M", "2024/25"),
    ],
)
def test_hidden_cells_and_long_offence_names_can_be_read(studio, misplaced, area, group, period):
    """Bars with [c] beside them and names that take two lines."""
    assert misplaced(studio.outcomes_of(area, group, period).figure) == []
    assert misplaced(studio.charged(area, group, period).figure) == []


@pytest.mark.parametrize(
    ("group", "period", "highlight"),
    [
        ("stalking", "2024/25", None),
        ("stalking", "2024/25 Q4", "Nottinghamshire"),
        ("harassment", "2024/25", "Dyfed-Powys"),
        ("stalking and harassment", "2024/25", "City of London"),
        ("stalking and harassment", "2024/25", "British Transport Police"),
        ("malicious communications", "2024/25", "Metropolitan Police"),
        ("controlling or coercive behaviour", "2024/25", "Hampshire and Isle of Wight"),
    ],
)
def test_funnels_can_be_read(studio, misplaced, group, period, highlight):
    """Names beside points, names of limits, and the longest titles."""
    assert misplaced(studio.funnel(group, period, highlight=highlight).figure) == []


def test_one_area_alone_can_be_read(studio, misplaced):
    """England and Wales beside nothing."""
    assert misplaced(studio.outcomes_of("England and Wales", "stalking", beside=None).figure) == []
    assert misplaced(studio.charged("England and Wales", "stalking", beside=None).figure) == []


def test_two_claims_of_long_words_can_be_read(studio, misplaced):
    """The same claim many times over makes a long title; it wraps and pushes nothing off the page."""
    assert misplaced(studio.beside(("C004-06", "C004-07", "C004-06", "C004-07")).figure) == []


@pytest.mark.parametrize(
    "text",
    [
        "The police of Hampshire and Isle of Wight recorded 1,234,567 controlling or coercive behaviour offences " * 3,
        "illicit little illness " * 20,
    ],
    ids=["long sentence", "narrow letters"],
)
def test_title_and_notes_of_any_words_stay_on_the_page(registers, misplaced, text):
    """A title, subtitle or note of many words takes more lines, and nothing runs off the page or into the plot."""
    figure, axes = page(Words(text, text, (text, text)), registers.sources_of("population"), plot_height=2, left=1)
    axes.set_axis_off()
    assert misplaced(figure) == []


@pytest.mark.parametrize("area", ["Kent", "England and Wales"])
def test_mark_of_a_draft_can_be_read(studio, misplaced, seen, monkeypatch, area):
    """The words that make a figure a draft stand clear of everything else."""
    monkeypatch.setenv("STATS_DRAFT", "1")
    for drawing in (studio.series(area, "stalking", "2023/24", "2024/25"), studio.outcomes_of(area, "stalking")):
        as_svg(drawing)
        assert DRAFT_WORDS in [text for text, _ in seen(drawing.figure)]
        assert misplaced(drawing.figure) == []


def hidden_points(drawing, seen) -> list[str]:
    """The points of a series that a value label covers."""
    axes = drawing.figure.axes[0]
    values = set(drawing.table["text"])
    boxes = [(text, box) for text, box in seen(drawing.figure) if text in values]
    points = [axes.transData.transform(p) for p in zip(drawing.table.index, drawing.table["value"], strict=True)]
    return [
        f"{text} over the point of {drawing.table['period'][at]}"
        for text, box in boxes
        for at, (x, y) in enumerate(points)
        if box.x0 < x < box.x1 and box.y0 < y < box.y1
    ]


@pytest.mark.parametrize(
    ("area", "group", "start", "by"),
    [
        ("England and Wales", "stalking and harassment", "2012/13 Q1", "quarter"),
        ("Merseyside", "stalking", "2014/15 Q1", "quarter"),
        ("Hampshire and Isle of Wight", "harassment", "2012/13 Q1", "quarter"),
        ("England and Wales", "stalking", "2014/15", "year"),
    ],
)
def test_no_value_label_covers_a_point(studio, seen, area, group, start, by):
    """A label on a white ground hides what lies under it: no point of the series may."""
    end = {"quarter": "2025/26 Q3", "year": "2024/25"}[by]
    assert hidden_points(studio.series(area, group, start, end, by=by), seen) == []
