"""Claims beside their evidence: what a reader sees of each, and what is said of all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.colors import to_hex

from stats.claims.compared import compared
from stats.claims.verdicts import Verdict
from stats.draw.verdicts_lanes import verdicts_table
from stats.draw.verdicts_words import words_of
from stats.errors import NotToHand
from stats.present import fitting
from stats.publish.files import as_csv
from stats.run.claims import judged

ARTICLES = [f"article_00{n}" for n in range(5)]


@pytest.fixture(scope="module")
def article_004(studio):
    """Eight claims, one of which has lost a digit."""
    return studio.verdicts("article_004")


def panels(drawing) -> dict:
    """The axes of a drawing by their heading: shares and counts."""
    return {axes.texts[0].get_text().split(",")[0]: axes for axes in drawing.figure.axes if axes.get_xlabel()}


def lanes(axes, marker: str) -> list:
    """The marks of one shape, from the top down."""
    found = [line for line in axes.lines if line.get_marker() == marker]
    return sorted(found, key=lambda line: float(line.get_ydata()[0]))


def test_wrong_claim_stands_at_the_top_of_the_page(article_004):
    """The panel with the wrong claim comes first, and in it the wrong claim."""
    assert article_004.table["claim_id"].iloc[0] == "C004-07"
    high = {name: axes.get_position().y1 for name, axes in panels(article_004).items()}
    assert high["Counts"] > high["Shares"]
    first = panels(article_004)["Counts"].texts[1]
    assert first.get_text() == "Contradicted: a digit lost"


def test_digit_lost_is_seen_at_once(article_004):
    """5,000 stands at a tenth of 52,408, which stands at the same."""
    its = article_004.table[article_004.table["claim_id"] == "C004-07"].set_index("role")
    assert its.loc["claim", "lower_ratio"] == pytest.approx(0.0954, abs=0.0001)
    assert its.loc["figure", "value_ratio"].iloc[0] == 1
    axes = panels(article_004)["Counts"]
    assert axes.get_xscale() == "log"
    ticks = dict(zip(axes.get_xticks(), [t.get_text() for t in axes.get_xticklabels()], strict=True))
    assert ticks[0.1] == "a tenth"
    assert ticks[1] == "same"


def test_wrong_is_told_apart_without_colour(article_004):
    """Stripes, a bold verdict and a dotted line to the figure; a claim that fits has none of them."""
    axes = panels(article_004)["Counts"]
    bars = [bar for container in axes.containers for bar in container]
    assert [bool(bar.get_hatch()) for bar in bars] == [True, False]
    assert to_hex(bars[0].get_facecolor()) == "#ffffff"
    bold = [text.get_text() for text in axes.texts[1:] if text.get_weight() == "bold"]
    assert bold == ["Contradicted: a digit lost"]
    dotted = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert [float(line.get_xdata()[-1]) for line in dotted] == [1.0]
    assert not [line for line in panels(article_004)["Shares"].lines if line.get_linestyle() == ":"]


def test_open_end_is_drawn_as_open(article_004):
    """'Over 60%' leaves 60% out by a ring and has an arrow to the end; 'more than 5,000' read strictly too."""
    shares, counts = (panels(article_004)[name] for name in ("Shares", "Counts"))
    assert [float(line.get_xdata()[0]) for line in lanes(shares, "o")] == [60.0]
    assert [float(line.get_xdata()[0]) for line in lanes(shares, ">")] == [100.0]
    assert {line.get_markerfacecolor() for line in lanes(shares, "o")} == {"white"}
    assert [float(line.get_xdata()[0]) for line in lanes(counts, ">")] == [counts.get_xlim()[1]] * 2


def test_end_that_is_taken_in_is_a_tick(studio):
    """65% runs from tick to tick; 'just over half' leaves out the half and takes in the other end."""
    shares = panels(studio.verdicts("article_000"))["Shares"]
    ticks = [float(line.get_xdata()[0]) for line in lanes(shares, "|")]
    assert {64.5, 65.5, 55.0} <= set(ticks)
    assert 50.0 not in ticks
    assert 50.0 in [float(line.get_xdata()[0]) for line in lanes(shares, "o")]


def test_figure_of_another_measure_has_another_shape(studio):
    """Three hollow squares at the 5% charged, a diamond at the 1.4% convicted, each named beside it."""
    drawing = studio.verdicts("article_003")
    (axes,) = panels(drawing).values()
    assert [round(float(line.get_xdata()[0]), 1) for line in lanes(axes, "s")] == [5.0, 5.0, 5.0]
    assert [float(line.get_xdata()[0]) for line in lanes(axes, "D")] == pytest.approx([1.4])
    texts = drawing.table.set_index("role")["text"]
    assert texts["figure"] == "1.4%, people convicted per 100 offences recorded: Suzy Lamplugh Trust, date not known"
    assert "share of recorded offences charged so far" in texts["figure of another measure"].iloc[0]


def test_key_explains_what_is_drawn_and_no_more(studio, article_004):
    """A page without a wrong claim has no stripes in its key."""

    def key(drawing) -> list[str]:
        return [text.get_text() for axes in drawing.figure.axes if not axes.axison for text in axes.texts]

    assert "claim that does not fit" in key(article_004)
    assert "of another measure" not in key(article_004)
    assert "claim that does not fit" not in key(studio.verdicts("article_001"))
    assert "of another measure" in key(studio.verdicts("article_003"))


def test_title_and_alternative_text_tell_the_verdicts_and_the_most_striking(studio, article_004):
    """How many of each verdict, and the wrong claim that is furthest off with its figure and who says so."""
    assert article_004.words.title == "1 of 8 numbers does not fit: “more than 5,000” stands against 52,408"
    assert "3 supported, 4 supported with caveat and 1 contradicted" in article_004.alt
    assert "“more than 5,000” against 52,408 (Home Office, 2026-04-23), which is about 10 times the claim" in (
        article_004.alt
    )
    assert studio.verdicts("article_000").words.title.startswith("All 6 numbers that could be checked fit")
    convicted = studio.verdicts("article_003")
    assert convicted.words.title.startswith("“5%” is the share of recorded offences charged so far")
    assert convicted.alt.endswith(
        "against 1.4% (Suzy Lamplugh Trust, date not known); the claim is about 3.6 times that."
    )


def test_title_says_how_many_fit_where_some_cannot_be_settled(studio, registers):
    """What cannot be settled is not counted among those that fit, and 'all' or 'both' is never said of it."""

    def title(rows) -> str:
        return words_of(rows, verdicts_table(rows, "both", registers), 0, None, registers).title

    rows, _ = compared(judged(registers.document("article_001").claims, studio.facts), studio.facts)
    assert title(rows) == "Both numbers that could be checked fit their evidence"
    unsettled = replace(rows[1], verdict=Verdict("not-checked", "No figure is to hand."))
    assert title([unsettled, rows[0]]) == "1 of 2 numbers fits its evidence"


def test_numbers_of_the_words_are_those_of_the_table(article_004):
    """Description and alternative text hold what is plotted, lane by lane."""
    for text in article_004.table["text"]:
        assert text in article_004.description
    shown = " ".join(text.get_text().replace("\n", " ") for axes in article_004.figure.axes for text in axes.texts)
    for text in article_004.table["text"]:
        assert text in shown


def test_each_figure_names_who_says_so_and_when(studio):
    """Publisher and date stand beside every figure; where there is no date that is said."""
    for claims in ("articles", "others"):
        table = studio.verdicts(claims).table
        figures = table[table["role"].str.startswith("figure")]
        assert len(figures) >= len(set(table["claim_id"]))
        for row in figures.itertuples():
            assert row.text.endswith(f"{row.publisher}, {row.published or 'date not known'}")


def test_what_must_be_added_stands_beside_a_right_claim_and_what_may_be_said_beside_a_wrong_one(article_004):
    """A caveat is not left to the table; a wrong number comes with one that is right."""
    shown = [text.get_text().replace("\n", " ") for axes in article_004.figure.axes for text in axes.texts]
    assert "To add: The source says during their life, the claim no period is given." in shown
    assert any(text.startswith("May be said: 52,408: offences recorded by the police") for text in shown)


def test_a_figure_changed_in_the_data_changes_every_word_that_rests_on_it(studio, article_004):
    """With half the harassment of that quarter, count, place on the axis, words, alternative text and CSV follow."""
    offences = studio.offences.copy()
    is_it = (offences["offence_code"] == "8L") & (offences["period_start"] == "2016-10-01")
    offences.loc[is_it, "offences_n"] //= 2
    changed = studio.verdicts("article_004", facts=replace(studio.facts, offences=offences))
    assert "52,408" in article_004.alt
    for text in (changed.words.title, changed.alt, changed.description, as_csv(changed.table).decode()):
        assert "52,408" not in text
        assert "26,1" in text
    claim = changed.table[changed.table["role"] == "claim"].iloc[0]
    assert claim["lower_ratio"] > 0.19


@pytest.mark.parametrize("reading", ["default", "strict"])
def test_one_reading_alone_can_be_drawn(studio, reading):
    """The default reading leaves out the strict one, and the other way; a claim with one reading keeps it."""
    drawing = studio.verdicts("article_004", reading=reading)
    roles = drawing.table.groupby("claim_id")["role"].agg(set)
    assert ("claim" if reading == "default" else "claim, strict reading") in roles["C004-07"]
    assert ("claim, strict reading" if reading == "default" else "claim") not in roles["C004-07"]
    assert "claim" in roles["C004-04"]


@pytest.mark.parametrize("claims", [*ARTICLES, "others", "articles", "lincolnite_2022"])
def test_every_text_can_be_read_and_none_enters_the_plot(studio, misplaced, claims):
    """Nothing is cut off or overlaps, and what stands beside the plot stays beside it."""
    drawing = studio.verdicts(claims)
    assert misplaced(drawing.figure) == []
    renderer = drawing.figure.canvas.get_renderer()
    for axes in panels(drawing).values():
        for text in axes.texts[1:]:
            box, plot = text.get_window_extent(renderer), axes.get_window_extent(renderer)
            assert box.x1 <= plot.x0 or box.x0 >= plot.x1, text.get_text()
            assert box.x1 <= drawing.figure.bbox.x1 - 0.1 * drawing.figure.dpi, text.get_text()
            assert plot.y0 <= box.y0, text.get_text()
            assert box.y1 <= plot.y1, text.get_text()


@pytest.mark.parametrize("article", ["article_000", "article_001", "article_002"])
def test_survey_and_audit_get_no_national_noun_and_no_margin_of_error(studio, article):
    """People who chose to answer, and files chosen for review, stand for themselves."""
    drawing = studio.verdicts(article)
    bases = {number.basis for number in drawing.numbers}
    assert bases <= {"self-selected", "case audit"}
    for basis in bases:
        assert fitting(f"{drawing.words.title} {drawing.alt}", basis=basis)
    assert any("no margin of error exists" in note for note in drawing.words.notes)


def test_as_at_a_day_only_what_was_known_is_drawn(studio):
    """In December 2022 nothing with a date said that 1.4% were convicted: the 5% cannot be settled, and is hollow."""
    drawing = studio.verdicts("article_003", as_at="2022-12-31")
    assert "as known on 2022-12-31" in drawing.words.subtitle
    assert drawing.words.title == "“5%” cannot be checked: no figure of its own measure is to hand"
    (axes,) = panels(drawing).values()
    (bar,) = [bar for container in axes.containers for bar in container]
    assert not bar.get_hatch()
    assert to_hex(bar.get_facecolor()) == "#ffffff"
    assert "1.4%" not in drawing.alt + drawing.description


def test_nothing_to_draw_is_refused_with_the_reason_of_each(studio):
    """Where no claim has a figure, the error is the answer: every claim with why."""
    with pytest.raises(NotToHand, match=r"(?s)no claim asked for can stand beside a figure.*Z15:.*no share"):
        studio.verdicts("dorset_police_2022")


def test_numbers_may_be_quoted_with_who_printed_them(article_004):
    """Each figure has its measure, basis and publisher, and a count of a base says so."""
    numbers = {number.id: number for number in article_004.numbers}
    assert numbers["claims.C004-07.1"].value == 52408
    assert numbers["claims.C004-07.1"].qualifier == "Home Office, 2026-04-23; beside claim C004-07: contradicted"
    assert numbers["claims.C004-02.1"].text == "0 of 112"
    assert numbers["claims.C004-04.1"].unit == "share"
    assert numbers["claims.C004-04.1"].value == pytest.approx(0.95)


def test_long_quote_is_cut_where_a_word_ends_and_keeps_what_is_read(studio):
    """The number that is judged stays in sight."""
    table = studio.verdicts("all").table
    claims = table[table["role"] == "claim"]
    assert claims["label"].str.len().max() <= 112
    for row in claims.itertuples():
        assert row.label.startswith("“")
        assert row.label.endswith("”")
    cut = claims.set_index("claim_id")["label"]["Z13"]
    assert cut.endswith(" …”")
    assert "0.1%" in cut
